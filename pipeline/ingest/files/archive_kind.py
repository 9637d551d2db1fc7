"""Whether a file is an archive, and of which format: told by its content and never by its name."""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
from pathlib import Path

from pipeline.errors import DocumentError, Kind
from pipeline.ingest.files.archive_stream import is_packed, opened_stream

ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
SEVEN_MAGIC = b"7z\xbc\xaf\x27\x1c"
RAR_MAGIC = (b"Rar!\x1a\x07\x00", b"Rar!\x1a\x07\x01\x00")
BLOCK = 512
PROBE = 1 << 20
"""Bytes that surely hold the first block of a packed stream: a block of bzip2 is up to 900,000 bytes."""
DIRECTORY = 4_000_000
"""The directory of no Office document is larger, bytes; one of an archive takes long to read."""
END, END64 = b"PK\x05\x06", b"PK\x06\x06"
LONGEST_END = 65_535 + 22 + 20 + 56


def is_archive(path: Path) -> bool:
    """Whether a file holds others that are offered themselves. Documents that are zips (.docx, .odt) do not.

    Raises:
        DocumentError: the file can't be read.
    """
    return archive_kind(path) is not None


def archive_kind(path: Path) -> str | None:
    """ "zip", "tar", "7z", "rar", or None for what is no archive or a packed file that holds no tar.

    Raises:
        DocumentError: the file can't be read.
    """
    try:
        with path.open("rb") as file:
            head = file.read(BLOCK)
            if head.startswith(ZIP_MAGIC):
                return None if _is_office_zip(path) else "zip"
            if head.startswith(SEVEN_MAGIC):
                return "7z"
            if head.startswith(RAR_MAGIC):
                return "rar"
            if is_packed(head):
                head = _unpacked_head(head + file.read(PROBE))
    except OSError as error:
        raise DocumentError(Kind.UNREADABLE, f"{error.strerror}.") from error
    return "tar" if _starts_tar(head) else None


def may_be_archive(head: bytes) -> bool:
    """Whether a file may be an archive, by its first 512 bytes alone."""
    return head.startswith((*ZIP_MAGIC, SEVEN_MAGIC, *RAR_MAGIC)) or is_packed(head) or _starts_tar(head)


def _unpacked_head(head: bytes) -> bytes:
    try:
        with opened_stream(io.BytesIO(head), head) as stream:
            return bytes(stream.read(BLOCK))
    except Exception:  # a broken stream is no archive that could be opened; its library raises what it likes
        return b""


def _starts_tar(head: bytes) -> bool:
    """Whether the first block is a tar header: its sum says so, in the oldest tars too."""
    try:
        tarfile.TarInfo.frombuf(head[:BLOCK], "utf-8", "surrogateescape")
    except (tarfile.TarError, ValueError):
        return False
    return True


def _is_office_zip(path: Path) -> bool:
    """Whether a zip is one document: Office files hold [Content_Types].xml, OpenDocument a mimetype."""
    if _directory_size(path) > DIRECTORY:
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except Exception:  # a broken zip: what its first member is called must do
        with path.open("rb") as file:
            head = file.read(BLOCK)
        return head[30:].startswith((b"[Content_Types].xml", b"mimetype"))
    return "[Content_Types].xml" in names or "mimetype" in names


def _directory_size(path: Path) -> int:
    """How large a zip's directory says it is, bytes."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - LONGEST_END))
        tail = file.read(LONGEST_END)
    end = tail.rfind(END)
    if end < 0 or len(tail) < end + 22:
        return 0
    end64 = end - 20 - 56
    if end64 >= 0 and tail.startswith(END64, end64):
        return int(struct.unpack_from("<Q", tail, end64 + 40)[0])
    return int(struct.unpack_from("<I", tail, end + 12)[0])
