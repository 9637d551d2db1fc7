"""The two-column regions of a page: header (issuer and motto) and signature (recipients and signer).

The rows of a page become strips in reading order: body rows, and for each region its left column, then its right one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.fold import fold
from pipeline.ingest.page.words import PageWord, Row, folded_rows, row_text, rows_of
from pipeline.rulebook import Rulebook, load_rulebook

Borders = tuple[float, float]
"""Left and right border of the text body, in points."""


_ANNEX_WORDS = 12
_SIGNER_LINES = 8
"""From an office to the name below it, at most."""


@dataclass(frozen=True, slots=True)
class Strip:
    """Rows that read on from one to the next; `column` as in SourceLine; borders in points."""

    rows: tuple[Row, ...]
    column: int
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Gap:
    """The empty strip between two columns, in points from the left."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Region:
    """Rows [first, last) that have a gap in common, with writing on both sides of it."""

    first: int
    last: int
    gap: Gap


def strips_of(rows: Sequence[Row], body: Borders) -> list[Strip]:
    """The page's rows in reading order."""
    strips: list[Strip] = []
    done = 0
    for region in _regions(rows, body, load_rulebook("pages")):
        strips += [Strip(tuple(rows[done : region.first]), 0, *body)] if region.first > done else []
        strips += _columns([word for row in rows[region.first : region.last] for word in row], region.gap, body)
        done = region.last
    return strips + ([Strip(tuple(rows[done:]), 0, *body)] if done < len(rows) else [])


def margins(rows: Sequence[Row]) -> Borders | None:
    """The left and right border of the text body: where many long lines start and end. None with too few lines."""
    widest = max((row[-1].x1 - row[0].x0 for row in rows), default=0.0)
    long = [row for row in rows if row[-1].x1 - row[0].x0 > 0.7 * widest]
    left = _shared([row[0].x0 for row in long])
    right = _shared([-row[-1].x1 for row in long])
    return None if left is None or right is None else (left, -right)


def _shared(borders: list[float]) -> float | None:
    """The outermost border that at least two lines, and a sixth of all, agree on."""
    for border in sorted(borders):
        if sum(border <= other < border + 4 for other in borders) >= max(2.0, len(borders) / 6):
            return border
    return None


def _columns(words: list[PageWord], gap: Gap, body: Borders) -> list[Strip]:
    middle = (gap.low + gap.high) / 2
    one = rows_of([word for word in words if word.centre < middle])
    two = rows_of([word for word in words if word.centre >= middle])
    return [
        Strip(tuple(one), 1, min(row[0].x0 for row in one), max(row[-1].x1 for row in one)),
        Strip(tuple(two), 2, min(row[0].x0 for row in two), max([body[1], *(row[-1].x1 for row in two)])),
    ]


def _regions(rows: Sequence[Row], body: Borders, book: Rulebook) -> list[Region]:
    """Top to bottom, none over another."""
    found: list[Region] = []
    done = 0
    for at, text in enumerate(folded_rows(rows)):
        if at < done:
            continue
        region = _header(rows, at, done, body, book) if book.first("motto", text) else None
        if region is None and book.first("recipients_head", text):
            region = _signature(rows, at, done, body, book)
        if region is None:
            region = _signers(rows, at, body, book)
        if region:
            found.append(region)
            done = region.last
    return found


# --- the header -------------------------------------------------------------------------------


def _header(rows: Sequence[Row], at: int, done: int, body: Borders, book: Rulebook) -> Region | None:
    """Around a motto in the right part of the page."""
    start = _motto(rows[at], "motto", book)
    if start is None or rows[at][start].x0 < body[0] + 0.2 * (body[1] - body[0]):
        return None
    motto = rows[at][start:]
    centre = (motto[0].x0 + motto[-1].x1) / 2
    gap = Gap(rows[at][start - 1].x1 if start else min(body[0], motto[0].x0 - 1), motto[0].x0)
    last = at + 1
    while last < len(rows) and _near(rows[last - 1], rows[last], 5) and not _centred(rows[last], gap, centre, body):
        if book.first("addressee", fold(row_text(rows[last]))):
            break
        second = _motto(rows[last], "motto_below", book)
        new = _before(rows[last], second, gap) if second else _narrowed(rows[last], gap)
        if new is None:
            break
        gap, last = new, last + 1
    first = at
    while first > done and _near(rows[first - 1], rows[first], 2.5):
        new = None if _centred(rows[first - 1], gap, centre, body) else _narrowed(rows[first - 1], gap)
        if new is None:
            break
        gap, first = new, first - 1
    return _two_sided(rows, Region(first, last, gap))


def _motto(row: Row, group: str, book: Rulebook) -> int | None:
    """The index in the row of the motto's first word."""
    text = row_text(row)
    match = book.first(group, fold(text))
    if match is None:
        return None
    start = match.spans["right"][0] if "right" in match.spans else match.start
    return text.count(" ", 0, start)


def _before(row: Row, start: int, gap: Gap) -> Gap:
    """The gap left of a word that is known to open the right column, however small the blank is."""
    return Gap(max(gap.low, row[start - 1].x1), min(gap.high, row[start].x0))


def _centred(row: Row, gap: Gap, motto: float, body: Borders) -> bool:
    """A row on one side alone that stands in the middle of the page: the title, no longer the header."""
    if row[0].centre < gap.low and row[-1].centre > gap.high:
        return False
    centre, middle = (row[0].x0 + row[-1].x1) / 2, (body[0] + body[1]) / 2
    issuer = (body[0] + gap.low) / 2
    return abs(centre - middle) < min(abs(centre - motto), abs(centre - issuer))


def _near(upper: Row, lower: Row, lines: float) -> bool:
    return lower[0].top - upper[0].bottom < lines * max(upper[0].height, lower[0].height)


def _narrowed(row: Row, gap: Gap) -> Gap | None:
    """What of the gap the row leaves free; None where its text runs through."""
    edges = [gap.low, *(edge for word in row for edge in (word.x0, word.x1)), gap.high]
    inside = [min(max(edge, gap.low), gap.high) for edge in edges]
    low, high = max(zip(inside[::2], inside[1::2], strict=True), key=lambda pair: pair[1] - pair[0])
    if high - low < 0.5 * row[0].height:
        return None
    before = [word for word in row if word.centre < low]
    behind = [word for word in row if word.centre > high]
    if before and behind and behind[0].x0 - before[-1].x1 < 2 * _blank(before, behind):
        return None
    return Gap(low, high)


def _blank(*parts: Row) -> float:
    """The usual blank between two words."""
    blanks = [b.x0 - a.x1 for part in parts for a, b in pairwise(part)]
    return median(blanks) if blanks else 0.25 * parts[0][0].height


def _two_sided(rows: Sequence[Row], region: Region) -> Region | None:
    middle = (region.gap.low + region.gap.high) / 2
    sides = {word.centre < middle for row in rows[region.first : region.last] for word in row}
    return region if len(sides) == 2 else None


# --- the signature ----------------------------------------------------------------------------


def _signature(rows: Sequence[Row], at: int, done: int, body: Borders, book: Rulebook) -> Region | None:
    """From the recipients' heading on the left; the signer's lines on the right may start above it."""
    match = book.first("recipients_head", fold(row_text(rows[at])))
    if match is None or rows[at][0].x0 > (body[0] + body[1]) / 2:
        return None
    head = rows[at][: row_text(rows[at]).count(" ", 0, match.end - 1) + 1]
    gap = _narrowed(rows[at], Gap(head[-1].x1, max(body[1], rows[at][-1].x1) + 20))
    if gap is None:
        return None
    last = at + 1
    while last < len(rows) and (new := _narrowed(rows[last], gap)) and not _starts_annex(rows[last], body):
        gap, last = new, last + 1
    first = at
    while first > done and _right_only(rows[first - 1], gap, body) and _near(rows[first - 1], rows[first], 4):
        first -= 1
        gap = Gap(gap.low, min(gap.high, rows[first][0].x0))
    return _two_sided(rows, Region(first, last, gap))


def is_annex(row: Row) -> bool:
    """The heading of an appendix, in capitals and by itself."""
    text = row_text(row)
    return (
        text.isupper()
        and len(row) < _ANNEX_WORDS
        and load_rulebook("zones").first("appendix_head", fold(text)) is not None
    )


def _starts_annex(row: Row, body: Borders) -> bool:
    """Such a heading in the left half or the middle of the page: what follows is no longer the foot."""
    return row[0].x0 + row[-1].x1 - sum(body) < 0.2 * (body[1] - body[0]) and is_annex(row)


def _signers(rows: Sequence[Row], at: int, body: Borders, book: Rulebook) -> Region | None:
    """Two signers side by side, as on a joint paper: offices on both sides of a wide gap, names below them."""
    gap = _middle_gap(rows[at], body)
    if gap is None or gap.high - gap.low < 3 * rows[at][0].height:
        return None
    starts = load_rulebook("zones")
    sides = ([w for w in rows[at] if w.x1 <= gap.low], [w for w in rows[at] if w.x0 >= gap.high])
    if not all(starts.first("signature_start", fold(row_text(side))) for side in sides):
        return None
    last = at + 1
    while last < min(len(rows), at + _SIGNER_LINES) and (new := _narrowed(rows[last], gap)):
        if book.first("recipients_head", fold(row_text(rows[last]))) or not _near(rows[last - 1], rows[last], 8):
            break
        gap, last = new, last + 1
    return _two_sided(rows, Region(at, last, gap)) if last - at > 1 else None


def _middle_gap(row: Row, body: Borders) -> Gap | None:
    """The widest blank of a row, where it lies in the middle third of the page."""
    if len(row) < 2:
        return None
    blanks = [two[1] - one[3] for one, two in pairwise(row)]
    at = blanks.index(max(blanks))
    low, high = row[at].x1, row[at + 1].x0
    third = (body[1] - body[0]) / 3
    return Gap(low, high) if body[0] + third < (low + high) / 2 < body[1] - third else None


def _right_only(row: Row, gap: Gap, body: Borders) -> bool:
    return row[0].x0 > gap.low and (row[0].x0 + row[-1].x1) / 2 > 0.45 * body[0] + 0.55 * body[1]
