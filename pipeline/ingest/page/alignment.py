"""Tables without ruling lines on a page: known by their heading ("STT | Nội dung | …"), parted where no line writes.

Only a heading that says so makes a table: lists of names, headers and signatures stay what they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from pipeline.fold import fold
from pipeline.ingest.page.table_cells import Box
from pipeline.ingest.page.words import Row, folded_rows, row_text
from pipeline.rulebook import load_rulebook

_WIDE = 1.1
"""A gap between columns of the heading, in heights of its words; the blank between two words is a third of one."""
_NARROWEST = 0.35
"""The white strip between columns, in heights of words."""
_LEAST_COLUMNS, _LEAST_RECORDS = 3, 2
_FAR = 3.2
"""Rows further apart than this, in heights of words, belong to different things."""
_LONGEST_SPAN = 14
"""Words of a row that spans the columns ("Quý I/2023"); a longer one is prose behind the table."""
_SHIFTS = (0.0, -4.0, 4.0, -8.0, 8.0)
"""Points by which a page of a scan may lie further left or right than the one before."""
_INDENT = 2.5
"""From the second column's left border to a heading in the middle, in heights of words."""

Strip = tuple[float, float]
"""White from and to, points from the left, between two columns."""


@dataclass(slots=True)
class _Record:
    """Printed rows of one table row; `spans` when they are one heading over all columns."""

    rows: list[Row]
    spans: bool = False
    over: frozenset[int] = frozenset()
    """Strips that a heading's cell lies over."""


class _Gathered(NamedTuple):
    """Records, the strips left white between their columns, and the first row behind them."""

    records: list[_Record]
    strips: list[Strip]
    end: int


def aligned_tables(rows: Sequence[Row]) -> list[list[Box]]:
    """The cells' boxes (points) of each table without lines among the printed rows of a page, top to bottom."""
    tables: list[list[Box]] = []
    at = 0
    while at < len(rows):
        boxes, end = _table(rows, at) if _is_heading(rows[at]) else ([], at + 1)
        tables += [boxes] if boxes else []
        at = end
    return tables


def _is_heading(row: Row) -> bool:
    """The number column's heading, and at least one more that says what a column holds."""
    blanks = [two[1] - one[3] for one, two in pairwise(row)]
    if len(blanks) < _LEAST_COLUMNS - 1 or max(blanks) <= _WIDE * min([word[4] - word[2] for word in row]):
        return False  # most rows of a page, told without parting them
    parts = _parted(row)
    if len(parts) < _LEAST_COLUMNS:
        return False
    cells, book = folded_rows(parts), load_rulebook("pages")
    if book.whole("table_number_head", cells[0]) is None:
        return False
    return any(book.first("table_head", cell) for cell in cells[1:])


def _parted(row: Row) -> list[Row]:
    """The row's words, parted where the gap between them is wide."""
    cells: list[Row] = [[row[0]]]
    for before, word in pairwise(row):
        if word[1] - before[3] > _WIDE * min(before[4] - before[2], word[4] - word[2]):
            cells.append([])
        cells[-1].append(word)
    return cells


def _table(rows: Sequence[Row], head: int) -> tuple[list[Box], int]:
    """The boxes of the table headed by the row at `head` (none: it is no table), and the first row behind it."""
    height = median(word.height for word in rows[head])
    strips = [(one[-1].x1, two[0].x0) for one, two in pairwise(_parted(rows[head]))]
    best = _gathered(rows, head + 1, [_Record([rows[head]])], strips, height)
    if split := _split_heading(rows, head, strips, height):
        heads = [_Record([rows[head]], over=split[1]), _Record([rows[head + 1]])]
        two = _gathered(rows, head + 2, heads, split[0], height)
        best = two if two.end >= best.end else best
    numbered = sum(_has_label(record.rows[0], best.strips) for record in best.records)
    return (_boxes(best.records, best.strips), best.end) if numbered >= _LEAST_RECORDS else ([], head + 1)


def going_on(rows: Sequence[Row], strips: Sequence[Strip], number: int) -> tuple[list[Box], int]:
    """The boxes of a table that goes on at the top of a page without a heading, and the first row behind it.

    `strips` are the white ones of its part before; the first number here is the one after its last, `number`.
    """
    if not rows:
        return [], 0
    height = median(word.height for row in rows[:10] for word in row)
    moved = ([(low + by, high + by) for low, high in strips] for by in _SHIFTS)
    found = max((_gathered(rows, 0, [], own, height) for own in moved), key=lambda one: one.end)
    labels = [row[0].text for record in found.records for row in record.rows if _has_label(row, found.strips)]
    if not labels or labels[0].rstrip(".)") != str(number + 1):
        return [], 0
    return _boxes(found.records, found.strips), found.end


def _gathered(
    rows: Sequence[Row], at: int, records: list[_Record], strips: Sequence[Strip], height: float
) -> _Gathered:
    """The records that the rows from `at` on make, up to one that is written over the white strips."""
    end, strips = at, list(strips)
    while end < len(rows) and (not end or rows[end][0].middle - rows[end - 1][0].middle <= _FAR * height):
        if _is_span(rows, end, strips, height):
            records.append(_Record([rows[end]], spans=True))
        elif left := _narrowed(strips, rows[end], height):
            strips = left
            _add(records, rows[end], strips)
        else:
            break
        end += 1
    while records and records[-1].spans:
        records.pop()
        end -= 1
    return _Gathered(records, strips, end)


def _split_heading(
    rows: Sequence[Row], head: int, strips: Sequence[Strip], height: float
) -> tuple[list[Strip], frozenset[int]] | None:
    """The strips with those of a heading's second row ("Chủ trì | Phối hợp" below "Đơn vị thực hiện"), and which."""
    below = rows[head + 1] if head + 1 < len(rows) else []
    if not below or below[0].middle - rows[head][0].middle > _FAR * height or _has_label(below, strips):
        return None
    book, upper = load_rulebook("pages"), _parted(rows[head])
    added = [
        (one[-1].x1, two[0].x0)
        for one, two in pairwise(_parted(below))
        if book.first("table_head", fold(row_text(one))) and book.first("table_head", fold(row_text(two)))
        if any(cell[0].x0 <= one[-1].x1 and two[0].x0 <= cell[-1].x1 for cell in upper)
    ]
    if not added:
        return None
    both = sorted([*strips, *added])
    return both, frozenset(both.index(strip) for strip in added)


def _narrowed(strips: Sequence[Strip], row: Row, height: float) -> list[Strip] | None:
    """The strips without what the row's words cover; None when one of them is written over."""
    left = [_widest_white(strip, row) for strip in strips]
    return left if all(high - low >= _NARROWEST * height for low, high in left) else None


def _widest_white(strip: Strip, row: Row) -> Strip:
    """The widest part of the strip that no word of the row, left to right, stands in."""
    low, high = strip
    best = (low, low)
    for word in row:
        if word.x1 > low and word.x0 < high:
            best = max(best, (low, word.x0), key=_width)
            low = word.x1
    return max(best, (low, high), key=_width)


def _width(strip: Strip) -> float:
    return strip[1] - strip[0]


def _add(records: list[_Record], row: Row, strips: Sequence[Strip]) -> None:
    """What stands in the number column, misread or not, starts a record (but for the heading's own second line)."""
    if not records or _has_label(row, strips) or records[-1].spans or (len(records) > 1 and row[0].x1 <= strips[0][1]):
        records.append(_Record([row]))
    else:
        records[-1].rows.append(row)


def _has_label(row: Row, strips: Sequence[Strip]) -> bool:
    """Whether the row begins with a number that stands in the first column."""
    return row[0].x1 <= strips[0][1] and load_rulebook("pages").full("table_label", fold(row[0].text)) is not None


def _is_span(rows: Sequence[Row], at: int, strips: Sequence[Strip], height: float) -> bool:
    """A short row without columns before a numbered one: over them, from the left border, or set in the middle."""
    row, below = rows[at], rows[at + 1 : at + 3]
    if not 2 <= len(row) <= _LONGEST_SPAN or len(_parted(row)) > 1:
        return False
    if not any(_has_label(other, strips) and _narrowed(strips, other, height) for other in below):
        return False
    inside = _narrowed(strips, row, height) is not None and row[0].x0 >= strips[0][0]
    return not inside or (row[0].x0 > strips[0][1] + _INDENT * height and _has_label(below[0], strips))


def _boxes(records: Sequence[_Record], strips: Sequence[Strip]) -> list[Box]:
    words = [word for record in records for row in record.rows for word in row]
    left, right = min(word.x0 for word in words) - 3, max(word.x1 for word in words) + 3
    edges = [left, *(sum(strip) / 2 for strip in strips), right]
    tops = [min(word.top for word in record.rows[0]) - 1 for record in records]
    bottoms = [*tops[1:], max(word.bottom for word in records[-1].rows[-1]) + 1]
    boxes: list[Box] = []
    for record, top, bottom in zip(records, tops, bottoms, strict=True):
        own = [edge for at, edge in enumerate(edges, start=-1) if at not in record.over]
        sides = [(left, right)] if record.spans else list(pairwise(own))
        boxes += [(x0, top, x1, bottom) for x0, x1 in sides]
    return boxes
