"""Handwritten numbers and days on scans: what is read, what other sources tell, what stays null."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.extract.digital_signature import find_conflicts
from pipeline.extract.hand_number import repaired_symbol
from pipeline.extract.handwritten import find_hand, settle_hand
from pipeline.extract.lines import lines_of
from pipeline.extract.zones import APPENDIX, HEADER, Zones
from pipeline.fold import fold
from pipeline.records import DigitalSignature, Field, Paragraph, Place, PlanRecord, PlanText

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
