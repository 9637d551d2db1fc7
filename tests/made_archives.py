"""Archives of every format, made on the spot; the rars by hand, since no free tool writes them."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import warnings
import zipfile
import zlib
from collections.abc import Callable, Sequence

Members = Sequence[tuple[str, bytes]]


def made_zip(members: Members, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", method) as archive:
        warnings.simplefilter("ignore")  # of names that come twice
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return buffer.getvalue()


def made_tar(members: Members) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def made_tar_zst(members: Members) -> bytes:
    import pyarrow

    return bytes(pyarrow.compress(made_tar(members), codec="zstd", asbytes=True))


def made_7z(members: Members, password: str | None = None, *, header_encryption: bool = False) -> bytes:
    from py7zr import FILTER_LZMA2, SevenZipFile

    buffer = io.BytesIO()
    filters = None if password else [{"id": FILTER_LZMA2, "preset": 1}]
    with SevenZipFile(buffer, "w", filters=filters, password=password, header_encryption=header_encryption) as archive:
        for name, data in members:
            archive.writestr(data, name)
    return buffer.getvalue()


def vint(number: int) -> bytes:
    """A number of a RAR 5 header: seven bits a byte, the lowest first."""
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def rar5_block(kind: int, fields: bytes, data: bytes = b"", extra: bytes = b"", flags: int = 0) -> bytes:
    flags |= (1 if extra else 0) | (2 if data else 0)
    sizes = (vint(len(extra)) if extra else b"") + (vint(len(data)) if data else b"")
    body = vint(kind) + vint(flags) + sizes + fields + extra
    header = vint(len(body)) + body
    return struct.pack("<L", zlib.crc32(header)) + header + data


def rar5_file(name: str, data: bytes, method: int = 0, extra: bytes = b"", size: int | None = None) -> bytes:
    """One member, stored (method 0), or what says it is packed by a method."""
    raw = name.encode("utf-8")
    fields = vint(4) + vint(len(data) if size is None else size) + vint(0o100644) + struct.pack("<L", zlib.crc32(data))
    fields += vint(method << 7) + vint(1) + vint(len(raw)) + raw
    return rar5_block(2, fields, data, extra)


RAR5 = b"Rar!\x1a\x07\x01\x00"
RAR5_MAIN = rar5_block(1, vint(0))
RAR5_END = rar5_block(5, vint(0))


def made_rar5(members: Members) -> bytes:
    return RAR5 + RAR5_MAIN + b"".join(rar5_file(name, data) for name, data in members) + RAR5_END


def rar4_block(kind: int, flags: int, fields: bytes, data: bytes = b"") -> bytes:
    rest = struct.pack("<BHH", kind, flags, 7 + len(fields)) + fields
    return struct.pack("<H", zlib.crc32(rest) & 0xFFFF) + rest + data


def made_rar4(members: Members, flags: int = 0) -> bytes:
    """`flags` of every member: 0x04 says it has a password."""
    out = b"Rar!\x1a\x07\x00" + rar4_block(0x73, 0, bytes(6))
    for name, data in members:
        raw = name.encode("utf-8")
        fields = struct.pack(
            "<LLBLLBBHL", len(data), len(data), 3, zlib.crc32(data), 0x21, 20, 0x30, len(raw), 0o100644
        )
        out += rar4_block(0x74, 0x8200 | flags, fields + raw, data)
    return out + rar4_block(0x7B, 0x4000, b"")


MAKERS: dict[str, Callable[[Members], bytes]] = {
    "zip": made_zip,
    "zip.bz2": lambda members: made_zip(members, zipfile.ZIP_BZIP2),
    "zip.lzma": lambda members: made_zip(members, zipfile.ZIP_LZMA),
    "tar": made_tar,
    "tar.gz": lambda members: gzip.compress(made_tar(members), 1),
    "tar.bz2": lambda members: bz2.compress(made_tar(members)),
    "tar.xz": lambda members: lzma.compress(made_tar(members), preset=0),
    "tar.zst": made_tar_zst,
    "7z": made_7z,
    "rar5": made_rar5,
    "rar4": made_rar4,
}
