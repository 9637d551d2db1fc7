"""The printed lines of a text file: pages, furniture and the width of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.records import Run, SourceLine

LINE_END = re.compile(r"\r\n|[\n\r\v\x85\u2028\u2029]")
PAGE_NUMBER = re.compile(r"(?:Trang\s+|trang\s+)?[-–—]?\s*\d{1,4}\s*(?:/\s*\d{1,4})?\s*[-–—]?")
LONGEST_NUMBER = 40
RULE = re.compile(r"\s*(?:[-_=~─━—–*•.·](?:\s?)){3,}\s*")
INDENTED = 20
"""A number alone on its line is a page number, without a form feed too, from this column on."""
WRAP_SHARE = 0.15
WRAP_REACH = 10
WIDEST_WRAP = 180
UNWRAPPED_MARGIN = 2


class TextLine(NamedTuple):
    """A line of the file: its row (0 is the file's first), its text without marks, and whether it is bold."""

    row: int
    text: str
    bold: bool = False


def split_pages(text: str) -> list[list[TextLine]]:
    """The file's lines, page by page: a form feed starts a page. Rows are counted through the file."""
    pages: list[list[TextLine]] = []
    row = 0
    for part in text.split("\f"):
        rows = LINE_END.split(part)
        pages.append([TextLine(row + index, line) for index, line in enumerate(rows)])
        row += len(rows)
    kept = [_without_page_number(page, len(pages) > 1) for page in pages]
    return [page for page in kept if any(line.text.strip() for line in page)]


def _without_page_number(page: list[TextLine], has_feeds: bool) -> list[TextLine]:
    filled = [line for line in page if line.text.strip()]
    edges = {filled[0].row, filled[-1].row} if filled and has_feeds else set()
    return [line for line in page if not _is_page_number(line, edges)]


def _is_page_number(line: TextLine, edges: set[int]) -> bool:
    bare = line.text.strip()
    if len(bare) > LONGEST_NUMBER or PAGE_NUMBER.fullmatch(bare) is None:
        return False
    return line.row in edges or indent(line.text) >= INDENTED


def is_rule(text: str) -> bool:
    """A line drawn of signs ("-----", "______"), which says nothing."""
    return len(text.strip()) >= 3 and RULE.fullmatch(text) is not None


def indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def text_width(lines: Sequence[TextLine]) -> float:
    """Column of the right border. Unwrapped text (a line is a paragraph) has none: far beyond its longest line.

    Text is wrapped where many lines end near the column that nine in ten don't pass.
    """
    ends = sorted(len(line.text.rstrip()) for line in lines if line.text.strip())
    if not ends:
        return 0.0
    border = ends[min(len(ends) - 1, int(0.95 * len(ends)))]
    near = sum(border - WRAP_REACH <= end <= border for end in ends)
    if border <= WIDEST_WRAP and near >= WRAP_SHARE * len(ends):
        return float(border)
    return float(ends[-1] * UNWRAPPED_MARGIN)


def source_line(
    line: TextLine, page: int, width: float, column: int = 0, span: tuple[int, int] | None = None
) -> SourceLine:
    """The record of a line, or of the part of it between two columns of characters."""
    start, end = span or (0, len(line.text))
    part = line.text[start:end]
    first = start + indent(part)
    text = part.strip()
    return SourceLine(
        runs=(Run(text, page),),
        x0=float(first),
        x1=float(first + len(text)),
        top=float(line.row),
        bottom=float(line.row + 1),
        left=0.0,
        right=width,
        bold=line.bold,
        column=column,
    )
