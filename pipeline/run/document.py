"""One document from file to rows: the unit of work a worker does."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pipeline.errors import DocumentError, Kind

if TYPE_CHECKING:
    from pipeline.ingest.limits import Limits
    from pipeline.ingest.ocr.engine import OcrEngine
    from pipeline.ingest.ocr.setup import OcrSetup
    from pipeline.ingest.scan.trace import Trace
    from pipeline.records import PlanRecord, PlanText, SourceDocument
    from pipeline.tables.rows import TableRows, Versions


class Setup(Protocol):
    """What an `OcrSetup` is to the reader."""

    def engine(self, limits: Limits) -> OcrEngine: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file: its rows, or the kind and message of its failure."""

    source_path: str
    seconds: float = 0.0
    sha256: str | None = None
    rows: TableRows = field(default_factory=dict)
    kind: Kind | None = None
    message: str = ""

    @property
    def doc_id(self) -> str | None:
        return self.sha256[:16] if self.rows and self.sha256 else None

    @property
    def partial(self) -> bool:
        """Some page could not be read."""
        return any(page["status"] == "unreadable" for page in self.rows.get("pages", ()))


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


def read_rows(path: str, source_path: str, limits: Limits, ocr: OcrSetup | None = None) -> Outcome:
    """Read one file; whatever goes wrong ends in the outcome, never in a traceback."""
    started = time.perf_counter()
    try:
        rows = _rows(Path(path), source_path, limits, ocr)
    except DocumentError as error:
        return Outcome(source_path, _since(started), sha256=sha256_of(path), kind=error.kind, message=str(error))
    except MemoryError:
        return failed(source_path, Kind.OUT_OF_MEMORY, "", _since(started), path)
    except Exception as error:
        return failed(source_path, Kind.INTERNAL, f"{type(error).__name__}: {error}", _since(started), path)
    return Outcome(source_path, _since(started), rows["documents"][0]["file_sha256"], rows)


def failed(source_path: str, kind: Kind, detail: str, seconds: float, path: str | None = None) -> Outcome:
    """The outcome of a file that failed outside the reader's own errors."""
    digest = sha256_of(path) if path else None
    return Outcome(source_path, seconds, digest, kind=kind, message=str(DocumentError(kind, detail)))


def sha256_of(path: str) -> str | None:
    """SHA-256 of a file's bytes, or None where it can't be read."""
    import hashlib

    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _rows(path: Path, source_path: str, limits: Limits, ocr: OcrSetup | None) -> TableRows:
    from pipeline.tables.rows import table_rows

    source, plan, record = read_plan(path, source_path, limits, ocr)
    return table_rows(source, plan, record, versions())


@cache
def versions() -> Versions:
    from pipeline import __version__
    from pipeline.rulebook import rules_version
    from pipeline.tables.rows import Versions

    return Versions(__version__, rules_version())


def _since(started: float) -> float:
    return round(time.perf_counter() - started, 3)
