"""Printed frames that a hand fills in ("Số:   /KH-UBND", "ngày   tháng 3"), found on the scanned lines of a header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.lines import Line
from pipeline.records import Evidence, Field, FieldSource, FieldValue, HandKind, HandReading, PlanText
from pipeline.rulebook import RuleMatch, load_rulebook
from pipeline.text.places import confidence_of

READABLE = 0.85
"""So sure the engine is of print; of handwriting it is seldom."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A printed frame: its line, its match, and where in the text it stands."""

    match: RuleMatch
    start: int
    end: int
    offset: int

    def sure(self, plan: PlanText, name: str) -> float:
        """The engine's confidence in what stands in one part of the frame."""
        start, end = (self.offset + at for at in self.match.spans.get(name, (0, 0)))
        return confidence_of(plan, start, end) or 0.0


def frame_in(plan: PlanText, header: Sequence[Line], group: str) -> Frame | None:
    """The first such frame on a scanned line of the header; a number's line has a colon, a cited paper's has none."""
    rules, names = load_rulebook("seals"), load_rulebook("header")
    found: list[Frame] = []
    above = ""
    for line in header:
        match = None if line.is_table or names.first("cites_below", above) else rules.first(group, line.folded)
        if match and confidence_of(plan, line.start, line.end) is not None:
            found.append(Frame(match, line.start + match.start, line.start + match.end, line.start))
        above = line.folded
    colon = (frame for frame in found if ":" in plan.text[frame.start : frame.start + 8])
    return next(colon, found[0] if found else None)


def clean_number(plan: PlanText, frame: Frame, name: str, most: int) -> int | None:
    """The number in a part of the frame, where it holds nothing else and the engine is sure of it."""
    signs = frame.match.values.get(name, "").strip(" .…_")
    if not re.fullmatch(r"\d{1,2}", signs) or not 1 <= int(signs) <= most or frame.sure(plan, name) < READABLE:
        return None
    return int(signs)


def hand_of(plan: PlanText, kind: HandKind) -> HandReading | None:
    """What the digit reader saw in the frame's gap; None where no gap was cut out."""
    return next((hand for hand in plan.hands if hand.kind == kind), None)


def is_blank(plan: PlanText, kind: HandKind) -> bool:
    """Whether the gap was looked at and holds no ink."""
    hand = hand_of(plan, kind)
    return hand is not None and not hand.written


def made_field(
    frame: Frame, name: str, value: FieldValue, source: FieldSource, rule_id: str, confidence: float
) -> Field:
    return Field(name, value, source, Evidence(frame.start, frame.end, rule_id, confidence))


def kept(fields: Sequence[Field], names: Sequence[str]) -> list[Field]:
    return [field for field in fields if field.name not in names]


def value_of(fields: Sequence[Field], name: str) -> FieldValue | None:
    return next((field.value for field in fields if field.name == name), None)


def slips(one: str, two: str) -> int:
    return sum(a != b for a, b in zip(one, two, strict=True))
