"""Paragraphs and table cells as Word and HTML know them, and the blocks made of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from pipeline.ingest.textfile.lines import is_rule
from pipeline.ingest.word.layout_tables import is_layout
from pipeline.records import (
    Align,
    Run,
    SourceBlock,
    SourceCell,
    SourceLine,
    SourceParagraph,
    SourceRow,
    SourceTable,
)

Role = Literal["body", "footnote", "textbox", "heading"]
ITEM = re.compile(r"\s*(?:[-–—+•*●◦▪]|\(?\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđA-ZĐ][.)]|[IVX]{1,5}[.)])\s*\S")
SENTENCE_END = (".", ";", ":", "!", "?", "./.", ",/.")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one weight."""

    text: str
    bold: bool = False


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph with its hard line breaks; `label` is what the program numbers it with, not typed text."""

    lines: tuple[Line, ...]
    align: Align | None = None
    role: Role = "body"
    label: str = ""

    @property
    def text(self) -> str:
        return "\n".join("".join(piece.text for piece in line) for line in self.lines)

    @property
    def is_blank(self) -> bool:
        return not self.text.strip() and not self.label


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a table: `index` counts the cells of its row, `column` the columns of the grid."""

    row: int
    index: int
    column: int
    paras: tuple[Para, ...]
    column_span: int = 1
    row_span: int = 1

    @property
    def text(self) -> str:
        return "\n".join(para.text for para in self.paras)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its cells row by row; merged-away cells are left out. `ruled`: it has visible lines."""

    cells: tuple[GridCell, ...]
    rows: int
    columns: int
    ruled: bool

    @property
    def is_layout(self) -> bool:
        return is_layout([cell.text for cell in self.cells], self.rows, self._filled_columns(), self.ruled)

    def _filled_columns(self) -> int:
        return max(Counter(cell.row for cell in self.cells if cell.text.strip()).values(), default=0)


# --- paragraphs -------------------------------------------------------------------------------


def para_blocks(para: Para) -> Iterator[SourceParagraph]:
    """The paragraphs of the record: hard breaks part a centred paragraph and items, elsewhere they only wrap."""
    if para.is_blank:
        return
    for index, lines in enumerate(_joined(para)):
        runs = _runs(lines, para.label if index == 0 else "")
        if runs and not is_rule(_text_of(runs)):
            yield SourceParagraph(runs, bold=_is_bold(lines), align=para.align, role=para.role)


def _joined(para: Para) -> list[list[Line]]:
    """Printed lines grouped into paragraphs."""
    groups: list[list[Line]] = []
    bold = False
    for line in para.lines:
        if not groups or _breaks(groups[-1][-1], line, para.align) or _is_bold([line]) != bold:
            groups.append([])
            bold = _is_bold([line])
        groups[-1].append(line)
    return groups


def _breaks(before: Line, line: Line, align: Align | None) -> bool:
    last = _plain(before).rstrip()
    if align in ("center", "right") or not last or not _plain(line).strip():
        return True
    return last.endswith(SENTENCE_END) or ITEM.match(_plain(line)) is not None


def _plain(line: Line) -> str:
    return "".join(piece.text for piece in line)


def _runs(lines: Sequence[Line], label: str) -> tuple[Run, ...]:
    text = " ".join(" ".join(_plain(line).split()) for line in lines).strip()
    labelled = (Run(f"{label} " if text else label),) if label else ()
    return labelled + ((Run(text),) if text else ())


def _text_of(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs)


def _is_bold(lines: Sequence[Line]) -> bool:
    weights = [piece.bold for line in lines for piece in line if piece.text.strip()]
    return bool(weights) and all(weights)


# --- tables -----------------------------------------------------------------------------------


def grid_blocks(grid: Grid) -> Iterator[SourceBlock]:
    """A real table as one block; a letterhead or signature block as lines, the left column's first."""
    filled = [cell for cell in grid.cells if any(not para.is_blank for para in cell.paras)]
    if not filled:
        return
    if max(cell.index for cell in grid.cells) == 0:
        for cell in filled:
            for para in cell.paras:
                yield from para_blocks(para)
    elif grid.is_layout:
        yield from _layout_lines(grid, filled)
    else:
        yield _table(grid)


def _layout_lines(grid: Grid, filled: Sequence[GridCell]) -> Iterator[SourceBlock]:
    """Column by column between the rows that span the whole width."""
    whole = {cell.row for cell in filled if cell.column_span >= grid.columns}
    group: list[GridCell] = []
    for cell in [*filled, None]:
        if cell is None or cell.row in whole:
            for member in sorted(group, key=lambda c: (min(c.index, 1), c.row, c.index)):
                yield from _printed_lines(member, 2 if member.index else 1)
            group = []
        if cell is not None and cell.row in whole:
            yield from _printed_lines(cell, 0)
        elif cell is not None:
            group.append(cell)


def _printed_lines(cell: GridCell, column: int) -> Iterator[SourceBlock]:
    for para in cell.paras:
        for index, line in enumerate(para.lines):
            runs = _runs([line], para.label if index == 0 else "")
            if not runs or is_rule(_text_of(runs)):
                continue
            if column == 0:
                yield SourceParagraph(runs, bold=_is_bold([line]), align=para.align, role=para.role)
                continue
            width = float(sum(len(run.text) for run in runs))
            yield SourceLine(runs, 0.0, width, cell.row, cell.row + 1, 0.0, width, _is_bold([line]), column)


def _table(grid: Grid) -> SourceTable:
    rows = groupby(grid.cells, key=lambda cell: cell.row)
    return SourceTable(tuple(SourceRow(tuple(map(_cell, cells))) for _, cells in rows), grid.columns)


def _cell(cell: GridCell) -> SourceCell:
    groups = [(para, lines, index) for para in cell.paras for index, lines in enumerate(_joined(para))]
    runs = [_runs(lines, para.label if index == 0 else "") for para, lines, index in groups]
    weights = [_is_bold(lines) for para, lines, _ in groups if any(_plain(line).strip() for line in lines)]
    return SourceCell(
        paragraphs=tuple(run for run in runs if run),
        column=cell.column,
        column_span=cell.column_span,
        row_span=cell.row_span,
        bold=bool(weights) and all(weights),
    )
