"""Campaigns and units that no register knows and no earlier build named: what a person should add to `rules/`."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LISTED = 200
"""Names listed; the rest is counted."""


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A name as first written, how often it stands in documents read tonight, and where to look it up."""

    name: str
    count: int
    source_path: str
    page: int | None


@dataclass(frozen=True, slots=True)
class UnknownNames:
    """The most frequent first; `total` counts those too that are not listed."""

    names: tuple[UnknownName, ...] = ()
    total: int = 0


def unknown_campaigns(build: Path, fresh: Collection[str], before: Path | None) -> UnknownNames:
    """Names of campaigns in documents read tonight. OSError, pa.ArrowInvalid: a build can't be read."""
    return _unknown(build, fresh, before, "campaigns", "name", "campaign_id")


def unknown_units(build: Path, fresh: Collection[str], before: Path | None) -> UnknownNames:
    """Names of single units that tasks are given to. OSError, pa.ArrowInvalid: a build can't be read."""
    return _unknown(build, fresh, before, "task_units", "unit", "unit_id")


def _unknown(build: Path, fresh: Collection[str], before: Path | None, table: str, name: str, key: str) -> UnknownNames:
    known = set() if before is None else {_folded(row[name]) for row in _rows(before, table, name, key, None)}
    first: dict[str, dict[str, Any]] = {}
    counts: dict[str, int] = {}
    for row in _rows(build, table, name, key, fresh):
        folded = _folded(row[name])
        if folded and folded not in known:
            first.setdefault(folded, row)
            counts[folded] = counts.get(folded, 0) + 1
    order = sorted(counts, key=lambda folded: (-counts[folded], folded))
    paths = _paths(build, {first[folded]["doc_id"] for folded in order[:LISTED]})
    names = (
        UnknownName(row[name], counts[folded], paths.get(row["doc_id"], row["doc_id"]), row["page"])
        for folded, row in ((folded, first[folded]) for folded in order[:LISTED])
    )
    return UnknownNames(tuple(names), len(order))


def _rows(build: Path, table: str, name: str, key: str, fresh: Collection[str] | None) -> Iterator[dict[str, Any]]:
    """Rows without a key into the register; of `fresh` documents alone, or of all."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    collective = ["collective"] if table == "task_units" else []
    rows = pq.read_table(build / f"{table}.parquet", columns=["doc_id", name, key, "page", *collective])
    chosen = pc.and_(pc.is_null(rows[key]), pc.is_valid(rows[name]))
    if collective:
        chosen = pc.and_(chosen, pc.invert(pc.fill_null(rows["collective"], False)))
    if fresh is not None:
        chosen = pc.and_(chosen, pc.is_in(rows["doc_id"], pa.array(fresh, pa.string())))
    for batch in rows.filter(chosen).select(["doc_id", name, "page"]).to_batches():
        yield from batch.to_pylist()


def _paths(build: Path, doc_ids: Collection[str]) -> dict[str, str]:
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    rows = pq.read_table(build / "documents.parquet", columns=["doc_id", "source_path"])
    rows = rows.filter(pc.is_in(rows["doc_id"], pa.array(doc_ids, pa.string())))
    return {row["doc_id"]: row["source_path"] for row in rows.to_pylist()}


def _folded(name: str) -> str:
    """Writings of one name that differ in case, blanks or look-alike signs are one name."""
    from pipeline.fold import fold

    return " ".join(fold(name).casefold().split())
