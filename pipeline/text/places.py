"""The way back from the canonical text: page, box and OCR confidence of a span."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.records import BBox, Place, PlanText


class Seen(NamedTuple):
    """How the OCR engine saw the characters of a span, each 0 to 1."""

    mean: float
    """Its mean confidence, by character."""
    least: float
    """Its confidence in the worst word."""
    repaired: float
    """The share of characters that stand in words repaired after it."""


def page_of(plan: PlanText, offset: int) -> int:
    """The page (from 1) on which the sign at `offset` stands; a separator belongs to what stands before it."""
    index = bisect_right(plan.places, offset, key=_start) - 1
    if index >= 0:
        return plan.places[index].page
    return plan.places[0].page if plan.places else 1


def bbox_of(plan: PlanText, start: int, end: int) -> BBox | None:
    """The box in points around [start, end) on the span's first page; None where the source has no boxes."""
    places = _places(plan, start, end)
    boxes = [place.bbox for place in places if place.bbox is not None and place.page == places[0].page]
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def confidence_of(plan: PlanText, start: int, end: int) -> float | None:
    """The OCR engine's mean confidence in [start, end), 0 to 1 by sign; None where nothing of it was OCRed."""
    seen = seen_in(plan, start, end)
    return seen.mean if seen else None


def seen_in(plan: PlanText, start: int, end: int) -> Seen | None:
    """How the OCR engine saw [start, end); None where nothing of it was OCRed."""
    total, weight, repaired, least = 0.0, 0, 0, 1.0
    for place in _places(plan, start, end):
        if place.confidence is not None:
            signs = min(end, place.end) - max(start, place.start)
            total += place.confidence * signs
            weight += signs
            repaired += signs * (place.raw is not None)
            least = min(least, place.confidence)
    return Seen(total / weight, least, repaired / weight) if weight else None


def repairs_of(plan: PlanText, start: int, end: int) -> tuple[str, ...]:
    """The ids of the rules that repaired words of [start, end), each once, in the order of the alphabet."""
    joined = (place.repair for place in _places(plan, start, end) if place.repair)
    return tuple(sorted({rule for rules in joined for rule in rules.split("+")}))


def raw_text(plan: PlanText, start: int, end: int) -> str | None:
    """[start, end) as the OCR engine read it, a repaired word whole; None where nothing of it was repaired."""
    parts, at = [], start
    repaired = [place for place in _places(plan, start, end) if place.raw is not None]
    for place in repaired:
        own = plan.text[place.start : place.end]
        parts += [plan.text[at : max(at, place.start)], place.raw or "", own[len(own.rstrip()) :]]
        at = place.end
    return "".join((*parts, plan.text[at:end])).strip() if repaired else None


def _places(plan: PlanText, start: int, end: int) -> Sequence[Place]:
    first = max(0, bisect_right(plan.places, start, key=_start) - 1)
    found = []
    for place in plan.places[first:]:
        if place.start >= end or start >= end:
            break
        if place.end > start:
            found.append(place)
    return found


def _start(place: Place) -> int:
    return place.start
