"""Letterheads and signature blocks printed side by side in text: which words stand left, which right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.ingest.textfile.lines import TextLine, indent
from pipeline.ingest.word.layout_tables import has_layout_words

GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
_RECIPIENTS = re.compile(r"\s*n[ơo]i\s+nh[ậâ]n\b", re.IGNORECASE)
WIDE_GAP = 10
"""A gap that parts columns even on a single line; a place left blank for a number is narrower."""
REACH = 3
"""How far, in characters, a lone line may stand out of its column."""
MOST_LINES = 120
"""A letterhead or signature block with its recipients has no more."""
LARGEST_HOLE = 8
"""Blank rows that may stand inside a signature block (the place of the hand's own signature)."""


Gap = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """A line, or the part of it that stands in one column (0: no columns here)."""

    line: TextLine
    span: tuple[int, int]
    column: int = 0


@dataclass(slots=True)
class _Region:
    """Lines [start, end) with the blank stripe between the two columns."""

    start: int
    end: int
    left: int
    right: int
    extents: tuple[int, int, int, int] = (0, 0, 0, 0)
    """First and last column of characters of the left and of the right column."""


def in_columns(lines: Sequence[TextLine]) -> list[ColumnLine]:
    """Lines in reading order: in a two-column region all of the left column first, then the right one."""
    ordered: list[ColumnLine] = []
    gaps = [_only_gap(line.text) for line in lines]
    index = 0
    while index < len(lines):
        region = _region(lines, gaps, index)
        if region is None:
            ordered.append(ColumnLine(lines[index], (0, len(lines[index].text))))
            index += 1
            continue
        ordered += _parted(lines[region.start : region.end], region)
        index = region.end
    return ordered


def _parted(lines: Sequence[TextLine], region: _Region) -> list[ColumnLine]:
    filled = [line for line in lines if line.text.strip()]
    cuts = [(line, _cut(line.text, region)) for line in filled]
    left = [ColumnLine(line, (0, cut), 1) for line, cut in cuts if line.text[:cut].strip()]
    right = [ColumnLine(line, (cut, len(line.text)), 2) for line, cut in cuts if line.text[cut:].strip()]
    return left + right


def _cut(text: str, region: _Region) -> int:
    """Where a line of a region parts: in its own gap, else wholly left or right of the stripe."""
    for gap in GAP.finditer(text):
        if gap.start() <= region.right and gap.end() >= region.left:
            return gap.end()
    return 0 if indent(text) >= region.left else len(text)


def _region(lines: Sequence[TextLine], gaps: Sequence[Gap | None], start: int) -> _Region | None:
    """The two-column region whose first line with a gap is at `start` (lines of one column above come along)."""
    gap = gaps[start]
    if gap is None:
        return None
    region = _Region(start, start + 1, *gap)
    for index in range(start + 1, min(len(lines), start + MOST_LINES)):
        found = gaps[index]
        if found and max(found[0], region.left) < min(found[1], region.right):
            region.left, region.right = max(found[0], region.left), min(found[1], region.right)
            region.end = index + 1
        elif found or _crosses(lines[index].text, region) or index - region.end > LARGEST_HOLE:
            break
    alone = region.end == start + 1 and region.right - region.left < WIDE_GAP
    if alone or not has_layout_words(_text(lines, region)):
        return None
    region.extents = _extents(lines[start : region.end], region)
    while region.end < len(lines) and _belongs(lines, region):
        region.end += 1
    return region


def _text(lines: Sequence[TextLine], region: _Region) -> str:
    parts = _parted(lines[region.start : region.end], region)
    return "\n".join(part.line.text[slice(*part.span)].strip() for part in parts)


def _only_gap(text: str) -> Gap | None:
    """The widest gap of a line, if it has at most two (a blank date "ngày     tháng" has gaps too)."""
    gaps = [match.span() for match in GAP.finditer(text)]
    return max(gaps, key=lambda gap: gap[1] - gap[0]) if 1 <= len(gaps) <= 3 else None


def _crosses(text: str, region: _Region) -> bool:
    return bool(text.strip()) and indent(text) < region.left and len(text.rstrip()) > region.right


def _extents(lines: Sequence[TextLine], region: _Region) -> tuple[int, int, int, int]:
    parts = _parted(lines, region)
    spans = {1: (region.left, 0), 2: (10_000, region.right)}
    for part in parts:
        text = part.line.text[slice(*part.span)]
        first = part.span[0] + indent(text)
        low, high = spans[part.column]
        spans[part.column] = min(low, first), max(high, first + len(text.strip()))
    return (*spans[1], *spans[2])


def _belongs(lines: Sequence[TextLine], region: _Region) -> bool:
    """Whether the line after the region still stands in one of its columns."""
    text = lines[region.end].text
    filled = (at for at in range(region.end, len(lines)) if lines[at].text.strip())
    ahead = next(filled, len(lines))
    if ahead < len(lines) and _RECIPIENTS.match(lines[ahead].text):
        return False  # under two signers, not beside one
    if not text.strip():
        near = ahead < min(len(lines), region.end + LARGEST_HOLE)
        return near and _fits(lines[ahead].text, region, is_far=ahead - region.end > 1)
    return _fits(text, region, is_far=not lines[region.end - 1].text.strip())


def _fits(text: str, region: _Region, is_far: bool) -> bool:
    first, last = indent(text), len(text.rstrip())
    left_low, left_high, right_low, right_high = region.extents
    if first >= region.left:
        middle, axis, page = (first + last) / 2, (right_low + right_high) / 2, (left_low + right_high) / 2
        centred = abs(middle - axis) <= REACH * 2 and abs(middle - axis) < abs(middle - page)
        return centred and GAP.search(text.strip()) is None
    return last <= left_high + REACH and first >= left_low - REACH and (not is_far or has_layout_words(text))
