"""Scans made of documents whose gold is known, read by the program and scored beside the documents themselves."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.evaluate.score import Score, score
from tests.scans.make import make_scan
from tests.scans.wear import Wear

ROOT = Path(__file__).parents[2]
RUN_SECONDS = 600
SEED = 20230123


def make_scans(originals: Sequence[Path], wear: Wear, folder: Path) -> list[Path]:
    """A scan of each original under the original's name; the seed differs from one to the next."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for at, original in enumerate(originals):
        path = folder / f"{original.stem}.pdf"
        path.write_bytes(make_scan(original, wear, SEED + at).pdf)
        made.append(path)
    return made


def read_all(files: Sequence[Path], out: Path) -> Path:
    """The tables of a run over `files`, two workers."""
    command = [sys.executable, "-m", "pipeline", "run", *map(str, files), "--out", str(out), "--jobs", "2"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=RUN_SECONDS, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return out / "latest"


def figures(result: Score) -> Mapping[str, float]:
    """Header accuracy and the F1 of every table measured, 0 to 1."""
    return {"header": result.header_accuracy, **{name: count.f1 for name, count in sorted(result.counts.items())}}


def measure(originals: Sequence[Path], gold: Path, wear: Wear | None, folder: Path) -> Score:
    """Score the originals as they are (`wear` None) or their scans."""
    files = list(originals) if wear is None else make_scans(originals, wear, folder / "scans")
    return score(gold, read_all(files, folder / "out"))
