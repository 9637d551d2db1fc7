"""Zip archives: their members, taken out one at a time, within bounds and never outside a temporary folder."""

from __future__ import annotations

import stat
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import DocumentError, Kind
from pipeline.ingest.files.walk import Offered, is_archive, is_dropping, is_lock_file, lock_file_error, printable
from pipeline.ingest.language.vietnamese import vietnamese_share
from pipeline.ingest.limits import Limits

UTF8_FLAG = 0x800
ENCRYPTED_FLAG = 0x1
CHUNK = 1 << 20
SMALL = 1_000_000
"""Members that unpack to less than this may be packed as tightly as they like."""


@dataclass(slots=True)
class _Budget:
    """What one offered archive, with archives inside it, may still unpack."""

    unpacked: int
    members: int


def members(path: Path, shown: str, limits: Limits) -> Iterator[Offered]:
    """The files in an archive as "shown!/folder/name", sorted. A member's file lives until the next is asked for."""
    budget = _Budget(limits.unpacked_bytes, limits.archive_members)
    yield from _members(path, shown, limits, budget, limits.archive_nesting)


def _members(path: Path, shown: str, limits: Limits, budget: _Budget, nesting: int) -> Iterator[Offered]:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, OSError, ValueError) as error:
        yield Offered(shown, error=DocumentError(Kind.DAMAGED, f"zip: {error}."))
        return
    with archive, tempfile.TemporaryDirectory(prefix="kehoach-zip-") as folder:
        entries = sorted((_name(info), info.header_offset, info) for info in archive.infolist() if not info.is_dir())
        for number, (name, _, info) in enumerate(entries):
            if any(is_dropping(part) for part in name.split("/")):
                continue
            place = f"{shown}!/{printable(name)}"
            budget.members -= 1
            if budget.members < 0:
                yield Offered(place, error=DocumentError(Kind.TOO_LARGE, f"> {limits.archive_members} tệp / members."))
                return
            target = Path(folder) / f"{number}.bin"
            yield from _member(archive, info, name, place, target, limits, budget, nesting)
            target.unlink(missing_ok=True)


def _member(
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    name: str,
    place: str,
    target: Path,
    limits: Limits,
    budget: _Budget,
    nesting: int,
) -> Iterator[Offered]:
    try:
        _refuse(info, name, limits, budget)
        _extract(archive, info, target, limits, budget)
    except DocumentError as error:
        yield Offered(place, error=error)
        return
    if not is_archive(target):
        yield Offered(place, target)
    elif nesting > 0:
        yield from _members(target, place, limits, budget, nesting - 1)
    else:
        yield Offered(place, error=DocumentError(Kind.UNSUPPORTED, "Kho nén lồng quá sâu. / Archives nested too deep."))


def _refuse(info: zipfile.ZipInfo, name: str, limits: Limits, budget: _Budget) -> None:
    """What can be said of a member before it is unpacked."""
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or name.startswith(("/", "\\")) or (len(parts[0]) == 2 and parts[0][1] == ":"):
        raise DocumentError(Kind.UNSAFE_PATH, f"{printable(name)}.")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise DocumentError(Kind.UNSAFE_PATH, "Liên kết trong kho nén. / A link in an archive.")
    if is_lock_file(parts[-1]):
        raise lock_file_error()
    if info.flag_bits & ENCRYPTED_FLAG:
        raise DocumentError(Kind.ENCRYPTED, "zip.")
    ratio = info.file_size / max(info.compress_size, 1)
    if info.file_size > SMALL and ratio > limits.unpacked_ratio:
        raise DocumentError(Kind.TOO_LARGE, f"1:{ratio:.0f}.")
    if info.file_size > min(limits.file_bytes, budget.unpacked):
        raise DocumentError(Kind.TOO_LARGE, f"{info.file_size} byte.")


def _extract(archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path, limits: Limits, budget: _Budget) -> None:
    """Unpack one member, counting what really comes out (the sizes an archive states may lie)."""
    left = min(limits.file_bytes, budget.unpacked, max(SMALL, limits.unpacked_ratio * max(info.compress_size, 1)))
    written = 0
    try:
        with archive.open(info) as source, target.open("wb") as file:
            while chunk := source.read(CHUNK):
                written += len(chunk)
                if written > left:
                    raise DocumentError(Kind.TOO_LARGE, f"> {left} byte.")
                file.write(chunk)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError) as error:
        raise DocumentError(Kind.DAMAGED, f"zip: {error}.") from error
    finally:
        budget.unpacked -= written


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name: the encodings of Windows tools that don't say theirs are tried, the readable one taken."""
    if info.flag_bits & UTF8_FLAG:
        return unicodedata.normalize("NFC", info.filename)
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return unicodedata.normalize("NFC", info.filename)
    try:
        return unicodedata.normalize("NFC", raw.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    vietnamese = unicodedata.normalize("NFC", raw.decode("cp1258", errors="replace"))
    readable = "\ufffd" not in vietnamese and vietnamese_share(vietnamese.replace("_", " ")) > 0.5
    return vietnamese if readable else info.filename
