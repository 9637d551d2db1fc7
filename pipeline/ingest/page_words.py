"""A word of a page with its box: what both the text layer and the OCR engine give, and lines and cells are made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.records import Run


class PageWord(NamedTuple):
    """Box in points, origin at the top left of the page as it is read; `confidence` is 0 to 1, None for native text."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    bold: bool = False
    confidence: float | None = None

    @property
    def middle(self) -> float:
        """The height of the word's middle."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """The word's middle from left to right."""
        return (self.x0 + self.x1) / 2

    @property
    def height(self) -> float:
        """The height of the box."""
        return self.bottom - self.top


Row = list[PageWord]
"""The words of one printed line, left to right."""


def rows_of(words: Sequence[PageWord]) -> list[Row]:
    """Words on a common base line, top to bottom, each row left to right; doubled words are dropped."""
    rows: list[Row] = []
    middle, height = 0.0, 0.0
    for word in sorted(words, key=lambda word: word.middle):
        if not rows or word.middle - middle > 0.45 * max(height, word.height):
            rows.append([])
            middle, height = word.middle, word.height
        elif word.height > 1.2 * height:  # a raised note number came first
            middle, height = word.middle, word.height
        rows[-1].append(word)
    return [_left_to_right(row) for row in rows]


def _left_to_right(row: Row) -> Row:
    kept: Row = []
    for word in sorted(row, key=lambda word: word.x0):
        if not (kept and _doubled(kept[-1], word)):
            kept.append(word)
    return kept


def _doubled(one: PageWord, two: PageWord) -> bool:
    """Fake bold prints a word twice, a hair apart."""
    return one.text == two.text and abs(one.x0 - two.x0) < 0.15 * max(one.height, 1.0)


def row_text(row: Sequence[PageWord]) -> str:
    """The row's words, parted by single blanks."""
    return " ".join(word.text for word in row)


def runs_of(row: Sequence[PageWord], page: int, last: str = "") -> tuple[Run, ...]:
    """One run a word, a blank after each but the last, which is followed by `last`."""
    tails = [" "] * (len(row) - 1) + [last]
    return tuple(
        Run(
            word.text + tail,
            page,
            (round(word.x0, 2), round(word.top, 2), round(word.x1, 2), round(word.bottom, 2)),
            word.confidence,
        )
        for word, tail in zip(row, tails, strict=True)
    )
