"""Small files a run leaves behind: written whole or not at all, and the oldest cleared away."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from pipeline.store.durable import replace_bytes

KEPT = 400
"""Reports and logs that are kept: more than a year of nights."""


def written(path: Path, content: bytes) -> Path:
    """Write a file, and its folder where there is none, so that nobody ever finds half of it.

    Raises:
        OSError: it can't be written; what stood there before still stands.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_bytes(path, content)
    return path


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
