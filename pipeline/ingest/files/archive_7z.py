"""7z archives: members lie in blocks that are unpacked front to back, many members in one."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from pipeline.errors import DocumentError, Kind
from pipeline.ingest.files.unpacking import CHUNK, Entry
from pipeline.ingest.limits import Limits

NOT_OURS = "7z: cách nén không hỗ trợ; nén lại bằng LZMA2. / method not supported: repack it with LZMA2."
STEP = 8_192
"""Packed bytes to unpack at once: some methods can't stop in the middle of what they unpack to."""


def seven_entries(path: Path, limits: Limits) -> Iterator[Entry]:
    """The members of a 7z: the empty ones, then block by block.

    Raises:
        DocumentError: the list of members itself is encrypted.
    """
    from py7zr import SevenZipFile
    from py7zr.exceptions import PasswordRequired

    with path.open("rb") as file:
        try:
            archive = SevenZipFile(file)
        except PasswordRequired as error:
            raise DocumentError(Kind.ENCRYPTED, "7z.") from error
        for member in archive.files:
            if member.emptystream and not member.is_directory:
                yield Entry(member.filename, lambda: iter(()), error=_refusal(member))
        for block in _blocks(file, archive, limits):
            yield from block.entries()


def _blocks(file: BinaryIO, archive: Any, limits: Limits) -> Iterator[_Block]:
    streams = getattr(archive.header, "main_streams", None)
    if streams is None:
        return
    stream, positions = 0, streams.packinfo.packpositions
    for folder in streams.unpackinfo.folders:
        parts = len(folder.packed_indices)
        start, end = positions[stream], positions[stream + parts]
        stream += parts
        if folder.files is not None:
            yield _Block(file, folder, archive.afterheader + start, end - start, limits)
            folder.decompressor = None  # it holds a dictionary of many megabytes


class _Block:
    """One packed block. A member that is refused is still unpacked, to come to the next."""

    def __init__(self, file: BinaryIO, folder: Any, start: int, packed: int, limits: Limits) -> None:
        self._file, self._folder, self._start, self._packed = file, folder, start, packed
        self._left = limits.unpacked_bytes
        self._error = _refused_block(folder.coders)

    def entries(self) -> Iterator[Entry]:
        self._file.seek(self._start)
        for member in self._folder.files:
            size = member.uncompressed
            if self._error is None and size > self._left:
                self._error = DocumentError(Kind.TOO_LARGE, f"{size} byte.")
            chunks = self._chunks(member)
            error = self._error or _refusal(member)
            yield Entry(member.filename, chunks.__iter__, size, self._packed, error)
            if self._error is None:
                self._pass_by(chunks)

    def _pass_by(self, chunks: Iterator[bytes]) -> None:
        """Unpack what nobody has taken of a member. Its own fault is known to who took it."""
        try:
            for _ in chunks:
                pass
        except DocumentError:
            pass

    def _chunks(self, member: Any) -> Iterator[bytes]:
        left, check = member.uncompressed, 0
        while left > 0:
            data = self._step(member, min(left, CHUNK))
            left -= len(data)
            self._left -= len(data)
            check = zlib.crc32(data, check)
            yield data
        if member.crc32 is not None and member.crc32 != check:
            raise DocumentError(Kind.DAMAGED, "7z: CRC.")

    def _step(self, member: Any, most: int) -> bytes:
        """The next bytes of the block, at least one. After an error nothing behind it can be unpacked."""
        from py7zr.exceptions import UnsupportedCompressionMethodError

        try:
            unpacker = self._folder.get_decompressor(self._packed)
            unpacker.block_size = STEP
            while True:
                at = self._file.tell()
                if data := unpacker.decompress(self._file, most):
                    return bytes(data)
                if self._file.tell() == at:
                    raise EOFError("7z: bị cắt. / cut short")
        except UnsupportedCompressionMethodError as error:
            self._error = DocumentError(Kind.UNSUPPORTED, NOT_OURS)
            raise self._error from error
        except MemoryError as error:
            self._error = DocumentError(Kind.OUT_OF_MEMORY, "7z.")
            raise self._error from error
        except Exception as error:
            self._error = DocumentError(Kind.DAMAGED, f"7z: {type(error).__name__}.")
            raise self._error from error


def _refused_block(coders: list[dict[str, Any]]) -> DocumentError | None:
    """Why a block is not unpacked at all. The library's PPMd gives wrong bytes or dies now and then (py7zr 733)."""
    from py7zr.compressor import SupportedMethods
    from py7zr.properties import COMPRESSION_METHOD

    if SupportedMethods.needs_password(coders):
        return DocumentError(Kind.ENCRYPTED, "7z.")
    if any(coder["method"] == COMPRESSION_METHOD.PPMD for coder in coders):
        return DocumentError(Kind.UNSUPPORTED, NOT_OURS)
    return None


def _refusal(member: Any) -> DocumentError | None:
    if member.is_symlink or member.is_junction or member.is_socket:
        return DocumentError(Kind.UNSAFE_PATH, "Liên kết trong kho nén. / A link in an archive.")
    return None
