"""Place and date of issue: "Cao Bằng, ngày 30 tháng 01 năm 2023". A blank day stays blank."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.evidence import field
from pipeline.extract.lines import Line
from pipeline.extract.province import province_of_place
from pipeline.nlp import Reading
from pipeline.nlp.dates import read_date
from pipeline.records import Field, FieldValue
from pipeline.rulebook import RuleMatch, load_rulebook
from pipeline.text.places import confidence_of


def read_issue_date(reading: Reading, lines: Sequence[Line]) -> tuple[Field, ...]:
    """Place and date fields from the first line of `lines` (header, then signature) that has the form of one."""
    found = date_line(lines)
    if found is None:
        return ()
    line, match = found
    fields = []
    if "place" in match.values:
        start, end = (line.start + offset for offset in match.spans["place"])
        place = _place(reading, start, end)
        fields.append(field(reading.plan, "issue_place", place, "header", (start, end), match.rule_id, 0.97))
    return (*fields, *_date_fields(reading, line, match))


def _place(reading: Reading, start: int, end: int) -> str:
    """The place as printed; a province's name whose marks a scan spoilt is put right ("Cân Thơ")."""
    printed = reading.plan.text[start:end]
    province = province_of_place(printed, None)
    scanned = confidence_of(reading.plan, start, end) is not None
    return province.name if scanned and province and len(province.name) == len(printed) else printed


def date_line(lines: Sequence[Line]) -> tuple[Line, RuleMatch] | None:
    """The line of place and date and its match; a line with a place goes before one without."""
    rules = load_rulebook("header")
    for group in ("place_date", "bare_date"):
        for line in lines:
            if line.is_table:
                continue
            # "Số: 4/UBND-NC Vị Thanh, ngày …": number and place printed as one line.
            number = rules.first("number", line.folded)
            if match := rules.first(group, line.folded, number.end if number else 0):
                return line, match
    return None


def _date_fields(reading: Reading, line: Line, match: RuleMatch) -> list[Field]:
    day = line.start + match.spans["day_word"][0]
    found = next(iter(reading.find("date", day, line.end)), None)
    if found is None or (date := read_date(found)).year is None:
        return []
    values: dict[str, FieldValue | None] = {
        "issue_date": date.date,
        "issue_year": date.year,
        "issue_month": date.month,
        "issue_day": date.day if date.date else None,
        "issue_date_precision": date.precision,
    }
    span = (found.start, found.end)
    return [
        field(reading.plan, name, value, "header", span, found.rule_id, 0.97)
        for name, value in values.items()
        if value is not None
    ]
