"""Running numbers that the engine missed in a scanned table, put back where the rows around leave one reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.ingest.table_cells import GridCell, GridRow, PageTable
from pipeline.records import Run

_NUMBER = re.compile(r"(\d{1,3})[.)]?")
_MISREAD = re.compile(r"\W*\w{0,2}\W*")
"""What the engine makes of a lone figure: nothing, a sign, a letter or two."""
_SURE = 0.9


def with_numbers(table: PageTable) -> PageTable:
    """The table; a row between 4 and 6 is 5, whatever was read of it. Text layers are left as they are."""
    found = dict(_missing(table))
    if not found or not _is_scanned(table):
        return table
    return replace(table, rows=tuple(_numbered(row, found.get(at)) for at, row in enumerate(table.rows)))


def _missing(table: PageTable) -> Iterator[tuple[int, int]]:
    """Row and number, where as many rows without one stand between two numbers as numbers are missing."""
    before: int | None = None
    between: list[int] = []
    for at, row in enumerate(table.rows):
        if not _is_record(row, table):
            continue
        match = _NUMBER.fullmatch(row.cells[0].text.strip())
        if match is None:
            between.append(at)
            continue
        if before is not None and 0 < int(match[1]) - before - 1 == len(between) and _are_misread(table, between):
            yield from zip(between, range(before + 1, int(match[1])), strict=True)
        before, between = int(match[1]), []


def _is_record(row: GridRow, table: PageTable) -> bool:
    """Whether the row has a cell of its own in the first column, and others; part of a spanned one has not."""
    return len(row.cells) > 1 and row.cells[0].x0 - table.edges[0] < row.cells[0].x1 - row.cells[0].x0


def _are_misread(table: PageTable, rows: list[int]) -> bool:
    return all(_MISREAD.fullmatch(table.rows[at].cells[0].text.strip()) for at in rows)


def _is_scanned(table: PageTable) -> bool:
    cells = (cell for row in table.rows for cell in row.cells)
    return any(run.confidence is not None for cell in cells for runs in cell.paragraphs for run in runs)


def _numbered(row: GridRow, number: int | None) -> GridRow:
    if number is None:
        return row
    first: GridCell = row.cells[0]
    box = next((run.bbox for runs in first.paragraphs for run in runs if run.bbox), None)
    run = Run(str(number), row.page, box, _SURE, first.text)
    return replace(row, cells=(replace(first, paragraphs=((run,),)), *row.cells[1:]))
