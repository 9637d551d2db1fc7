"""The document function: one file from its bytes to a packed reading, the same on every engine."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import DocumentError, Kind
from pipeline.run.engine import Job, Read
from pipeline.store.packing import Packed, packed_rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pipeline.ingest.limits import Limits
    from pipeline.ingest.ocr.engine import OcrEngine
    from pipeline.ingest.ocr.setup import OcrSetup
    from pipeline.ingest.page.words import PageWord
    from pipeline.tables.rows import TableRows

HEAVY = (
    "numpy",
    "cv2",
    "spacy",
    "underthesea",
    "lxml.html",
    "pipeline.extract",
    "pipeline.nlp",
    "pipeline.text",
    "pipeline.ingest.pdf.document",
    "pipeline.ingest.scan.picture_file",
    "pipeline.ingest.repair.table",
)
"""What `read_job` imports that takes long (1 s of 1.3) and starts no thread, so that workers may be forked from a
process that holds it. pyarrow starts one, and stays out."""
FACTS = (
    "number",
    "symbol",
    "reference",
    "issuer",
    "issue_date",
    "issue_year",
    "issue_month",
    "issue_day",
    "title",
    "doc_type",
    "plan_year",
    "province",
    "text_source",
    "is_draft",
)
"""The columns of `documents` by which repeats of one paper are found."""
_LONGEST_DETAIL = 300
"""Characters of a failure's detail: what a library says may hold half a document."""


def read_job(job: Job, limits: Limits, ocr: OcrSetup | None) -> Packed:
    """Read one file; whatever goes wrong ends in the reading, never in an exception."""
    started = time.perf_counter()
    try:
        return _read(job, limits, ocr, started)
    except DocumentError as error:
        kind, detail = error.kind, error.detail
    except MemoryError:
        kind, detail = Kind.OUT_OF_MEMORY, ""
    except Exception as error:
        kind, detail = Kind.INTERNAL, f"{type(error).__name__}: {error}"
    return lost(job, kind, detail, _since(started))


def lost(job: Job, kind: Kind, detail: str, seconds: float = 0.0) -> Packed:
    """The reading of a file that gave no rows; its message is one line of bounded length, with the cure."""
    told = printable_line(detail)
    return Packed(job.sha256, _name(job), round(seconds, 3), kind=kind, message=str(DocumentError(kind, told)))


def answered(read: Read, job: Job, limits: Limits, ocr: OcrSetup | None) -> Packed:
    """What `read` gives, held to its promise: a reading of this job, and no exception whatever is raised."""
    started = time.perf_counter()
    try:
        return sound(job, read(job, limits, ocr))
    except MemoryError:  # what was eaten is freed only when this is over
        kind, detail = Kind.OUT_OF_MEMORY, ""
    except BaseException as error:  # SystemExit too: a library that leaves must not take the worker along
        kind, detail = Kind.INTERNAL, f"{type(error).__name__}: {error}"
    return lost(job, kind, detail, _since(started))


def sound(job: Job, answer: object) -> Packed:
    """The answer, if it is a reading of the job; INTERNAL in its place where it is something else."""
    if isinstance(answer, Packed) and answer.sha256 == job.sha256:
        if answer.kind is None and type(answer.rows) is bytes:
            return answer
        if isinstance(answer.kind, Kind) and answer.rows is None:
            return answer
    return lost(job, Kind.INTERNAL, f"{type(answer).__name__}: không phải kết quả đọc / is no reading.")


def printable_line(text: str) -> str:
    """Foreign words on one line that a terminal and a log can show."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text[: 4 * _LONGEST_DETAIL]).split())
    return line if len(line) <= _LONGEST_DETAIL else line[: _LONGEST_DETAIL - 1] + "…"


def _read(job: Job, limits: Limits, ocr: OcrSetup | None, started: float) -> Packed:
    from pipeline.link.near_duplicates import shingles
    from pipeline.run.document import read_plan, versions
    from pipeline.store.checks import check_rows
    from pipeline.tables.rows import table_rows

    asked = _Asked(ocr)
    source, plan, record = read_plan(Path(job.path), job.source_path, limits, asked, sha256=job.sha256)
    rows = table_rows(source, plan, record, versions())
    if unsound := check_rows(rows):
        raise DocumentError(Kind.INTERNAL, "; ".join(unsound))
    rows["documents"][0]["source_path"] = ""  # put there by the build: a move is no other reading
    block = packed_rows(rows)
    return Packed(
        sha256=job.sha256,
        file_name=_name(job),
        seconds=_since(started),
        rows=block,
        pages=len(rows["pages"]),
        unreadable=sum(page["status"] == "unreadable" for page in rows["pages"]),
        used_ocr=asked.was_asked,
        facts=_facts(rows),
        shingles=shingles(plan.text),
    )


def _facts(rows: TableRows) -> str:
    document = rows["documents"][0]
    return json.dumps({name: document.get(name) for name in FACTS}, ensure_ascii=False, default=str)


@dataclass(slots=True)
class _Asked:
    """An OCR setup that remembers whether its engine was asked for a picture, of which a page may need none."""

    setup: OcrSetup | None
    was_asked: bool = False

    def engine(self, limits: Limits) -> OcrEngine:
        def read(picture: NDArray[np.uint8], seconds: float) -> list[PageWord]:
            self.was_asked = True
            return self._chosen(limits)(picture, seconds)

        return read

    def _chosen(self, limits: Limits) -> OcrEngine:
        """Looked for when a picture comes, as that may start programs."""
        if self.setup is not None:
            return self.setup.engine(limits)
        from pipeline.ingest.page.reading import tesseract

        return tesseract()


def _name(job: Job) -> str:
    return job.source_path.rpartition("/")[2]


def _since(started: float) -> float:
    return round(time.perf_counter() - started, 3)
