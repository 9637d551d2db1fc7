"""What archives of all formats share: bounds, refusals, and writing members where they can do no harm."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pipeline.errors import DocumentError, Kind
from pipeline.ingest.files.archive_names import is_unsafe, name_parts, numbered, tidy
from pipeline.ingest.files.offer import Offered, is_dropping, is_lock_file, lock_file_error, printable
from pipeline.ingest.limits import Limits

CHUNK = 1 << 20
SMALL = 1_000_000
"""Members that unpack to less than this may be packed as tightly as they like."""
LONGEST_NAME = 4_096
"""Characters of a member's name; no file system takes more."""
SHOWN = 200
"""Characters of what a library says that are shown: it may quote the hostile bytes."""
_UNREADABLE = (errno.EIO, errno.EACCES, errno.EPERM, errno.ENOENT, errno.ESTALE)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Entry:
    """One member as its archive describes it, true or not."""

    name: str
    chunks: Callable[[], Iterator[bytes]]
    """Its bytes, a bounded piece at a time; asked for once, before the next entry."""
    size: int = 0
    packed: int | None = None
    """Of how many bytes of the archive it is unpacked, at most; None where nothing is packed."""
    error: DocumentError | None = None


@dataclass(slots=True)
class Room:
    """Where one offered archive, with archives inside it, is unpacked, and what it may still take."""

    folder: Path
    limits: Limits
    unpacked: int
    members: int
    files: int = 0
    taken: dict[str, int] = field(default_factory=dict)

    def take(self, entry: Entry, shown: str) -> Offered | None:
        """One member as a file of its own, or why not; None for folders and what nobody offers.

        Raises:
            DocumentError: there are more members than may be.
            OSError: the folder can't be written to.
        """
        parts = name_parts(entry.name[:LONGEST_NAME])
        if (len(parts) > 1 and not parts[-1]) or any(map(is_dropping, parts)):
            return None
        self.members -= 1
        if self.members < 0:
            raise DocumentError(Kind.TOO_LARGE, f"> {self.limits.archive_members} tệp / members.")
        unsafe = is_unsafe(parts)
        place = self._place(f"{shown}!/{printable('/'.join(parts) if unsafe else tidy(parts))}")
        try:
            if unsafe:
                raise DocumentError(Kind.UNSAFE_PATH, f"{printable(entry.name[:SHOWN])}.")
            self._refuse(entry, parts[-1])
            return self._written(entry, place)
        except DocumentError as error:
            return Offered(place, error=error)

    def _place(self, name: str) -> str:
        """The name a member is shown by: the second of the same name is "name (2)"."""
        place, number = name, self.taken.get(name, 1)
        while place in self.taken:
            number += 1
            place = numbered(name, number)
        self.taken[name] = number
        self.taken.setdefault(place, 1)
        return place

    def _refuse(self, entry: Entry, file_name: str) -> None:
        """What can be said of a member before it is unpacked."""
        if is_lock_file(file_name):
            raise lock_file_error()
        if entry.error:
            raise entry.error
        if entry.size > self._most(entry):
            raise DocumentError(Kind.TOO_LARGE, f"{entry.size} byte.")

    def _most(self, entry: Entry) -> int:
        """Bytes a member may unpack to: those of any file, those left for the archive, those its ratio allows."""
        most = min(self.limits.file_bytes, self.unpacked)
        if entry.packed is not None:
            most = min(most, max(SMALL, self.limits.unpacked_ratio * max(entry.packed, 1)))
        return most

    def _written(self, entry: Entry, place: str) -> Offered:
        """Unpack one member, counting what really comes out (the sizes an archive states may lie)."""
        most, written, digest = self._most(entry), 0, hashlib.sha256()
        target = self.folder / f"{self.files}.bin"
        self.files += 1
        try:
            with target.open("xb") as file:
                for chunk in guarded(entry.chunks):
                    written += len(chunk)
                    if written > most:
                        raise DocumentError(Kind.TOO_LARGE, f"> {most} byte.")
                    digest.update(chunk)
                    file.write(chunk)
        except BaseException:
            target.unlink(missing_ok=True)
            raise
        finally:
            self.unpacked -= written
        return Offered(place, target, sha256=digest.hexdigest())


def guarded(steps: Callable[[], Iterator[_T]]) -> Iterator[_T]:
    """What a library reads from hostile bytes, one step after the other; what is done between steps is not guarded.

    Raises:
        DocumentError: whatever the library raises. Broken bytes lead anywhere, so there is no list of it.
    """
    with _blamed():
        items = steps()
    while True:
        with _blamed():
            item = next(items, None)
        if item is None:
            return
        yield item


@contextmanager
def _blamed() -> Iterator[None]:
    """What is raised inside is the archive's fault."""
    try:
        yield
    except DocumentError:
        raise
    except Exception as error:
        said = printable(str(error) or type(error).__name__)[:SHOWN]
        raise DocumentError(_kind(error), f"{said}.") from error


def _kind(error: Exception) -> Kind:
    if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM):
        return Kind.OUT_OF_MEMORY
    if isinstance(error, NotImplementedError):
        return Kind.UNSUPPORTED
    return Kind.UNREADABLE if isinstance(error, OSError) and error.errno in _UNREADABLE else Kind.DAMAGED
