"""Plain text and Markdown: printed lines with their place in rows and columns of characters, and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.errors import DocumentError, Kind
from pipeline.fold import composed
from pipeline.ingest.files.decode import decode
from pipeline.ingest.limits import Limits
from pipeline.ingest.textfile.blank_tables import blank_tables
from pipeline.ingest.textfile.columns import ColumnLine, in_columns
from pipeline.ingest.textfile.lines import TextLine, is_rule, source_line, split_pages, text_width
from pipeline.ingest.textfile.markup import QUOTE, STAR_BULLET, heading, is_markup, unmark
from pipeline.ingest.textfile.tables import Cells, TextTable, source_table, split_tables
from pipeline.ingest.word.layout_tables import is_layout
from pipeline.records import Finding, SourceBlock, SourcePage

TAB_WIDTH = 8
_WIDEST = 4
"""Bytes that one character takes at most, whatever the encoding."""


def read_plain(path: Path, limits: Limits) -> tuple[tuple[SourcePage, ...], tuple[Finding, ...]]:
    """The pages of a text or Markdown file (told by its marks, not its name). Form feeds part pages.

    Raises:
        DocumentError: too_large, when the text or its number of pages is beyond the limits.
    """
    if (size := path.stat().st_size) > _WIDEST * limits.text_characters:
        raise DocumentError(Kind.TOO_LARGE, f"{size} byte.")
    return read_text(decode(path.read_bytes()), limits), ()


def read_text(text: str, limits: Limits) -> tuple[SourcePage, ...]:
    """The pages of a text that is already characters."""
    if len(text) > limits.text_characters:
        raise DocumentError(Kind.TOO_LARGE, f"{len(text)} ký tự / characters > {limits.text_characters}.")
    pages = split_pages(composed(text))
    if len(pages) > limits.pages:
        raise DocumentError(Kind.TOO_LARGE, f"{len(pages)} trang / pages > {limits.pages}.")
    marked = is_markup(text)
    widths = _widths(pages)
    cells = Cells(limits.table_cells)
    return tuple(
        SourcePage(number, tuple(_blocks(page, number, width, marked, cells)))
        for number, (page, width) in enumerate(zip(pages, widths, strict=True), start=1)
    )


def _widths(pages: Sequence[list[TextLine]]) -> list[float]:
    """Each page's own text width; a page of few lines takes the whole text's."""
    whole = text_width([line for page in pages for line in page])
    return [text_width(page) if sum(bool(line.text.strip()) for line in page) >= 10 else whole for page in pages]


def _blocks(page: list[TextLine], number: int, width: float, marked: bool, cells: Cells) -> Iterator[SourceBlock]:
    for part in split_tables(page):
        if isinstance(part, TextTable):
            yield from _table(part, number, width, cells)
        else:
            yield from _lines(_unmarked(part) if marked else part, number, width, cells)


def _table(table: TextTable, number: int, width: float, cells: Cells) -> Iterator[SourceBlock]:
    texts = [cell for row in table.rows for cell in row]
    if not is_layout(texts, len(table.rows), max(map(len, table.rows))):
        yield source_table(table, number, cells)
        return
    for column in range(2):
        for index, row in enumerate(table.rows):
            for line in unmark(_side(row, column)):
                if line.text.strip():
                    printed = TextLine(table.row + index, " ".join(line.text.split()), line.bold)
                    yield source_line(printed, number, width, column + 1)


def _side(row: Sequence[str], column: int) -> str:
    """The left or the right cell of a layout row, blank columns between them left out."""
    if column == 0:
        return row[0] if row else ""
    return next((cell for cell in reversed(row[1:]) if cell.strip()), "")


def _unmarked(lines: Sequence[TextLine]) -> list[TextLine]:
    """Lines without marks. Emphasis may go over lines of one paragraph, so paragraphs are taken whole."""
    plain: list[TextLine] = []
    group: list[TextLine] = []
    for line in lines:
        title = heading(line.text)
        if title is not None or not line.text.strip():
            plain += _strip(group)
            group = []
            text = unmark(title)[0].text if title else ""
            plain.append(TextLine(line.row, text, title is not None))
        elif not line.text.lstrip().startswith("```"):
            group.append(line)
    return plain + _strip(group)


def _strip(group: Sequence[TextLine]) -> list[TextLine]:
    if not group:
        return []
    text = "\n".join(STAR_BULLET.sub(r"\1- ", QUOTE.sub("", line.text)) for line in group if not is_rule(line.text))
    first = group[0].row
    return [TextLine(first + index, line.text, line.bold) for index, line in enumerate(unmark(text))]


def _lines(lines: Sequence[TextLine], number: int, width: float, cells: Cells) -> Iterator[SourceBlock]:
    spread = [line._replace(text=line.text.expandtabs(TAB_WIDTH).rstrip()) for line in lines]
    for part in blank_tables(spread):
        if isinstance(part, TextTable):
            yield source_table(part, number, cells)
            continue
        for line in in_columns(part):
            yield from _printed(line, number, width)


def _printed(line: ColumnLine, number: int, width: float) -> Iterator[SourceBlock]:
    start, end = line.span
    text = line.line.text[start:end]
    if text.strip() and not is_rule(text):
        yield source_line(line.line, number, width, line.column, line.span)
