"""The dimension tables, made from `rules/*.csv` under their declared schemas."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa

from pipeline.rulebook import read_csv
from pipeline.tables.schemas import SCHEMAS

_TABLE_OF_CSV = {
    "instruments": "instruments",
    "campaigns": "campaign_registry",
    "units": "units",
    "provinces": "provinces",
}


def dimension_rows() -> dict[str, list[dict[str, Any]]]:
    """Rows of instruments, campaign_registry, units and provinces."""
    return {table: [_typed(row, SCHEMAS[table]) for row in read_csv(csv)] for csv, table in _TABLE_OF_CSV.items()}


def _typed(row: dict[str, str], schema: pa.Schema) -> dict[str, Any]:
    return {field.name: _value(row.get(field.name, ""), field.type) for field in schema}


def _value(text: str, kind: pa.DataType) -> Any:
    if pa.types.is_list(kind):
        return [part.strip() for part in text.split("|") if part.strip()]
    if not text.strip():
        return None
    if pa.types.is_date(kind):
        return dt.date.fromisoformat(text)
    if pa.types.is_boolean(kind):
        return text.strip().casefold() == "true"
    return int(text) if pa.types.is_integer(kind) else text.strip()
