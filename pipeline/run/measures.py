"""What a build looks like in numbers, so that one night can be held against the nights before it.

Every measure is a sum over documents by a sum over documents (null titles by documents, unlinked citations by
citations). Its error is reckoned from document to document, for what stands in one document goes wrong together:
five hundred pages of one bad scan are one piece of bad luck, not five hundred.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    Sums = np.ndarray[Any, np.dtype[np.float64]]

NULLS = ("number", "issue_date", "issuer", "title", "signer_name", "province")
"""Columns of `documents` whose share of nulls is watched, as "null_number"."""
SOURCES = ("native", "ocr", "mixed")
_DOCUMENT_COLUMNS = ("doc_id", "doc_type", "text_source", "warning_count", *NULLS)
_PLAN = "Kế hoạch"


@dataclass(frozen=True, slots=True)
class Measure:
    """One number of a build; `value` is None where nothing was there to be counted."""

    value: float | None
    support: int
    """How many documents it rests on: those that have what is counted (pages from OCR, citations …)."""
    error: float = 0.0
    """Standard error of `value`, reckoned over documents; 0 where all documents agree or there is but one."""


def measures(folder: Path, doc_ids: Collection[str] | None = None) -> dict[str, Measure]:
    """The measures of a build's folder, over all documents or over `doc_ids` alone.

    Raises:
        OSError, pa.ArrowInvalid: the folder holds no sound build.
    """
    build = _Build(folder, doc_ids)
    found = {"documents": Measure(float(build.count), build.count)}
    found |= _of_documents(build) | _of_pages(build) | _of_links(build) | _of_tasks(build)
    return found


class _Build:
    """The chosen documents of a build, in one order, and the other tables' rows by their place in it."""

    def __init__(self, folder: Path, doc_ids: Collection[str] | None) -> None:
        import pyarrow as pa
        import pyarrow.compute as pc

        self._folder = folder
        documents = self._read("documents", *_DOCUMENT_COLUMNS)
        if doc_ids is not None:
            documents = documents.filter(pc.is_in(documents["doc_id"], pa.array(doc_ids, pa.string())))
        self.documents = documents
        self._ids = documents["doc_id"].combine_chunks()
        self.count = documents.num_rows
        self.one_each = self.sums(documents["doc_id"])

    def _read(self, table: str, *columns: str) -> pa.Table:
        import pyarrow.parquet as pq

        return pq.read_table(self._folder / f"{table}.parquet", columns=list(columns))

    def rows(self, table: str, *columns: str) -> pa.Table:
        """Rows of the chosen documents."""
        import pyarrow.compute as pc

        found = self._read(table, "doc_id", *columns)
        return found.filter(pc.is_in(found["doc_id"], self._ids))

    def sums(self, doc_ids: pa.ChunkedArray, weights: pa.ChunkedArray | None = None) -> Sums:
        """For each chosen document the sum of its rows' weights (1 each where None; a null counts for nothing)."""
        import numpy as np
        import pyarrow.compute as pc

        places = pc.index_in(doc_ids, self._ids).to_numpy()
        numbers = np.ones(len(places)) if weights is None else np.nan_to_num(weights.cast("double").to_numpy())
        found = np.zeros(self.count)
        np.add.at(found, places.astype(np.int64), numbers)
        return found

    def where(self, rows: pa.Table, chosen: pa.ChunkedArray) -> Sums:
        """For each chosen document how many of its rows are `chosen` (a null is not)."""
        return self.sums(rows.filter(chosen)["doc_id"])


def _of_documents(build: _Build) -> dict[str, Measure]:
    import pyarrow.compute as pc

    rows, each = build.documents, build.one_each
    found = {f"null_{name}": _ratio(build.where(rows, pc.is_null(rows[name])), each) for name in NULLS}
    for source in SOURCES:
        found[f"source_{source}"] = _ratio(build.where(rows, pc.equal(rows["text_source"], source)), each)
    found["warnings_per_document"] = _ratio(build.sums(rows["doc_id"], rows["warning_count"]), each)
    return found


def _of_pages(build: _Build) -> dict[str, Measure]:
    import pyarrow.compute as pc

    pages = build.rows("pages", "text_source", "ocr_confidence", "status")
    by_ocr = pages.filter(pc.is_valid(pages["ocr_confidence"]))
    unreadable = build.where(pages, pc.equal(pages["status"], "unreadable"))
    return {
        "ocr_confidence": _ratio(build.sums(by_ocr["doc_id"], by_ocr["ocr_confidence"]), build.sums(by_ocr["doc_id"])),
        "unreadable_pages": _ratio(unreadable, build.sums(pages["doc_id"])),
    }


def _of_links(build: _Build) -> dict[str, Measure]:
    import pyarrow.compute as pc

    citations = build.rows("citations", "cited_ref", "instrument_id")
    citations = citations.filter(pc.is_valid(citations["cited_ref"]))
    campaigns = build.rows("campaigns", "campaign_id")
    units = build.rows("task_units", "unit_id", "collective")
    units = units.filter(pc.invert(pc.fill_null(units["collective"], False)))
    keys = {
        "unlinked_citations": (citations, "instrument_id"),
        "unlinked_campaigns": (campaigns, "campaign_id"),
        "unlinked_units": (units, "unit_id"),
    }
    return {
        name: _ratio(build.where(rows, pc.is_null(rows[key])), build.sums(rows["doc_id"]))
        for name, (rows, key) in keys.items()
    }


def _of_tasks(build: _Build) -> dict[str, Measure]:
    import pyarrow.compute as pc

    tasks = build.sums(build.rows("tasks")["doc_id"])
    plans = build.where(build.documents, pc.equal(build.documents["doc_type"], _PLAN))
    return {
        "tasks_per_document": _ratio(tasks, build.one_each),
        "plans_without_tasks": _ratio(plans * (tasks == 0), plans),
    }


def _ratio(part: Sums, whole: Sums) -> Measure:
    """Sum by sum, with the error of such a ratio over documents (the linearised one of survey sampling)."""
    total, support = float(whole.sum()), int((whole > 0).sum())
    if support == 0:
        return Measure(None, 0)
    value = float(part.sum()) / total
    if support == 1:
        return Measure(value, 1)
    squares = float(((part - value * whole) ** 2).sum())
    return Measure(value, support, (squares * support / (support - 1)) ** 0.5 / total)
