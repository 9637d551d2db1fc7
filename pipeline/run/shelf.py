"""Small files a run leaves behind: written whole or not at all, and the oldest cleared away."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

KEPT = 400
"""Reports and logs that are kept: more than a year of nights."""


def written(path: Path, content: bytes) -> Path:
    """Write a file so that a reader, a crash or a full disk never leaves half of it.

    Raises:
        OSError: it can't be written; what stood there before still stands.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with aside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)
    sync_folder(path.parent)
    return path


def sync_folder(folder: Path) -> None:
    """Makes new names in a folder last through a power loss. OSError."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def prune(folder: Path, keep: int = KEPT, spare: Collection[str] = ()) -> None:
    """Remove all but the newest `keep` runs' files, by name: run ids begin with their time.

    `spare`: stems that stay whatever the clock says ("latest", the run under way). What can't be removed stays.
    """
    by_stem: dict[str, list[Path]] = {}
    for file in folder.iterdir():
        if not file.name.startswith(".") and file.stem not in spare:
            by_stem.setdefault(file.stem, []).append(file)
    for stem in sorted(by_stem, reverse=True)[keep:]:
        for file in by_stem[stem]:
            try:
                file.unlink()
            except OSError:
                continue
