"""Handwritten numbers and days on scans: what is read, what other sources tell, what stays null."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from pipeline.extract.digital_signature import find_conflicts
from pipeline.extract.hand_number import repaired_symbol
from pipeline.extract.handwritten import find_hand, settle_hand
from pipeline.extract.lines import lines_of
from pipeline.extract.zones import APPENDIX, HEADER, Zones
from pipeline.fold import fold
from pipeline.records import (
    DigitalSignature,
    Field,
    HandKind,
    HandReading,
    Paragraph,
    Place,
    PlanRecord,
    PlanText,
)

VIETNAM = dt.timezone(dt.timedelta(hours=7))


def plan_of(*lines: str, confidence: float | None = 0.95, signed: dt.date | None = None) -> PlanText:
    """A scanned text, one line a block; `confidence` None makes it a typed one."""
    text = "\n".join(lines)
    blocks, places, start = [], [], 0
    for line in lines:
        end = start + len(line)
        blocks.append(Paragraph(start, end, 1))
        places.append(Place(start, end, 1, (50.0, 60.0, 250.0, 75.0), confidence))
        start = end + 1
    moment = dt.datetime.combine(signed, dt.time(9), VIETNAM) if signed else None
    signatures = (DigitalSignature(moment, "Văn phòng", None),) if signed else ()
    return PlanText(text, fold(text), tuple(blocks), (), tuple(places), signatures=signatures)


def settled(plan: PlanText, name: str = "scan.pdf", appendix: int = 0) -> dict[str, Field]:
    count = len(plan.blocks)
    names = (HEADER,) * (count - appendix) + (APPENDIX,) * appendix
    zones = Zones(names, tuple(block.start for block in plan.blocks))
    header = [line for line, zone in zip(lines_of(plan), names, strict=True) if zone == HEADER]
    kind = Field("doc_type", "Quyết định", "header", None)
    return {field.name: field for field in settle_hand(plan, zones, header, name, [kind])}


def value(fields: dict[str, Field], name: str) -> object:
    return fields[name].value if name in fields else None


@pytest.mark.parametrize(
    ("printed", "name", "number", "source"),
    [
        ("Số: 9{ /QĐĐ-UBND", "scan.pdf", None, None),
        ("Số:#‡ /QĐ-UBND", "61 QĐ UB.pdf", "61", "file_name"),
        ("Số: 61 /QĐ-UBND", "scan.pdf", "61", "header"),
        ("Số: 4666 /QĐ-UBND", "1666-QD-UBND.pdf", "1666", "file_name"),
        ("Số: /QĐ-UBND", "scan.pdf", None, None),
    ],
)
def test_only_clean_figures_are_a_number(printed: str, name: str, number: str | None, source: str | None) -> None:
    fields = settled(plan_of(printed), name)
    assert value(fields, "number") == number
    assert value(fields, "symbol") == "QĐ-UBND"
    assert value(fields, "reference") == (f"{number}/QĐ-UBND" if number else None)
    if source:
        assert fields["number"].source == source


def test_figures_the_engine_doubts_are_no_number() -> None:
    assert value(settled(plan_of("Số: 61 /QĐ-UBND", confidence=0.5)), "number") is None


def test_a_typed_text_is_left_as_it_is() -> None:
    assert set(settled(plan_of("Số: /QĐ-UBND", confidence=None), "61 QĐ UB.pdf")) == {"doc_type"}


@pytest.mark.parametrize(
    ("printed", "signed", "date", "precision"),
    [
        ("Hà Nam, ngày ƒ tháng 3 năm 2024", dt.date(2024, 3, 18), dt.date(2024, 3, 18), "day"),
        ("Hà Nam, ngày 45 tháng 3 năm 2024", dt.date(2024, 3, 18), None, "month"),
        ("Hà Nam, ngày 14 tháng 3 năm 2024", dt.date(2024, 3, 18), dt.date(2024, 3, 14), "day"),
        ("Hà Nam, ngày ƒ tháng năm 2024", dt.date(2024, 3, 18), dt.date(2024, 3, 18), "day"),
        ("Hà Nam, ngày ƒ tháng 2 năm 2024", dt.date(2024, 3, 18), None, "month"),
        ("Hà Nam, ngày ƒ tháng 3 năm 2024", None, None, "month"),
        ("Hà Nam, ngày ƒ tháng } năm 2024", None, None, "year"),
    ],
)
def test_the_first_signature_fills_a_day_that_cannot_be_read(
    printed: str, signed: dt.date | None, date: dt.date | None, precision: str
) -> None:
    fields = settled(plan_of(printed, signed=signed))
    assert value(fields, "issue_date") == date
    assert value(fields, "issue_date_precision") == precision


def test_the_filled_day_says_how_often_it_is_right() -> None:
    found = settled(plan_of("ngày ƒ tháng 3 năm 2024", signed=dt.date(2024, 3, 18)))["issue_date"]
    assert found.source == "digital_signature"
    assert found.evidence is not None
    assert found.evidence.confidence == 0.7


def test_a_paper_bound_behind_names_number_and_day_of_its_own() -> None:
    lines = ("Số: ##32/QĐ-UBND", "Hà Nam, ngày ƒ tháng 12 năm 2011")
    own = settled(plan_of(*lines, "kèm theo Quyết định số 4532/QĐ-UBND, ngày 07/12/2011"), appendix=1)
    assert (value(own, "number"), value(own, "issue_date")) == ("4532", dt.date(2011, 12, 7))
    other = settled(plan_of(*lines, "theo Quyết định số 1899/QĐ-UBND, ngày 07/12/2011"), appendix=1)
    assert value(other, "number") is None


def test_handwriting_is_told_with_its_place_and_blanks_are_not() -> None:
    plan = plan_of("Số: 9{ /QĐ-UBND", "Hà Nam, ngày tháng 3 năm 2024")
    record = PlanRecord(fields=tuple(settled(plan).values()))
    found = list(find_hand(plan, lines_of(plan), record))
    assert [(finding.code, finding.page, finding.start) for finding in found] == [("handwritten_value", 1, 0)]
    assert "(50.0, 60.0, 250.0, 75.0)" in found[0].message


@pytest.mark.parametrize(
    ("issued", "conflicts"),
    [(dt.date(2024, 3, 18), 0), (dt.date(2024, 3, 1), 0), (dt.date(2024, 3, 20), 1), (dt.date(2024, 1, 2), 1)],
)
def test_a_date_conflicts_when_later_or_a_month_earlier_than_the_signature(issued: dt.date, conflicts: int) -> None:
    plan = plan_of("ngày 1", signed=dt.date(2024, 3, 18))
    record = PlanRecord(fields=(Field("issue_date", issued, "header", None),))
    assert [finding.code for finding in find_conflicts(plan, record)] == ["conflicting_values"] * conflicts


@pytest.mark.parametrize(
    ("symbol", "kind", "expected"),
    [
        ("QĐĐ-UBND", "Quyết định", "QĐ-UBND"),
        ("0ĐĐ-UBND", "Kế hoạch", "0ĐĐ-UBND"),
        ("KN-UBND", "Kế hoạch", "KH-UBND"),
        ("UBND-VX", "Công văn", "UBND-VX"),
        ("KH-SGDDT", "Kế hoạch", "KH-SGDĐT"),
    ],
)
def test_a_symbol_is_put_right_where_the_kind_of_paper_demands_it(symbol: str, kind: str, expected: str) -> None:
    assert repaired_symbol(symbol, kind) == expected


def hand(kind: HandKind, digits: str, sure: float = 0.95, written: bool = True) -> HandReading:
    """A reading whose digits are each `sure`, the rest spread over the others."""
    rest = (1 - sure) / 9
    chances = tuple(tuple(sure if str(at) == digit else rest for at in range(10)) for digit in digits)
    return HandReading(kind, written, (120.0, 60.0, 160.0, 80.0), chances, 1.0 if digits else 0.0)


def test_ink_and_signature_together_tell_a_day_neither_tells_alone() -> None:
    doubtful = replace(
        plan_of("ngày ƒ tháng 3 năm 2024", signed=dt.date(2024, 3, 18)), hands=(hand("day", "14", 0.97),)
    )
    found = settled(doubtful)["issue_date"]
    assert (found.value, found.source) == (dt.date(2024, 3, 14), "header")
    assert found.evidence is not None
    assert 0.45 < found.evidence.confidence < 0.97
    same_day = settled(replace(doubtful, hands=(hand("day", "18", 0.5),)))["issue_date"]
    assert same_day.value == dt.date(2024, 3, 18)
    assert same_day.evidence is not None
    assert same_day.evidence.confidence > 0.9


def test_ink_alone_tells_a_day_only_where_it_is_sure() -> None:
    plan = plan_of("ngày ƒ tháng 3 năm 2024")
    assert value(settled(replace(plan, hands=(hand("day", "24"),))), "issue_date") == dt.date(2024, 3, 24)
    assert value(settled(replace(plan, hands=(hand("day", "24", 0.5),))), "issue_date") is None
    assert value(settled(replace(plan, hands=(hand("day", "84"),))), "issue_date") is None


def test_a_month_by_hand_is_read_with_its_day() -> None:
    plan = plan_of("ngày ƒ tháng } năm 2024")
    hands = (hand("day", "24"), hand("month", "10"))
    assert value(settled(replace(plan, hands=hands)), "issue_date") == dt.date(2024, 10, 24)
    month_alone = settled(replace(plan, hands=(hand("day", "24", 0.3), hand("month", "10", 0.99))))
    assert (value(month_alone, "issue_month"), value(month_alone, "issue_date_precision")) == (10, "month")


def test_a_gap_without_ink_stays_blank_whatever_the_signature_says() -> None:
    plan = plan_of("Số: /QĐ-UBND", "Hà Nam, ngày tháng 3 năm 2024", signed=dt.date(2024, 3, 18))
    blank = replace(plan, hands=(hand("number", "", written=False), hand("day", "", written=False)))
    fields = settled(blank)
    assert (value(fields, "number"), value(fields, "issue_date")) == (None, None)
    assert list(find_hand(blank, lines_of(blank), PlanRecord(fields=tuple(fields.values())))) == []


def test_ink_the_engine_did_not_see_is_handwriting_with_the_gaps_box() -> None:
    plan = replace(plan_of("Số: /QĐ-UBND"), hands=(hand("number", "", written=True),))
    (found,) = find_hand(plan, lines_of(plan), PlanRecord(fields=tuple(settled(plan).values())))
    assert found.code == "handwritten_value"
    assert "(120.0, 60.0, 160.0, 80.0)" in found.message


@pytest.mark.parametrize(
    ("digits", "sure", "name", "number", "source"),
    [
        ("61", 0.95, "scan.pdf", "61", "header"),
        ("61", 0.6, "scan.pdf", None, None),
        ("61", 0.6, "61 QĐ UB.pdf", "61", "file_name"),
        ("17", 0.95, "61 QĐ UB.pdf", "61", "file_name"),
    ],
)
def test_the_reader_tells_a_number_and_weighs_the_file_name(
    digits: str, sure: float, name: str, number: str | None, source: str | None
) -> None:
    fields = settled(replace(plan_of("Số:#‡ /QĐ-UBND"), hands=(hand("number", digits, sure),)), name)
    assert value(fields, "number") == number
    if source:
        assert fields["number"].source == source


def test_agreement_raises_confidence_and_disagreement_lowers_it() -> None:
    def sure(*hands: HandReading) -> float:
        found = settled(replace(plan_of("Số:#‡ /QĐ-UBND"), hands=hands), "61 QĐ UB.pdf")["number"].evidence
        assert found is not None
        return found.confidence

    assert sure(hand("number", "17")) < sure() < sure(hand("number", "61"))


def test_values_read_from_ink_are_still_told_as_handwriting() -> None:
    plan = replace(
        plan_of("Số:#‡ /QĐ-UBND", "ngày ƒ tháng 3 năm 2024"), hands=(hand("number", "61"), hand("day", "24"))
    )
    found = list(find_hand(plan, lines_of(plan), PlanRecord(fields=tuple(settled(plan).values()))))
    assert ["61" in found[0].message, "2024-03-24" in found[1].message] == [True, True]
