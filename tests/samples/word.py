"""Samples as Word files. The same bytes each time: fixed properties, zip members of one fixed time."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

from tests.samples.markup import Columns, Grid, Line, read_blocks
from tests.samples.spec import Sample

WRITTEN = dt.datetime(2026, 1, 5, 8, 0, tzinfo=dt.UTC)
LEVELS = {"#1": 0, "#2": 1, "#-": 2}
FORMATS = (("upperRoman", "%1."), ("decimal", "%2."), ("bullet", "-"))
NUMBERING = 77
COLUMN_WIDTHS = (7.0, 10.0)
GRID_WIDTHS = (1.2, 9.8, 6.0)
MARGINS = 2.0
SIZE = 13


def write_word(sample: Sample) -> bytes:
    """The sample as a DOCX file."""
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(SIZE)
    style.paragraph_format.space_after = Pt(4)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(document.sections[0], side, Cm(MARGINS))
    _define_numbering(document)
    for block in read_blocks(sample.text):
        if isinstance(block, Columns):
            _columns(document, block)
        elif isinstance(block, Grid):
            _grid(document, block)
        elif isinstance(block, Line):
            _fill(document.add_paragraph(), block)
    properties = document.core_properties
    properties.author, properties.title, properties.comments = "kehoach", sample.stem, ""
    properties.created = properties.modified = WRITTEN
    buffer = io.BytesIO()
    document.save(buffer)
    return _with_fixed_times(buffer.getvalue())


def _fill(paragraph: Any, line: Line) -> None:
    run = paragraph.add_run(line.text)
    run.bold, run.italic = line.bold or line.mark == "#1" or None, line.italic or None
    if line.mark in ("==", "=~"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if line.mark in LEVELS:
        numbering = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        numbering.get_or_add_ilvl().val = LEVELS[line.mark]
        numbering.get_or_add_numId().val = NUMBERING


def _fill_cell(cell: Any, lines: tuple[Line, ...], centred: bool) -> None:
    for at, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        _fill(paragraph, line)
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _columns(document: Any, block: Columns) -> None:
    """Header and signature stand in a table without rulings, as Vietnamese offices set them."""
    table = document.add_table(rows=1, cols=2)
    names = block.left[0].text.startswith("Nơi nhận")
    _fill_cell(table.cell(0, 0), block.left, centred=not names)
    _fill_cell(table.cell(0, 1), block.right, centred=True)
    _set_widths(table, COLUMN_WIDTHS)


def _grid(document: Any, block: Grid) -> None:
    table = document.add_table(rows=len(block.rows), cols=len(block.rows[0]))
    table.style = "Table Grid"
    for y, row in enumerate(block.rows):
        for x, lines in enumerate(row):
            if lines[0].text == "<":
                table.cell(y, x - 1).merge(table.cell(y, x))
            elif lines[0].text == "^":
                table.cell(y - 1, x).merge(table.cell(y, x))
            else:
                _fill_cell(table.cell(y, x), lines, centred=False)
    for row in table.rows:
        for cell in row.cells:
            _drop_empty_paragraphs(cell)
    _set_widths(table, GRID_WIDTHS)


def _set_widths(table: Any, widths: tuple[float, ...]) -> None:
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            if cell._tc.grid_span == 1:
                cell.width = Cm(width)


def _drop_empty_paragraphs(cell: Any) -> None:
    """Merging leaves the swallowed cells' empty paragraphs behind."""
    for paragraph in cell.paragraphs[1:]:
        if not paragraph.text:
            paragraph._p.getparent().remove(paragraph._p)


def _define_numbering(document: Any) -> None:
    """I., 1., - as Word numbers them: the text itself holds no number."""
    root = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (kind, text) in enumerate(FORMATS)
    )
    names = nsdecls("w")
    abstract = parse_xml(
        f'<w:abstractNum {names} w:abstractNumId="{NUMBERING}">'
        f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
    root.insert(0, abstract)
    root.append(parse_xml(f'<w:num {names} w:numId="{NUMBERING}"><w:abstractNumId w:val="{NUMBERING}"/></w:num>'))
    assert root.findall(qn("w:num"))


def _with_fixed_times(package: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, WRITTEN.timetuple()[:6])
            new.writestr(member, old.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
