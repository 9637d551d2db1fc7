"""Scans made of papers whose gold is known, read by the program and scored beside the papers themselves."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import pyarrow.parquet as pq

from pipeline.evaluate.score import Score, score
from pipeline.ingest import read_document
from pipeline.ingest.limits import Limits
from pipeline.text import compose
from tests.scans.error_rate import ErrorRate, body_errors
from tests.scans.make import make_scan
from tests.scans.wear import Wear

ROOT = Path(__file__).parents[2]
RUN_SECONDS = 900


@dataclass(frozen=True, slots=True)
class Paper:
    """A text or Word file and its gold record."""

    original: Path
    gold: Path


def papers_of(folder: Path, gold: Path) -> list[Paper]:
    """Every file of `folder` that has a gold record of its name and is no scan itself."""
    found = [Paper(path, gold / f"{path.stem}.json") for path in sorted(folder.iterdir())]
    return [paper for paper in found if paper.gold.exists() and not paper.original.stem.endswith("-scan")]


def read_papers(papers: Sequence[Paper], folder: Path, wear: Wear | None = None) -> Path:
    """The tables of a run over the papers as they are, or over scans of them (`wear`); two workers."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [paper.original for paper in papers]
    if wear is not None:
        files = [_scan(paper, wear, folder) for paper in papers]
    command = [sys.executable, "-m", "pipeline", "run", *map(str, files), "--out", str(folder / "out"), "--jobs", "2"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=RUN_SECONDS, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return folder / "out" / "latest"


def _scan(paper: Paper, wear: Wear, folder: Path) -> Path:
    """A paper's seed hangs on its name alone: another paper beside it changes nothing."""
    path = folder / f"{paper.original.stem}.pdf"
    path.write_bytes(make_scan(paper.original, wear, crc32(path.stem.encode())).pdf)
    return path


def score_papers(papers: Sequence[Paper], tables: Path, folder: Path) -> Score:
    """Score these papers' rows; `folder` takes a copy of their gold."""
    folder.mkdir(parents=True, exist_ok=True)
    for paper in papers:
        shutil.copy(paper.gold, folder)
    return score(folder, tables)


def figures(result: Score) -> Mapping[str, float]:
    """Header accuracy and the F1 of every table measured, 0 to 1."""
    return {"header": result.header_accuracy, **{name: count.f1 for name, count in sorted(result.counts.items())}}


def character_errors(papers: Sequence[Paper], tables: Path) -> ErrorRate:
    """Over the printed body of all papers; what was read is taken from the `pages` table."""
    documents = pq.read_table(tables / "documents.parquet", columns=["doc_id", "source_path"]).to_pylist()
    pages = pq.read_table(tables / "pages.parquet", columns=["doc_id", "page", "text"]).to_pylist()
    total = ErrorRate()
    for paper in papers:
        mine = {row["doc_id"] for row in documents if Path(row["source_path"]).stem == paper.original.stem}
        texts = [row["text"] or "" for row in sorted(pages, key=lambda row: row["page"]) if row["doc_id"] in mine]
        wanted = compose(read_document(paper.original, paper.original.name, Limits()))
        total += body_errors(wanted, "".join(texts))
    return total
