"""Keys of some documents' rows: ids are unique and begin with their document's, parents and registries join.

As an id begins with the id of its document, and no document stands twice, ids that are unique in each batch are
unique in the build: no table is ever held whole.
"""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.store.findings import told
from pipeline.store.packing import PACKED_SCHEMAS

Tables = Mapping[str, pa.Table]

IDS = {"sections": "section_id", "citations": "citation_id", "campaigns": "campaign_row_id", "tasks": "task_id"}
PARENTS = (
    ("sections", "parent_section_id", "sections", "section_id"),
    ("citations", "parent_citation_id", "citations", "citation_id"),
    ("tasks", "parent_task_id", "tasks", "task_id"),
    ("tasks", "section_id", "sections", "section_id"),
    ("task_units", "task_id", "tasks", "task_id"),
)
REGISTERS = (
    ("citations", "instrument_id", "instruments"),
    ("campaigns", "campaign_id", "campaign_registry"),
    ("task_units", "unit_id", "units"),
)
KEY_COLUMNS: dict[str, list[str]] = {
    name: ["doc_id"]
    + [column for table, column in IDS.items() if table == name]
    + [column for table, column, *_ in (*PARENTS, *REGISTERS) if table == name]
    for name in PACKED_SCHEMAS
}
"""The columns that `check_keys` looks at."""


def check_keys(tables: Tables, registers: Tables) -> list[str]:
    """What is wrong with the keys of these documents' rows.

    Args:
        tables: rows of the document tables, all those of their documents.
        registers: the dimension tables; a row's key into one that is not given is not looked at.
    """
    documents = tables["documents"]["doc_id"]
    findings = [line for name in tables for line in _strangers(name, tables[name], documents)]
    for name, column in IDS.items():
        findings += _ids(name, tables[name], column)
    for name, column, target, key in PARENTS:
        findings += dangling(name, tables[name], column, tables[target][key], target)
    for name, column, register in REGISTERS:
        if register in registers:
            findings += dangling(name, tables[name], column, registers[register][column], register)
    return findings


def dangling(name: str, rows: pa.Table, column: str, known: pa.ChunkedArray, target: str) -> list[str]:
    """Rows whose key is not null and leads nowhere."""
    lost = pc.and_(pc.is_valid(rows[column]), pc.invert(pc.is_in(rows[column], value_set=known)))
    vi, en = f"dòng trỏ tới {target} không có", f"rows whose key is not in {target}"
    return told(name, rows.filter(lost), column, vi, en)


def repeated(name: str, rows: pa.Table, column: str) -> list[str]:
    """Ids that stand in more than one row."""
    ids = rows[column]
    if pc.count_distinct(ids, mode="all").as_py() == len(ids):
        return []
    counts = pc.value_counts(ids)
    twice = counts.field("values").filter(pc.greater(counts.field("counts"), 1))
    return told(name, twice, column, "mã bị lặp", "ids stand twice")


def _strangers(name: str, rows: pa.Table, documents: pa.ChunkedArray) -> list[str]:
    lost = pc.invert(pc.is_in(rows["doc_id"], value_set=documents))
    return told(name, rows.filter(lost), "doc_id", "dòng không thuộc văn bản nào", "rows belong to no document")


def _ids(name: str, rows: pa.Table, column: str) -> list[str]:
    own = pc.equal(pc.binary_slice(pc.cast(rows[column], pa.binary()), 0, 16), pc.cast(rows["doc_id"], pa.binary()))
    foreign = rows.filter(pc.invert(own))
    vi, en = "mã không bắt đầu bằng mã văn bản", "ids do not begin with their document's"
    return repeated(name, rows, column) + told(name, foreign, column, vi, en)
