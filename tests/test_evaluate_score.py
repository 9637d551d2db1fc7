"""Scores: they count as a person would, and agree with the reference scorer on real tables."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipeline.evaluate.alike import alike, folded, starts_alike
from pipeline.evaluate.pairing import Count, pair
from pipeline.evaluate.report import as_dict
from pipeline.evaluate.score import score
from tests.made_build import loose_tables

GOLD: dict[str, Any] = {
    "source": "kh.txt",
    "document": {"number": "12", "issuer": "Sở Nội vụ tỉnh Hà Nam", "issue_date": "2023-02-01"},
    "citations": [
        {"cited_type": "Luật", "cited_ref": None, "cited_date": "2003", "cited_issuer": None, "role": "basis",
         "text": "Luật Thi đua, khen thưởng năm 2003", "optional": False},
        {"cited_type": "Kế hoạch", "cited_ref": "5/KH-UBND", "cited_date": None, "cited_issuer": None,
         "role": "mention", "text": "Kế hoạch số 5/KH-UBND", "optional": True},
    ],
    "campaigns": [],
    "tasks": [
        {"starts": "Tổ chức hội nghị sơ kết", "kind": "scheduled", "units": [{"unit": "Văn phòng", "role": "lead"}],
         "deadline": None, "period_start": "2023-01-01", "period_end": "2023-03-31", "quarters": ["2023-Q1"]},
    ],
    "recipients": ["Sở Nội vụ", "Lưu: VT"],
}  # fmt: skip


def build(tmp_path: Path, **changes: Any) -> Path:
    import datetime as dt

    task = {"doc_id": "d", "task_id": "t", "text": "1. Tổ chức Hội nghị sơ kết năm", "kind": "scheduled",
            "period_start": dt.date(2023, 1, 1), "period_end": dt.date(2023, 3, 31), "quarters": ["2023-Q1"]}  # fmt: skip
    rows: dict[str, list[dict[str, Any]]] = {
        "documents": [{"doc_id": "d", "source_path": "x/kh.txt", "file_sha256": "s", "number": "12",
                       "issuer": "Sở Nội vụ tỉnh Hà Nam", "issue_date": dt.date(2023, 2, 1)}],
        "citations": [{"citation_id": "c", "doc_id": "d", "text": "Luật Thi đua, khen thưởng năm 2003",
                       "cited_type": "Luật", "cited_date": "2003", "role": "basis"}],
        "tasks": [task | changes],
        "task_units": [{"doc_id": "d", "task_id": "t", "unit": "văn phòng", "role": "lead"}],
        "recipients": [{"doc_id": "d", "text": "Sở Nội vụ"}, {"doc_id": "d", "text": "Lưu : VT."}],
    }  # fmt: skip
    gold = tmp_path / "gold"
    gold.mkdir(exist_ok=True)
    (gold / "kh.json").write_text(json.dumps(GOLD), encoding="utf-8")
    return loose_tables(rows, tmp_path / "tables")


def test_all_right_is_one_everywhere_and_the_optional_row_is_not_missed(tmp_path: Path) -> None:
    result = score(tmp_path / "gold", build(tmp_path))
    assert result.header_accuracy == 1.0
    assert (result.whole_headers, result.whole_records, result.documents) == (1, 1, 1)
    assert {name: count.f1 for name, count in result.counts.items() if count.support} == {
        "citations": 1.0, "citations (strict row)": 1.0, "recipients": 1.0, "tasks": 1.0,
        "tasks (strict row)": 1.0, "task units with role": 1.0, "task quarters and period": 1.0,
    }  # fmt: skip


def test_a_wrong_quarter_costs_the_strict_row_and_is_told(tmp_path: Path) -> None:
    result = score(tmp_path / "gold", build(tmp_path, quarters=["2023-Q2"]))
    assert result.counts["tasks"].f1 == 1.0
    assert result.counts["tasks (strict row)"].f1 == 0.0
    assert [d.what for d in result.differences] == ["tasks differs"]


def test_a_document_without_a_row_is_wholly_missed(tmp_path: Path) -> None:
    tables = build(tmp_path)
    (tmp_path / "gold" / "other.json").write_text(json.dumps(GOLD | {"source": "other.txt"}), encoding="utf-8")
    result = score(tmp_path / "gold", tables)
    assert result.without_row == ["other"]
    assert result.header_accuracy == 0.5


@pytest.mark.parametrize(
    ("a", "b"), [("Uỷ ban", "ủy ban"), ("2021 – 2025", "2021-2025"), ("“Quyết thắng”", '"quyết thắng"')]
)
def test_spelling_variants_are_one(a: str, b: str) -> None:
    assert folded(a) == folded(b)


def test_missing_is_like_missing_only() -> None:
    assert alike(None, "")
    assert not alike(None, "Sở Nội vụ")


def test_an_item_is_known_by_its_first_words_behind_label_and_head() -> None:
    assert starts_alike("Phối hợp với các sở", "3. Sở Tài chính: Phối hợp với các sở, ngành")
    assert not starts_alike("Phối hợp với các sở", "Chủ trì, tham mưu cho tỉnh")


def test_pairing_prefers_the_exact_row() -> None:
    found = [{"name": "a", "year": 1}, {"name": "a", "year": 2}]
    pairing = pair([{"name": "a", "year": 2}], found, lambda g, f: g["name"] == f["name"], lambda g, f: g == f)
    assert pairing.pairs[0][1]["year"] == 2
    assert pairing.extra == [found[0]]


def test_an_empty_count_scores_zero() -> None:
    assert (Count().precision, Count().recall, Count().f1) == (0.0, 0.0, 0.0)


def test_it_agrees_with_the_reference_scorer(shared: Path, tmp_path: Path) -> None:
    """Same figures from both on the real seeds, read here and now."""
    subprocess.run(
        [sys.executable, "-m", "pipeline", "run", shared / "seeds", "--out", tmp_path], check=True, capture_output=True
    )
    report = tmp_path / "report.json"
    command = [shared / "score.py", shared / "gold", tmp_path / "latest", "--json", report]
    subprocess.run([sys.executable, *map(str, command)], check=True, capture_output=True)
    theirs = json.loads(report.read_text(encoding="utf-8"))
    ours = as_dict(score(shared / "gold", tmp_path / "latest"))
    assert {name: ours[name] for name in theirs} == theirs
