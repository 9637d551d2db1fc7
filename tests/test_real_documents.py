"""The real documents beside the project: read end to end, scored against gold, and form against form."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipeline.evaluate.score import Score, score
from tests.whole_run import run_over

WITH_TEXT = (
    "kh-stttt-haiduong-339-2022.doc",
    "kh-stttt-haiduong-hatangso-2022.docx",
    "kh-sgddt-dongthap-362-stem-pdf.pdf",
    "kh-sgddt-dongthap-362-stem-doc.doc",
    "kh-thptcaolanh2-58-pdf.pdf",
    "kh-thptcaolanh2-58-docx.docx",
)
BLANK_IN_WORD = {"number", "reference", "issue_date", "issue_day", "issue_date_precision"}
"""What is filled in only when the paper is signed."""


def tables_of(inputs: list[Path], out: Path) -> Path:
    run_over(inputs, out, jobs=2)
    return out / "latest"


@pytest.fixture(scope="module")
def seeds(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Score:
    return score(shared / "gold", tables_of([shared / "seeds"], tmp_path_factory.mktemp("seeds")))


@pytest.fixture(scope="module")
def with_text(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Score, Path]:
    folder = tmp_path_factory.mktemp("text")
    gold = folder / "gold"
    gold.mkdir()
    for name in WITH_TEXT:
        record = shared / "gold_dev" / f"{Path(name).stem}.json"
        if record.exists():
            shutil.copy(record, gold)
    tables = tables_of([shared / "corpus" / name for name in WITH_TEXT], folder / "out")
    return score(gold, tables), tables


def test_the_seeds_are_read_whole(seeds: Score) -> None:
    assert seeds.whole_headers == seeds.documents == 5
    assert {name: round(count.f1, 4) for name, count in seeds.counts.items() if count.f1 < 0.99} == {}


FLOORS = {
    "citations": 0.95,
    "citations (strict row)": 0.90,
    "tasks": 0.92,
    "tasks (strict row)": 0.80,
    "task units with role": 0.88,
    "recipients": 0.97,
}


def test_documents_with_text_reach_their_floors(with_text: tuple[Score, Path]) -> None:
    result, _ = with_text
    assert result.without_row == []
    assert result.header_accuracy >= 0.95
    assert {name: result.counts[name].f1 for name, floor in FLOORS.items() if result.counts[name].f1 < floor} == {}


@pytest.mark.parametrize(("pdf", "word"), [(WITH_TEXT[2], WITH_TEXT[3]), (WITH_TEXT[4], WITH_TEXT[5])])
def test_two_forms_of_one_paper_give_the_same_facts(with_text: tuple[Score, Path], pdf: str, word: str) -> None:
    _, tables = with_text
    assert facts(tables, pdf) == facts(tables, word)


def facts(tables: Path, name: str) -> dict[str, Any]:
    """What a reader would call the same paper: values without ids, places and confidences."""
    documents = pq.read_table(tables / "documents.parquet").to_pylist()
    doc_id = next(row["doc_id"] for row in documents if row["source_path"].endswith(name))
    found: dict[str, Any] = {}
    for table, columns in (
        ("fields", ("field", "value")),
        ("citations", ("cited_type", "cited_ref", "cited_date", "cited_issuer", "role")),
        ("tasks", ("kind", "text", "period_text", "deadline")),
        ("task_units", ("unit", "role")),
        ("recipients", ("text", "purpose")),
    ):
        rows = [row for row in pq.read_table(tables / f"{table}.parquet").to_pylist() if row["doc_id"] == doc_id]
        rows = [row for row in rows if row.get("source") != "digital_signature"]  # of the file, not of the paper
        found[table] = [tuple(row[c] for c in columns) for row in rows if row.get("field") not in BLANK_IN_WORD]
    found["fields"].sort()
    return found
