"""Numbers and days that a hand wrote into a printed frame: on a scan they are told from print, and settled.

What the engine read there is a value only where it is clean and sure; else the file's name, the paper's own mention
behind its signature, the first digital signature or the digit reader may tell, each as sure as it is; else it is null.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.extract.hand_date import with_date
from pipeline.extract.hand_frame import Frame, clean_number, frame_in, hand_of
from pipeline.extract.hand_number import looks_like, with_number
from pipeline.extract.lines import Line, lines_of
from pipeline.extract.number import tidy_symbol
from pipeline.extract.zones import APPENDIX, Zones
from pipeline.records import Field, Finding, HandKind, PlanRecord, PlanText
from pipeline.rulebook import RuleMatch, load_rulebook
from pipeline.text.places import bbox_of, page_of

_HAND: tuple[tuple[str, HandKind, str, str], ...] = (
    ("number_frame", "number", "number", "Số viết tay / The number, handwritten"),
    ("date_frame", "day", "issue_date", "Ngày viết tay / The day, handwritten"),
)
"""Frame, what a hand fills in, the field it gives, and what a person calls it."""
_PART: dict[HandKind, str] = {"number": "written", "day": "day"}
_BY_DIGITS = ("hand.number_read", "hand.date_read", "hand.date_read_and_signed")


def settle_hand(
    plan: PlanText, zones: Zones, header: Sequence[Line], file_name: str, fields: Sequence[Field]
) -> list[Field]:
    """`fields` of the header with number, symbol and date settled; those of a text that was not scanned unchanged."""
    made = list(fields)
    number, date = frame_in(plan, header, "number_frame"), frame_in(plan, header, "date_frame")
    own = _own_reference(plan, zones, number, date)
    if number:
        made = with_number(plan, number, file_name, own, made)
    if date:
        made = with_date(plan, date, own, made)
    return made


def find_hand(plan: PlanText, header: Sequence[Line], record: PlanRecord) -> Iterator[Finding]:
    """A warning with its place for each frame that a hand filled in, read or not; none for print and blanks."""
    for group, kind, name, what in _HAND:
        frame = frame_in(plan, header, group)
        found = next((field for field in record.fields if field.name == name), None)
        if frame is None or (found and _is_printed(found)):
            continue
        hand = hand_of(plan, kind)
        if found is None and not (hand.written if hand else frame.match.values[_PART[kind]].strip(" .…_")):
            continue  # blank, or so faint that nobody can say
        value = f"{found.value} ({found.source})" if found else "không đọc được / unread"
        place = hand.bbox if hand else bbox_of(plan, frame.start, frame.end)
        message = f"{what}: “{plan.text[frame.start : frame.end]}” → {value}; {place}"
        yield Finding("handwritten_value", message, page_of(plan, frame.start), frame.start, frame.end)


def _is_printed(found: Field) -> bool:
    """Whether the engine read the value itself."""
    return found.source == "header" and found.evidence is not None and found.evidence.rule_id not in _BY_DIGITS


def _own_reference(plan: PlanText, zones: Zones, number: Frame | None, date: Frame | None) -> RuleMatch | None:
    """What is bound behind the signature names the paper itself: same symbol, same month and year as printed."""
    if number is None or date is None:
        return None
    symbol, year = tidy_symbol(number.match.values["symbol"]), date.match.values["year"]
    month = clean_number(plan, date, "month", 12)
    lines = lines_of(plan)
    for line in (lines[index] for index in zones.blocks(APPENDIX)):
        for found in load_rulebook("seals").find("own_reference", line.folded):
            same = tidy_symbol(found.values["symbol"]) == symbol and found.values["year"] == year
            if same and month in (None, int(found.values["month"])) and looks_like(number, found.values["number"]):
                return found
    return None
