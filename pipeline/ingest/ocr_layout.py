"""One picture of a page → its words by OCR, in points, and the boxes of its tables' cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.limits import Limits
from pipeline.ingest.ocr_engine import OcrEngine
from pipeline.ingest.page_aside import aside_of, asides_of
from pipeline.ingest.page_dashes import with_dashes
from pipeline.ingest.page_frames import read_beside_stamps
from pipeline.ingest.page_halves import find_gutter
from pipeline.ingest.page_image import Grey, deskewed, find_grids, has_ink, skew, with_red
from pipeline.ingest.page_marks import piece_marks, word_marks
from pipeline.ingest.page_noise import part_noise
from pipeline.ingest.page_pieces import Piece, carry_back, cut_page, make_sheets
from pipeline.ingest.page_ready import Ready, make_ready
from pipeline.ingest.page_signature import find_foot, part_scrawl
from pipeline.ingest.page_stamps import seems_stamped
from pipeline.ingest.page_trace import Mark, PageTrace
from pipeline.ingest.page_words import PageWord, rows_of
from pipeline.ingest.paper import paper_width
from pipeline.ingest.repair import repair_page
from pipeline.ingest.signature_again import read_signer_again
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


@dataclass(frozen=True, slots=True)
class _Half:
    """What was read on one of the pages in a picture, in dots of the whole picture."""

    words: list[PageWord]
    tables: list[tuple[Box, ...]]
    noise: list[PageWord]
    stamps: list[list[PageWord]]


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
    halves = [_read_half(ready, edges, limits, engine, trace) for edges in _edges(width, gutter)]
    words, noise, stamps = (tuple(found) for found in zip(*[(h.words, h.noise, h.stamps) for h in halves], strict=True))
    aside = asides_of("noise", [_points(word, scale) for half in noise for word in half])
    aside += [aside_of("stamp", rows_of([_points(word, scale) for word in one])) for half in stamps for one in half]
    return OcrPage(
        tuple(_points(word, scale) for half in words for word in half),
        tuple(tuple(_box_in_points(cell, scale) for cell in cells) for half in halves for cells in half.tables),
        gutter=None if gutter is None else gutter * scale[0],
        aside=tuple(aside),
    )


def _edges(width: int, gutter: int | None) -> list[tuple[int, int]]:
    """From which dot to which each page in the picture goes."""
    return [(0, width)] if gutter is None else [(0, gutter), (gutter, width)]


def _read_half(
    ready: Ready, edges: tuple[int, int], limits: Limits, engine: OcrEngine, trace: PageTrace | None
) -> _Half:
    """One page of the picture. OcrError."""
    own = slice(*edges)
    angle = skew(ready.grey[:, own])
    grey = deskewed(ready.grey[:, own], angle)
    grids, plain = find_grids(grey)
    pieces = cut_page(plain, grids)
    if trace:
        if grey.shape != ready.grey.shape:
            trace.show("half", ready.grey[:, own])
        trace.show("deskewed", grey, f"{angle:.1f}°")
        trace.show("lines-wiped-cells", plain, str(len(grids)), [Mark(cell) for grid in grids for cell in grid.cells])
        trace.show("pieces", plain, str(len(pieces)), piece_marks(pieces))

    def read(page: Grey, parts: list[Piece]) -> list[PageWord]:
        return _read(page, parts, limits, engine)

    words, scrawl, stamps = read(plain, pieces), list[PageWord](), list[list[PageWord]]()
    if seems_stamped(words, grey.shape[0]):
        plain, words, stamps = read_beside_stamps(plain, words, pieces, read)
    if foot := find_foot(plain, words, pieces, grids):
        if foot.mixed:
            again = read(plain, [foot.left, foot.right])
            words = [word for word in words if word not in foot.words] + again
        words = read_signer_again(plain, words, foot, read, lambda: deskewed(with_red(ready.picture[:, own]), angle))
        words, scrawl = part_scrawl(words, foot)
    words, noise = part_noise(words)
    if trace:
        dropped = [*noise, *scrawl, *(word for stamp in stamps for word in stamp)]
        trace.show("words", plain, str(len(words)), word_marks(words, dropped))
    left = edges[0]
    tables = [tuple((c[0] + left, c[1], c[2] + left, c[3]) for c in grid.cells) for grid in grids]
    moved = [[_moved(word, left) for word in stamp] for stamp in stamps]
    return _Half([_moved(w, left) for w in words], tables, [_moved(w, left) for w in (*noise, *scrawl)], moved)


def _moved(word: PageWord, right: float) -> PageWord:
    return word._replace(x0=word.x0 + right, x1=word.x1 + right)


def _read(grey: Grey, pieces: list[Piece], limits: Limits, engine: OcrEngine) -> list[PageWord]:
    found: list[PageWord] = []
    for sheet in make_sheets(grey, pieces):
        words = with_dashes(engine(sheet.picture, limits.ocr_page_seconds), sheet.picture)
        found += carry_back(repair_page(words), sheet)
    return found


def _points(word: PageWord, scale: tuple[float, float]) -> PageWord:
    x0, top, x1, bottom = _box_in_points((word.x0, word.top, word.x1, word.bottom), scale)
    return word._replace(x0=round(x0, 2), x1=round(x1, 2), top=round(top, 2), bottom=round(bottom, 2))


def _box_in_points(box: Box, scale: tuple[float, float]) -> Box:
    return box[0] * scale[0], box[1] * scale[1], box[2] * scale[0], box[3] * scale[1]
