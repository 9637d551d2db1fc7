"""Packed streams (gzip, bzip2, xz, zstd) read a piece at a time."""

from __future__ import annotations

import bz2
import gzip
import lzma
from collections.abc import Callable
from contextlib import closing
from typing import Any, BinaryIO


def _zstd(file: BinaryIO) -> Any:
    import pyarrow

    return pyarrow.CompressedInputStream(file, "zstd")


PACKED_STREAMS: dict[bytes, Callable[[BinaryIO], Any]] = {
    b"\x1f\x8b": lambda file: gzip.GzipFile(fileobj=file),
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ\x00": lzma.LZMAFile,
    b"\x28\xb5\x2f\xfd": _zstd,
}
"""How each begins, and what unpacks it."""


def opened_stream(file: BinaryIO, head: bytes) -> closing[Any]:
    """What a packed file unpacks to, or the file itself where it is not packed. `head`: its first bytes."""
    unpacker = next((unpacker for magic, unpacker in PACKED_STREAMS.items() if head.startswith(magic)), None)
    return closing(unpacker(file) if unpacker else file)


def is_packed(head: bytes) -> bool:
    """Whether a file is a packed stream, by its first bytes."""
    return head.startswith(tuple(PACKED_STREAMS))
