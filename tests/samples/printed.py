"""Samples as text PDFs, set by reportlab in the DejaVu Serif that matplotlib carries."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    LongTable,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from tests.samples.markup import Columns, Grid, Line, Turn, read_blocks
from tests.samples.spec import Sample

FONTS = {"Serif": "DejaVuSerif", "Serif-Bold": "DejaVuSerif-Bold", "Serif-Italic": "DejaVuSerif-Italic"}
MARGIN = 20 * mm
SIZE, LEADING = 10.5, 15.0
WIDE_WIDTHS = (0.06, 0.30, 0.19, 0.19, 0.11, 0.15)


def write_pdf(sample: Sample) -> bytes:
    """The sample as a PDF with a text layer; the same bytes each time (invariant)."""
    _register_fonts()
    buffer = io.BytesIO()
    document = BaseDocTemplate(buffer, pagesize=A4, invariant=1, title=sample.stem, author="kehoach", lang="vi")
    document.addPageTemplates([_page("upright", A4), _page("turned", landscape(A4))])
    story: list[Flowable] = []
    for block in read_blocks(sample.text):
        story.extend(_set(block))
    document.build(story)
    return buffer.getvalue()


@cache
def _register_fonts() -> None:
    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    for name, file in FONTS.items():
        registerFont(TTFont(name, folder / f"{file}.ttf"))
    registerFontFamily("Serif", "Serif", "Serif-Bold", "Serif-Italic", "Serif-Bold")


def _page(name: str, size: tuple[float, float]) -> PageTemplate:
    width, height = size
    frame = Frame(MARGIN, MARGIN, width - 2 * MARGIN, height - 2 * MARGIN, 0, 0, 0, 0)
    return PageTemplate(name, [frame], pagesize=size, onPage=_number)


def _number(canvas: Any, document: Any) -> None:
    """From the second page on the number stands at the top, as the rules of the form want."""
    if document.page > 1:
        canvas.setFont("Serif", 9)
        canvas.drawCentredString(canvas._pagesize[0] / 2, canvas._pagesize[1] - 12 * mm, str(document.page))


def _set(block: Any) -> list[Flowable]:
    if isinstance(block, Columns):
        return [_columns(block), Spacer(0, 8)]
    if isinstance(block, Grid):
        return [_grid(block)]
    if isinstance(block, Turn):
        return [NextPageTemplate("turned"), PageBreak()]
    return [_paragraph(block, centred=block.mark in ("==", "=~"), indent=24)]


def _paragraph(line: Line, centred: bool = False, indent: float = 0, size: float = SIZE) -> Paragraph:
    text = line.text or "&nbsp;"
    text = f"<b>{text}</b>" if line.bold else text
    text = f"<i>{text}</i>" if line.italic else text
    style = ParagraphStyle(
        "body",
        fontName="Serif",
        fontSize=size,
        leading=LEADING * size / SIZE,
        spaceAfter=3 if indent else 0,
        alignment=TA_CENTER if centred else TA_JUSTIFY if indent else 0,
        firstLineIndent=0 if centred else indent,
    )
    return Paragraph(text, style)


def _columns(block: Columns) -> Table:
    names = block.left[0].text.startswith("Nơi nhận")
    left = [_paragraph(line, centred=not names, size=9 if names else 9.5) for line in block.left]
    right = [_paragraph(line, centred=True, size=9.5) for line in block.right]
    width = A4[0] - 2 * MARGIN
    table = Table([[left, right]], colWidths=[width * 0.42, width * 0.58])
    table.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)]))
    return table


def _grid(block: Grid) -> LongTable:
    width = landscape(A4)[0] - 2 * MARGIN
    cells = [[[_paragraph(line, size=9.5) for line in cell] for cell in row] for row in block.rows]
    style = [("GRID", (0, 0), (-1, -1), 0.6, "#000000"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    style += _spans(block)
    table = LongTable(cells, colWidths=[width * share for share in WIDE_WIDTHS], repeatRows=1)
    table.setStyle(TableStyle(style))
    return table


def _spans(block: Grid) -> list[Any]:
    """Merged cells: from each cell over the "<" to its right and the "^" below it."""
    marks = [[cell[0].text for cell in row] for row in block.rows]
    spans = []
    for y, row in enumerate(marks):
        for x, text in enumerate(row):
            if text in ("<", "^"):
                continue
            right = next((i for i in range(x + 1, len(row)) if row[i] != "<"), len(row)) - 1
            below = next((i for i in range(y + 1, len(marks)) if marks[i][x] != "^"), len(marks)) - 1
            if (right, below) != (x, y):
                spans.append(("SPAN", (x, y), (right, below)))
    return spans
