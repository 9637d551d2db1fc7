"""Lines of a scanned page that the engine passed over: writing in the picture where no word was read."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.page.words import PageWord
from pipeline.ingest.scan.frames import Reader
from pipeline.ingest.scan.image import Grey
from pipeline.ingest.scan.pieces import Piece

_DARK = 130
_SURE = 0.7
_LOW, _HIGH = 0.6, 1.8
"""Times the usual height of a word: how high a line of writing is."""
_LONG, _SIGNS = 6, 8
"""Heights that a line is wide, and parts it falls into, at least: a rule is one part, a number's few are no loss."""
_FULL = (0.06, 0.5)
"""The dark part of a line's box: specks are less, a shadow or a picture is more."""
_ABOVE, _BELOW = 0.45, 0.3
"""Of the usual height, left around a line for its marks and tails."""


def read_missed_lines(grey: Grey, words: Sequence[PageWord], pieces: Sequence[Piece], read: Reader) -> list[PageWord]:
    """The page's words, and those of lines that were passed over, read by themselves. Boxes in dots. OcrError."""
    sure = [word.height for word in words if (word.confidence or 0.0) >= _SURE and len(word.text) > 1]
    if not sure:
        return list(words)
    usual = median(sure)
    missed = [line for piece in pieces for line in _missed(grey, piece, words, usual)]
    if not missed:
        return list(words)
    again = read(grey, missed)
    return [*words, *(word for line in missed for word in _trusted([word for word in again if _holds(line, word)]))]


def _missed(grey: Grey, piece: Piece, words: Sequence[PageWord], usual: float) -> list[Piece]:
    """The piece's lines of writing without a word on them, with white around."""
    dark = grey[piece.top : piece.bottom, piece.x0 : piece.x1] < _DARK
    inked = np.concatenate(([False], dark.sum(axis=1) > 2, [False]))
    edges = np.flatnonzero(inked[1:] != inked[:-1]).reshape(-1, 2).tolist()
    above, below = int(_ABOVE * usual), int(_BELOW * usual)
    return [
        Piece(piece.x0, max(0, piece.top + top - above), piece.x1, min(grey.shape[0], piece.top + bottom + below))
        for top, bottom in edges
        if _LOW * usual <= bottom - top <= _HIGH * usual
        and _is_writing(dark[top:bottom], usual)
        and not any(_on(word, piece, top, bottom) for word in words)
    ]


def _is_writing(line: NDArray[np.bool_], usual: float) -> bool:
    columns = np.flatnonzero(line.any(axis=0))
    if not len(columns) or columns[-1] - columns[0] < _LONG * usual:
        return False
    parts = 1 + int((np.diff(columns) > 1).sum())
    return parts >= _SIGNS and _FULL[0] <= float(line[:, columns[0] : columns[-1] + 1].mean()) <= _FULL[1]


def _on(word: PageWord, piece: Piece, top: int, bottom: int) -> bool:
    shared = min(word.bottom, piece.top + bottom) - max(word.top, piece.top + top)
    return piece.x0 <= word.centre <= piece.x1 and shared > 0.3 * (bottom - top)


def _trusted(words: Sequence[PageWord]) -> list[PageWord]:
    """The words of a line that the engine is sure of by more than half of its letters; else none."""
    letters = sum(len(word.text) for word in words)
    sure = sum(len(word.text) for word in words if (word.confidence or 0.0) >= _SURE)
    return list(words) if 2 * sure > letters else []


def _holds(piece: Piece, word: PageWord) -> bool:
    return piece.x0 <= word.centre <= piece.x1 and piece.top <= word.middle <= piece.bottom
