"""The words of a page become printed lines in reading order, each with the borders of its text column."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.ingest.page.columns import Borders, Strip, strips_of
from pipeline.ingest.page.words import Row, runs_of
from pipeline.records import SourceLine


def lines_of(rows: Sequence[Row], page: int, borders: Borders) -> list[SourceLine]:
    """`rows` top to bottom; `borders` are the body's margins."""
    return [_line(row, strip, page) for strip in strips_of(rows, borders) for row in strip.rows]


def _line(row: Row, strip: Strip, page: int) -> SourceLine:
    return SourceLine(
        runs=runs_of(row, page),
        x0=round(row[0].x0, 2),
        x1=round(row[-1].x1, 2),
        top=round(min([word[2] for word in row]), 2),
        bottom=round(max([word[4] for word in row]), 2),
        left=round(strip.left, 2),
        right=round(strip.right, 2),
        bold=row[0].bold and row[-1].bold,
        column=strip.column,
    )
