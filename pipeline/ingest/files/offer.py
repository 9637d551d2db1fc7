"""One offered file: what it is called, where its bytes are, and how to see that they changed."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pipeline.errors import DocumentError, Kind

DROPPINGS = frozenset({".ds_store", "thumbs.db", "desktop.ini", "__macosx", ".gitkeep", ".gitignore"})
"""Left by operating systems and version control, offered by no one: skipped without a word."""


class Elsewhere(Protocol):
    """Bytes on another machine. What implements it can be pickled."""

    def local(self, folder: Path) -> Path:
        """A copy in `folder`. Raises: DocumentError (unreadable, too large)."""

    def stamp_now(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Offered:
    """One file offered: where its bytes are, or the `error` that keeps it from being read.

    `source_path` is printable UTF-8: relative to the folder given, "a.zip!/folder/b.pdf" inside an archive.
    `stamp` changes whenever the bytes do (None inside archives), `changed_at` is in seconds since 1970.
    `hides` is set where a folder or input could not be listed: any file whose source path starts with it may still be
    there, unseen, and must not be taken for gone. Empty, it hides everything.
    """

    source_path: str
    path: Path | None = None
    error: DocumentError | None = None
    stamp: str | None = None
    changed_at: float | None = None
    sha256: str | None = None
    """Of an archive's member, known from unpacking it; None where nobody has read the bytes yet."""
    hides: str | None = None
    elsewhere: Elsewhere | None = None

    def local(self, folder: Path) -> Path:
        """The bytes as a file on this machine: where they are, or a copy in `folder`.

        Raises:
            DocumentError: why the file can't be read, or that it could not be fetched.
        """
        if self.error:
            raise self.error
        if self.elsewhere:
            return self.elsewhere.local(folder)
        if self.path is None:
            raise DocumentError(Kind.UNREADABLE, "")
        return self.path

    def stamp_now(self) -> str | None:
        """The stamp asked for again; None where the file is gone or has none."""
        if self.elsewhere:
            return self.elsewhere.stamp_now()
        try:
            return stamp_of(os.stat(self.path)) if self.path and self.stamp else None
        except OSError:
            return None


def stamp_of(status: os.stat_result) -> str:
    """Changes when a file's bytes do, or when another file takes its place."""
    parts = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    return ":".join(map(str, parts))


def unlisted(shown: str, hides: str, reason: str) -> Offered:
    """The row of a folder or input that could not be listed to its end."""
    detail = f"Không liệt kê được hết thư mục. / The folder could not be listed to its end: {printable(reason)}."
    return Offered(shown, error=DocumentError(Kind.UNREADABLE, detail), hides=hides)


def is_dropping(name: str) -> bool:
    """Whether an operating system left this file or folder; "._x" is macOS's shadow of x."""
    return name.lower() in DROPPINGS or name.startswith("._")


def is_lock_file(name: str) -> bool:
    """Whether Office keeps this file while a document is open."""
    return name.startswith(("~$", ".~lock."))


def lock_file_error() -> DocumentError:
    return DocumentError(Kind.UNSUPPORTED, "Tệp khóa của Office. / A lock file of Office.")


def printable(name: str) -> str:
    """A name that is valid UTF-8 and stands on one line: odd bytes and control characters are shown escaped."""
    if name.isprintable():
        return name
    safe = name.encode("utf-8", errors="surrogateescape").decode("utf-8", errors="backslashreplace")
    return "".join(c if c.isprintable() or c == "\u200b" else c.encode("unicode_escape").decode("ascii") for c in safe)
