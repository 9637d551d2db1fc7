"""Numbers and days that a hand wrote into a printed frame: on a scan they are told from print, and settled.

What the engine read there is a value only where it is clean and sure; else the file's name, the paper's own mention
behind its signature, or the first digital signature may tell, each as sure as such sources are; else it is null.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.digital_signature import LONGEST_WAIT, SAME_DAY, signed_day
from pipeline.extract.file_name import number_in_name
from pipeline.extract.lines import Line, lines_of
from pipeline.extract.number import tidy_symbol
from pipeline.extract.title import type_of_symbol
from pipeline.extract.toneless import toneless
from pipeline.extract.zones import APPENDIX, Zones
from pipeline.records import Evidence, Field, FieldSource, FieldValue, Finding, PlanRecord, PlanText
from pipeline.rulebook import RuleMatch, load_rulebook
from pipeline.text.places import confidence_of, page_of

_READABLE = 0.85
"""So sure the engine is of print; of handwriting it is seldom."""
_FILLED_IN = 0.85
_NUMBER = ("number", "symbol", "reference")
_DATE = ("issue_date", "issue_year", "issue_month", "issue_day", "issue_date_precision")


@dataclass(frozen=True, slots=True)
class _Frame:
    """A printed frame: its line, its match, and where in the text it stands."""

    match: RuleMatch
    start: int
    end: int
    offset: int

    def sure(self, plan: PlanText, name: str) -> float:
        """The engine's confidence in what stands in one part of the frame."""
        start, end = (self.offset + at for at in self.match.spans.get(name, (0, 0)))
        return confidence_of(plan, start, end) or 0.0


def settle_hand(
    plan: PlanText, zones: Zones, header: Sequence[Line], file_name: str, fields: Sequence[Field]
) -> list[Field]:
    """`fields` of the header with number, symbol and date settled; those of a text that was not scanned unchanged."""
    made = list(fields)
    number, date = _frame(plan, header, "number_frame"), _frame(plan, header, "date_frame")
    own = _own_reference(plan, zones, made, number, date)
    if number:
        made = _with_number(plan, number, file_name, own, made)
    if date:
        made = _with_date(plan, date, own, made)
    return made


def find_hand(plan: PlanText, header: Sequence[Line], record: PlanRecord) -> Iterator[Finding]:
    """A warning with its place for each frame whose handwriting stayed unread or was settled by another source."""
    for group, field_name, what in (
        ("number_frame", "number", "Số viết tay / The number, handwritten"),
        ("date_frame", "issue_date", "Ngày viết tay / The day, handwritten"),
    ):
        frame = _frame(plan, header, group)
        found = next((field for field in record.fields if field.name == field_name), None)
        if frame is None or (found and found.source == "header"):
            continue
        words = plan.text[frame.start : frame.end]
        value = f"{found.value} ({found.source})" if found else "không đọc được / unread"
        yield Finding("handwritten_value", f"{what}: “{words}” → {value}", page_of(plan, frame.start), *_span(frame))


def _span(frame: _Frame) -> tuple[int, int]:
    return frame.start, frame.end


def _frame(plan: PlanText, header: Sequence[Line], group: str) -> _Frame | None:
    """The first such frame on a scanned line of the header."""
    rules = load_rulebook("seals")
    for line in header:
        match = None if line.is_table else rules.first(group, line.folded)
        if match and confidence_of(plan, line.start, line.end) is not None:
            return _Frame(match, line.start + match.start, line.start + match.end, line.start)
    return None


def _made(frame: _Frame, name: str, value: FieldValue, source: FieldSource, rule_id: str, confidence: float) -> Field:
    return Field(name, value, source, Evidence(frame.start, frame.end, rule_id, confidence))


def _kept(fields: Sequence[Field], names: Sequence[str]) -> list[Field]:
    return [field for field in fields if field.name not in names]


def _value(fields: Sequence[Field], name: str) -> FieldValue | None:
    return next((field.value for field in fields if field.name == name), None)


# --- number and symbol ----------------------------------------------------------------------------


def _with_number(
    plan: PlanText, frame: _Frame, file_name: str, own: RuleMatch | None, fields: Sequence[Field]
) -> list[Field]:
    if re.fullmatch(r"\d{1,5}[a-zđ]? ?/ ?\d{4}", frame.match.values["written"].strip()):
        return list(fields)  # "19/2023/NQ-HĐND": a year inside is printed, and read as such
    symbol = repaired_symbol(tidy_symbol(frame.match.values["symbol"]), _value(fields, "doc_type"))
    made = _kept(fields, _NUMBER)
    made.append(_made(frame, "symbol", symbol, "header", "hand.symbol", round(0.97 * frame.sure(plan, "symbol"), 4)))
    written = frame.match.values["written"].strip(" .…_")
    named = number_in_name(file_name, symbol)
    read = written if re.fullmatch(r"\d{1,5}[a-zđ]?", written) and frame.sure(plan, "written") >= _READABLE else None
    if own:
        number = _made(frame, "number", own.values["number"], "body", own.rule_id, 0.88)
    elif named and (read is None or read.lstrip("0") != named.number.lstrip("0")):
        sure = round(named.confidence * (1.0 if _alike(written, named.number) else 0.9), 4)
        number = _made(frame, "number", named.number, "file_name", named.rule_id, sure)
    elif read:
        sure = round(0.97 * frame.sure(plan, "written"), 4)
        number = _made(frame, "number", read, "header", "hand.number", sure)
    else:
        return made
    confidence = number.evidence.confidence if number.evidence else 0.0
    return [
        *made,
        number,
        _made(frame, "reference", f"{number.value}/{symbol}", number.source, "hand.reference", confidence),
    ]


def _alike(written: str, number: str) -> bool:
    """Whether what the engine made of the handwriting has a sign in common with the number, at its place."""
    signs = written.strip("/# ")
    return not signs or any(a == b for a, b in zip(signs, number, strict=False))


def repaired_symbol(symbol: str, doc_type: FieldValue | None) -> str:
    """ "QĐĐ-UBND" of a decision → "QĐ-UBND": parts that are one slip away from a code the paper's kind demands."""
    parts = symbol.split("-")
    codes = dict(pair.split("=", 1) for pair in load_rulebook("header").words("symbol_types"))
    wanted = [code for code, kind in codes.items() if kind == doc_type]
    if type_of_symbol(symbol) != doc_type and len(parts) > 1:
        parts[0] = next((code for code in wanted if _one_slip(parts[0], code)), parts[0])
    bodies = load_rulebook("seals").words("symbol_bodies")
    return "-".join([parts[0], *(_body(part, bodies) for part in parts[1:])])


def _body(part: str, bodies: Sequence[str]) -> str:
    """A body whose name has lost nothing but marks."""
    return next((body for body in bodies if toneless(body) == toneless(part) and len(body) > 2), part)


def _one_slip(read: str, code: str) -> bool:
    """One sign more, less or other, marks aside."""
    one, two = toneless(read), toneless(code)
    if len(one) == len(two):
        return _slips(one, two) <= 1
    longer, shorter = (one, two) if len(one) > len(two) else (two, one)
    return len(longer) - len(shorter) == 1 and any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))


# --- date -----------------------------------------------------------------------------------------


def _with_date(plan: PlanText, frame: _Frame, own: RuleMatch | None, fields: Sequence[Field]) -> list[Field]:
    year = int(frame.match.values["year"])
    month, day = _clean(plan, frame, "month", 12), _clean(plan, frame, "day", 31)
    issued = _issued(year, month, day)
    source: FieldSource = "header"
    sure = round(0.97 * min(frame.sure(plan, "day"), frame.sure(plan, "year")), 4)
    signed = signed_day(plan)
    if own:
        issued, source, sure = _issued(year, int(own.values["month"]), int(own.values["day"])), "body", 0.88
    elif signed and _bounds(signed, year, month) and not _fits(issued, signed):
        guess = _nearest(frame.match.values["day"], signed)
        issued, source, sure = guess or signed, "digital_signature", 0.75 if guess else SAME_DAY
    values: dict[str, FieldValue | None] = {
        "issue_date": issued,
        "issue_year": year,
        "issue_month": issued.month if issued else month,
        "issue_day": issued.day if issued else None,
        "issue_date_precision": "day" if issued else "month" if month else "year",
    }
    made = [_made(frame, name, value, source, "hand.date", sure) for name, value in values.items() if value is not None]
    return _kept(fields, _DATE) + made


def _bounds(signed: dt.date, year: int, month: int | None) -> bool:
    """Whether the printed month and year, as far as they can be read, are those of the signature."""
    return signed.year == year and month in (None, signed.month)


def _fits(issued: dt.date | None, signed: dt.date) -> bool:
    return issued is not None and 0 <= (signed - issued).days <= LONGEST_WAIT


def _clean(plan: PlanText, frame: _Frame, name: str, most: int) -> int | None:
    """The number in a part of the frame, where it holds nothing else and the engine is sure of it."""
    signs = frame.match.values.get(name, "").strip(" .…_")
    if not re.fullmatch(r"\d{1,2}", signs) or not 1 <= int(signs) <= most or frame.sure(plan, name) < _READABLE:
        return None
    return int(signs)


def _issued(year: int, month: int | None, day: int | None) -> dt.date | None:
    try:
        return dt.date(year, month, day) if month and day else None
    except ValueError:
        return None


def _nearest(written: str, signed: dt.date) -> dt.date | None:
    """The one day up to the first signature that two figures read with one slip can mean; None for several or none."""
    signs = re.sub(r"\s", "", written)
    if not re.fullmatch(r"\d\d", signs):
        return None
    days = [signed - dt.timedelta(days=away) for away in range(LONGEST_WAIT + 1)]
    near = [day for day in days if day.month == signed.month and _slips(f"{day.day:02}", signs) <= 1]
    exact = [day for day in near if f"{day.day:02}" == signs]
    return exact[0] if exact else near[0] if len(near) == 1 else None


def _slips(one: str, two: str) -> int:
    return sum(a != b for a, b in zip(one, two, strict=True))


# --- the paper's own mention ----------------------------------------------------------------------


def _own_reference(
    plan: PlanText, zones: Zones, fields: Sequence[Field], number: _Frame | None, date: _Frame | None
) -> RuleMatch | None:
    """What is bound behind the signature names the paper itself: same symbol, same month and year as printed."""
    if number is None or date is None:
        return None
    symbol, year = tidy_symbol(number.match.values["symbol"]), date.match.values["year"]
    month = _clean(plan, date, "month", 12)
    lines = lines_of(plan)
    for line in (lines[index] for index in zones.blocks(APPENDIX)):
        for found in load_rulebook("seals").find("own_reference", line.folded):
            same = tidy_symbol(found.values["symbol"]) == symbol and found.values["year"] == year
            if same and month in (None, int(found.values["month"])):
                return found
    return None
