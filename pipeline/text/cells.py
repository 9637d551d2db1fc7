"""The paragraphs of a table cell; those cut by a hard return or at a hyphen are made whole."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.records import Run, SourceCell, SourceTable
from pipeline.rulebook import load_rulebook
from pipeline.text.openings import breaks_reference, is_capitals, is_open, label_end, starts_low
from pipeline.text.passages import Passage

_ASKS_FOR_MORE = re.compile(
    r"(?:,|\b(?:và|của|về|các|cho|với|theo|trong|tại|từ|đến|năm|tháng|quý|ngày|số|hoặc|là|những|việc))$", re.IGNORECASE
)
"""Ends that no item of a list has; short cell lines with other ends may well be items, small letter or not."""


Widths = Mapping[tuple[int, int], float]
"""The widest printed line, in points, of the cells that start at a column and span so many."""


def column_widths(table: SourceTable) -> Widths:
    """How wide the lines of each column get; empty for tables without boxes."""
    widths: dict[tuple[int, int], float] = {}
    for cell in (cell for row in table.rows for cell in row.cells):
        key = (cell.column, cell.column_span)
        widths[key] = max([widths.get(key, 0.0), *(_width(runs) for runs in cell.paragraphs)])
    return widths


def cell_passages(cell: SourceCell, page: int, widths: Widths) -> list[Passage]:
    """A cell's paragraphs, top to bottom; `widths` are its table's."""
    groups: list[list[tuple[str, tuple[Run, ...]]]] = []
    width = widths.get((cell.column, cell.column_span), 0.0)
    for runs in cell.paragraphs:
        if not _text(runs):
            continue
        joint = _joint(groups[-1][-1][1], runs, width) if groups else None
        if joint is None:
            groups.append([("", runs)])
        else:
            groups[-1].append((joint, runs))
    return [
        Passage(tuple(runs for _, runs in group), tuple(joint for joint, _ in group), page, cell.bold)
        for group in groups
    ]


def _joint(one: Sequence[Run], two: Sequence[Run], width: float) -> str | None:
    """What stands before a cell's next line (" " or ""); None where it is an item of its own.

    `width` is 0 where the source has no printed lines.
    """
    before, text = _text(one), _text(two)
    if breaks_reference(before, text):
        return ""
    if label_end(text):
        return None
    if width and is_open(before) and not is_capitals(before) and (starts_low(text) or _is_full(one, two, width)):
        return " "
    goes_on = _ASKS_FOR_MORE.search(before) and (starts_low(text) or text[:1].isdigit())
    return " " if goes_on else None


def _is_full(one: Sequence[Run], two: Sequence[Run], width: float) -> bool:
    """Whether the next line's first word found no room on this one; a unit's name may be the next item all the same."""
    first = two[0].bbox
    if first is None or _opens_with_unit(_text(two)):
        return False
    blank = 0.2 * (first[3] - first[1])
    return width - _width(one) < first[2] - first[0] + blank


def _opens_with_unit(text: str) -> bool:
    return any(text.startswith(f"{head} ") for head in load_rulebook("units").words("heads"))


def _width(runs: Sequence[Run]) -> float:
    """From the first word's left border to the last one's right, in points; 0 without boxes."""
    boxes = [run.bbox for run in runs if run.bbox]
    return boxes[-1][2] - boxes[0][0] if len(boxes) == len(runs) and boxes else 0.0


def _text(runs: Sequence[Run]) -> str:
    return " ".join("".join(run.text for run in runs).split())
