"""What OCR read on one picture of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.ingest.page.words import PageWord
from pipeline.records import Aside

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class OcrPage:
    """`tables` holds for each table the boxes of its cells; everything in points, origin top left.

    `gutter` is where two pages side by side part; the left one's words come first.
    """

    words: tuple[PageWord, ...]
    tables: tuple[tuple[Box, ...], ...]
    blank: bool = False
    gutter: float | None = None
    aside: tuple[Aside, ...] = ()
    """What was read and is not print: scrawl, specks, the rims of stamps."""

    @property
    def confidence(self) -> float | None:
        """The mean of the words' confidences, weighted by their characters; None without words."""
        letters = sum(len(word.text) for word in self.words)
        total = sum(len(word.text) * (word.confidence or 0.0) for word in self.words)
        return total / letters if letters else None

    def parts(self, typed: Sequence[PageWord] = ()) -> list[tuple[list[PageWord], list[tuple[Box, ...]]]]:
        """The words, `typed` ones too, and the tables of each page in the picture, the left one first."""
        words = [*self.words, *typed]
        if self.gutter is None:
            return [(words, list(self.tables))]
        middle = self.gutter
        left = [word for word in words if word.centre < middle], [t for t in self.tables if t[0][0] < middle]
        right = [word for word in words if word.centre >= middle], [t for t in self.tables if t[0][0] >= middle]
        return [left, right]
