"""Words and table cells of a page → its blocks in reading order, and tables that go on over pages."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.ingest.page.alignment import aligned_tables
from pipeline.ingest.page.aside import asides_of
from pipeline.ingest.page.columns import Borders, margins
from pipeline.ingest.page.footnotes import without_footnotes
from pipeline.ingest.page.furniture import part_furniture
from pipeline.ingest.page.table_cells import Box, PageTable, fill_table, to_source
from pipeline.ingest.page.table_going_on import with_rest_of_table, without_lines
from pipeline.ingest.page.table_joining import goes_on, join_tables, repeated_rows
from pipeline.ingest.page.table_numbers import with_numbers
from pipeline.ingest.page.words import PageWord, Row, rows_of, runs_of
from pipeline.ingest.pdf.lines import lines_of
from pipeline.ingest.scan.stamps import part_stamps
from pipeline.records import Aside, Run, SourceBlock, SourceLine, SourceParagraph

PageBlock = SourceLine | PageTable | SourceParagraph
"""A paragraph is a footnote: everything else is put together from its lines later."""
_BLANK = Run(" ")


def page_blocks(
    words: Sequence[PageWord],
    tables: Sequence[Sequence[Box]],
    page: int,
    size: tuple[float, float],
    habits: dict[int, Borders],
) -> tuple[list[PageBlock], list[Aside]]:
    """Lines and tables in reading order, footnotes last; page numbers, stamps and signature notes are set aside.

    `habits` are the margins seen on earlier pages by width of the page; a page with few lines of its own has those.
    """
    rows = rows_of(words)
    words, stamps = part_stamps(words, rows, size[1])
    filled = [table for boxes in tables if (table := fill_table(boxes, words, page))]
    filled.sort(key=lambda table: table.top)
    outside = [w for w in words if not any(_inside(w, table.box) for table in filled)] if filled else words
    rows, aside = part_furniture(rows_of(outside) if stamps or filled else rows, size[1])
    aside += stamps + asides_of("noise", _on_lines(words, filled, tables))
    rows, notes = without_footnotes(rows, size[1])
    aligned = [without_lines(t) for boxes in aligned_tables(rows) if (t := fill_table(boxes, outside, page))]
    if aligned:
        rows = [row for row in rows if not any(_inside(row[0], table.box) for table in aligned)]
        filled = sorted([*filled, *aligned], key=lambda table: table.top)
    borders = _borders(rows, filled, habits, round(size[0]))
    blocks: list[PageBlock] = []
    for table in filled:
        above = [row for row in rows if row[0].middle < table.top]
        rows = [row for row in rows if row[0].middle >= table.top]
        blocks += [*lines_of(above, page, borders), table]
    return [*blocks, *lines_of(rows, page, borders), *(_footnote(note, page) for note in notes)], aside


def _footnote(rows: Sequence[Row], page: int) -> SourceParagraph:
    return SourceParagraph(tuple(run for row in rows for run in runs_of(row, page, " ")), role="footnote")


def _borders(rows: Sequence[Row], tables: Sequence[PageTable], habits: dict[int, Borders], width: int) -> Borders:
    own = margins(rows)
    if own:
        habits.setdefault(width, own)
        return own
    edges = [(row[0].x0, row[-1].x1) for row in rows] + [(table.edges[0], table.edges[-1]) for table in tables]
    outermost = (min((low for low, _ in edges), default=0.0), max((high for _, high in edges), default=0.0))
    return habits.get(width, outermost)


def _on_lines(
    words: Sequence[PageWord], filled: Sequence[PageTable], tables: Sequence[Sequence[Box]]
) -> list[PageWord]:
    """Words within a table and in none of its cells: read out of its lines."""
    if not filled:
        return []
    cells = [cell for boxes in tables for cell in boxes]
    within = [word for word in words if any(_inside(word, table.box) for table in filled)]
    return [word for word in within if not any(_inside(word, cell) for cell in cells)]


def _inside(word: PageWord, box: Box) -> bool:
    return box[0] <= word.centre <= box[2] and box[1] <= word.middle <= box[3]


def join_pages(
    pages: Sequence[list[PageBlock]],
) -> tuple[list[list[SourceBlock]], list[list[tuple[Run, ...]]]]:
    """Blocks page by page; a table that goes on stands whole on its first page. And headings it repeats there."""
    headings: list[list[tuple[Run, ...]]] = []
    joined: list[list[PageBlock]] = []
    open_page: list[PageBlock] = []
    for blocks in pages:
        rest = list(blocks)
        headings.append([])
        last = _last_of_body(open_page)
        rest = with_rest_of_table(open_page[last] if last is not None else None, rest)
        if rest and last is not None and (whole := _joined(open_page[last], rest[0])):
            headings[-1] = _headings(open_page[last], rest.pop(0))
            open_page[last] = whole
        joined.append(rest)
        open_page = open_page if _last_of_body(rest) is None else rest
    return [[_finished(block) for block in blocks] for blocks in joined], headings


def _last_of_body(blocks: Sequence[PageBlock]) -> int | None:
    """The index of the last block that is no footnote."""
    return next((at for at in reversed(range(len(blocks))) if not isinstance(blocks[at], SourceParagraph)), None)


def _finished(block: PageBlock) -> SourceBlock:
    return to_source(with_numbers(block)) if isinstance(block, PageTable) else block


def _headings(last: PageBlock, first: PageBlock) -> list[tuple[Run, ...]]:
    if not (isinstance(last, PageTable) and isinstance(first, PageTable)):
        return []
    rows = repeated_rows(last, first)
    return [tuple(run for cell in row.cells for line in cell.paragraphs for run in (*line, _BLANK)) for row in rows]


def _joined(last: PageBlock, first: PageBlock) -> PageTable | None:
    if isinstance(last, PageTable) and isinstance(first, PageTable) and goes_on(last, first):
        return join_tables(last, first)
    return None
