"""Reliability: known pairs give known figures, and `kehoach eval` prints them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluate.reliability import ALL, EDGES, Said, reliability, said_by
from pipeline.evaluate.result import Verdict
from pipeline.evaluate.score import score
from tests.made_build import loose_tables

said = st.builds(Said, st.sampled_from(("fields", "tasks")), st.floats(0, 1), st.booleans())


def rows(confidence: float, right: int, wrong: int, table: str = "fields") -> list[Said]:
    return [Said(table, confidence, True)] * right + [Said(table, confidence, False)] * wrong


def test_nine_in_ten_at_nine_tenths_is_no_error() -> None:
    found = reliability(rows(0.9, 9, 1))[ALL]
    assert found.error == pytest.approx(0)
    assert (found.rows, found.right, found.mean) == (10, 0.9, pytest.approx(0.9))
    assert found.brier == pytest.approx(0.09)


def test_the_error_weighs_each_bin_by_its_rows() -> None:
    found = reliability(rows(0.97, 5, 5) + rows(0.65, 30, 0))[ALL]
    assert found.error == pytest.approx(10 / 40 * 0.47 + 30 / 40 * 0.35)
    assert [(b.low, b.rows, b.right) for b in found.bins] == [(0.6, 30, 1.0), (0.95, 10, 0.5)]


def test_too_sure_and_too_modest_in_two_bins_do_not_cancel() -> None:
    assert reliability(rows(0.96, 0, 1) + rows(0.02, 1, 0))[ALL].error == pytest.approx(0.97)


def test_rows_said_to_be_sure_are_counted_apart_and_tables_too() -> None:
    found = reliability(rows(0.95, 3, 1) + rows(0.9499, 0, 1) + rows(0.5, 1, 1, "tasks"))
    assert (found[ALL].sure_rows, found[ALL].sure_right) == (4, 0.75)
    assert (found["tasks"].sure_rows, found["tasks"].sure_right) == (0, None)
    assert (found["fields"].rows, found["tasks"].rows, found[ALL].rows) == (5, 2, 7)


@given(st.lists(said, min_size=1, max_size=60))
def test_every_row_is_in_one_bin_and_figures_are_shares(pairs: list[Said]) -> None:
    found = reliability(pairs)[ALL]
    assert sum(one.rows for one in found.bins) == len(pairs)
    assert 0 <= found.error <= 1
    assert 0 <= found.brier <= 1
    assert all(one.low <= one.mean <= one.high + 1e-9 for one in found.bins)
    assert {one.low for one in found.bins} <= set(EDGES)


def test_no_rows_give_nothing_and_a_row_that_says_nothing_is_left_out() -> None:
    assert reliability([]) == {}
    verdicts = [Verdict("a", "fields", {"confidence": None}, True), Verdict("a", "fields", {"confidence": 0.5}, True)]
    assert said_by(verdicts) == [Said("fields", 0.5, True)]


# --- which rows are right ---------------------------------------------------------------------

GOLD: dict[str, Any] = {
    "source": "kh.txt",
    "document": {"number": "12", "symbol": "KH-SNV"},
    "citations": [
        {"cited_type": "Luật", "cited_ref": "1/2020/QH14", "cited_date": None, "cited_issuer": None, "role": "basis",
         "text": "Luật số 1/2020/QH14"},
        {"cited_type": "Kế hoạch", "cited_ref": "5/KH-SNV", "cited_date": None, "cited_issuer": None,
         "role": "mention", "text": "Kế hoạch số 5/KH-SNV", "optional": True},
    ],
    "tasks_complete": False,
    "tasks": [
        {"starts": "Tổ chức hội nghị sơ kết", "kind": "assigned", "deadline": None, "period_start": None,
         "period_end": None, "quarters": [], "units": [{"unit": "Văn phòng", "role": "lead"}]},
    ],
    "recipients": ["Như trên"],
}  # fmt: skip


def made(tmp_path: Path) -> tuple[Path, Path]:
    def row(confidence: float, **values: Any) -> dict[str, Any]:
        return {"doc_id": "d", "confidence": confidence} | values

    def task(name: str, text: str, kind: str = "assigned") -> dict[str, Any]:
        return row(0.8, task_id=name, text=text, kind=kind)

    tables: dict[str, list[dict[str, Any]]] = {
        "documents": [{"doc_id": "d", "source_path": "kh.txt", "file_sha256": "s", "number": "12", "symbol": "KH-SNN"}],
        "fields": [row(0.9, field="number", value="12"), row(0.9, field="symbol", value="KH-SNN"),
                   row(0.9, field="title", value="nobody asked")],
        "citations": [row(0.7, citation_id="1", text="Luật số 1/2020/QH14", cited_type="Luật",
                          cited_ref="1/2020/QH14", role="mention"),
                      row(0.7, citation_id="2", text="Kế hoạch số 5/KH-SNV", cited_type="Kế hoạch",
                          cited_ref="5/KH-SNV", role="mention"),
                      row(0.7, citation_id="3", text="Công văn số 9", cited_type="Công văn", role="mention")],
        "tasks": [task("a", "Tổ chức hội nghị sơ kết năm"), task("b", "Việc định hướng chung", "directive"),
                  task("c", "Việc thứ hai, quá phần đã chép")],
        "task_units": [row(0.6, task_id="a", unit="Văn phòng", role="lead"),
                       row(0.6, task_id="c", unit="Phòng Tổng hợp", role="lead")],
        "recipients": [row(0.5, text="Như trên"), row(0.5, text="Lưu: VT")],
    }  # fmt: skip
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / "kh.json").write_text(json.dumps(GOLD), encoding="utf-8")
    return gold, loose_tables(tables, tmp_path / "tables")


def test_a_row_is_right_by_the_strict_measure_and_what_gold_leaves_open_is_not_judged(tmp_path: Path) -> None:
    verdicts = score(*made(tmp_path)).verdicts
    judged = {
        (v.table, v.row.get("field") or v.row.get("citation_id") or v.row.get("unit") or v.row["text"]): v.right
        for v in verdicts
    }
    assert judged == {
        ("fields", "number"): True,
        ("fields", "symbol"): False,
        ("citations", "1"): False,  # the role differs
        ("citations", "3"): False,  # without a partner; number 2 is optional: neither
        ("tasks", "Tổ chức hội nghị sơ kết năm"): True,  # directives, and tasks behind the copied part, are not judged
        ("task_units", "Văn phòng"): True,
        ("recipients", "Như trên"): True,
        ("recipients", "Lưu: VT"): False,
    }


def test_eval_prints_how_far_confidence_can_be_trusted(tmp_path: Path) -> None:
    gold, tables = made(tmp_path)
    shown = subprocess.run(
        [sys.executable, "-m", "pipeline", "eval", gold, tables], capture_output=True, text=True, check=True
    ).stdout
    assert "Confidence" in shown
    assert "ECE" in shown
    assert "0.90 – 0.95" in shown
    told = subprocess.run(
        [sys.executable, "-m", "pipeline", "eval", gold, tables, "--json"], capture_output=True, text=True, check=True
    ).stdout
    found = json.loads(told)["reliability"]
    assert found["fields"] | {"bins": None} == {
        "rows": 2, "mean": 0.9, "right": 0.5, "error": pytest.approx(0.4), "brier": pytest.approx(0.41),
        "sure_rows": 0, "sure_right": None, "bins": None,
    }  # fmt: skip
    assert sum(one["rows"] for one in found["all"]["bins"]) == found["all"]["rows"] == 8
