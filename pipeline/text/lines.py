"""The geometry of printed lines: how wide, how far apart, how far in, judged by the document's own habits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from pipeline.records import Run, SourceLine
from pipeline.text.openings import HEADING_LENGTH, breaks_word, is_capitals, is_open, label_end, starts_low
from pipeline.text.typeface import print_width

_WRAPPED_SHARE = 0.2
_WRAPPED_PAIRS = 3
"""Of the neighbouring lines of wrapped text, at least so many are visibly one sentence."""

_BROKEN_PAIRS = 3
"""So many short lines that go on small are no chance."""


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line with its text; measures are points, or columns and rows where the source has no boxes."""

    runs: tuple[Run, ...]
    text: str
    page: int
    x0: float
    x1: float
    top: float
    bottom: float
    left: float
    right: float
    bold: bool
    column: int

    @property
    def sign_width(self) -> float:
        return max((self.x1 - self.x0) / max(len(self.text), 1), 0.01)

    @property
    def height(self) -> float:
        return max(self.bottom - self.top, 0.01)


def line_of(line: SourceLine, page: int) -> Line:
    text = " ".join("".join(run.text for run in line.runs).split())
    return Line(
        line.runs, text, page, line.x0, line.x1, line.top, line.bottom, line.left, line.right, line.bold, line.column
    )


@dataclass(frozen=True, slots=True)
class Layout:
    """The habits of a document's body lines."""

    wrapped: bool
    """False: each line is a paragraph of its own, its length says nothing."""
    gap: float
    """Usual distance between lines of one paragraph."""
    indent: float
    """Usual first-line indent; 0 where paragraphs have none."""
    lost_indent: float
    """First-line indent in average signs that was there in print and that the text file has no more."""
    justified: bool
    broken: bool
    """Copied from a web page: lines are broken anywhere, short of the border too."""

    def full(self, line: Line, then: Line, first: bool = False) -> bool:
        """Whether the next line's first word found no room on this one: it was broken there by the border.

        `first` says that the line begins its paragraph.
        """
        if not self.wrapped:
            return False
        room = line.right - line.x1 - (self.lost_indent if first else 0.0)
        if self.justified:
            return room <= 2.5 * line.sign_width
        word = len(then.text.split(" ", 1)[0]) + 1
        return room <= 1.15 * word * line.sign_width + line.sign_width

    def apart(self, line: Line, then: Line, share: float = 0.5) -> bool:
        """Whether the white between two lines of a page is clearly more than usual (in line heights)."""
        return line.page == then.page and then.top - line.bottom > self.gap + share * line.height

    def set_in(self, line: Line) -> bool:
        """Whether a line starts further in than its column, as first lines do."""
        return line.x0 - line.left > 2 * line.sign_width

    def centred(self, line: Line) -> bool:
        """Whether both sides are free alike, and further in than a first line is."""
        free = max(1.4 * self.indent, 0.07 * (line.right - line.left), 4 * line.sign_width)
        return self.wrapped and _even(line, free)

    def fills(self, line: Line) -> bool:
        """Whether a centred line, a title's, nearly reaches both borders."""
        return self.wrapped and _even(line, line.sign_width)


def _even(line: Line, free: float) -> bool:
    """Whether both sides are free alike, by more than `free`."""
    before, behind = line.x0 - line.left, line.right - line.x1
    return min(before, behind) > free and abs(before - behind) < 0.35 * max(before, behind)


def layout_of(lines: Sequence[Line]) -> Layout:
    """The habits seen in the body lines of a document; pages without boxes are measured by `measured` first."""
    body = [line for line in lines if line.column == 0]
    runs_on = [(one, two) for one, two in pairwise(body) if _is_one_sentence(one, two)]
    near = [(one, two) for one, two in runs_on if one.page == two.page] or [
        (one, two) for one, two in pairwise(body) if one.page == two.page
    ]
    gaps = [two.top - one.bottom for one, two in near]
    boxed = any(run.bbox for line in body[:50] for run in line.runs)
    indents = [line.x0 - line.left for line in body if label_end(line.text) and line.x0 - line.left > line.sign_width]
    reach = [one.right - one.x1 <= 1.2 * one.sign_width for one, _ in runs_on]
    return Layout(
        wrapped=boxed or len(runs_on) >= max(_WRAPPED_PAIRS, _WRAPPED_SHARE * len(body)),
        gap=median(gaps) if gaps else 0.0,
        indent=median(indents) if len(indents) > 0.05 * len(body) else 0.0,
        lost_indent=0.0 if boxed or indents else _lost_indent(runs_on),
        justified=boxed and len(reach) >= 5 and sum(reach) > 0.85 * len(reach),
        broken=not boxed and _is_broken(body),
    )


def _is_broken(lines: Sequence[Line]) -> bool:
    """Whether short lines, too, go on with a small letter again and again, as no heading does."""
    short = [
        breaks_word(one.text, two.text) or not label_end(one.text)
        for one, two in pairwise(lines)
        if len(one.text) < HEADING_LENGTH and is_open(one.text) and not is_capitals(one.text)
        if starts_low(two.text) and not label_end(two.text)
    ]
    return sum(short) >= _BROKEN_PAIRS


def _lost_indent(runs_on: Sequence[tuple[Line, Line]]) -> float:
    """How much shorter than others the first lines of items are that visibly go on."""
    first = [one.right - one.x1 for one, _ in runs_on if label_end(one.text)]
    later = [one.right - one.x1 for one, _ in runs_on if not label_end(one.text)]
    return max(0.0, median(first) - median(later)) if len(first) >= 3 and later else 0.0


def measured(lines: Sequence[Line]) -> list[Line]:
    """Lines of text files with their ends and right border measured as print would: "i" narrow, "m" wide."""
    if any(run.bbox for line in lines for run in line.runs):
        return list(lines)
    printed = [replace(line, x1=line.x0 + print_width(line.text)) for line in lines]
    best = min((list(lines), printed), key=_spread)
    borders = _borders(best)
    return [replace(line, right=max(borders.get(line.page, line.right), line.x1)) for line in best]


def _spread(lines: Sequence[Line]) -> float:
    """How unevenly lines end that visibly go on: the better measure makes them end alike."""
    ends = sorted(one.x1 for one, two in pairwise(lines) if _is_one_sentence(one, two))
    if len(ends) < 5:
        return 0.0
    low, high = ends[len(ends) // 10], ends[-1 - len(ends) // 10]
    return (high - low) / max(median(ends), 1.0)


def _borders(lines: Sequence[Line]) -> dict[int, float]:
    """Per page, how far lines go that visibly go on; pages with few of them take the document's border."""
    ends: dict[int, list[float]] = {}
    for one, two in pairwise(lines):
        if _is_one_sentence(one, two):
            ends.setdefault(one.page, []).append(one.x1)
    usual = _upper(end for page in ends.values() for end in page)
    if usual is None:
        return {}
    found = {page: _upper(page_ends) for page, page_ends in ends.items() if len(page_ends) >= 4}
    return {line.page: found.get(line.page) or usual for line in lines}


def _upper(values: Iterable[float]) -> float | None:
    ordered = sorted(values)
    return ordered[int(0.95 * (len(ordered) - 1))] if ordered else None


def _is_one_sentence(one: Line, two: Line) -> bool:
    broken = is_open(one.text) and starts_low(two.text) and not label_end(two.text)
    return broken and one.column == two.column and len(one.text) >= HEADING_LENGTH and not is_capitals(one.text)
