"""Tar archives, plain or packed as a whole, read front to back."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, Self

from pipeline.errors import DocumentError, Kind
from pipeline.ingest.files.archive_names import readable_name
from pipeline.ingest.files.archive_stream import is_packed, opened_stream
from pipeline.ingest.files.unpacking import CHUNK, Entry
from pipeline.ingest.limits import Limits

BLOCK = 512
LONG_HEADERS = (
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
)
LONGEST_HEADER = 1 << 20
"""Bytes of a header that goes on in blocks of its own: names and times. It is read whole."""


def tar_entries(path: Path, limits: Limits) -> Iterator[Entry]:
    """The members of a tar in its own order.

    Raises:
        DocumentError: it ends without its end mark: what came behind is lost.
    """
    with path.open("rb") as file:
        head = file.read(BLOCK)
        file.seek(0)
        with opened_stream(file, head) as stream:
            bounded = _Bounded(stream, limits.unpacked_bytes + 2 * BLOCK * limits.archive_members)
            packed = path.stat().st_size if is_packed(head) else None
            yield from _entries(bounded, packed)


class _Bounded:
    """A packed tar as a stream that ends in an error when it grows beyond what may be unpacked."""

    def __init__(self, stream: Any, most: int) -> None:
        self._stream, self._left, self._most = stream, most, most

    def read(self, size: int) -> bytes:
        data: bytes = self._stream.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise DocumentError(Kind.TOO_LARGE, f"> {self._most} byte.")
        return data


def _entries(stream: Any, packed: int | None) -> Iterator[Entry]:
    class Header(tarfile.TarInfo):
        """Bounds what the library reads whole, and sees the end mark, a block of zeros."""

        ended = False

        @classmethod
        def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
            Header.ended = len(buf) == BLOCK and not any(buf)
            header = super().frombuf(buf, encoding, errors)
            if header.type in LONG_HEADERS and header.size > LONGEST_HEADER:
                raise DocumentError(Kind.DAMAGED, f"{header.size} byte.")
            return header

    options: dict[str, Any] = {"tarinfo": Header, "encoding": "utf-8", "errors": "surrogateescape"}
    with tarfile.open(fileobj=stream, mode="r|", **options) as archive:
        while header := archive.next():
            archive.members = []  # type: ignore[attr-defined]  # else it remembers every header
            if not header.isdir():
                yield _entry(archive, header, packed)
    if not Header.ended:
        raise DocumentError(Kind.DAMAGED, "tar: bị cắt, không thấy dấu kết thúc. / cut short, no end mark.")


def _entry(archive: tarfile.TarFile, header: tarfile.TarInfo, packed: int | None) -> Entry:
    error = None
    if header.issym() or header.islnk() or header.isdev():
        detail = "Liên kết hoặc thiết bị trong kho nén. / A link or a device in an archive."
        error = DocumentError(Kind.UNSAFE_PATH, detail)
    raw = header.name.encode("utf-8", errors="surrogateescape")
    name = readable_name(raw, header.name)
    return Entry(name, partial(_chunks, archive, header), max(header.size, 0), packed, error)


def _chunks(archive: tarfile.TarFile, header: tarfile.TarInfo) -> Iterator[bytes]:
    source = archive.extractfile(header)
    while source and (chunk := source.read(CHUNK)):
        yield chunk
