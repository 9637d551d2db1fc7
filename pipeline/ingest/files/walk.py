"""Which files are offered: single files, folders with all below them, and what lies inside .zip archives."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import DocumentError, Kind
from pipeline.ingest.limits import Limits

DROPPINGS = frozenset({".ds_store", "thumbs.db", "desktop.ini", "__macosx", ".gitkeep", ".gitignore"})
"""Left by operating systems and version control, offered by no one: skipped without a word."""
ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")


@dataclass(frozen=True, slots=True)
class Offered:
    """One file offered: `path` to its bytes, or the `error` that keeps it from being read.

    `source_path` is printable UTF-8: relative to the folder given, "a.zip!/folder/b.pdf" inside an archive. A path of
    an archive's member is a temporary file that is gone when the next file is asked for.
    """

    source_path: str
    path: Path | None = None
    error: DocumentError | None = None


def offered(inputs: Sequence[Path], limits: Limits) -> Iterator[Offered]:
    """Every file of the inputs in a stable order. Never raises for a file: its row carries the error."""
    names = _roots(inputs)
    for given, root in zip(inputs, names, strict=True):
        if given.is_dir():
            yield from _folder(given, root, limits)
        else:
            yield from _file(given, root or given.name, limits)


def estimate(inputs: Sequence[Path]) -> int:
    """How many files `offered` will yield, without unpacking: what lies in an archive's archives is not counted."""
    files = (path for given in inputs for path in (_below(given) if given.is_dir() else (given,)))
    return sum(_held(path) for path in files)


def _held(path: Path) -> int:
    if _refusal(path, None) or not is_archive(path):
        return 1
    try:
        with zipfile.ZipFile(path) as archive:
            return sum(not info.is_dir() for info in archive.infolist())
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, OSError, ValueError):
        return 1


def _roots(inputs: Sequence[Path]) -> list[str]:
    """What each input's names begin with: nothing for the only folder; several inputs are told apart by name."""
    if len(inputs) == 1:
        return [""]
    roots: list[str] = []
    for given in inputs:
        name = given.resolve().name or "input"
        count = sum(other == name or other.startswith(f"{name} (") for other in roots)
        roots.append(f"{name} ({count + 1})" if count else name)
    return roots


def _folder(folder: Path, root: str, limits: Limits) -> Iterator[Offered]:
    home = folder.resolve()
    for path in _below(folder):
        name = "/".join(filter(None, (root, path.relative_to(folder).as_posix())))
        yield from _file(path, name, limits, home)


def _below(folder: Path) -> Iterator[Path]:
    """Files under a folder, by name. Links to folders are not followed, so that none leads round in a circle."""
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: os.fsencode(entry.name))
    except OSError:
        yield folder
        return
    for entry in entries:
        if is_dropping(entry.name):
            continue
        if not entry.is_dir():
            yield entry
        elif not entry.is_symlink():
            yield from _below(entry)


def _file(path: Path, name: str, limits: Limits, home: Path | None = None) -> Iterator[Offered]:
    shown = printable(name)
    error = _refusal(path, home)
    if error:
        yield Offered(shown, error=error)
    elif is_archive(path):
        from pipeline.ingest.files.archive import members

        yield from members(path, shown, limits)
    else:
        yield Offered(shown, path)


def _refusal(path: Path, home: Path | None) -> DocumentError | None:
    """Why a path is not read at all."""
    if is_lock_file(path.name):
        return lock_file_error()
    try:
        real = path.resolve(strict=True)
        if home is not None and path.is_symlink() and not real.is_relative_to(home):
            return DocumentError(Kind.UNSAFE_PATH, "Liên kết trỏ ra ngoài thư mục. / A link that leaves the folder.")
        if real.is_dir():
            return DocumentError(Kind.UNREADABLE, "Không mở được thư mục. / The folder cannot be opened.")
        if not real.is_file():
            return DocumentError(Kind.UNSUPPORTED, "Không phải tệp thường. / Not a regular file.")
        with path.open("rb"):
            return None
    except (OSError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "symbolic link loop"
        return DocumentError(Kind.UNREADABLE, f"{reason}.")


def is_dropping(name: str) -> bool:
    """Whether an operating system left this file or folder; "._x" is macOS's shadow of x."""
    return name.lower() in DROPPINGS or name.startswith("._")


def is_lock_file(name: str) -> bool:
    """Whether Office keeps this file while a document is open."""
    return name.startswith(("~$", ".~lock."))


def lock_file_error() -> DocumentError:
    return DocumentError(Kind.UNSUPPORTED, "Tệp khóa của Office. / A lock file of Office.")


def is_archive(path: Path) -> bool:
    """A .zip that is no document itself (.docx and .odt are zips too)."""
    with path.open("rb") as file:
        if not file.read(4).startswith(ZIP_MAGIC):
            return False
    return not _is_office_zip(path)


def _is_office_zip(path: Path) -> bool:
    """Whether a zip is one document: Office files hold [Content_Types].xml, OpenDocument a mimetype."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            return "[Content_Types].xml" in names or "mimetype" in names
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        return path.suffix.lower() != ".zip"


def printable(name: str) -> str:
    """A name that is valid UTF-8 and stands on one line: odd bytes and control characters are shown escaped."""
    safe = name.encode("utf-8", errors="surrogateescape").decode("utf-8", errors="backslashreplace")
    return "".join(c if c.isprintable() or c == "\u200b" else c.encode("unicode_escape").decode("ascii") for c in safe)
