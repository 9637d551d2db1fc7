"""The canonical text of a document → the blocks a page is set from: header, title, body, tables, ending.

Plain text has lost which lines stood left and right; the form of the papers says it: above the type word the motto and
the dated line stand right, after "Nơi nhận" the signer's lines, in capitals, stand right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from pipeline.records import Block as PlanBlock
from pipeline.records import Cell, Paragraph, PlanText, Row, Table
from tests.samples.markup import Block, Columns, Grid, Line

HEADER_LINES = 12
SHORT = 90
RIGHT = re.compile(r"CỘNG HÒA XÃ HỘI|Độc lập\s*-|ĐẢNG CỘNG SẢN|,\s*ngày\b.*\btháng\b")
RECIPIENTS = re.compile(r"(?i)^nơi nhận\b")
ANNEX = re.compile(r"^(?:PHỤ LỤC|DANH MỤC|BIỂU)\b")
HEADING = re.compile(r"^[IVXLC]+[.\-/]\s")
OPENING = re.compile(r"(?i)^(?:-\s*)?(?:căn cứ|thực hiện|xét|theo)\b")
TYPE_WORDS = re.compile(
    r"^(?:KẾ HOẠCH|CHƯƠNG TRÌNH|CHỈ THỊ|QUYẾT ĐỊNH|NGHỊ QUYẾT|THÔNG BÁO|THÔNG TƯ|HƯỚNG DẪN|BÁO CÁO|KẾT LUẬN|"
    r"TỜ TRÌNH|QUY CHẾ|QUY ĐỊNH|ĐỀ ÁN|PHƯƠNG ÁN|CÔNG ĐIỆN)( HÀNH ĐỘNG)?$"
)
BLANK = "\u00a0"
FRAME = 7
"""How many blanks an unwritten number or day leaves."""


def blocks_of(plan: PlanText) -> tuple[Block, ...]:
    """Every paragraph and table of the plan, once, in an order a reader of the set page gets back."""
    head, first, last = limits_of(plan)
    found: list[Block] = [_pair(plan, plan.blocks[:head])] if head else []
    found += _body(plan, plan.blocks[head:first])
    found += [_pair(plan, plan.blocks[first:last])] if last > first else []
    return (*found, *_body(plan, plan.blocks[last:], titled=False))


def limits_of(plan: PlanText) -> tuple[int, int, int]:
    """Indices into `plan.blocks`: the header ends, the recipients start, the signer's last line ends."""
    head = _header_end(plan, plan.blocks)
    first, last = _ending(plan, plan.blocks[head:])
    return head, head + first, head + last


def _text(plan: PlanText, block: PlanBlock | Cell) -> str:
    return plan.text[block.start : block.end].strip()


def _header_end(plan: PlanText, blocks: Sequence[PlanBlock]) -> int:
    """How many blocks stand above the type word, if they look like a header."""
    first = list(takewhile(lambda b: isinstance(b, Paragraph) and not _is_type(plan, b), blocks[:HEADER_LINES]))
    texts = [_text(plan, block) for block in first]
    reached = len(first) < min(len(blocks), HEADER_LINES)
    fits = reached and all(len(text) <= SHORT for text in texts)
    return len(first) if fits and any(RIGHT.search(text) for text in texts) else 0


def _is_type(plan: PlanText, block: PlanBlock) -> bool:
    return isinstance(block, Paragraph) and block.column == 0 and bool(TYPE_WORDS.match(_text(plan, block)))


def _ending(plan: PlanText, blocks: Sequence[PlanBlock]) -> tuple[int, int]:
    """[first, last) of the recipients and the signer's lines."""
    for at, block in enumerate(blocks):
        if isinstance(block, Paragraph) and RECIPIENTS.match(_text(plan, block)):
            rest = takewhile(lambda b: isinstance(b, Paragraph) and not ANNEX.match(_text(plan, b)), blocks[at:])
            return at, at + len(list(rest))
    return len(blocks), len(blocks)


def _pair(plan: PlanText, blocks: Sequence[PlanBlock]) -> Columns:
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    sides = [_side(plan, paragraphs, at) for at in range(len(paragraphs))]
    lines = [_line(plan, paragraph) for paragraph in paragraphs]
    left = tuple(line for line, side in zip(lines, sides, strict=True) if side == 1)
    return Columns(left, tuple(line for line, side in zip(lines, sides, strict=True) if side == 2))


def _side(plan: PlanText, paragraphs: Sequence[Paragraph], at: int) -> int:
    if paragraphs[at].column:
        return paragraphs[at].column
    texts = [_text(plan, paragraph) for paragraph in paragraphs[: at + 1]]
    if RECIPIENTS.match(texts[0]):
        return 2 if any(text.isupper() and not text.startswith("-") for text in texts[1:]) else 1
    return 2 if RIGHT.search(texts[-1]) else 1


def _body(plan: PlanText, blocks: Sequence[PlanBlock], titled: bool = True) -> list[Block]:
    found: list[Block] = []
    for at, block in enumerate(blocks):
        if isinstance(block, Table):
            found.append(_grid(plan, block))
        elif block.align == "center" or (titled and _is_title(plan, blocks, at)):
            found.append(Line("==", _text(plan, block), True))
        else:
            found.append(_line(plan, block))
    return found


def _is_title(plan: PlanText, blocks: Sequence[PlanBlock], at: int) -> bool:
    """The type word and the paragraph under it."""
    if at == 0:
        return _is_type(plan, blocks[0])
    return at == 1 and _is_type(plan, blocks[0]) and not OPENING.match(_text(plan, blocks[1]))


def _line(plan: PlanText, paragraph: Paragraph) -> Line:
    text = _text(plan, paragraph)
    heading = bool(HEADING.match(text)) and len(text) <= SHORT
    return Line("", with_blanks(text), paragraph.bold or heading)


def with_blanks(text: str) -> str:
    """The unwritten number or day is printed as a wide blank: "Số:       /KH-UBND"."""
    gap = BLANK * FRAME
    text = re.sub(r"^(Số:?) *(?=[/-])", rf"\1{gap}", text)
    return re.sub(r"\b(ngày|tháng)(?= (?:tháng|năm)\b)", rf"\1{gap}", text)


# --- tables -----------------------------------------------------------------------------------


def _grid(plan: PlanText, table: Table) -> Grid:
    taken: dict[tuple[int, int], str] = {}
    rows = []
    for y, row in enumerate(table.rows):
        for cell in row.cells:
            for below in range(cell.row_span):
                for right in range(cell.column_span):
                    taken[y + below, cell.column + right] = "<" if right else "^"
            del taken[y, cell.column]
        rows.append(tuple(_cell(plan, row, x, taken.get((y, x))) for x in range(table.column_count)))
    return Grid(tuple(rows))


def _cell(plan: PlanText, row: Row, column: int, merged: str | None) -> tuple[Line, ...]:
    if merged:
        return (Line("", merged),)
    cell = next((c for c in row.cells if c.column == column), None)
    if cell is None:
        return (Line("", ""),)
    spans = cell.lines or ((cell.start, cell.end),)
    return tuple(Line("", plan.text[start:end].strip(), cell.bold) for start, end in spans)
