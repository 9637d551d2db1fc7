"""One picture of a page → its words by OCR, in points, and the boxes of its tables' cells."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.limits import Limits
from pipeline.ingest.ocr_engine import OcrEngine
from pipeline.ingest.page_image import Grey, deskewed, find_grids, has_ink, scaled, without_red
from pipeline.ingest.page_noise import without_noise
from pipeline.ingest.page_pieces import Piece, carry_back, cut_page, make_sheets
from pipeline.ingest.page_signature import find_foot, without_scrawl
from pipeline.ingest.page_specks import without_specks
from pipeline.ingest.page_words import PageWord
from pipeline.ingest.repair import repair_page

Box = tuple[float, float, float, float]
_LEAST_DPI, _MOST_DPI, _GOOD_DPI = 150, 330, 220


@dataclass(frozen=True, slots=True)
class OcrPage:
    """`tables` holds for each table the boxes of its cells; everything in points, origin top left."""

    words: tuple[PageWord, ...]
    tables: tuple[tuple[Box, ...], ...]
    blank: bool = False

    @property
    def confidence(self) -> float | None:
        """The mean of the words' confidences, weighted by their characters; None without words."""
        letters = sum(len(word.text) for word in self.words)
        total = sum(len(word.text) * (word.confidence or 0.0) for word in self.words)
        return total / letters if letters else None


def read_picture_page(
    picture: NDArray[np.uint8], size: tuple[float, float], limits: Limits, engine: OcrEngine
) -> OcrPage:
    """`picture` is height x width x 3 (BGR), `size` the page's width and height in points. OcrError."""
    grey = _ready(picture, size[0])
    if not has_ink(grey):
        return OcrPage((), (), blank=True)
    grey = deskewed(grey)
    grids, plain = find_grids(grey)
    across, down = size[0] / grey.shape[1], size[1] / grey.shape[0]
    pieces = cut_page(plain, grids)
    words = _read(plain, pieces, limits, engine)
    if foot := find_foot(plain, words, pieces, grids):
        if foot.mixed:
            again = _read(plain, [foot.left, foot.right], limits, engine)
            words = [word for word in words if word not in foot.words] + again
        words = without_scrawl(words, foot)
    tables = tuple(tuple((c[0] * across, c[1] * down, c[2] * across, c[3] * down) for c in g.cells) for g in grids)
    return OcrPage(tuple(_points(word, across, down) for word in without_noise(words)), tables)


def _ready(picture: NDArray[np.uint8], width: float) -> Grey:
    dpi = picture.shape[1] / max(width / 72, 0.1)
    fits = _LEAST_DPI <= dpi <= _MOST_DPI
    if dpi < _LEAST_DPI:
        picture = without_specks(picture)
    return without_red(picture if fits else scaled(picture, _GOOD_DPI / dpi))


def _read(grey: Grey, pieces: list[Piece], limits: Limits, engine: OcrEngine) -> list[PageWord]:
    found: list[PageWord] = []
    for sheet in make_sheets(grey, pieces):
        found += carry_back(repair_page(engine(sheet.picture, limits.ocr_page_seconds)), sheet)
    return found


def _points(word: PageWord, across: float, down: float) -> PageWord:
    x0, x1 = round(word.x0 * across, 2), round(word.x1 * across, 2)
    return word._replace(x0=x0, x1=x1, top=round(word.top * down, 2), bottom=round(word.bottom * down, 2))
