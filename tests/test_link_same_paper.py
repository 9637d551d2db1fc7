"""Whether two documents are one paper, fact by fact."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from pipeline.link.papers import Facts, Paper, facts_of
from pipeline.link.same_paper import (
    ALIKE,
    EDITED,
    MODEST,
    Issuer,
    contradict,
    issuers,
    one_reference,
    one_wording,
    titles_agree,
)

PLAN = Paper(
    doc_id="a" * 16,
    source_path="kh.pdf",
    number="05",
    symbol="KH-SNV",
    issuer="Sở Nội vụ tỉnh Hà Nam",
    province="Hà Nam",
    issue_date=dt.date(2024, 1, 22),
    issue_year=2024,
    issue_month=1,
    issue_day=22,
    title="Về việc thực hiện công tác thi đua, khen thưởng năm 2024",
    doc_type="Kế hoạch",
    plan_year=2024,
)
UNDATED = {"issue_date": None, "issue_day": None}
WORD = replace(PLAN, number=None, **UNDATED)  # type: ignore[arg-type]
SCAN = replace(PLAN, text_source="ocr")


def both(one: Paper, two: Paper) -> tuple[Facts, Facts]:
    return facts_of(one), facts_of(two)


def commune(name: str, text_source: str = "native") -> Paper:
    return replace(PLAN, issuer=f"Ủy ban nhân dân xã {name}, tỉnh Hà Nam", text_source=text_source)


@pytest.mark.parametrize(
    "other",
    [
        replace(PLAN, number="5"),
        replace(PLAN, issuer="Sở nội vụ  tỉnh Hà Nam"),
        replace(PLAN, title="thực hiện công tác thi đua - khen thưởng năm 2024"),
        replace(PLAN, title="V/v thực hiện công tác thi đua, khen thưởng"),
        replace(SCAN, issuer="Sở Nôi vu tỉnh Hà Nam", symbol="KH-SNVI"),
        replace(SCAN, issue_date=dt.date(2024, 1, 27), issue_day=27),
        WORD,
        Paper("c" * 16, "nothing-known.pdf"),
    ],
)
def test_spelling_slips_and_what_is_unknown_do_not_contradict(other: Paper) -> None:
    assert not contradict(*both(PLAN, other))
    assert not contradict(*both(other, PLAN))


@pytest.mark.parametrize(
    "other",
    [
        replace(PLAN, number="6"),
        replace(SCAN, number="6"),
        replace(PLAN, symbol="KH-STP"),
        replace(PLAN, doc_type="Báo cáo"),
        replace(PLAN, doc_type="Quyết định"),
        replace(PLAN, issue_year=2023),
        replace(PLAN, issue_month=2),
        replace(WORD, issue_month=2),
        replace(PLAN, issue_day=23),
        replace(SCAN, number=None, issue_day=23),
        replace(PLAN, plan_year=2025),
        replace(PLAN, issuer="Sở Nội vụ tỉnh Hà Giang", province="Hà Giang"),
        replace(PLAN, issuer="Sở Tư pháp tỉnh Hà Nam"),
        replace(PLAN, title="Thực hiện công tác thi đua, khen thưởng quý I"),
        replace(SCAN, title="Phòng, chống dịch bệnh trên cây trồng"),
    ],
)
def test_what_both_know_and_differs_contradicts(other: Paper) -> None:
    assert contradict(*both(PLAN, other))
    assert contradict(*both(other, PLAN))


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        (commune("Tân Hưng"), commune("Tân Hưng"), Issuer.SAME),
        (commune("Tân Hưng"), commune("Tân Hùng"), Issuer.OTHER),
        (commune("Tân Hưng"), commune("Tân Hùng", "ocr"), Issuer.SAME),
        (commune("Tân Hưng"), commune("Tân Hunq", "ocr"), Issuer.OPEN),
        (commune("Tân Hưng"), commune("Vĩnh Thạnh", "ocr"), Issuer.OTHER),
        (PLAN, replace(PLAN, issuer="Sở Nội vụ", province=None), Issuer.OPEN),
        (PLAN, replace(PLAN, issuer=None), Issuer.OPEN),
    ],
)
def test_issuers_stand_to_each_other(one: Paper, two: Paper, expected: Issuer) -> None:
    assert issuers(*both(one, two)) is issuers(*both(two, one)) is expected


@pytest.mark.parametrize(
    ("title", "text_source", "agree"),
    [
        ("Thực hiện công tác thi đua, khen thưởng năm 2024", "native", True),
        ("Thực hiện công tác thi đua, khen thưởng năm 2025", "ocr", False),
        ("Thực hiện công tắc thì đua, khem thưởnq năm 2024", "ocr", True),
        ("Thực hiện công tác thi đua, khem thưởng năm 2024", "native", False),
        (None, "ocr", False),
    ],
)
def test_titles_agree_up_to_what_a_scan_misreads(title: str | None, text_source: str, agree: bool) -> None:
    assert titles_agree(*both(PLAN, replace(PLAN, title=title, text_source=text_source))) is agree


def test_one_reference_asks_for_a_modest_likeness() -> None:
    assert one_reference(*both(PLAN, SCAN), MODEST)
    assert not one_reference(*both(PLAN, SCAN), MODEST - 0.01)
    assert not one_reference(*both(PLAN, WORD), 1.0)
    assert not one_reference(*both(PLAN, replace(PLAN, issuer=None)), 1.0)


def test_a_misread_day_asks_for_more() -> None:
    misread = replace(SCAN, issue_date=dt.date(2024, 1, 27), issue_day=27)
    assert one_reference(*both(PLAN, misread), ALIKE)
    assert not one_reference(*both(PLAN, misread), ALIKE - 0.01)


def test_without_number_title_and_issuer_and_nearly_all_words_are_needed() -> None:
    assert one_wording(*both(PLAN, WORD), ALIKE)
    assert not one_wording(*both(PLAN, WORD), ALIKE - 0.01)
    assert not one_wording(*both(PLAN, replace(WORD, issuer=None)), 1.0)
    assert not one_wording(*both(PLAN, replace(WORD, doc_type=None)), 1.0)


def test_a_draft_may_have_been_edited() -> None:
    draft = replace(WORD, is_draft=True)
    assert one_wording(*both(PLAN, draft), EDITED)
    assert not one_wording(*both(PLAN, draft), EDITED - 0.01)


def test_without_title_month_and_year_are_needed() -> None:
    assert one_wording(*both(PLAN, replace(WORD, title=None)), ALIKE)
    assert not one_wording(*both(PLAN, replace(WORD, title=None, issue_month=None)), 1.0)


def test_an_issuer_misread_is_made_good_by_number_date_and_title() -> None:
    misread = replace(SCAN, issuer="Sở Nội vự tinh Hà Mam", province=None)
    assert issuers(*both(PLAN, misread)) is Issuer.OPEN
    assert one_wording(*both(PLAN, misread), ALIKE)
    assert not one_wording(*both(PLAN, replace(misread, number=None)), 1.0)
    assert not one_wording(*both(PLAN, replace(misread, title=None)), 1.0)


def test_decisions_without_number_are_told_apart_by_nothing() -> None:
    decision = replace(PLAN, doc_type="Quyết định", symbol="QĐ-SNV")
    assert not one_wording(*both(decision, replace(decision, number=None)), 1.0)
    assert one_reference(*both(decision, replace(decision, text_source="ocr")), 0.9)
