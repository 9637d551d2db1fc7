"""One document from file to rows, through every stage."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pipeline.ingest.limits import Limits
    from pipeline.ingest.ocr.engine import OcrEngine
    from pipeline.ingest.scan.trace import Trace
    from pipeline.records import PlanRecord, PlanText, SourceDocument
    from pipeline.tables.rows import TableRows, Versions


class Setup(Protocol):
    """What an `OcrSetup` is to the reader."""

    def engine(self, limits: Limits) -> OcrEngine: ...


def read_plan(
    path: Path,
    source_path: str,
    limits: Limits,
    ocr: Setup | None = None,
    trace: Trace | None = None,
    *,
    sha256: str | None = None,
) -> tuple[SourceDocument, PlanText, PlanRecord]:
    """Read one file through every stage; `ocr` None reads scanned pages without a cache.

    `trace` is told the steps of scanned pages. `sha256` is the hash of the bytes, where it is known already.

    Raises:
        DocumentError: the file can't become rows; its kind says why.
    """
    from pipeline.extract import extract
    from pipeline.ingest import read_document
    from pipeline.nlp import load_nlp, read
    from pipeline.text import compose

    source = read_document(path, source_path, limits, ocr.engine(limits) if ocr else None, trace, sha256=sha256)
    plan = compose(source)
    return source, plan, extract(read(plan, load_nlp()), source_path)


def read_rows(path: Path, source_path: str, limits: Limits, ocr: Setup | None = None) -> TableRows:
    """The rows of one file's tables. DocumentError, as `read_plan`."""
    from pipeline.tables.rows import table_rows

    source, plan, record = read_plan(path, source_path, limits, ocr)
    return table_rows(source, plan, record, versions())


@cache
def versions() -> Versions:
    from pipeline import __version__
    from pipeline.rulebook import rules_version
    from pipeline.tables.rows import Versions

    return Versions(__version__, rules_version())
