"""The measure of a table: column widths by what stands in them, and which cells are merged."""

from __future__ import annotations

from math import sqrt
from typing import Any

from tests.samples.markup import Grid

LEAST = 30.0
"""Points: a column that holds numbers alone."""
MERGED = ("<", "^")


def widths_of(grid: Grid, width: float) -> list[float]:
    """Columns share `width` (points) by the square root of their texts' mean length, none under the longest word."""
    count = len(grid.rows[0])
    weights = [sqrt(max(1.0, _mean_length(grid, x))) for x in range(count)]
    least = [max(LEAST, 7.5 * _longest_word(grid, x) + 14) for x in range(count)]
    spare = max(0.0, width - sum(least))
    wanted = [low + spare * weight / sum(weights) for low, weight in zip(least, weights, strict=True)]
    return [one * width / sum(wanted) for one in wanted]


def _texts(grid: Grid, column: int) -> list[str]:
    """The column's own texts: a cell that goes on to the right says nothing about its width."""
    found = []
    for row in grid.rows:
        alone = column + 1 == len(row) or row[column + 1][0].text != "<"
        if alone and row[column][0].text not in MERGED:
            found.append(" ".join(line.text for line in row[column]))
    return found


def _mean_length(grid: Grid, column: int) -> float:
    texts = _texts(grid, column)
    return sum(map(len, texts)) / max(1, len(texts))


def _longest_word(grid: Grid, column: int) -> int:
    return max((len(word) for text in _texts(grid, column) for word in text.split()), default=1)


def spans_of(grid: Grid) -> list[Any]:
    """reportlab's commands for merged cells: from each cell over the "<" to its right and the "^" below it."""
    marks = [[cell[0].text for cell in row] for row in grid.rows]
    spans = []
    for y, row in enumerate(marks):
        for x, text in enumerate(row):
            if text in MERGED:
                continue
            right = next((i for i in range(x + 1, len(row)) if row[i] != "<"), len(row)) - 1
            below = next((i for i in range(y + 1, len(marks)) if marks[i][x] != "^"), len(marks)) - 1
            if (right, below) != (x, y):
                spans.append(("SPAN", (x, y), (right, below)))
    return spans
