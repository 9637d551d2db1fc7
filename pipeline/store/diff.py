"""What came, went and changed between two builds, by table, row and field.

The rows of a document stand together in every table. So the two tables are compared in long runs of documents, byte
against byte; a run that differs is halved until the documents that differ are found, and only their rows are looked
at one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.store.changed_groups import changed_groups
from pipeline.store.packing import PACKED_SCHEMAS
from pipeline.store.shelf import Build
from pipeline.tables.schemas import SCHEMAS

Row = dict[str, Any]
Key = tuple[Any, ...]

IDENTITY: dict[str, tuple[str, ...]] = {
    "documents": ("doc_id",),
    "fields": ("doc_id", "field"),
    "pages": ("doc_id", "page"),
    "sections": ("section_id",),
    "citations": ("citation_id",),
    "campaigns": ("campaign_row_id",),
    "tasks": ("task_id",),
    "task_units": ("task_id", "position"),
    "recipients": ("doc_id", "position"),
    "warnings": ("doc_id", "code"),
    "files": ("source_path",),
    "instruments": ("instrument_id",),
    "campaign_registry": ("campaign_id",),
    "units": ("unit_id",),
    "provinces": ("province_code", "valid_from"),
}
"""What makes a row the same row in both builds; rows alike in it are told apart by their order."""
WORDS = {
    "documents": "source_path", "files": "source_path", "fields": "value", "pages": "status", "sections": "title",
    "citations": "text", "campaigns": "name", "tasks": "text", "task_units": "unit", "recipients": "text",
    "warnings": "message", "instruments": "name", "campaign_registry": "name", "units": "name", "provinces": "name",
}  # fmt: skip
"""The column that tells a person which row is meant."""
CLOCKWORK = {
    "documents": {"extracted_at", "pipeline_version", "rules_version"},
    "files": {"attempts", "seconds", "first_seen", "last_seen", "run_id"},
}
"""Columns that say when and by what a row was read, not what was read."""


@dataclass(frozen=True, slots=True)
class RowDiff:
    """One row: its key, words to know it by, and of a changed one each field's old and new value."""

    key: dict[str, Any]
    words: str | None
    fields: dict[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class TableDiff:
    """What became of one table."""

    came: tuple[RowDiff, ...] = ()
    went: tuple[RowDiff, ...] = ()
    changed: tuple[RowDiff, ...] = ()
    times_only: tuple[RowDiff, ...] = ()
    """Rows in which nothing but times, attempts and versions changed."""

    def __bool__(self) -> bool:
        return bool(self.came or self.went or self.changed or self.times_only)


@dataclass(frozen=True, slots=True)
class BuildDiff:
    """From one build to another; tables in which nothing changed are left out."""

    old: str
    new: str
    tables: dict[str, TableDiff]

    def touched(self) -> set[str]:
        """Documents that stand in both builds and of which some row came, went or changed."""
        there = self.tables.get("documents", TableDiff())
        whole = {row.key["doc_id"] for row in (*there.came, *there.went)}
        rows = (row for table in self.tables.values() for row in (*table.came, *table.went, *table.changed))
        return {str(row.key["doc_id"]) for row in rows if "doc_id" in row.key} - whole


def diff(old: Build, new: Build) -> BuildDiff:
    """Compare two builds; everything that differs is told, times apart.

    Raises:
        OSError, pa.ArrowInvalid: a table can't be read.
    """
    tables = {name: _table_diff(name, old, new) for name in SCHEMAS if _differs(name, old, new)}
    return BuildDiff(old.name, new.name, {name: table for name, table in tables.items() if table})


def _differs(name: str, old: Build, new: Build) -> bool:
    facts = [build.manifest.tables.get(name) for build in (old, new)]
    return facts[0] is None or facts[1] is None or facts[0].sha256 != facts[1].sha256


def _table_diff(name: str, old: Build, new: Build) -> TableDiff:
    before, after = _read(name, old), _read(name, new)
    if name in PACKED_SCHEMAS or name == "files":
        before, after = changed_groups(before, after, "source_path" if name == "files" else "doc_id")
    return TableDiff(*_sorted_out(name, before, after))


def _read(name: str, build: Build) -> pa.Table:
    """A table under today's schema; what an older contract did not have is null, or empty."""
    if name not in build.manifest.tables:
        return SCHEMAS[name].empty_table()
    return pq.read_table(build.folder / f"{name}.parquet", schema=SCHEMAS[name])


def _sorted_out(name: str, old: pa.Table, new: pa.Table) -> Iterator[tuple[RowDiff, ...]]:
    before, after = _keyed(name, old), _keyed(name, new)
    changed = [_changed(name, before[key], row) for key, row in after.items() if key in before and before[key] != row]
    clockwork = CLOCKWORK.get(name, set())
    yield tuple(_row_diff(name, row, {}) for key, row in after.items() if key not in before)
    yield tuple(_row_diff(name, row, {}) for key, row in before.items() if key not in after)
    yield tuple(row for row in changed if not row.fields.keys() <= clockwork)
    yield tuple(row for row in changed if row.fields.keys() <= clockwork)


def _keyed(name: str, table: pa.Table) -> dict[Key, Row]:
    seen: Counter[Key] = Counter()
    keyed: dict[Key, Row] = {}
    for row in table.to_pylist():
        key = tuple(row[column] for column in IDENTITY[name])
        keyed[*key, seen[key]] = row
        seen[key] += 1
    return keyed


def _changed(name: str, old: Row, new: Row) -> RowDiff:
    return _row_diff(name, new, {column: (old[column], new[column]) for column in new if old[column] != new[column]})


def _row_diff(name: str, row: Row, fields: dict[str, tuple[Any, Any]]) -> RowDiff:
    columns = dict.fromkeys((*(("doc_id",) if "doc_id" in row else ()), *IDENTITY[name]))
    return RowDiff({column: row[column] for column in columns}, row[WORDS[name]], fields)
