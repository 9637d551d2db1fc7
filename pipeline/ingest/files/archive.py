"""Archives: every member as a file of its own, within bounds and never outside a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from pipeline.errors import DocumentError, Kind
from pipeline.ingest.files.archive_kind import archive_kind, is_archive
from pipeline.ingest.files.offer import Offered
from pipeline.ingest.files.unpacking import Entry, Room, guarded
from pipeline.ingest.limits import Limits

__all__ = ["is_archive", "unpack"]


def unpack(path: Path, shown: str, limits: Limits, folder: Path) -> list[Offered]:
    """The members of an archive as "shown!/folder/name", by name; archives inside it are unpacked likewise.

    Each is a file in `folder`, which is this archive's alone, or has its own error. What is wrong with the archive
    itself is an offer of its own name, the last.

    Raises:
        OSError: the folder can't be written to.
    """
    room = Room(folder, limits, limits.unpacked_bytes, limits.archive_members)
    return _unpacked(path, shown, room, limits.archive_nesting)


def _unpacked(path: Path, shown: str, room: Room, nesting: int) -> list[Offered]:
    found: list[Offered] = []
    failure: DocumentError | None = None
    try:
        for entry in guarded(_entries(path, room)):
            if offer := room.take(entry, shown):
                found.append(offer)
    except DocumentError as error:
        failure = error
    if not found and not failure:
        failure = DocumentError(Kind.EMPTY, "Kho nén không có tệp nào. / An archive without files.")
    found.sort(key=lambda offer: offer.source_path)
    members = [member for offer in found for member in _opened(offer, room, nesting)]
    return [*members, Offered(shown, error=failure)] if failure else members


def _entries(path: Path, room: Room) -> Callable[[], Iterator[Entry]]:
    from pipeline.ingest.files.archive_7z import seven_entries
    from pipeline.ingest.files.archive_rar import rar_entries
    from pipeline.ingest.files.archive_tar import tar_entries
    from pipeline.ingest.files.archive_zip import zip_entries

    readers: dict[str, Callable[[], Iterator[Entry]]] = {
        "zip": partial(zip_entries, path),
        "tar": partial(tar_entries, path, room.limits),
        "7z": partial(seven_entries, path, room.limits),
        "rar": partial(rar_entries, path, room.folder),
    }
    if kind := archive_kind(path):
        return readers[kind]
    raise DocumentError(Kind.UNSUPPORTED, "Không phải kho nén. / Not an archive.")


def _opened(offer: Offered, room: Room, nesting: int) -> list[Offered]:
    """A member, or its own members where it is an archive."""
    if offer.path is None or not is_archive(offer.path):
        return [offer]
    if nesting == 0:
        detail = "Kho nén lồng quá sâu. / Archives nested too deep."
        opened = [replace(offer, path=None, error=DocumentError(Kind.UNSUPPORTED, detail))]
    else:
        opened = _unpacked(offer.path, offer.source_path, room, nesting - 1)
    offer.path.unlink()
    return opened
