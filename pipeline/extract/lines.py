"""The blocks of a text as lines with what an extractor asks of them: words, page, column, weight."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.records import Align, Paragraph, PlanText


@dataclass(frozen=True, slots=True)
class Line:
    """One block of the canonical text; `folded` is what the rules match on, of the same length as `text`."""

    index: int
    start: int
    end: int
    text: str
    folded: str
    page: int
    column: int = 0
    bold: bool = False
    align: Align | None = None
    role: str = "body"
    is_table: bool = False


def lines_of(plan: PlanText) -> tuple[Line, ...]:
    """Every block of the text as a line, in text order; a table is one line with `is_table`."""
    return tuple(_line(plan, index) for index in range(len(plan.blocks)))


def _line(plan: PlanText, index: int) -> Line:
    block = plan.blocks[index]
    # The trimmed range: rules are anchored at a line's first and last sign.
    raw = plan.text[block.start : block.end]
    start = block.start + len(raw) - len(raw.lstrip())
    end = max(start, block.start + len(raw.rstrip()))
    text, folded = plan.text[start:end], plan.folded[start:end]
    if isinstance(block, Paragraph):
        return Line(index, start, end, text, folded, block.page, block.column, block.bold, block.align, block.role)
    return Line(index, start, end, text, folded, block.page, is_table=True)
