"""`python -m tests.archive OUT_DIR --documents 10000 --seed 1`: the archive in OUT_DIR, its truth in OUT_DIR.truth.json."""

from __future__ import annotations

import argparse
import dataclasses
import json
import multiprocessing
import os
from collections import Counter
from functools import partial
from pathlib import Path

from tests.archive.make import Recipe, Truth, blocks, make_archive


def main() -> None:
    """Make the archive and count what it holds."""
    parser = argparse.ArgumentParser(prog="python -m tests.archive", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--broken", type=float, default=0.02)
    asked = parser.parse_args()
    truths = write_archive(asked.folder, Recipe(asked.documents, asked.seed, asked.broken))
    for status, count in sorted(Counter(truth.error_kind or "ok or duplicate" for truth in truths).items()):
        print(f"{count:>7}  {status}")


def write_archive(folder: Path, recipe: Recipe) -> list[Truth]:
    """All of it, on all cores; the truth lies beside, where no run is offered it."""
    with multiprocessing.get_context("spawn").Pool(os.cpu_count()) as pool:
        found = [truth for part in pool.imap(partial(make_archive, folder, recipe), blocks(recipe)) for truth in part]
    rows = [dataclasses.asdict(truth) for truth in found]
    truth_file(folder).write_text(json.dumps(rows, ensure_ascii=False, indent=0), encoding="utf-8")
    return found


def truth_file(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.truth.json")


if __name__ == "__main__":
    main()
