"""Stamps in a drawn frame over a scanned page's text: read by themselves, wiped out, and the text below read again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.ingest.page.words import PageWord
from pipeline.ingest.scan.image import Box, Grey, Grid, find_frames
from pipeline.ingest.scan.pieces import Piece, cut_page
from pipeline.ingest.scan.stamps import is_incoming

_DARK = 150
_LINES = 40
"""Lines of a page, at least: how far up half a line may reach."""
_RIMS = 280
"""The outer line of a stamp is that part of a page's height wide, with the white inside it."""
_WIDEST, _TALLEST, _UPPER = 0.45, 0.2, 0.6
"""Of the page: how large a stamp of incoming mail is, and how far down it ends."""
Reader = Callable[[Grey, list[Piece]], list[PageWord]]


def read_beside_stamps(
    grey: Grey, words: Sequence[PageWord], pieces: Sequence[Piece], read: Reader
) -> tuple[Grey, list[PageWord], list[list[PageWord]]]:
    """The page without framed stamps of incoming mail, its words, and each stamp's words; boxes in dots. OcrError.

    Only pieces that a stamp touches are read again.
    """
    stamps: list[tuple[Piece, list[PageWord]]] = []
    frames, unruled = find_frames(grey)
    for frame in frames:
        piece = _whole(unruled, frame)
        if is_incoming(inside := read(unruled, _inside(unruled, piece))):
            stamps.append((piece, inside))
    clean, rim = grey.copy(), grey.shape[0] // _RIMS
    for piece, _ in stamps:
        clean[max(0, piece.top - rim) : piece.bottom + rim, max(0, piece.x0 - rim) : piece.x1 + rim] = 255
    touched = [piece for piece in pieces if any(_meet(piece, stamp) for stamp, _ in stamps)]
    kept = [word for word in words if not any(_holds(piece, word) for piece in touched)]
    again = read(clean, touched) if touched else []
    return clean, kept + again, [inside for _, inside in stamps]


def part_boxed_stamps(
    grey: Grey, plain: Grey, grids: Sequence[Grid], read: Reader
) -> tuple[list[Grid], Grey, list[list[PageWord]]]:
    """The tables among `grids`; the page without ruled stamps, which are small and stand high; each stamp's words.

    `plain` is the page without ruling lines. OcrError.
    """
    height, width = grey.shape
    tables, stamps, clean = [], [], plain
    for grid in grids:
        x0, top, x1, bottom = (int(edge) for edge in grid.box)
        small = x1 - x0 < _WIDEST * width and bottom - top < _TALLEST * height and bottom < _UPPER * height
        inside = read(plain, _inside(plain, Piece(x0, top, x1, bottom))) if small else []
        if is_incoming(inside):
            clean = plain.copy() if clean is plain else clean
            clean[top:bottom, x0:x1] = 255
            stamps.append(inside)
        else:
            tables.append(grid)
    return tables, clean, stamps


def _whole(grey: Grey, frame: Box) -> Piece:
    """The frame with the line of writing whole that its upper border cuts through."""
    x0, top, x1, bottom = (int(edge) for edge in frame)
    inked = (grey[:, x0:x1] < _DARK).sum(axis=1) > 1
    reach = max(0, top - grey.shape[0] // _LINES)
    while top > reach and inked[top - 1]:
        top -= 1
    return Piece(x0, top, x1, bottom)


def _inside(grey: Grey, stamp: Piece) -> list[Piece]:
    """The stamp's own bands and columns."""
    part = grey[stamp.top : stamp.bottom, stamp.x0 : stamp.x1]
    return [
        Piece(p.x0 + stamp.x0, p.top + stamp.top, p.x1 + stamp.x0, p.bottom + stamp.top) for p in cut_page(part, [])
    ]


def _meet(one: Piece, two: Piece) -> bool:
    return one.x0 < two.x1 and two.x0 < one.x1 and one.top < two.bottom and two.top < one.bottom


def _holds(piece: Piece, word: PageWord) -> bool:
    return piece.x0 <= word.centre <= piece.x1 and piece.top <= word.middle <= piece.bottom
