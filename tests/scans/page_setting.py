"""Blocks → printed pages: two-column header, centred title, justified body, ruled tables, recipients and signer."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    LongTable,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Spacer,
    Table,
    TableStyle,
)

from tests.samples.markup import Block, Columns, Grid, Line, Turn
from tests.scans.faces import face
from tests.scans.press import Printed, Rule, Told
from tests.scans.table_setting import spans_of, widths_of

LEFT, RIGHT, EDGE = 28 * mm, 18 * mm, 20 * mm
HEADER_SHARE, ENDING_SHARE = 0.42, 0.5
SIGNING_ROOM = 66.0
"""Points left between the signer's title and name."""
WIDE = 5
"""A table of so many columns stands on a page of its own, turned."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Size in points: 11 in DejaVu has the body height of 13 in Times. `turned`: every page landscape."""

    size: float = 11.0
    leading: float = 1.45
    turned: bool = False
    turn_wide_tables: bool = True
    break_rows: bool = False
    """Whether a table row may go on over the page's end, as Word lets it."""


@dataclass(frozen=True, slots=True)
class Print:
    """The pages as a PDF with a text layer, and what was printed in reading order."""

    pdf: bytes
    pieces: tuple[Printed, ...]
    sizes: tuple[tuple[float, float], ...]


def print_blocks(blocks: Sequence[Block], setting: Setting) -> Print:
    """Set the blocks; the same bytes each time."""
    press = _Press(setting)
    buffer = io.BytesIO()
    document = BaseDocTemplate(buffer, pagesize=A4, invariant=1, title="scan", author="kehoach", lang="vi")
    templates = [press.template("upright", A4), press.template("turned", landscape(A4))]
    document.addPageTemplates(templates[::-1] if setting.turned else templates)
    document.build(press.story(blocks))
    return Print(buffer.getvalue(), tuple(press.pieces), tuple(press.sizes))


class _Press:
    """One print run."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.pieces: list[Printed] = []
        self.sizes: list[tuple[float, float]] = []
        self.turned = setting.turned

    def template(self, name: str, size: tuple[float, float]) -> PageTemplate:
        width, height = size
        frame = Frame(LEFT, EDGE, width - LEFT - RIGHT, height - 2 * EDGE, 0, 0, 0, 0)
        return PageTemplate(name, [frame], pagesize=size, onPage=self._number)

    def _number(self, canvas: Any, document: Any) -> None:
        """From the second page on the number stands at the top, as the rules of the form want."""
        self.sizes.append(canvas._pagesize)
        if document.page > 1:
            canvas.setFont(face(), self.setting.size)
            canvas.drawCentredString(canvas._pagesize[0] / 2, canvas._pagesize[1] - 13 * mm, str(document.page))

    @property
    def width(self) -> float:
        return float((landscape(A4) if self.turned else A4)[0] - LEFT - RIGHT)

    def story(self, blocks: Sequence[Block]) -> list[Flowable]:
        story: list[Flowable] = []
        for at, block in enumerate(blocks):
            turned = self._turns(block, blocks[at + 1 :])
            if turned != self.turned:
                self.turned = turned
                story += [NextPageTemplate("turned" if turned else "upright"), PageBreak()]
            story += self._set(block)
        return story

    def _turns(self, block: Block, rest: Sequence[Block]) -> bool:
        """A wide table and the centred lines right above it stand turned; what follows it stands upright again."""
        ahead = next((b for b in (block, *rest) if not (isinstance(b, Line) and b.mark == "==")), None)
        wide = isinstance(ahead, Grid) and len(ahead.rows[0]) >= WIDE and self.setting.turn_wide_tables
        return self.setting.turned or isinstance(block, Turn) or wide

    def _set(self, block: Block) -> list[Flowable]:
        if isinstance(block, Columns):
            header = not block.left or not block.left[0].text.startswith("Nơi nhận")
            return self._header(block) if header else self._ending(block)
        if isinstance(block, Grid):
            return [Spacer(0, 4), self._grid(block), Spacer(0, 8)]
        if isinstance(block, Turn):
            return []
        centred = block.mark in ("==", "=~")
        return [self._line(block, "title" if centred else "body", centred, indent=0 if centred else 28)]

    def _line(self, line: Line, role: str, centred: bool = False, indent: float = 0, smaller: float = 0) -> Told:
        size = self.setting.size - smaller
        justified = TA_JUSTIFY if role == "body" else TA_LEFT
        style = ParagraphStyle(
            role,
            fontName=face(line.bold, line.italic),
            fontSize=size,
            leading=size * (self.setting.leading if role == "body" else 1.25),
            spaceAfter=4 if role in ("body", "title") else 0,
            alignment=TA_CENTER if centred else justified,
            firstLineIndent=indent,
        )
        told = Told(escape(line.text) or "&nbsp;", style)
        told.told, told.role = self.pieces, role
        return told

    def _header(self, block: Columns) -> list[Flowable]:
        left = self._ruled(block.left, "issuer", _last_issuer(block.left), 0.3)
        right = self._ruled(block.right, "motto", _last_motto(block.right), 0.6)
        return [self._columns(left, right, HEADER_SHARE), Spacer(0, 14)]

    def _ruled(self, lines: Sequence[Line], role: str, ruled: int, length: float) -> list[Flowable]:
        """Centred lines, with the short rule under the one that the form underlines."""
        found: list[Flowable] = []
        for at, line in enumerate(lines):
            dated = role == "motto" and "ngày" in line.text
            shown = Line("", line.text, line.bold or at <= ruled, dated)
            found.append(self._line(shown, role, centred=True, smaller=1.5 if at <= ruled else 1))
            if at == ruled:
                found.append(Rule(length))
        return found

    def _ending(self, block: Columns) -> list[Flowable]:
        head, *names = [line for line in block.left if line.text]
        left = [self._line(Line("", head.text, True, True), "recipients", smaller=1)]
        left += [self._line(line, "recipients", smaller=2) for line in names]
        lines = [line for line in block.right if line.text]
        signed = next((at for at, line in enumerate(lines) if not line.text.isupper()), len(lines))
        right: list[Flowable] = [self._line(Line("", x.text, True), "signer", True) for x in lines[:signed]]
        right.append(Spacer(0, SIGNING_ROOM))
        right += [self._line(Line("", x.text, True), "name", True) for x in lines[signed:]]
        return [Spacer(0, 10), self._columns(left, right, ENDING_SHARE)]

    def _columns(self, left: list[Flowable], right: list[Flowable], share: float) -> Table:
        table = Table([[left, right]], colWidths=[self.width * share, self.width * (1 - share)])
        style = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)]
        table.setStyle(TableStyle([*style, ("RIGHTPADDING", (0, 0), (-1, -1), 4)]))
        return table

    def _grid(self, block: Grid) -> LongTable:
        cells = [[self._cell(cell, row_at == 0) for cell in row] for row_at, row in enumerate(block.rows)]
        widths = widths_of(block, self.width)
        table = LongTable(cells, colWidths=widths, repeatRows=0, splitInRow=int(self.setting.break_rows))
        style = [("GRID", (0, 0), (-1, -1), 0.6, "#000000"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), *spans_of(block)]
        table.setStyle(TableStyle(style))
        return table

    def _cell(self, cell: tuple[Line, ...], head: bool) -> list[Flowable]:
        if cell[0].text in ("<", "^"):
            return []
        lines = [Line("", line.text, line.bold or head) for line in cell]
        return [self._line(line, "cell", centred=head, smaller=1) for line in lines]


def _last_issuer(lines: Sequence[Line]) -> int:
    """The last line of the issuer's name, which stands above the number; -1 where there is no name."""
    named = [at for at, line in enumerate(lines) if line.text.isupper() and not line.text.startswith(("Số", "DỰ"))]
    return named[-1] if named else -1


def _last_motto(lines: Sequence[Line]) -> int:
    return max((at for at, line in enumerate(lines) if "ngày" not in line.text), default=-1)
