"""Builds: declared schemas, identical bytes, one atomic step."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.store.builds import write_build
from pipeline.tables.schemas import SCHEMAS

ROWS: dict[str, list[dict[str, Any]]] = {
    "recipients": [{"doc_id": "d" * 16, "position": 1, "text": "Sở Nội vụ", "is_archive": False}]
}


def test_every_table_is_written_with_its_declared_schema(tmp_path: Path) -> None:
    latest = write_build(ROWS, tmp_path)
    for name, schema in SCHEMAS.items():
        assert pq.read_schema(latest / f"{name}.parquet").remove_metadata().equals(schema.remove_metadata())
    assert pq.read_table(latest / "recipients.parquet").to_pylist()[0]["text"] == "Sở Nội vụ"


def test_every_column_says_what_it_is_in_both_languages() -> None:
    for schema in SCHEMAS.values():
        for field in schema:
            assert field.metadata[b"en"]
            assert field.metadata[b"vi"]


def test_the_same_rows_give_the_same_build(tmp_path: Path) -> None:
    first = write_build(ROWS, tmp_path / "a").resolve()
    second = write_build(ROWS, tmp_path / "b").resolve()
    assert first.name == second.name
    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes()


def test_a_failed_write_leaves_the_last_build(tmp_path: Path) -> None:
    before = write_build(ROWS, tmp_path).resolve()
    with pytest.raises((pa.ArrowInvalid, pa.ArrowTypeError)):
        write_build({"recipients": [{"doc_id": "x", "position": "not a number"}]}, tmp_path)
    assert (tmp_path / "latest").resolve() == before
    assert [p.name for p in (tmp_path / "builds").iterdir()] == [before.name]


def test_a_reader_keeps_the_build_it_opened(tmp_path: Path) -> None:
    opened = write_build(ROWS, tmp_path).resolve()
    write_build({}, tmp_path)
    assert pq.read_table(opened / "recipients.parquet").num_rows == 1
    assert pq.read_table(tmp_path / "latest" / "recipients.parquet").num_rows == 0


def test_latest_is_a_link_inside_the_output_folder(tmp_path: Path) -> None:
    latest = write_build(ROWS, tmp_path)
    assert not os.path.isabs(os.readlink(latest))
