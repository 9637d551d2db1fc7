"""Names that no register knows and no earlier build had."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.run.unknown_names import LISTED, UnknownName, UnknownNames, unknown_campaigns, unknown_units
from tests.made_builds import documents, made_build


def unit(doc_id: str, name: str, **more: Any) -> dict[str, Any]:
    return {"doc_id": doc_id, "unit": name, "page": 3, "collective": False} | more


def test_the_most_frequent_stands_first_with_a_place_to_look(tmp_path: Path) -> None:
    rows = [unit("d0", "Sở A"), unit("d1", "Sở B"), unit("d1", "Sở B", page=4)]
    found = unknown_units(made_build(tmp_path, documents=documents(2), task_units=rows), {"d0", "d1"}, None)
    names = (UnknownName("Sở B", 2, "kho/1.pdf", 3), UnknownName("Sở A", 1, "kho/0.pdf", 3))
    assert found == UnknownNames(names, 2)


def test_writings_of_one_name_are_one_name(tmp_path: Path) -> None:
    rows = [unit("d0", "Ủy ban  Hoà Bình"), unit("d0", "ủy ban Hòa Bình")]
    found = unknown_units(made_build(tmp_path, documents=documents(1), task_units=rows), {"d0"}, None)
    assert [(name.name, name.count) for name in found.names] == [("Ủy ban  Hoà Bình", 2)]


def test_linked_and_collective_names_are_left_out(tmp_path: Path) -> None:
    rows = [unit("d0", "Sở Nội vụ", unit_id="so-noi-vu"), unit("d0", "các sở", collective=True)]
    found = unknown_units(made_build(tmp_path, documents=documents(1), task_units=rows), {"d0"}, None)
    assert found == UnknownNames()


def test_what_the_build_before_had_and_what_was_not_read_tonight_is_no_news(tmp_path: Path) -> None:
    before = made_build(tmp_path / "a", documents=documents(1), task_units=[unit("d0", "Sở Cũ")])
    rows = [unit("d0", "Sở Cũ"), unit("d1", "SỞ CŨ"), unit("d1", "Sở Mới"), unit("d2", "Sở Khác")]
    build = made_build(tmp_path / "b", documents=documents(3), task_units=rows)
    assert [name.name for name in unknown_units(build, {"d1"}, before).names] == ["Sở Mới"]


def test_campaigns_are_found_alike(tmp_path: Path) -> None:
    rows = [
        {"campaign_row_id": "1", "doc_id": "d0", "name": "60 ngày đêm", "page": 1},
        {"campaign_row_id": "2", "doc_id": "d0", "name": "Vì người nghèo", "campaign_id": "known", "page": 1},
    ]
    build = made_build(tmp_path, documents=documents(1), campaigns=rows)
    assert unknown_campaigns(build, {"d0"}, None) == UnknownNames((UnknownName("60 ngày đêm", 1, "kho/0.pdf", 1),), 1)


def test_two_hundred_are_listed_and_the_rest_counted(tmp_path: Path) -> None:
    rows = [unit("d0", f"Sở {n}") for n in range(LISTED + 30)]
    found = unknown_units(made_build(tmp_path, documents=documents(1), task_units=rows), {"d0"}, None)
    assert (len(found.names), found.total) == (LISTED, LISTED + 30)
