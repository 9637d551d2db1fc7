"""The issuer's lines at the head of a scan read once more by themselves where the first reading doubts a word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.ingest.page.words import PageWord, Row, row_text, rows_of
from pipeline.ingest.scan.frames import Reader
from pipeline.ingest.scan.image import Grey
from pipeline.ingest.scan.pieces import Piece

_DOUBTED = 0.6
_UPPER = 0.3
"""The part of a page in which its header begins."""
_HAND = re.compile(r"\d|[/#]|^.{0,3}[Ss][ốóòôồổõ]")
"""A line with a number, which a hand may have filled in: it stays as it was read."""


def read_issuer_again(grey: Grey, words: Sequence[PageWord], pieces: Sequence[Piece], read: Reader) -> list[PageWord]:
    """The page's words, each of the issuer's lines from the surer of two readings. OcrError."""
    piece = _left_of_header(pieces, grey)
    if piece is None:
        return list(words)
    rows = [row for row in rows_of([word for word in words if _holds(piece, word)]) if not _HAND.search(row_text(row))]
    if not any((word.confidence or 0.0) < _DOUBTED and word.text.isalpha() for row in rows for word in row):
        return list(words)
    again = rows_of(read(grey, [piece]))
    swaps = [(row, other) for row in rows if (other := _same_line(row, again)) and _mean(other) > _mean(row)]
    gone = {id(word) for row, _ in swaps for word in row}
    return [word for word in words if id(word) not in gone] + [word for _, other in swaps for word in other]


def _left_of_header(pieces: Sequence[Piece], grey: Grey) -> Piece | None:
    """The first of two pieces side by side at the head of the page."""
    for left, right in pairwise(pieces):
        beside = left.top == right.top and left.x0 == 0 and left.x1 == right.x0
        if beside and left.top < _UPPER * grey.shape[0]:
            return left
    return None


def _same_line(row: Row, rows: Sequence[Row]) -> Row | None:
    """The line of the other reading at the same height, with as many words in it."""
    middle, reach = sum(word.middle for word in row) / len(row), 0.5 * max(word.height for word in row)
    near = [other for other in rows if abs(sum(w.middle for w in other) / len(other) - middle) < reach]
    return near[0] if len(near) == 1 and len(near[0]) == len(row) else None


def _mean(row: Row) -> float:
    return sum((word.confidence or 0.0) * len(word.text) for word in row) / sum(len(word.text) for word in row)


def _holds(piece: Piece, word: PageWord) -> bool:
    return piece.x0 <= word.centre <= piece.x1 and piece.top <= word.middle <= piece.bottom
