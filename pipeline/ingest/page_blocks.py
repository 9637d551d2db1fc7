"""Words and table cells of a page → its blocks in reading order, and tables that go on over pages."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.ingest.furniture import body_rows
from pipeline.ingest.page_alignment import aligned_tables
from pipeline.ingest.page_columns import Borders, margins
from pipeline.ingest.page_words import PageWord, Row, rows_of
from pipeline.ingest.pdf_lines import lines_of
from pipeline.ingest.table_cells import Box, PageTable, fill_table, to_source
from pipeline.ingest.table_joining import goes_on, join_tables
from pipeline.ingest.table_numbers import with_numbers
from pipeline.records import SourceBlock, SourceLine

PageBlock = SourceLine | PageTable


def page_blocks(
    words: Sequence[PageWord],
    tables: Sequence[Sequence[Box]],
    page: int,
    size: tuple[float, float],
    habits: dict[int, Borders],
) -> list[PageBlock]:
    """Lines and tables in reading order, without page numbers and signature notes.

    `habits` are the margins seen on earlier pages by width of the page; a page with few lines of its own has those.
    """
    filled = [table for boxes in tables if (table := fill_table(boxes, words, page))]
    filled.sort(key=lambda table: table.top)
    outside = [w for w in words if not any(_inside(w, table.box) for table in filled)] if filled else words
    rows = body_rows(rows_of(outside), size[1])
    aligned = [table for boxes in aligned_tables(rows) if (table := fill_table(boxes, outside, page))]
    if aligned:
        rows = [row for row in rows if not any(_inside(row[0], table.box) for table in aligned)]
        filled = sorted([*filled, *aligned], key=lambda table: table.top)
    borders = _borders(rows, filled, habits, round(size[0]))
    blocks: list[PageBlock] = []
    for table in filled:
        above = [row for row in rows if row[0].middle < table.top]
        rows = [row for row in rows if row[0].middle >= table.top]
        blocks += [*lines_of(above, page, borders), table]
    return blocks + list(lines_of(rows, page, borders))


def _borders(rows: Sequence[Row], tables: Sequence[PageTable], habits: dict[int, Borders], width: int) -> Borders:
    own = margins(rows)
    if own:
        habits.setdefault(width, own)
        return own
    edges = [(row[0].x0, row[-1].x1) for row in rows] + [(table.edges[0], table.edges[-1]) for table in tables]
    outermost = (min((low for low, _ in edges), default=0.0), max((high for _, high in edges), default=0.0))
    return habits.get(width, outermost)


def _inside(word: PageWord, box: Box) -> bool:
    return box[0] <= word.centre <= box[2] and box[1] <= word.middle <= box[3]


def join_pages(pages: Sequence[list[PageBlock]]) -> list[list[SourceBlock]]:
    """Blocks page by page; a table that goes on stands whole on its first page."""
    joined: list[list[PageBlock]] = []
    open_page: list[PageBlock] = []
    for blocks in pages:
        rest = list(blocks)
        if rest and open_page and (whole := _joined(open_page[-1], rest[0])):
            open_page[-1] = whole
            rest.pop(0)
        joined.append(rest)
        open_page = rest or open_page
    return [[to_source(with_numbers(b)) if isinstance(b, PageTable) else b for b in blocks] for blocks in joined]


def _joined(last: PageBlock, first: PageBlock) -> PageTable | None:
    if isinstance(last, PageTable) and isinstance(first, PageTable) and goes_on(last, first):
        return join_tables(last, first)
    return None
