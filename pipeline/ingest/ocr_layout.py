"""One picture of a page → its words by OCR, in points, and the boxes of its tables' cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.header_again import read_issuer_again
from pipeline.ingest.limits import Limits
from pipeline.ingest.ocr_engine import OcrEngine
from pipeline.ingest.page_aside import aside_of, asides_of
from pipeline.ingest.page_dashes import with_dashes
from pipeline.ingest.page_frames import part_boxed_stamps, read_beside_stamps
from pipeline.ingest.page_image import Grey, deskewed, find_grids, has_ink, scaled, with_red, without_red
from pipeline.ingest.page_noise import part_noise
from pipeline.ingest.page_pieces import Piece, carry_back, cut_page, make_sheets
from pipeline.ingest.page_signature import find_foot, part_scrawl
from pipeline.ingest.page_specks import without_specks
from pipeline.ingest.page_stamps import seems_stamped
from pipeline.ingest.page_words import PageWord, rows_of
from pipeline.ingest.red_marks import read_red_marks
from pipeline.ingest.repair import repair_page
from pipeline.ingest.repair_cells import repair_cells
from pipeline.ingest.signature_again import read_signer_again
from pipeline.records import Aside

Box = tuple[float, float, float, float]
_LEAST_DPI, _MOST_DPI, _GOOD_DPI = 150, 330, 220


@dataclass(frozen=True, slots=True)
class OcrPage:
    """`tables` holds for each table the boxes of its cells; everything in points, origin top left."""

    words: tuple[PageWord, ...]
    tables: tuple[tuple[Box, ...], ...]
    blank: bool = False
    aside: tuple[Aside, ...] = ()
    """What was read and is not print: scrawl, specks, the rims of stamps."""

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
    reader = partial(_read, limits=limits, engine=engine)
    grids, plain, stamps = part_boxed_stamps(grey, plain, grids, reader)
    pieces = cut_page(plain, grids)
    words, scrawl = reader(plain, pieces), list[PageWord]()
    if not stamps and seems_stamped(words, grey.shape[0]):
        plain, words, stamps = read_beside_stamps(plain, words, pieces, reader)
    words = read_issuer_again(plain, words, pieces, reader)
    if foot := find_foot(plain, words, pieces, grids):
        if foot.mixed:
            again = _read(plain, [foot.left, foot.right], limits, engine)
            words = [word for word in words if word not in foot.words] + again
        words = read_signer_again(plain, words, foot, reader, lambda: deskewed(_ready(picture, size[0], with_red)))
        words, scrawl = part_scrawl(words, foot)
    tables = tuple(tuple((c[0] * across, c[1] * down, c[2] * across, c[3] * down) for c in g.cells) for g in grids)
    words, noise = part_noise(words)
    aside = asides_of("noise", [_points(word, across, down) for word in (*noise, *scrawl)])
    aside += [aside_of("stamp", rows_of([_points(w, across, down) for w in stamp])) for stamp in stamps]
    aside += read_red_marks(picture, size, reader)
    words = repair_cells(words, [grid.cells for grid in grids])
    return OcrPage(tuple(_points(word, across, down) for word in words), tables, aside=tuple(aside))


def _ready(picture: NDArray[np.uint8], width: float, grey: Callable[[NDArray[np.uint8]], Grey] = without_red) -> Grey:
    dpi = picture.shape[1] / max(width / 72, 0.1)
    fits = _LEAST_DPI <= dpi <= _MOST_DPI
    if dpi < _LEAST_DPI:
        picture = without_specks(picture)
    return grey(picture if fits else scaled(picture, _GOOD_DPI / dpi))


def _read(grey: Grey, pieces: list[Piece], limits: Limits, engine: OcrEngine) -> list[PageWord]:
    found: list[PageWord] = []
    for sheet in make_sheets(grey, pieces):
        words = with_dashes(engine(sheet.picture, limits.ocr_page_seconds), sheet.picture)
        found += carry_back(repair_page(words), sheet)
    return found


def _points(word: PageWord, across: float, down: float) -> PageWord:
    x0, x1 = round(word.x0 * across, 2), round(word.x1 * across, 2)
    return word._replace(x0=x0, x1=x1, top=round(word.top * down, 2), bottom=round(word.bottom * down, 2))
