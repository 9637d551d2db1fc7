"""Every published row points at its evidence: read back from the tables alone, over all samples."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from tests.samples.build import built

Row = dict[str, Any]
Tables = dict[str, list[Row]]

EVIDENCED = ("fields", "citations", "campaigns", "tasks", "task_units", "recipients")
KEYS = {"sections": "section_id", "citations": "citation_id", "campaigns": "campaign_row_id", "tasks": "task_id"}
FOREIGN = (
    ("sections", "parent_section_id", "sections", "section_id"),
    ("citations", "parent_citation_id", "citations", "citation_id"),
    ("citations", "instrument_id", "instruments", "instrument_id"),
    ("campaigns", "campaign_id", "campaign_registry", "campaign_id"),
    ("tasks", "parent_task_id", "tasks", "task_id"),
    ("tasks", "section_id", "sections", "section_id"),
    ("task_units", "task_id", "tasks", "task_id"),
    ("task_units", "unit_id", "units", "unit_id"),
)
PRINTED_FIELDS = (
    *("number", "issue_place", "issue_year", "issue_month", "issue_day"),
    *("plan_year", "title", "signer_name"),
)
PRINTED_SOURCES = ("header", "signature")
MOVING = {"documents": ["extracted_at"], "files": ["first_seen", "last_seen", "seconds", "run_id"]}


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    folder = built(tmp_path_factory)
    return {path.stem: pq.read_table(path).to_pylist() for path in folder.glob("*.parquet")}


@pytest.fixture(scope="module")
def texts(tables: Tables) -> dict[str, str]:
    """The canonical text of each document, put together from its pages."""
    return {doc["doc_id"]: text_of(doc["doc_id"], tables) for doc in tables["documents"]}


def text_of(doc_id: str, tables: Tables) -> str:
    pages = sorted((p for p in tables["pages"] if p["doc_id"] == doc_id), key=lambda p: p["page"])
    text = ""
    for page in pages:
        assert page["char_start"] >= len(text)
        text = text.ljust(page["char_start"], "\n") + page["text"]
    return text


def flat(text: object) -> str:
    """Case and blanks apart, as people compare."""
    return " ".join(unicodedata.normalize("NFC", str(text)).casefold().split())


def slices(name: str, tables: Tables, texts: dict[str, str]) -> Iterator[tuple[Row, str]]:
    """Each row of a table that has evidence, with the words it points at."""
    found = [row for row in tables[name] if row["char_start"] is not None]
    assert found, f"{name} is empty"
    for row in found:
        yield row, texts[row["doc_id"]][row["char_start"] : row["char_end"]]


@pytest.mark.parametrize("name", [*EVIDENCED, "sections"])
def test_offsets_lie_inside_the_text(name: str, tables: Tables, texts: dict[str, str]) -> None:
    for row, words in slices(name, tables, texts):
        assert 0 <= row["char_start"] < row["char_end"] <= len(texts[row["doc_id"]]), row
        assert words == words.strip(), (row, words)


def test_a_citation_is_the_words_it_points_at(tables: Tables, texts: dict[str, str]) -> None:
    for row, words in slices("citations", tables, texts):
        assert flat(words) == flat(row["text"])


def test_a_recipient_is_the_words_it_points_at(tables: Tables, texts: dict[str, str]) -> None:
    for row, words in slices("recipients", tables, texts):
        assert flat(row["text"]).strip(" .;,") in flat(words)


def test_a_task_is_the_words_it_points_at(tables: Tables, texts: dict[str, str]) -> None:
    for row, words in slices("tasks", tables, texts):
        assert flat(row["text"]) in flat(words)


def test_a_unit_is_the_words_it_points_at(tables: Tables, texts: dict[str, str]) -> None:
    for row, words in slices("task_units", tables, texts):
        assert flat(row["unit"]) in flat(words)


def test_a_campaign_is_named_where_it_points(tables: Tables, texts: dict[str, str]) -> None:
    for row, words in slices("campaigns", tables, texts):
        assert flat(row["name"]) in flat(words)


def test_a_heading_is_named_where_it_points(tables: Tables, texts: dict[str, str]) -> None:
    for row, words in slices("sections", tables, texts):
        assert flat(row["title"]) in flat(words)


def test_a_printed_value_stands_where_it_points(tables: Tables, texts: dict[str, str]) -> None:
    checked = 0
    for row, words in slices("fields", tables, texts):
        if row["source"] in PRINTED_SOURCES and row["field"] in PRINTED_FIELDS:
            checked += 1
            assert flat(row["value"]) in flat(words), row
    assert checked > len(tables["documents"])


def test_every_value_of_documents_has_its_evidence(tables: Tables) -> None:
    known = {(row["doc_id"], row["field"]): row["value"] for row in tables["fields"]}
    for doc in tables["documents"]:
        for name in ("doc_type", "number", "symbol", "issuer", "title", "signer_name", "issue_year"):
            if doc[name] is not None:
                assert known[doc["doc_id"], name] == str(doc[name])


def test_page_of_a_row_is_the_page_its_words_stand_on(tables: Tables) -> None:
    starts: dict[str, list[tuple[int, int]]] = {}
    for page in tables["pages"]:
        starts.setdefault(page["doc_id"], []).append((page["char_start"], page["page"]))
    for name in EVIDENCED:
        for row in tables[name]:
            if row["char_start"] is not None:
                assert row["page"] == max(p for start, p in starts[row["doc_id"]] if start <= row["char_start"])


def test_boxes_stand_on_their_page(tables: Tables) -> None:
    sizes = {(p["doc_id"], p["page"]): (p["width"], p["height"]) for p in tables["pages"]}
    boxed = [row for name in EVIDENCED for row in tables[name] if row["bbox"] is not None]
    assert boxed
    for row in boxed:
        width, height = sizes[row["doc_id"], row["page"]]
        x0, top, x1, bottom = row["bbox"]
        assert -1 <= x0 < x1 <= width + 1, row
        assert -1 <= top < bottom <= height + 1, row


def test_sources_without_pages_have_no_boxes_and_pdfs_have_them(tables: Tables) -> None:
    paged = {d["doc_id"] for d in tables["documents"] if d["media_type"] == "application/pdf"}
    for name in EVIDENCED:
        for row in tables[name]:
            if row["char_start"] is not None:
                assert (row["bbox"] is not None) == (row["doc_id"] in paged), row


def test_pages_in_are_pages_out(tables: Tables) -> None:
    for doc in tables["documents"]:
        numbers = [p["page"] for p in tables["pages"] if p["doc_id"] == doc["doc_id"]]
        assert numbers == list(range(1, doc["page_count"] + 1))
    assert {doc["page_count"] for doc in tables["documents"]} >= {1, 2, 3}


@pytest.mark.parametrize(("name", "key"), KEYS.items())
def test_ids_are_unique(name: str, key: str, tables: Tables) -> None:
    ids = [row[key] for row in tables[name]]
    assert ids
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(("name", "column", "target", "key"), FOREIGN)
def test_foreign_keys_join(name: str, column: str, target: str, key: str, tables: Tables) -> None:
    known = {row[key] for row in tables[target]}
    used = {row[column] for row in tables[name]} - {None}
    assert used <= known
    documents = {doc["doc_id"] for doc in tables["documents"]}
    assert {row["doc_id"] for row in tables[name]} <= documents


def test_confidence_is_a_share(tables: Tables) -> None:
    for name in EVIDENCED:
        assert all(0 < row["confidence"] <= 1 for row in tables[name] if row["char_start"] is not None)


def test_two_runs_give_the_same_tables(tmp_path_factory: pytest.TempPathFactory) -> None:
    first, second = built(tmp_path_factory), built(tmp_path_factory, "samples-again")
    names = sorted(path.name for path in first.glob("*.parquet"))
    assert names == sorted(path.name for path in second.glob("*.parquet"))
    for name in names:
        assert same_table(first / name, second / name), name


def same_table(first: Path, second: Path) -> bool:
    """The same bytes; where a column tells the hour of the run, the same rows without it."""
    moving = MOVING.get(first.stem)
    if moving is None:
        return first.read_bytes() == second.read_bytes()
    one, other = (pq.read_table(path).drop_columns(moving) for path in (first, second))
    return bool(one.equals(other))
