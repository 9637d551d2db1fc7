"""Word documents (.docx), read from their XML: paragraphs and tables in the order of the body."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import DocumentError, Kind
from pipeline.ingest.limits import Limits
from pipeline.ingest.textfile.tab_columns import blocks_of
from pipeline.ingest.word.cells import Grid, GridCell, Para, grid_blocks, para_blocks
from pipeline.ingest.word.layout_tables import has_layout_words
from pipeline.ingest.word.numbering import Numbering, W, number_in
from pipeline.ingest.word.package import Package, open_package
from pipeline.ingest.word.styles import Styles, draws
from pipeline.ingest.word.text import ParagraphReader, text_boxes
from pipeline.ingest.word.xmltree import Element, children, name_of
from pipeline.records import Finding, SourceBlock, SourcePage

R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
WRAPPERS = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice"})
"""Elements that only wrap what the body holds."""
DEEPEST_TABLE = 6


def read_docx(path: Path, limits: Limits) -> tuple[tuple[SourcePage, ...], tuple[Finding, ...]]:
    """The one page of a Word document (Word itself keeps no pages) and no findings.

    Raises:
        DocumentError: damaged, encrypted or too_large.
    """
    with open_package(path, limits) as package:
        blocks = tuple(_Reader(package, limits).blocks())
    return (SourcePage(1, blocks),), ()


class _Reader:
    """Walks one document in reading order."""

    def __init__(self, package: Package, limits: Limits) -> None:
        self._package = package
        self._styles = Styles(package.part("styles"))
        numbering = Numbering(package.part("numbering"), self._styles.list_styles())
        self._paragraphs = ParagraphReader(self._styles, numbering)
        self._cells_left = limits.table_cells
        self._characters_left = limits.text_characters

    def blocks(self) -> Iterator[SourceBlock]:
        document = self._package.document
        body = document.find(f"{W}body")
        if body is None:
            raise DocumentError(Kind.DAMAGED, "Không có thân văn bản. / No document body.")
        yield from self._letterhead(body)
        yield from self._content(body)
        yield from self._notes(body)

    # --- the body -----------------------------------------------------------------------------

    def _content(self, container: Element, depth: int = 0) -> Iterator[SourceBlock]:
        waiting: list[Para] = []
        for element in _contents(container):
            if name_of(element) == "p":
                waiting.append(self._read(element))
                boxes = list(text_boxes(element))
                if boxes:
                    yield from blocks_of(waiting)
                    waiting = []
                    yield from self._boxes(boxes)
            elif depth < DEEPEST_TABLE:
                yield from blocks_of(waiting)
                waiting = []
                yield from self._table(element, depth)
        yield from blocks_of(waiting)

    def _boxes(self, boxes: list[Element]) -> Iterator[SourceBlock]:
        for inner in (inner for box in boxes for inner in _contents(box)):
            if name_of(inner) == "tbl":
                yield from self._table(inner, 1)
                continue
            para = self._read(inner)
            yield from para_blocks(Para(para.lines, para.align, "textbox", para.label))

    def _read(self, element: Element) -> Para:
        para = self._paragraphs.read(element)
        self._characters_left -= len(para.text) + len(para.label)
        if self._characters_left < 0:
            raise DocumentError(Kind.TOO_LARGE, "Quá nhiều chữ. / Too much text.")
        return para

    # --- tables -------------------------------------------------------------------------------

    def _table(self, table: Element, depth: int) -> Iterator[SourceBlock]:
        rows = list(_rows(table))
        single = [row for row in rows if len(list(_row_cells(row))) == 1]
        if len(single) == len(rows):
            for row in rows:
                for cell in _row_cells(row):
                    yield from self._content(cell, depth + 1)
            return
        grid = self._grid(table, rows)
        yield from grid_blocks(grid)

    def _grid(self, table: Element, rows: list[Element]) -> Grid:
        cells: list[GridCell] = []
        open_cells: dict[int, int] = {}
        """Grid column → index in `cells` of the merged cell that goes on there."""
        width = 0
        for number, row in enumerate(rows):
            column = _skipped(row)
            for index, cell in enumerate(_row_cells(row)):
                span = _span(cell)
                merge = _merge(cell)
                if merge == "continue" and column in open_cells:
                    at = open_cells[column]
                    cells[at] = _taller(cells[at])
                else:
                    cells.append(self._cell(cell, number, index, column, span))
                    open_cells.pop(column, None)
                    if merge:
                        open_cells[column] = len(cells) - 1
                column += span
            width = max(width, column)
        return Grid(tuple(cells), len(rows), width, self._is_ruled(table))

    def _cell(self, cell: Element, row: int, index: int, column: int, span: int) -> GridCell:
        self._cells_left -= 1
        if self._cells_left < 0:
            raise DocumentError(Kind.TOO_LARGE, "Quá nhiều ô bảng. / Too many table cells.")
        return GridCell(row, index, column, tuple(self._cell_paras(cell, 0)), span)

    def _cell_paras(self, cell: Element, depth: int) -> Iterator[Para]:
        """The paragraphs of a cell, those of tables inside it and of text boxes too."""
        for element in _contents(cell):
            if name_of(element) == "p":
                yield self._read(element)
                for box in text_boxes(element):
                    yield from self._cell_paras(box, depth + 1)
            elif depth < DEEPEST_TABLE:
                for row in _rows(element):
                    for inner in _row_cells(row):
                        yield from self._cell_paras(inner, depth + 1)

    def _is_ruled(self, table: Element) -> bool:
        props = table.find(f"{W}tblPr")
        borders = props.find(f"{W}tblBorders") if props is not None else None
        if borders is not None and draws(borders):
            return True
        own = [draws(found) for found in table.iterfind(f"{W}tr/{W}tc/{W}tcPr/{W}tcBorders")]
        if sum(own) * 2 > max(1, len(own)):
            return True
        style = props.find(f"{W}tblStyle") if props is not None else None
        return borders is None and self._styles.is_ruled(style.get(f"{W}val") if style is not None else None)

    # --- beside the body ----------------------------------------------------------------------

    def _letterhead(self, body: Element) -> Iterator[SourceBlock]:
        """The first page's header, where it holds the document's own letterhead and no page number."""
        for reference in body.iterfind(f".//{W}sectPr/{W}headerReference"):
            root = self._package.related(reference.get(R_ID, ""))
            if root is not None and has_layout_words("\n".join(_words(p) for p in root.iter(f"{W}p"))):
                yield from self._content(root)
                return

    def _notes(self, body: Element) -> Iterator[SourceBlock]:
        for kind in ("footnote", "endnote"):
            root = self._package.part(f"{kind}s")
            if root is None:
                continue
            notes = {note.get(f"{W}id"): note for note in root.iterchildren(f"{W}{kind}")}
            for reference in body.iter(f"{W}{kind}Reference"):
                note = notes.pop(reference.get(f"{W}id"), None)
                for paragraph in note.iter(f"{W}p") if note is not None else ():
                    para = self._read(paragraph)
                    yield from para_blocks(Para(para.lines, para.align, "footnote", para.label))


def _contents(container: Element) -> Iterator[Element]:
    """Paragraphs and tables of a container, wrappers looked through."""
    for child in children(container):
        name = name_of(child)
        if name in ("p", "tbl"):
            yield child
        elif name in WRAPPERS:
            yield from _contents(child)


def _rows(table: Element) -> Iterator[Element]:
    for child in children(table):
        if name_of(child) == "tr" and child.find(f"{W}trPr/{W}del") is None:
            yield child
        elif name_of(child) in WRAPPERS:
            yield from _rows(child)


def _row_cells(row: Element) -> Iterator[Element]:
    for child in children(row):
        if name_of(child) == "tc":
            yield child
        elif name_of(child) in WRAPPERS:
            yield from _row_cells(child)


def _words(paragraph: Element) -> str:
    return "".join(text.text or "" for text in paragraph.iter(f"{W}t"))


def _span(cell: Element) -> int:
    found = cell.find(f"{W}tcPr/{W}gridSpan")
    text = found.get(f"{W}val", "1") if found is not None else "1"
    return max(1, min(number_in(text, 1), 1000))


def _skipped(row: Element) -> int:
    found = row.find(f"{W}trPr/{W}gridBefore")
    text = found.get(f"{W}val", "0") if found is not None else "0"
    return max(0, min(number_in(text, 0), 1000))


def _merge(cell: Element) -> str:
    """ "restart" or "continue" of a vertically merged cell, "" of another."""
    found = cell.find(f"{W}tcPr/{W}vMerge")
    return "" if found is None else found.get(f"{W}val", "continue")


def _taller(cell: GridCell) -> GridCell:
    return GridCell(cell.row, cell.index, cell.column, cell.paras, cell.column_span, cell.row_span + 1)
