"""The cells of one page's ruled table, filled with the words that stand in them.

Both the text layer and OCR come here: boxes of cells from ruling lines, words with boxes from either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.fold import fold
from pipeline.ingest.page.words import PageWord, row_text, rows_of, runs_of
from pipeline.records import Run, SourceCell, SourceRow, SourceTable
from pipeline.rulebook import load_rulebook

Box = tuple[float, float, float, float]
_SAME_EDGE = 5.0
"""Points; the narrowest columns and rows are three times that."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell by its borders from left to right; `paragraphs` are its printed lines."""

    x0: float
    x1: float
    row_span: int
    paragraphs: tuple[tuple[Run, ...], ...]
    bold: bool

    @property
    def text(self) -> str:
        """The cell's text, its paragraphs parted by blanks."""
        return " ".join("".join(run.text for run in runs) for runs in self.paragraphs)


@dataclass(frozen=True, slots=True)
class GridRow:
    cells: tuple[GridCell, ...]
    page: int


@dataclass(frozen=True, slots=True)
class PageTable:
    """The table, or the part of one, that stands on a page; `box` on that page. `ruled`: it has lines."""

    rows: tuple[GridRow, ...]
    edges: tuple[float, ...]
    box: Box
    ruled: bool = True

    @property
    def top(self) -> float:
        """Where the table starts on its page."""
        return self.box[1]


def fill_table(boxes: Sequence[Box], words: Sequence[PageWord], page: int) -> PageTable | None:
    """None for what is no table: one column, no text, or a frame around header or signature."""
    xs = _edges([x for box in boxes for x in (box[0], box[2])])
    ys = _edges([y for box in boxes for y in (box[1], box[3])])
    if len(xs) < 3 or len(boxes) < 2:
        return None
    owned = _owned(boxes, words)
    if not any(owned) or any(_is_layout(cell) for cell in owned):
        return None
    rows: list[list[GridCell]] = [[] for _ in ys]
    for box, inside in sorted(zip(boxes, owned, strict=True), key=lambda pair: pair[0][0]):
        first, last = _nearest(ys, box[1]), _nearest(ys, box[3])
        rows[first].append(_cell(box, max(1, last - first), inside, page))
    frame = (xs[0], ys[0], xs[-1], ys[-1])
    return PageTable(tuple(GridRow(tuple(row), page) for row in rows if row), tuple(xs), frame)


def to_source(table: PageTable) -> SourceTable:
    """The table with columns by number; a cell over all columns is its row's only one."""
    edges = list(table.edges)
    rows = []
    for row in table.rows:
        cells = []
        for cell in row.cells:
            first, last = _nearest(edges, cell.x0), _nearest(edges, cell.x1)
            span = max(1, last - first)
            cells.append(SourceCell(cell.paragraphs, first, span, cell.row_span, cell.bold))
        rows.append(SourceRow(tuple(cells), row.page))
    return SourceTable(tuple(rows), len(edges) - 1)


def _edges(places: list[float]) -> list[float]:
    """Borders that cells share; on a slanted scan each row's is a little further, so neighbours count as one."""
    groups: list[list[float]] = []
    for place in sorted(places):
        if groups and place - groups[-1][-1] <= _SAME_EDGE:
            groups[-1].append(place)
        else:
            groups.append([place])
    return [sum(group) / len(group) for group in groups]


def _nearest(edges: list[float], place: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - place))


def _owned(boxes: Sequence[Box], words: Sequence[PageWord]) -> list[list[PageWord]]:
    """The words of each cell, by the middle of their boxes."""
    owned: list[list[PageWord]] = [[] for _ in boxes]
    for word in words:
        x, y = word.centre, word.middle
        at = next((i for i, b in enumerate(boxes) if b[0] <= x <= b[2] and b[1] <= y <= b[3]), None)
        if at is not None:
            owned[at].append(word)
    return owned


def _is_layout(words: Sequence[PageWord]) -> bool:
    """Ruled frames are also drawn around the motto or the recipients."""
    book = load_rulebook("pages")
    text = fold(row_text([word for row in rows_of(words) for word in row])[:200])
    return any(book.first(group, text) for group in ("motto", "recipients_head"))


def _cell(box: Box, row_span: int, words: Sequence[PageWord], page: int) -> GridCell:
    rows = rows_of(words)
    bold = bool(rows) and all(row[0].bold for row in rows)
    return GridCell(box[0], box[2], row_span, tuple(runs_of(row, page) for row in rows), bold)
