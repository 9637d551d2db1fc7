"""Printed lines of a block, cut so that marks stay with their letters.

Vietnamese sets marks on marks ("ế", "ổ"); where they stand apart from their letters the engine takes them for a line of
their own and loses both. Lines set apart by us leave it nothing to guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import numpy as np

from pipeline.ingest.page.words import PageWord, Row, rows_of
from pipeline.ingest.scan.frames import Reader
from pipeline.ingest.scan.image import Grey, usual_level
from pipeline.ingest.scan.pieces import Piece

_DARK = 150
_THIN = 0.6
"""Times the usual height of a line: less is marks, dots or a rule, that belong to the line next to them."""
_NEAR = 0.5
"""Times the usual height: further away they belong to none."""
_MARGIN = 6
_LEAST, _LEAST_SIGNS = 10, 3
"""Dots that a line of writing is high at least; words that a row of marks was made into."""

_SHATTERED = 0.6
"""Confidence of a line that the engine made of marks; more than half of its words are a sign or two."""
_SURE = 0.7

_Strip = tuple[int, int]


def read_lines_again(grey: Grey, words: Sequence[PageWord], pieces: Sequence[Piece], read: Reader) -> list[PageWord]:
    """The page's words; where lines fell to pieces, those of the lines set apart if they say more. OcrError."""
    result = list(words)
    for piece in pieces:
        rows = rows_of([word for word in words if _holds(piece, word)])
        broken = {near for at, row in enumerate(rows) if _is_shattered(row) for near in (at - 1, at, at + 1)}
        bands = [(rows[at][0].top, rows[at][0].bottom) for at in sorted(broken) if 0 <= at < len(rows)]
        whole = piece.x0 == 0 and piece.x1 == grey.shape[1]
        lines = [line for line in lines_of(grey, piece) if _meets(line, bands)] if bands and whole else []
        if lines and len(lines_of(grey, piece)) > 1:
            again = read(grey, lines)
            old = [word for word in result if any(_holds(line, word) for line in lines)]
            if _worth(again) > _worth(old):
                result = [word for word in result if word not in old] + again
    return result


def _is_shattered(row: Row) -> bool:
    """Signs and single letters in a row that the engine doubts: marks taken for a line of their own."""
    mean = sum(word.confidence or 0.0 for word in row) / len(row)
    short = sum(len(word.text) < 3 for word in row)
    return len(row) >= _LEAST_SIGNS and mean < _SHATTERED and 2 * short > len(row)


def _worth(words: Sequence[PageWord]) -> int:
    """Characters of words that the engine is sure of."""
    return sum(len(word.text) for word in words if (word.confidence or 0.0) >= _SURE and len(word.text) > 1)


def _meets(line: Piece, bands: Sequence[tuple[float, float]]) -> bool:
    return any(line.top < bottom and top < line.bottom for top, bottom in bands)


def _holds(piece: Piece, word: PageWord) -> bool:
    return piece.x0 <= word.centre <= piece.x1 and piece.top <= word.middle <= piece.bottom


def lines_of(grey: Grey, piece: Piece) -> list[Piece]:
    """The piece's lines, top to bottom, or the piece as it is where all marks stand with their letters."""
    part = grey[piece.top : piece.bottom, piece.x0 : piece.x1]
    inked = np.concatenate(([False], (part < min(_DARK, usual_level(grey) - 40)).sum(axis=1) > 1, [False]))
    edges = np.flatnonzero(inked[1:] != inked[:-1]).reshape(-1, 2)
    strips = [(int(top), int(bottom)) for top, bottom in edges if bottom - top > 1]
    lines = _joined(strips)
    if len(lines) == len(strips):
        return [piece]
    return [_line(piece, lines, at) for at in range(len(lines))]


def _joined(strips: Sequence[_Strip]) -> list[_Strip]:
    """Thin strips put to the line next to them: mostly the one below, whose marks they are."""
    usual = median([bottom - top for top, bottom in strips if bottom - top > _LEAST] or [2 * _LEAST])
    lines: list[_Strip] = []
    start: int | None = None
    for at, (top, bottom) in enumerate(strips):
        own, start = top if start is None else start, None
        above = top - lines[-1][1] if lines else 2 * usual
        below = strips[at + 1][0] - bottom if at + 1 < len(strips) else 2 * usual
        if bottom - top >= _THIN * usual or min(above, below) >= _NEAR * usual:
            lines.append((own, bottom))
        elif below <= above:
            start = own
        else:
            lines[-1] = (lines[-1][0], bottom)
    return lines


def _line(piece: Piece, lines: Sequence[_Strip], at: int) -> Piece:
    """One line with a little white around it, at most half of what parts it from its neighbours."""
    top, bottom = lines[at]
    low = (lines[at - 1][1] + top) // 2 if at else 0
    high = (bottom + lines[at + 1][0]) // 2 if at + 1 < len(lines) else piece.bottom - piece.top
    return Piece(piece.x0, piece.top + max(low, top - _MARGIN), piece.x1, piece.top + min(high, bottom + _MARGIN))
