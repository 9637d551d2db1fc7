"""One picture of a page → its words by OCR, in points, the boxes of its tables' cells, and what is set aside."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.limits import Limits
from pipeline.ingest.ocr.engine import OcrEngine
from pipeline.ingest.page.aside import aside_of, asides_of
from pipeline.ingest.page.paper import paper_width
from pipeline.ingest.page.words import PageWord, rows_of, sound
from pipeline.ingest.repair.page import repair_page
from pipeline.ingest.scan.dashes import whole_dashes, with_dashes
from pipeline.ingest.scan.halves import find_gutter
from pipeline.ingest.scan.image import Grey, has_ink
from pipeline.ingest.scan.numerals import with_numerals
from pipeline.ingest.scan.page import Box, OcrPage
from pipeline.ingest.scan.pieces import Piece, carry_back, make_sheets
from pipeline.ingest.scan.printed import Print, read_print
from pipeline.ingest.scan.ready import make_ready
from pipeline.ingest.scan.red_marks import read_red_marks
from pipeline.ingest.scan.trace import PageTrace
from pipeline.records import Aside

Scale = tuple[float, float]
"""Points a dot, across and down."""


def read_picture_page(
    picture: NDArray[np.uint8],
    size: tuple[float, float],
    limits: Limits,
    engine: OcrEngine,
    trace: PageTrace | None = None,
) -> OcrPage:
    """`picture` is height x width x 3 (BGR), `size` the page's width and height in points. OcrError."""
    ready = make_ready(picture, paper_width(size), limits, trace)
    if not has_ink(ready.grey):
        return OcrPage((), (), blank=True)
    height, width = ready.grey.shape
    scale = size[0] / width, size[1] / height
    gutter = find_gutter(ready.grey)
    read = partial(_read, limits=limits, engine=engine)
    pages = [read_print(ready, edges, read, trace) for edges in _edges(width, gutter)]
    return OcrPage(
        tuple(_points(word, scale) for page in pages for word in page.words),
        tuple(tuple(_box_in_points(cell, scale) for cell in cells) for page in pages for cells in page.tables),
        gutter=None if gutter is None else gutter * scale[0],
        aside=(*(aside for page in pages for aside in _asides(page, scale)), *read_red_marks(picture, size, read)),
    )


def _edges(width: int, gutter: int | None) -> list[tuple[int, int]]:
    """From which dot to which each page in the picture goes."""
    return [(0, width)] if gutter is None else [(0, gutter), (gutter, width)]


def _read(grey: Grey, pieces: list[Piece], limits: Limits, engine: OcrEngine) -> list[PageWord]:
    found: list[PageWord] = []
    for sheet in make_sheets(grey, pieces):
        words = with_dashes(sound(engine(sheet.picture, limits.ocr_page_seconds)), sheet.picture)
        found += carry_back(repair_page(with_numerals(words, sheet.picture)), sheet)
    return whole_dashes(found)


def _asides(page: Print, scale: Scale) -> list[Aside]:
    stamps = [rows_of([_points(word, scale) for word in stamp]) for stamp in page.stamps]
    noise = asides_of("noise", [_points(word, scale) for word in page.noise])
    return noise + [aside_of("stamp", rows) for rows in stamps]


def _points(word: PageWord, scale: Scale) -> PageWord:
    x0, top, x1, bottom = _box_in_points((word.x0, word.top, word.x1, word.bottom), scale)
    return word._replace(x0=round(x0, 2), x1=round(x1, 2), top=round(top, 2), bottom=round(bottom, 2))


def _box_in_points(box: Box, scale: Scale) -> Box:
    return box[0] * scale[0], box[1] * scale[1], box[2] * scale[0], box[3] * scale[1]
