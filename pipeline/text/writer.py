"""The canonical text, written in one pass with its blocks and places: offsets are measured as they are made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate

from pipeline.records import Block, Cell, Paragraph, Place, Row, Run, SourceCell, SourceRow, Table
from pipeline.text.cells import Widths, cell_passages, column_widths
from pipeline.text.normalize import normalize
from pipeline.text.passages import Passage, PlacedTable

_JOINT = Run("", page=0)
"""The blank that a line break becomes: it has no place of its own."""


class Writer:
    """Collects the text; `blocks` and `places` count code points of it."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.blocks: list[Block] = []
        self.places: list[Place] = []

    def text(self) -> str:
        """All that was written; every block ends with a line feed."""
        return "".join(self._parts)

    def passage(self, passage: Passage) -> None:
        """One paragraph; one without any sign leaves no trace."""
        start = self._length
        if not self._write_lines(passage, before=""):
            return
        self.blocks.append(
            Paragraph(
                start=start,
                end=self._length,
                page=self._page(passage.page),
                bold=passage.bold,
                align=passage.align,
                column=passage.column,
                role=passage.role,
            )
        )
        self._write("\n")

    def table(self, placed: PlacedTable) -> None:
        """Rows of cells; a table without any sign leaves no trace."""
        start, page = self._length, self._page(placed.page)
        if not any(run.text.strip() for row in placed.table.rows for run in _row_runs(row)):
            return
        widths = column_widths(placed.table)
        rows = [self._row(row, max(page, row.page), widths) for row in placed.table.rows]
        self.blocks.append(Table(start, self._length - 1, page, tuple(rows), placed.table.column_count))

    def _row(self, row: SourceRow, page: int, widths: Widths) -> Row:
        start = self._length
        cells: list[Cell] = []
        for index, cell in enumerate(row.cells):
            if index:
                self._write("\t")
            cells.append(self._cell(cell, page, widths))
        end = self._length
        self._write("\n")
        return Row(start, end, page, tuple(cells))

    def _cell(self, cell: SourceCell, page: int, widths: Widths) -> Cell:
        start = self._length
        lines: list[tuple[int, int]] = []
        for passage in cell_passages(cell, page, widths):
            before = "\n" if lines else ""
            begin = self._length + len(before)
            if self._write_lines(passage, before):
                lines.append((begin, self._length))
        return Cell(
            start=start,
            end=self._length,
            page=page,
            column=cell.column,
            column_span=cell.column_span,
            row_span=cell.row_span,
            bold=cell.bold,
            lines=tuple(lines),
        )

    def _write_lines(self, passage: Passage, before: str) -> bool:
        """Write `before` and the passage's clean text, if it has any."""
        runs = list(_joined(passage))
        cuts = [0, *accumulate(len(run.text) for run in runs)]
        text, kept = normalize("".join(run.text for run in runs), cuts)
        if text:
            self._write(before)
            self._place(runs, kept)
            self._write(text)
        return bool(text)

    def _place(self, runs: Sequence[Run], cuts: Sequence[int]) -> None:
        for run, low, high in zip(runs, cuts, cuts[1:], strict=False):
            if run.page == 0 or low >= high:
                continue
            start, last = low + self._length, self.places[-1] if self.places else None
            if last is not None and _same_place(last, run):
                start = last.start
                self.places.pop()
            end = high + self._length
            self.places.append(Place(start, end, run.page, run.bbox, run.confidence, run.raw, run.repair))

    def _page(self, page: int) -> int:
        """Blocks come in page order, whatever the source says."""
        return max(page, self.blocks[-1].page) if self.blocks else page

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


def _same_place(place: Place, run: Run) -> bool:
    """Runs without boxes on one page are one place; words with boxes keep their own."""
    return place.bbox is None and run.bbox is None and (place.page, place.confidence) == (run.page, run.confidence)


def _joined(passage: Passage) -> Iterable[Run]:
    for joint, line in zip(passage.joints, passage.lines, strict=True):
        if joint:
            yield replace(_JOINT, text=joint)
        yield from line


def _row_runs(row: SourceRow) -> Iterable[Run]:
    return (run for cell in row.cells for paragraph in cell.paragraphs for run in paragraph)
