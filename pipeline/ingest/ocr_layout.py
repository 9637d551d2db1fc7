"""One picture of a page → its words by OCR, in points, and the boxes of its tables' cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.limits import Limits
from pipeline.ingest.ocr_engine import OcrEngine
from pipeline.ingest.page_halves import find_gutter
from pipeline.ingest.page_image import Grey, Grid, deskewed, find_grids, has_ink, skew
from pipeline.ingest.page_marks import piece_marks, word_marks
from pipeline.ingest.page_noise import without_noise
from pipeline.ingest.page_pieces import Piece, carry_back, cut_page, make_sheets
from pipeline.ingest.page_ready import make_ready
from pipeline.ingest.page_signature import find_foot, without_scrawl
from pipeline.ingest.page_trace import Mark, PageTrace
from pipeline.ingest.page_words import PageWord
from pipeline.ingest.repair import repair_page

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


def read_picture_page(
    picture: NDArray[np.uint8],
    size: tuple[float, float],
    limits: Limits,
    engine: OcrEngine,
    trace: PageTrace | None = None,
) -> OcrPage:
    """`picture` is height x width x 3 (BGR), `size` the page's width and height in points. OcrError."""
    ready = make_ready(picture, size, limits, trace)
    if not has_ink(ready.grey):
        return OcrPage((), (), blank=True)
    height, width = ready.grey.shape
    across, down = size[0] / width, size[1] / height
    gutter = find_gutter(ready.grey)
    words: list[PageWord] = []
    tables: list[tuple[Box, ...]] = []
    for left, half in _halves(ready.grey, gutter):
        if trace and gutter:
            trace.show("half", half)
        found, grids = _read_upright(half, limits, engine, trace)
        words += [_points(word, left, across, down) for word in found]
        tables += [tuple(_box_in_points(cell, left, across, down) for cell in grid.cells) for grid in grids]
    return OcrPage(tuple(words), tuple(tables), gutter=None if gutter is None else gutter * across)


def _halves(grey: Grey, gutter: int | None) -> list[tuple[int, Grey]]:
    """Each page in the picture and the dot at which it begins."""
    return [(0, grey)] if gutter is None else [(0, grey[:, :gutter]), (gutter, grey[:, gutter:])]


def _read_upright(
    grey: Grey, limits: Limits, engine: OcrEngine, trace: PageTrace | None
) -> tuple[list[PageWord], list[Grid]]:
    """The words and the ruled tables of one page, in its dots."""
    angle = skew(grey)
    grey = deskewed(grey, angle)
    grids, plain = find_grids(grey)
    pieces = cut_page(plain, grids)
    if trace:
        trace.show("deskewed", grey, f"{angle:.1f}°")
        trace.show("lines-wiped-cells", plain, str(len(grids)), [Mark(cell) for grid in grids for cell in grid.cells])
        trace.show("pieces", plain, str(len(pieces)), piece_marks(pieces))
    first = words = _read(plain, pieces, limits, engine)
    if foot := find_foot(plain, words, pieces, grids):
        if foot.mixed:
            again = _read(plain, [foot.left, foot.right], limits, engine)
            first, words = first + again, [word for word in words if word not in foot.words] + again
        words = without_scrawl(words, foot)
    words = without_noise(words)
    if trace:
        trace.show("words", plain, str(len(words)), word_marks(first, words))
    return words, grids


def _read(grey: Grey, pieces: list[Piece], limits: Limits, engine: OcrEngine) -> list[PageWord]:
    found: list[PageWord] = []
    for sheet in make_sheets(grey, pieces):
        found += carry_back(repair_page(engine(sheet.picture, limits.ocr_page_seconds)), sheet)
    return found


def _points(word: PageWord, left: float, across: float, down: float) -> PageWord:
    x0, top, x1, bottom = _box_in_points((word.x0, word.top, word.x1, word.bottom), left, across, down)
    return word._replace(x0=round(x0, 2), x1=round(x1, 2), top=round(top, 2), bottom=round(bottom, 2))


def _box_in_points(box: Box, left: float, across: float, down: float) -> Box:
    return (left + box[0]) * across, box[1] * down, (left + box[2]) * across, box[3] * down
