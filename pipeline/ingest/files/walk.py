"""Which files are offered: single files, folders with all below them, and objects of a store."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.errors import DocumentError, Kind
from pipeline.ingest.files.offer import (
    Offered,
    is_dropping,
    is_lock_file,
    lock_file_error,
    printable,
    stamp_of,
    unlisted,
)
from pipeline.ingest.files.remote import is_uri, last_name, listed_remote
from pipeline.ingest.limits import Limits

__all__ = ["Input", "Offered", "listed"]

Input = str | Path
"""A file, a folder, or the URI of a store ("s3://bucket/prefix")."""


def listed(inputs: Sequence[Input], limits: Limits) -> Iterator[Offered]:
    """Every file of the inputs in a stable order; none is opened, archives neither. Never raises for a file.

    Where a folder or an input can't be listed to its end, an offer with an error says so, and its `hides` which files
    nobody has seen for that.
    """
    for given, root in zip(inputs, _roots(inputs), strict=True):
        if is_uri(given):
            yield from listed_remote(str(given), root, limits)
        elif os.path.isdir(given):
            yield from _folder(os.fspath(given), root)
        else:
            yield _single(os.fspath(given), root)


def _roots(inputs: Sequence[Input]) -> list[str]:
    """What each input's names begin with: nothing for the only folder; several inputs are told apart by name."""
    if len(inputs) == 1:
        return [""]
    roots: list[str] = []
    for given in inputs:
        name = (last_name(str(given)) if is_uri(given) else Path(given).resolve().name) or "input"
        count = sum(other == name or other.startswith(f"{name} (") for other in roots)
        roots.append(f"{name} ({count + 1})" if count else name)
    return roots


def _single(path: str, root: str) -> Offered:
    """An input that is no folder (now): a file, or what was there before."""
    shown = printable(root or Path(path).name)
    try:
        return _regular(path, shown, os.stat(path))
    except OSError as error:
        return unlisted(shown, printable(f"{root}/" if root else ""), error.strerror or "")


def _folder(folder: str, root: str) -> Iterator[Offered]:
    """All below a folder, by name. Links to folders are not followed, so that none leads round in a circle.

    A disk that is taken away or another one put in its place in the middle of the walk is noticed.
    """
    shown, hides, before = printable(root or Path(folder).name or "."), printable(f"{root}/" if root else ""), None
    try:
        before, home = _identity(folder), os.path.realpath(folder, strict=True)
        below = _entries(folder, f"{root}/" if root else "")
    except OSError as error:
        yield unlisted(shown, hides, error.strerror or "")
        return
    while below:
        entry, name = below.pop()
        try:
            if _is_folder(entry):
                below += _entries(entry.path, f"{name}/")
            elif not (entry.is_symlink() and os.path.isdir(entry.path)):
                yield _file(entry, printable(name), home)
        except OSError as error:
            yield unlisted(printable(name), printable(f"{name}/"), error.strerror or "")
    if _identity(folder) != before:
        yield unlisted(shown, hides, "changed")


def _identity(folder: str) -> tuple[int, int] | None:
    try:
        status = os.stat(folder)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _entries(folder: str, prefix: str) -> list[tuple[os.DirEntry[str], str]]:
    """What a folder holds, the last by name first, each with the name it will be shown by."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: os.fsencode(entry.name), reverse=True)
    return [(entry, prefix + entry.name) for entry in entries if not is_dropping(entry.name)]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False)


def _file(entry: os.DirEntry[str], shown: str, home: str) -> Offered:
    try:
        if entry.is_symlink():
            return _link(entry.path, shown, home)
        return _regular(entry.path, shown, entry.stat(follow_symlinks=False))
    except OSError as error:
        return Offered(shown, error=DocumentError(Kind.UNREADABLE, f"{error.strerror}."))


def _link(path: str, shown: str, home: str) -> Offered:
    real = os.path.realpath(path, strict=True)
    if not Path(real).is_relative_to(home):
        detail = "Liên kết trỏ ra ngoài thư mục. / A link that leaves the folder."
        return Offered(shown, error=DocumentError(Kind.UNSAFE_PATH, detail))
    return _regular(path, shown, os.stat(path))


def _regular(path: str, shown: str, status: os.stat_result) -> Offered:
    if is_lock_file(os.path.basename(path)):
        return Offered(shown, error=lock_file_error())
    if not stat.S_ISREG(status.st_mode):
        error = DocumentError(Kind.UNSUPPORTED, "Không phải tệp thường. / Not a regular file.")
        return Offered(shown, error=error)
    return Offered(shown, Path(path), stamp=stamp_of(status), changed_at=status.st_mtime)
