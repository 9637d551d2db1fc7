"""A page's picture is cut into pieces that each hold plain lines: table cells, columns, and the rest.

The pieces are set below one another in one picture, so that one OCR pass reads them all; words are carried back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.page.words import PageWord
from pipeline.ingest.scan.image import Grey, Grid, usual_level

_GAP = 24
"""White dots between pieces."""
_TALLEST = 20_000
"""Dots; Tesseract refuses pictures taller than 32,767."""
_DARK = 150
_CELL_PADDING = 4
_FAINT = 12
"""A column of dots counts as white when no more than this part of it is dark: a seal's rest may cross it."""
_SMALL = 0.5
"""Of the page's width: up to this, text may stand beside a table."""
_SPECKS = 25
"""Dark dots that an empty cell may have."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the page, in its dots."""

    x0: int
    top: int
    x1: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """Pieces below one another: `tops` are where they start in `picture`."""

    picture: Grey
    pieces: tuple[Piece, ...]
    tops: tuple[int, ...]


def cut_page(grey: Grey, grids: Sequence[Grid]) -> list[Piece]:
    """Inked table cells, and between tables bands of lines, parted where a wide gap divides them. Top to bottom."""
    dark = grey < min(_DARK, usual_level(grey[::4, ::4]) - 40)
    pieces: list[Piece] = []
    top = 0
    for grid in grids:
        pieces += _bands(dark, top, max(top, int(grid.box[1])))
        pieces += [*_cells(dark, grid), *_beside(dark, grid)]
        top = max(top, int(grid.box[3]))
    return pieces + _bands(dark, top, grey.shape[0])


def make_sheets(grey: Grey, pieces: Sequence[Piece]) -> list[Sheet]:
    """As few sheets as the tallest picture allows."""
    sheets: list[Sheet] = []
    waiting: list[Piece] = []
    for piece in pieces:
        if waiting and sum(p.bottom - p.top + _GAP for p in (*waiting, piece)) > _TALLEST:
            sheets.append(_sheet(grey, waiting))
            waiting = []
        waiting.append(piece)
    return sheets + ([_sheet(grey, waiting)] if waiting else [])


def carry_back(words: Sequence[PageWord], sheet: Sheet) -> list[PageWord]:
    """Words read on a sheet, with their boxes on the page."""
    found = []
    for word in words:
        at = max((i for i, top in enumerate(sheet.tops) if top - _GAP / 2 <= word.middle), default=0)
        piece, top = sheet.pieces[at], sheet.tops[at]
        right, down = piece.x0 - _GAP, piece.top - top
        found.append(
            word._replace(x0=word.x0 + right, x1=word.x1 + right, top=word.top + down, bottom=word.bottom + down)
        )
    return found


def _sheet(grey: Grey, pieces: Sequence[Piece]) -> Sheet:
    height = _GAP + sum(piece.bottom - piece.top + _GAP for piece in pieces)
    width = max(piece.x1 - piece.x0 for piece in pieces) + 2 * _GAP
    picture = np.full((height, width), 255, np.uint8)
    tops, top = [], _GAP
    for piece in pieces:
        part = grey[piece.top : piece.bottom, piece.x0 : piece.x1]
        picture[top : top + part.shape[0], _GAP : _GAP + part.shape[1]] = part
        tops.append(top)
        top += part.shape[0] + _GAP
    return Sheet(picture, tuple(pieces), tuple(tops))


def _beside(dark: NDArray[np.bool_], grid: Grid) -> list[Piece]:
    """What is written left and right of a small table or frame."""
    width = dark.shape[1]
    x0, top, x1, bottom = (int(edge) for edge in grid.box)
    sides = (Piece(0, top, x0 - 1, bottom), Piece(x1 + 1, top, width, bottom))
    written = [side for side in sides if dark[side.top : side.bottom, side.x0 : side.x1].sum() > _SPECKS]
    return written if x1 - x0 < _SMALL * width else []


def _cells(dark: NDArray[np.bool_], grid: Grid) -> list[Piece]:
    found = []
    for x0, top, x1, bottom in grid.cells:
        edges = (x0 + _CELL_PADDING, top + _CELL_PADDING, x1 - _CELL_PADDING, bottom - _CELL_PADDING)
        piece = Piece(*(max(0, int(edge)) for edge in edges))
        if dark[piece.top : piece.bottom, piece.x0 : piece.x1].sum() > _SPECKS:
            found.append(piece)
    return found


def _bands(dark: NDArray[np.bool_], top: int, bottom: int) -> list[Piece]:
    """Between two heights: whole-width bands, and side by side the halves of lines that share a wide gap."""
    width = dark.shape[1]
    lines = _lines(dark, top, bottom)
    pieces: list[Piece] = []
    at = 0
    while at < len(lines):
        gap, end = _common_gap(dark, lines, at)
        start, last = lines[at][0], lines[end - 1][1]
        if gap is None:
            pieces.append(Piece(0, start, width, last))
        else:
            middle = sum(gap) // 2
            pieces += [Piece(0, start, middle, last), Piece(middle, start, width, last)]
        at = end
    return _merged([piece for piece in pieces if dark[piece.top : piece.bottom, piece.x0 : piece.x1].any()], width)


def _lines(dark: NDArray[np.bool_], top: int, bottom: int) -> list[tuple[int, int]]:
    """Heights from and to of each line of writing, a few white dots included."""
    if bottom - top < 8:
        return []
    inked = np.concatenate(([False], dark[top:bottom].sum(axis=1) > 2, [False]))
    edges = np.flatnonzero(inked[1:] != inked[:-1]).reshape(-1, 2) + top
    lines: list[tuple[int, int]] = []
    for start, end in edges.tolist():
        if lines and start - lines[-1][1] < max(4, dark.shape[0] // 500):
            lines[-1] = (lines[-1][0], end)
        else:
            lines.append((start, end))
    return [(max(top, start - 4), min(bottom, end + 4)) for start, end in lines if end - start > 3]


def _common_gap(
    dark: NDArray[np.bool_], lines: Sequence[tuple[int, int]], at: int
) -> tuple[tuple[int, int] | None, int]:
    """The gap that the lines from `at` on share, writing on both sides of it; and the first line without it."""
    width = dark.shape[1]
    low, high = width // 4, 3 * width // 4
    least = width // 50
    end, sides = at, [False, False]
    while end < len(lines):
        gap = _widest(dark[lines[end][0] : lines[end][1], low:high], low)
        if gap is None or gap[1] - gap[0] < least:
            break
        low, high, end = gap[0], gap[1], end + 1
        part = dark[lines[end - 1][0] : lines[end - 1][1]]
        sides = [sides[0] or bool(part[:, :low].any()), sides[1] or bool(part[:, high:].any())]
    if end - at >= 2 and all(sides):
        return (low, high), end
    return None, max(end, at + 1) if not all(sides) else at + 1


def _widest(part: NDArray[np.bool_], left: int) -> tuple[int, int] | None:
    free = np.concatenate(([False], part.sum(axis=0) <= part.shape[0] // _FAINT, [False]))
    edges = np.flatnonzero(free[1:] != free[:-1]).reshape(-1, 2)
    if not len(edges):
        return None
    start, end = max(edges.tolist(), key=lambda edge: edge[1] - edge[0])
    return left + start, left + end


def _merged(pieces: Sequence[Piece], width: int) -> list[Piece]:
    """Neighbouring whole-width bands are one piece."""
    merged: list[Piece] = []
    for piece in pieces:
        last = merged[-1] if merged else None
        if last and (last.x0, last.x1, piece.x0, piece.x1) == (0, width, 0, width):
            merged[-1] = Piece(0, last.top, width, piece.bottom)
        else:
            merged.append(piece)
    return merged
