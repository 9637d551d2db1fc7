"""Diff: rows and fields that came, went and changed, times apart, and the same answer as comparing row by row."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.store.builds import Build, BuildDiff, diff, write_build
from pipeline.store.changed_groups import changed_groups
from tests.made_build import DIMENSIONS, NOW, about, doc_id_of, file_rows, made_build, made_rows, shelved

DOC = doc_id_of("b")


def compared(tmp_path: Path, old: list[Any], new: list[Any]) -> BuildDiff:
    return diff(made_build(tmp_path, *old), made_build(tmp_path, *new))


def test_the_same_build_differs_in_nothing(tmp_path: Path) -> None:
    found = compared(tmp_path, ["a"], ["a"])
    assert found.tables == {}
    assert found.touched() == set()


def test_a_document_that_came_brings_all_its_rows(tmp_path: Path) -> None:
    found = compared(tmp_path, ["a", "c"], ["a", "b", "c"])
    assert [row.words for row in found.tables["documents"].came] == ["b.txt"]
    assert [row.key for row in found.tables["pages"].came] == [{"doc_id": DOC, "page": 1}, {"doc_id": DOC, "page": 2}]
    assert [row.key for row in found.tables["files"].came] == [{"doc_id": DOC, "source_path": "b.txt"}]
    assert not any(table.went or table.changed or table.times_only for table in found.tables.values())
    assert "units" not in found.tables
    assert found.touched() == set()


def test_a_document_that_went_is_the_same_the_other_way(tmp_path: Path) -> None:
    found = compared(tmp_path, ["a", "b", "c"], ["a", "c"])
    assert [row.key["task_id"] for row in found.tables["tasks"].went] == [f"{DOC}-task-1"]
    assert not any(table.came or table.changed for table in found.tables.values())


def test_a_changed_field_is_told_with_old_and_new_value(tmp_path: Path) -> None:
    rows = made_rows("b")
    rows["tasks"][0] |= {"deadline": dt.date(2024, 6, 30), "quarters": ["2024-Q2"]}
    found = compared(tmp_path, ["a", "b", "c"], ["a", shelved("b", rows), "c"])
    assert found.tables.keys() == {"tasks"}
    (row,) = found.tables["tasks"].changed
    assert row.key == {"doc_id": DOC, "task_id": f"{DOC}-task-1"}
    assert row.words == "Sở Nội vụ tổng hợp."
    assert row.fields == {"deadline": (None, dt.date(2024, 6, 30)), "quarters": (None, ["2024-Q2"])}
    assert found.touched() == {DOC}


def test_rows_that_came_and_went_inside_a_document_are_told(tmp_path: Path) -> None:
    rows = made_rows("b")
    rows["recipients"] *= 2
    rows["recipients"][1] = rows["recipients"][1] | {"position": 2, "text": "Lưu: VT"}
    rows["fields"] = rows["fields"][:1]
    found = compared(tmp_path, ["a", "b", "c"], ["a", shelved("b", rows), "c"])
    assert [row.words for row in found.tables["recipients"].came] == ["Lưu: VT"]
    assert [row.key for row in found.tables["fields"].went] == [{"doc_id": DOC, "field": "signed_by"}]
    assert found.tables.keys() == {"recipients", "fields"}


def test_rows_alike_in_their_key_are_told_apart_by_their_order(tmp_path: Path) -> None:
    def warned(*messages: str) -> Any:
        rows = made_rows("b")
        rows["warnings"] = [rows["warnings"][0] | {"message": message} for message in messages]
        return shelved("b", rows)

    found = compared(tmp_path, [warned("một", "hai")], [warned("một", "ba", "bốn")])
    assert [row.fields for row in found.tables["warnings"].changed] == [{"message": ("hai", "ba")}]
    assert [row.words for row in found.tables["warnings"].came] == ["bốn"]


def test_a_renamed_file_is_a_changed_source_path(tmp_path: Path) -> None:
    found = compared(tmp_path, ["a", "b"], ["a", shelved("b", source_path="moi/b.txt")])
    assert [row.fields for row in found.tables["documents"].changed] == [{"source_path": ("b.txt", "moi/b.txt")}]
    assert [row.words for row in found.tables["files"].came] == ["moi/b.txt"]
    assert [row.words for row in found.tables["files"].went] == ["b.txt"]


def test_times_alone_are_told_apart_and_not_hidden(tmp_path: Path) -> None:
    later = NOW + dt.timedelta(days=1)
    first = made_build(tmp_path, "a", "b")
    shelf = [shelved("a"), shelved("b", extracted_at=later)]
    files = file_rows(shelf)
    files[0] |= {"seconds": 2.5, "run_id": "r2"}
    files[1] |= {"seconds": 2.5, "status": "partial"}
    found = diff(first, write_build(shelf, files, DIMENSIONS, tmp_path, about()))
    assert [row.fields for row in found.tables["documents"].times_only] == [{"extracted_at": (NOW, later)}]
    assert found.tables["documents"].changed == ()
    assert [row.fields for row in found.tables["files"].times_only] == [{"seconds": (None, 2.5), "run_id": ("r", "r2")}]
    assert [row.fields for row in found.tables["files"].changed] == [
        {"status": ("ok", "partial"), "seconds": (None, 2.5)}
    ]
    assert found.touched() == {DOC}


def test_registers_are_compared_too(tmp_path: Path) -> None:
    provinces = [{"province_code": "35", "valid_from": dt.date(y, 7, 1), "name": "Hà Nam"} for y in (1997, 2025)]
    old = write_build([], [], DIMENSIONS | {"provinces": provinces}, tmp_path, about())
    new = [provinces[0], provinces[1] | {"name": "Ninh Bình"}]
    found = diff(old, write_build([], [], DIMENSIONS | {"provinces": new}, tmp_path, about()))
    assert [row.fields for row in found.tables["provinces"].changed] == [{"name": ("Hà Nam", "Ninh Bình")}]


def test_a_build_of_an_older_contract_can_be_compared(tmp_path: Path) -> None:
    """It lacks a table and a column that came later: their values are new."""
    from dataclasses import replace

    build = made_build(tmp_path, "a")
    path = build.folder / "pages.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["aside", "status"]), path)
    tables = {name: facts for name, facts in build.manifest.tables.items() if name != "recipients"}
    tables["pages"] = replace(tables["pages"], sha256="0" * 64)
    older = Build("older", build.folder, replace(build.manifest, tables=tables))
    found = diff(older, made_build(tmp_path / "x", "a"))
    assert [row.fields for row in found.tables["pages"].changed] == [{"status": (None, "ok")}] * 2
    assert len(found.tables["recipients"].came) == 1


groups = st.dictionaries(st.integers(0, 12), st.lists(st.integers(0, 2), min_size=1, max_size=3), max_size=9)


@given(groups, groups, st.randoms(use_true_random=False))
def test_the_groups_found_are_those_that_differ_wherever_they_stand(
    old: dict[int, list[int]], new: dict[int, list[int]], random: Any
) -> None:
    def table(of: dict[int, list[int]], shuffled: bool) -> pa.Table:
        order = random.sample(sorted(of), len(of)) if shuffled else list(of)
        rows = [{"group": str(group), "value": value} for group in order for value in of[group]]
        return pa.Table.from_pylist(rows, schema=pa.schema([("group", pa.string()), ("value", pa.int64())]))

    def grouped(found: pa.Table) -> dict[int, list[int]]:
        rows: dict[int, list[int]] = {}
        for row in found.to_pylist():
            rows.setdefault(int(row["group"]), []).append(row["value"])
        return rows

    before, after = changed_groups(table(old, False), table(new, True), "group")
    assert grouped(before) == {group: rows for group, rows in old.items() if new.get(group) != rows}
    assert grouped(after) == {group: rows for group, rows in new.items() if old.get(group) != rows}


@pytest.mark.parametrize("count", [1, 64])
def test_a_long_run_of_equal_documents_is_compared_in_few_steps(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work grows with what differs, not with what is there."""
    from pipeline.store import changed_groups as module

    rows = [{"group": f"{n:04}", "value": n} for n in range(1024)]
    step = 1024 // count
    other = [row | {"value": -1} if n % step == 0 else row for n, row in enumerate(rows)]
    asked: list[int] = []
    real = module._differing

    def counted(old: pa.Table, new: pa.Table, run: list[Any]) -> Any:
        asked.append(len(run))
        return real(old, new, run)

    monkeypatch.setattr(module, "_differing", counted)
    found = changed_groups(pa.Table.from_pylist(rows), pa.Table.from_pylist(other), "group")
    assert found.new.num_rows == count
    assert len(asked) <= 2 * count * 10 + 1
