"""A table without lines that goes on over the page without its heading: the lines there, made cells of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.ingest.page.alignment import Strip, going_on
from pipeline.ingest.page.table_cells import GridRow, PageTable, fill_table
from pipeline.ingest.page.words import PageWord, rows_of
from pipeline.records import SourceLine, SourceParagraph

_NUMBER = re.compile(r"(\d{1,3})[.)]?")
_LEAST_WHITE = 1.0
PageBlock = SourceLine | PageTable | SourceParagraph


def without_lines(table: PageTable) -> PageTable:
    """The table, known as one without ruling lines."""
    return replace(table, ruled=False)


def with_rest_of_table(last: PageBlock | None, blocks: list[PageBlock]) -> list[PageBlock]:
    """A page's blocks, its first lines as a table where they go on with `last`, the end of the page before."""
    if not isinstance(last, PageTable) or last.ruled:
        return blocks
    count = next((at for at, block in enumerate(blocks) if not isinstance(block, SourceLine)), len(blocks))
    lines = [block for block in blocks[:count] if isinstance(block, SourceLine)]
    number, strips = _last_number(last), _strips(last)
    if number is None or strips is None or not lines:
        return blocks
    words = [word for line in lines for word in _words(line)]
    boxes, _ = going_on(rows_of(words), strips, number)
    table = fill_table(boxes, words, lines[0].runs[0].page) if boxes else None
    if table is None:
        return blocks
    bottom = table.box[3]
    behind = [line for line in lines if (line.top + line.bottom) / 2 > bottom]
    return [replace(table, edges=last.edges, ruled=False), *behind, *blocks[count:]]


def _last_number(table: PageTable) -> int | None:
    numbers = [match[1] for row in table.rows if (match := _NUMBER.fullmatch(row.cells[0].text.strip()))]
    return int(numbers[-1]) if numbers else None


def _strips(table: PageTable) -> list[Strip] | None:
    """What is white between the columns of the last page's rows; None where it is not."""
    page = table.rows[-1].page
    whole = [row for row in table.rows if row.page == page and len(row.cells) == len(table.edges) - 1]
    strips = [(_border(whole, at, 2), _border(whole, at + 1, 0)) for at in range(len(table.edges) - 2)]
    white = [
        (edge if low is None else low, edge if high is None else high)
        for (low, high), edge in zip(strips, table.edges[1:-1], strict=True)
    ]
    return white if all(high - low > _LEAST_WHITE for low, high in white) else None


def _border(rows: Sequence[GridRow], column: int, side: int) -> float | None:
    """How far a column's words reach to the right (`side` 2) or to the left (0)."""
    boxes = [run.bbox for row in rows for runs in row.cells[column].paragraphs for run in runs if run.bbox]
    edges = [box[side] for box in boxes]
    return (max(edges) if side else min(edges)) if edges else None


def _words(line: SourceLine) -> list[PageWord]:
    return [
        PageWord(run.text.strip(), *run.bbox, line.bold, run.confidence, run.raw, run.repair)
        for run in line.runs
        if run.bbox and run.text.strip()
    ]
