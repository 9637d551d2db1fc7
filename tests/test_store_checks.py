"""Soundness: each thing that can be wrong with tables is found, named in both languages, and keeps them unpublished."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.store.builds import Shelved, UnsoundBuild, builds_of, write_build
from pipeline.store.checks import check_rows, check_tables
from pipeline.store.evidence import BLANKS
from pipeline.store.writing import write_tables
from tests.made_build import (
    DIMENSIONS,
    TEXT,
    Row,
    Rows,
    about,
    doc_id_of,
    file_rows,
    made_build,
    made_rows,
    shelved,
)  # fmt: skip

DOC = doc_id_of("a")


def changed(table: str, index: int = 0, **values: Any) -> Rows:
    rows = made_rows("a")
    rows[table][index] |= values
    return rows


def twice(table: str) -> Rows:
    rows = made_rows("a")
    rows[table] = rows[table] * 2
    return rows


def without(table: str) -> Rows:
    return made_rows("a") | {table: []}


WRONG: list[tuple[Rows, str]] = [
    (twice("sections"), "sections: .* ids stand twice"),
    (twice("citations"), "citations: .* ids stand twice"),
    (twice("campaigns"), "campaigns: .* ids stand twice"),
    (twice("tasks"), "tasks: .* ids stand twice"),
    (changed("tasks", task_id="b-task-1"), "tasks: 1 .* do not begin with their document's"),
    (without("sections"), "tasks: 1 .* not in sections"),
    (without("tasks"), "task_units: 1 .* not in tasks"),
    (changed("sections", parent_section_id=f"{DOC}-section-9"), "sections: 1 .* not in sections"),
    (changed("citations", parent_citation_id=f"{DOC}-citation-9"), "citations: 1 .* not in citations"),
    (changed("tasks", parent_task_id=f"{DOC}-task-9"), "tasks: 1 .* not in tasks"),
    (changed("documents", page_count=3), "documents: 1 .* lack pages"),
    (changed("documents", page_count=None), "documents: 1 .* lack pages"),
    (changed("pages", 1, page=3), "pages: 1 .* not numbered"),
    (twice("pages"), "pages: 2 .* not numbered"),
    (changed("pages", 1, text=None), "pages: 1 .* have no text"),
    (changed("pages", 1, char_start=5), "pages: 1 .* overlap"),
    (changed("tasks", char_start=-1), "tasks: 1 .* outside their text"),
    (changed("tasks", char_end=len(TEXT) + 1), "tasks: 1 .* outside their text"),
    (changed("warnings", char_start=3, char_end=3, page=1), "warnings: 1 .* outside their text"),
    (changed("recipients", char_end=None), "recipients: 1 .* outside their text"),
    (changed("fields", page=3), "fields: 1 .* page that is not there"),
    (changed("campaigns", page=None), "campaigns: 1 .* page that is not there"),
    (changed("recipients", char_start=TEXT.index(" Lưu")), "recipients: 1 .* has blanks around it"),
    (changed("citations", text="Luật khác"), "citations: 1 .* differ from the words they point at"),
    (changed("citations", text=None), "citations: 1 .* differ from the words they point at"),
]


def test_sound_rows_pass_and_so_do_case_and_blanks_of_a_citation() -> None:
    assert check_rows(made_rows("a")) == []


@pytest.mark.parametrize(("rows", "finding"), WRONG)
def test_wrong_rows_are_found_in_one_document_and_in_the_written_files(
    rows: Rows, finding: str, tmp_path: Path
) -> None:

    found = check_rows(rows)
    assert re.search(finding, "\n".join(found)), found
    with pytest.raises(UnsoundBuild, match=finding):
        made_build(tmp_path, "b", shelved("a", rows), "c")
    assert builds_of(tmp_path) == []


@pytest.mark.parametrize("table", ["citations", "campaigns", "task_units"])
def test_a_key_that_no_register_holds_is_found(table: str, tmp_path: Path) -> None:
    key = {"citations": "instrument_id", "campaigns": "campaign_id", "task_units": "unit_id"}[table]
    with pytest.raises(UnsoundBuild, match=rf"{table}: 1 .*\[{key}: nobody-knows\]"):
        made_build(tmp_path, shelved("a", changed(table, 0, **{key: "nobody-knows"})))


def _ledger(shelf: list[Shelved], **last: Any) -> list[Row]:
    rows = file_rows(shelf)
    rows[-1] |= last
    return rows


FILES: list[tuple[Callable[[list[Shelved]], list[Row]], str]] = [
    (lambda shelf: file_rows(shelf) * 2, "files: 2 .* ids stand twice"),
    (lambda shelf: _ledger(shelf, doc_id="f" * 16), "files: 1 .* not in documents"),
    (lambda shelf: _ledger(shelf, doc_id=None), "files read have no document"),
    (lambda shelf: file_rows(shelf[:1]), "documents have no row in files"),
]


@pytest.mark.parametrize(("files", "finding"), FILES)
def test_files_and_documents_know_each_other(
    files: Callable[[list[Shelved]], list[Row]], finding: str, tmp_path: Path
) -> None:
    shelf = [shelved("a"), shelved("b")]
    with pytest.raises(UnsoundBuild, match=finding):
        write_build(shelf, files(shelf), DIMENSIONS, tmp_path, about())


@pytest.mark.parametrize(("target", "finding"), [("f" * 16, "not in documents"), (DOC, "repeat themselves")])
def test_a_repeat_repeats_another_document(target: str, finding: str, tmp_path: Path) -> None:
    with pytest.raises(UnsoundBuild, match=finding):
        made_build(tmp_path, shelved("a", duplicate_of=target))


def test_a_document_that_stands_twice_is_found(tmp_path: Path) -> None:
    with pytest.raises(UnsoundBuild, match=r"documents: 1 .* ids stand twice"):
        made_build(tmp_path, "a", shelved("a", source_path="twin.txt"))


def test_a_register_whose_ids_repeat_is_found(tmp_path: Path) -> None:
    with pytest.raises(UnsoundBuild, match=r"units: 1 .* ids stand twice"):
        write_build([], [], DIMENSIONS | {"units": DIMENSIONS["units"] * 2}, tmp_path, about())


def test_words_are_read_again_for_fresh_documents_only(tmp_path: Path) -> None:
    shelf = [shelved("a", changed("citations", text="Luật khác"))]
    write_build(shelf, file_rows(shelf), DIMENSIONS, tmp_path, about(fresh=[doc_id_of("b")]))
    with pytest.raises(UnsoundBuild, match="differ from the words"):
        write_build(shelf, file_rows(shelf), DIMENSIONS, tmp_path, about(fresh=[DOC]))


def test_files_that_lost_rows_or_columns_are_found(tmp_path: Path) -> None:
    shelf = [shelved("a")]
    written = write_tables(shelf, DIMENSIONS | {"files": file_rows(shelf)}, tmp_path)
    check_tables(tmp_path, written, frozenset())
    with pytest.raises(UnsoundBuild, match=r"tasks: .* has 1 rows, was given 2"):
        check_tables(tmp_path, written | {"tasks": 2}, frozenset())
    pq.write_table(pa.table({"doc_id": ["x"]}), tmp_path / "tasks.parquet")
    with pytest.raises(UnsoundBuild, match=r"tasks: .* not those declared"):
        check_tables(tmp_path, written, frozenset())


def test_all_findings_are_told_at_once_in_both_languages(tmp_path: Path) -> None:
    rows = changed("tasks", char_start=-1)
    rows["recipients"][0]["page"] = 9
    with pytest.raises(UnsoundBuild) as caught:
        made_build(tmp_path, shelved("a", rows))
    assert len(caught.value.findings) == 2
    for line in str(caught.value).splitlines():
        assert " / " in line


def test_every_blank_that_python_strips_is_known() -> None:
    assert set(BLANKS.tolist()) == {sign for sign in range(0x110000) if chr(sign).isspace()}


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), min_size=1, max_size=4),
    st.integers(-2, 30), st.integers(-2, 30),
)  # fmt: skip
def test_offsets_count_code_points_as_python_does(texts: list[str], start: int, end: int) -> None:
    """Letters of one, two and four bytes, blank pages, gaps between pages: the same answer as slicing a string."""
    whole, pages = "", []
    for number, text in enumerate(texts, start=1):
        pages.append({"doc_id": DOC, "page": number, "text": text, "char_start": len(whole)})
        whole += text + "\n"
    whole = whole[:-1]
    document = made_rows("a")["documents"][0] | {"page_count": len(texts)}
    place = {"doc_id": DOC, "page": 1, "char_start": start, "char_end": end}
    rows = {"documents": [document], "pages": pages, "recipients": [place | {"text": "x"}]}
    words = whole[max(start, 0) : max(end, 0)]
    sound = 0 <= start < end <= len(whole) and words == words.strip()
    assert (check_rows(rows) == []) == sound
