"""All that follows on a parser, up to the block of rows, with what must hold of each step."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from pipeline.extract import extract
from pipeline.nlp import load_nlp, read
from pipeline.records import PlanText, SourceDocument, SourcePage, Table
from pipeline.store.packing import packed_rows, unpacked_rows
from pipeline.tables.rows import Versions, table_rows
from pipeline.text import compose

VERSIONS = Versions("0", "0")
EVIDENCED = ("fields", "citations", "campaigns", "tasks", "task_units", "recipients")


def document(pages: tuple[SourcePage, ...], name: str = "kh.txt") -> SourceDocument:
    """A document of these pages."""
    return SourceDocument("0" * 16, "0" * 64, name, "text/plain", 1, pages)


def check_text(plan: PlanText) -> None:
    """One text, composed, that can be written down, whole in its blocks and pages."""
    plan.text.encode()
    assert unicodedata.is_normalized("NFC", plan.text), "the text is not composed"
    assert len(plan.folded) == len(plan.text), "the folded text has another length"
    at = 0
    for block in plan.blocks:
        assert at == block.start <= block.end <= len(plan.text), "blocks do not cover the text"
        at = block.end + 1
        if isinstance(block, Table):
            cells = [cell for row in block.rows for cell in row.cells]
            assert all(block.start <= cell.start <= cell.end <= block.end for cell in cells), "a cell leaves its table"
    assert at == len(plan.text), "text behind the last block"
    assert [page.start for page in plan.pages[1:]] == [page.end for page in plan.pages[:-1]], "pages leave a gap"
    assert all(0 <= p.start < p.end <= len(plan.text) for p in plan.places), "a place lies outside the text"


def rows_of(source: SourceDocument) -> Mapping[str, list[dict[str, Any]]]:
    """The rows of every table, which fit their schemas and point into the text."""
    plan = compose(source)
    check_text(plan)
    rows = table_rows(source, plan, extract(read(plan, load_nlp()), source.source_path), VERSIONS)
    check_rows(plan, rows)
    return rows


def check_rows(plan: PlanText, rows: Mapping[str, list[dict[str, Any]]]) -> None:
    """The rows pack and unpack, and their evidence is words of the text."""
    back = unpacked_rows(packed_rows(rows))
    assert {name: batch.num_rows for name, batch in back.items()} == {name: len(own) for name, own in rows.items()}
    for name in EVIDENCED:
        for row in rows[name]:
            start, end = row["char_start"], row["char_end"]
            if start is not None:
                assert 0 <= start < end <= len(plan.text), f"{name}: evidence outside the text"
                words = plan.text[start:end]
                assert words == words.strip(), f"{name}: evidence with blanks at its ends"
    for row in rows["sections"]:
        assert 0 <= row["char_start"] <= row["char_end"] <= len(plan.text), "a section outside the text"
