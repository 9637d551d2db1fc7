"""Web pages and HTML fragments: the document in them, as paragraphs and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import DocumentError, Kind
from pipeline.ingest.files.decode import decode
from pipeline.ingest.limits import Limits
from pipeline.ingest.web.page import document_root
from pipeline.ingest.web.style import HEADINGS, Style, is_ruled, styled
from pipeline.ingest.word.cells import ITEM, Grid, GridCell, Para, Piece, grid_blocks, para_blocks
from pipeline.ingest.word.numbering import written_number
from pipeline.ingest.word.xmltree import Element, children, name_of, parse_html
from pipeline.records import Align, Finding, SourceBlock, SourcePage

BLOCKS = frozenset(
    {
        "p",
        "div",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "section",
        "article",
        "main",
        "center",
        "pre",
        "dt",
        "dd",
        "dl",
        "ul",
        "ol",
        "figure",
        "figcaption",
        "address",
        "form",
        "fieldset",
        "body",
        "html",
        "header",
        "footer",
        "caption",
        "summary",
        "details",
        "hr",
    }
)
LIST_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
DEEPEST = 150
WIDEST_SPAN = 1000
"""Columns of a grid that a cell may reach over."""
FRAME_TEXT = 3000
"""A cell with more text than this and with tables or many paragraphs in it frames a page."""


def read_html(path: Path, limits: Limits) -> tuple[tuple[SourcePage, ...], tuple[Finding, ...]]:
    """The one page of an HTML file, a fragment of one, or a web archive (.mht).

    Raises:
        DocumentError: too_large, or damaged when nothing of it can be read.
    """
    text = decode(_markup(path.read_bytes()))
    if len(text) > 10 * limits.text_characters:
        raise DocumentError(Kind.TOO_LARGE, f"{len(text)} ký tự / characters.")
    if not text.strip():
        raise DocumentError(Kind.EMPTY, "HTML.")
    root = document_root(parse_html(text.replace("\x00", "")))
    reader = _Reader(limits)
    return (SourcePage(1, tuple(reader.blocks(root))),), ()


def _markup(data: bytes) -> bytes:
    """The HTML of a web archive (MIME, as Word saves "single file web pages"), else the data itself."""
    if not data[:2000].lstrip().lower().startswith((b"mime-version:", b"from:")):
        return data
    from email import message_from_bytes

    for part in message_from_bytes(data).walk():
        body = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(body, bytes):
            return body
    return data


@dataclass(slots=True)
class _Open:
    """The paragraph being read."""

    lines: list[list[Piece]] = field(default_factory=lambda: [[]])
    align: Align | None = None
    label: str = ""
    heading: bool = False

    def para(self) -> Para:
        lines = tuple(tuple(line) for line in self.lines)
        first = "".join(piece.text for piece in lines[0])
        label = "" if ITEM.match(first) else self.label
        filled = bool("".join(piece.text for line in lines for piece in line).strip())
        return Para(lines, self.align, "heading" if self.heading else "body", label if filled else "")


class _Reader:
    """Walks one document tree in reading order."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._cells_left = limits.table_cells
        self._characters_left = limits.text_characters

    def blocks(self, root: Element) -> Iterator[SourceBlock]:
        for item in self._items(root, styled(root, Style()), _Open()):
            if isinstance(item, Para):
                yield from para_blocks(item)
            else:
                yield from self._table(item)

    def _items(self, element: Element, style: Style, current: _Open) -> Iterator[Para | Element]:
        """Paragraphs, and table elements for the caller, in order. `current` collects text between blocks."""
        current.align = current.align or style.align
        yield from self._inside(element, style, current)
        yield current.para()

    def _inside(self, element: Element, style: Style, current: _Open) -> Iterator[Para | Element]:
        self._write(element.text, style, current)
        for number, child in enumerate(children(element), start=_start(element)):
            name = name_of(child)
            inner = styled(child, style)
            if name == "br":
                current.lines.append([])
            elif name == "table":
                yield from self._close(current, style)
                yield child
            elif name in BLOCKS and inner.depth < DEEPEST:
                yield from self._close(current, style)
                label, current.label = _label(child, number) or current.label, ""
                self._characters_left -= len(label)
                yield from self._items(child, inner, _Open([[]], inner.align, label, name in HEADINGS))
            elif inner.depth < DEEPEST:
                yield from self._inside(child, inner, current)
            self._write(child.tail, style, current)

    def _close(self, current: _Open, style: Style) -> Iterator[Para]:
        """End the paragraph being read; its list label goes with the first text of the item."""
        filled = any(piece.text.strip() for line in current.lines for piece in line)
        if filled:
            yield current.para()
            current.label = ""
        current.lines = [[]]
        current.align = style.align

    def _write(self, text: str | None, style: Style, current: _Open) -> None:
        if not text:
            return
        self._characters_left -= len(text)
        if self._characters_left < 0:
            raise DocumentError(Kind.TOO_LARGE, "Quá nhiều chữ. / Too much text.")
        parts = text.split("\n") if style.keep_lines else [re.sub(r"[ \t\r\n\f\v]+", " ", text)]
        for index, part in enumerate(parts):
            if index:
                current.lines.append([])
            clean = part.replace("\u00ad", "")
            current.lines[-1].append(Piece(clean.upper() if style.upper else clean, style.bold))

    # --- tables -------------------------------------------------------------------------------

    def _table(self, table: Element, depth: int = 0) -> Iterator[SourceBlock]:
        rows = list(_rows(table))
        if depth < 20 and any(_is_frame(cell) for row in rows for cell in _cells(row)):
            for row in rows:
                for cell in _cells(row):
                    yield from self.blocks(cell)
            return
        yield from grid_blocks(self._grid(table, rows))

    def _grid(self, table: Element, rows: list[Element]) -> Grid:
        cells: list[GridCell] = []
        covered: dict[int, int] = {}
        """Grid column → the last row in which a cell from above covers it."""
        width = 0
        for number, row in enumerate(rows):
            column = index = 0
            for cell in _cells(row):
                while covered.get(column, -1) >= number:
                    column, index = column + 1, index + 1
                across = max(1, min(_span(cell, "colspan"), WIDEST_SPAN - column))
                down = max(1, min(_span(cell, "rowspan"), len(rows) - number))
                cells.append(GridCell(number, index, column, tuple(self._paras(cell)), across, down))
                if down > 1:
                    covered.update(dict.fromkeys(range(column, column + across), number + down - 1))
                column, index = column + across, index + 1
            width = max(width, column)
        return Grid(tuple(cells), len(rows), width, is_ruled(table, rows))

    def _paras(self, cell: Element, depth: int = 0) -> Iterator[Para]:
        self._cells_left -= 1
        if self._cells_left < 0:
            raise DocumentError(Kind.TOO_LARGE, "Quá nhiều ô bảng. / Too many table cells.")
        for item in self._items(cell, styled(cell, Style()), _Open()):
            if isinstance(item, Para):
                if not item.is_blank:
                    yield item
            elif depth < 10:
                for row in _rows(item):
                    for inner in _cells(row):
                        yield from self._paras(inner, depth + 1)


def _start(element: Element) -> int:
    text = element.get("start", "1") if name_of(element) == "ol" else "1"
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text) else 1


def _label(item: Element, number: int) -> str:
    """What a browser prints before a list item."""
    parent = item.getparent()
    if name_of(item) != "li" or parent is None:
        return ""
    if name_of(parent) != "ol":
        return "•"
    return f"{written_number(number, LIST_FORMS.get(parent.get('type', '1'), 'decimal'))}."


def _rows(table: Element) -> Iterator[Element]:
    for child in children(table):
        if name_of(child) == "tr":
            yield child
        elif name_of(child) in ("thead", "tbody", "tfoot"):
            yield from _rows(child)


def _cells(row: Element) -> Iterator[Element]:
    return (child for child in children(row) if name_of(child) in ("td", "th"))


def _span(cell: Element, name: str) -> int:
    text = cell.get(name, "1").strip()
    return max(1, min(int(text), WIDEST_SPAN)) if re.fullmatch(r"[0-9]{1,6}", text) else 1


def _is_frame(cell: Element) -> bool:
    size = sum(len(text.strip()) for text in cell.itertext())
    has_table = next(cell.iter("table"), None) is not None
    return size > FRAME_TEXT and (has_table or sum(1 for _ in cell.iter("p", "div", "br")) > 20)
