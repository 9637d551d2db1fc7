"""Running numbers that the engine missed in a scanned table, put back where the rows around leave one reading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from pipeline.ingest.page.table_cells import GridCell, GridRow, PageTable
from pipeline.ingest.page.table_sections import is_section, with_sections
from pipeline.records import Run

_NUMBER = re.compile(r"(\d{1,3})[.)]?")
_NOISY = re.compile(r"\W{0,2}(\d{1,3})\W{0,2}")
"""A number with specks beside it."""
_MISREAD = re.compile(r"\W*\w{0,2}\W*")
"""What the engine makes of a lone figure: nothing, a sign, a letter or two."""
_SURE = 0.9


def with_numbers(table: PageTable) -> PageTable:
    """The table; a row between 4 and 6 is 5, whatever was read of it. Text layers are left as they are."""
    if not _is_scanned(table):
        return table
    table = replace(table, rows=with_sections(table.rows, table))
    found = dict(_missing(table))
    if not found:
        return table
    tail = _usual_tail(table)
    return replace(table, rows=tuple(_numbered(row, found.get(at), tail) for at, row in enumerate(table.rows)))


def _missing(table: PageTable) -> Iterator[tuple[int, int]]:
    """Row and number, where as many rows without one stand between two numbers as numbers are missing."""
    before: int | None = None
    between: list[int] = []
    for at, row in enumerate(table.rows):
        if not _is_record(row, table):
            continue
        text = row.cells[0].text.strip()
        match = _NUMBER.fullmatch(text) or _NOISY.fullmatch(text)
        if match is None:
            between.append(at)
            continue
        number = int(match[1])
        if before is not None and 0 < number - before - 1 == len(between) and _are_misread(table, between):
            yield from zip(between, range(before + 1, number), strict=True)
        if not _NUMBER.fullmatch(text) and number in (1, (before or 0) + 1 + len(between)):
            yield at, number
        before, between = number, []


def _usual_tail(table: PageTable) -> str:
    """The sign behind most numbers that were read: "." or ")", or none."""
    read = [m[0] for row in table.rows if row.cells and (m := _NUMBER.fullmatch(row.cells[0].text.strip()))]
    tails = Counter(text.lstrip("0123456789") for text in read)
    return tails.most_common(1)[0][0] if tails else ""


def _is_record(row: GridRow, table: PageTable) -> bool:
    """Whether the row has a cell of its own in the first column, and others; part of a spanned one has not."""
    if is_section(row, table):
        return False
    return len(row.cells) > 1 and row.cells[0].x0 - table.edges[0] < row.cells[0].x1 - row.cells[0].x0


def _are_misread(table: PageTable, rows: list[int]) -> bool:
    return all(_MISREAD.fullmatch(table.rows[at].cells[0].text.strip()) for at in rows)


def _is_scanned(table: PageTable) -> bool:
    cells = (cell for row in table.rows for cell in row.cells)
    return any(run.confidence is not None for cell in cells for runs in cell.paragraphs for run in runs)


def _numbered(row: GridRow, number: int | None, tail: str) -> GridRow:
    if number is None:
        return row
    first: GridCell = row.cells[0]
    box = next((run.bbox for runs in first.paragraphs for run in runs if run.bbox), None)
    run = Run(f"{number}{tail}", row.page, box, _SURE, first.text)
    return replace(row, cells=(replace(first, paragraphs=((run,),)), *row.cells[1:]))
