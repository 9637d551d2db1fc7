"""Builds with just the values that the report of a run looks at, for its tests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.tables.schemas import SCHEMAS

Row = dict[str, Any]
WHOLE: Row = {
    "doc_type": "Kế hoạch",
    "number": "12",
    "issuer": "Ủy ban nhân dân tỉnh Đồng Nai",
    "title": "công tác thi đua",
    "signer_name": "Nguyễn Văn A",
    "province": "Đồng Nai",
    "text_source": "native",
    "warning_count": 0,
}


def made_build(folder: Path, **tables: Sequence[Row]) -> Path:
    """A folder of tables under their declared schemas; rows hold what matters, other columns are null."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in SCHEMAS.items():
        rows = [_filled(row, schema) for row in tables.get(name, ())]
        pq.write_table(pa.Table.from_pylist(rows, schema=schema), folder / f"{name}.parquet")
    return folder


def documents(count: int, first: int = 0, **changed: Any) -> list[Row]:
    """Documents d0, d1, … that lack nothing but their date, each with `changed` values."""
    return [{"doc_id": f"d{n}", "source_path": f"kho/{n}.pdf", **WHOLE, **changed} for n in range(first, first + count)]


def each(doc_ids: Iterable[Row], key: str | None = None, **values: Any) -> list[Row]:
    """One row of another table for each document; `key` names its own id column."""
    return [{"doc_id": row["doc_id"], **({key: f"{row['doc_id']}-{key}"} if key else {}), **values} for row in doc_ids]


def _filled(row: Row, schema: pa.Schema) -> Row:
    """Columns that are never null get a word where the row does not say one."""
    needed = {name: "x" for name in schema.names if not schema.field(name).nullable and name not in row}
    return {name: ("1" if value == "x" else value) for name, value in needed.items()} | row
