"""What is known of a document as a paper."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from pipeline.link.papers import Paper, facts_of


def test_a_row_of_documents_is_read_whatever_else_it_holds() -> None:
    row = {"doc_id": "c", "source_path": "old.docx", "number": None, "issue_date": "2024-01-22", "warning_count": 3}
    paper = Paper.read("b" * 16, "x.docx", json.dumps(row), b"!")
    assert (paper.source_path, paper.doc_id, paper.number, paper.issue_date) == ("x.docx", "b" * 16, None, dt.date(2024, 1, 22))
    assert (paper.text_source, paper.is_draft, paper.shingles) == ("native", False, b"!")


@pytest.mark.parametrize("facts", ["no JSON", '{"issue_date": "2024-02-30"}'])
def test_a_broken_row_is_told(facts: str) -> None:
    with pytest.raises(ValueError, match=r"JSON|Expecting|day"):
        Paper.read("b", "x", facts, b"")


def test_facts_are_compared_without_case_tones_zeros_and_lead_in() -> None:
    facts = facts_of(
        Paper(
            doc_id="b",
            source_path="x",
            number="007",
            symbol="KH/BTGTU",
            issuer="Ủy ban nhân dân  tỉnh Hà Nam",
            province="Hà Nam",
            title="Về việc phát động thi đua Quý II năm 2024",
        )
    )
    assert (facts.number, facts.symbol) == ("7", "khbtgtu")
    assert (facts.issuer, facts.body) == ("uy ban nhan dan tinh ha nam", "uy ban nhan dan")
    assert (facts.title, facts.numerals) == ("phat dong thi dua quy ii nam 2024", ("ii", "2024"))
    assert (facts.year, facts.days, facts.scanned, facts.draft) == (None, (None, None), False, False)
