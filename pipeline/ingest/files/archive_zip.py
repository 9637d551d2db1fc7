"""Zip archives."""

from __future__ import annotations

import bz2
import stat
import zipfile
import zlib
from collections.abc import Iterator
from copy import copy
from functools import partial
from pathlib import Path

from pipeline.errors import DocumentError, Kind
from pipeline.ingest.files.archive_names import readable_name
from pipeline.ingest.files.unpacking import CHUNK, Entry

UTF8_FLAG = 0x800
ENCRYPTED_FLAGS = 0x1 | 0x40
"""A password, or the older "strong encryption"."""
LZMA_STEP = 4_096
"""Packed bytes to unpack at once: the library can't stop in the middle of it, up to 7,000 times that."""


def zip_entries(path: Path) -> Iterator[Entry]:
    """The members of a zip, by name."""
    with zipfile.ZipFile(path) as archive:
        named = ((_name(info), info.header_offset, info) for info in archive.infolist())
        for name, _, info in sorted(named, key=lambda item: item[:2]):
            yield Entry(name, partial(_chunks, archive, info), info.file_size, info.compress_size, _refusal(info))


def _chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    if info.compress_type == zipfile.ZIP_BZIP2:
        yield from _bzip2_chunks(archive, info)
        return
    step = LZMA_STEP if info.compress_type == zipfile.ZIP_LZMA else CHUNK
    with archive.open(info) as source:
        while chunk := source.read(step):
            yield chunk


def _bzip2_chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """bzip2 makes gigabytes of a few thousand bytes, and the library would make them all at once: read here, as if the
    packed bytes were the member."""
    packed, check, unpacker = copy(info), 0, bz2.BZ2Decompressor()
    packed.compress_type, packed.file_size = zipfile.ZIP_STORED, info.compress_size
    packed.CRC = None  # type: ignore[assignment]
    with archive.open(packed) as source:
        while not unpacker.eof:
            data = source.read(CHUNK) if unpacker.needs_input else b""
            if unpacker.needs_input and not data:
                raise EOFError("cut short")
            chunk = unpacker.decompress(data, CHUNK)
            check = zlib.crc32(chunk, check)
            if chunk:
                yield chunk
    if check != info.CRC:
        raise zipfile.BadZipFile("CRC")


def _refusal(info: zipfile.ZipInfo) -> DocumentError | None:
    if stat.S_ISLNK(info.external_attr >> 16):
        return DocumentError(Kind.UNSAFE_PATH, "Liên kết trong kho nén. / A link in an archive.")
    return DocumentError(Kind.ENCRYPTED, "zip.") if info.flag_bits & ENCRYPTED_FLAGS else None


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name: where its encoding isn't said, it was read as that of the first PCs."""
    if info.flag_bits & UTF8_FLAG:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    return readable_name(raw, info.filename)
