"""Pieces and words as boxes to be drawn for someone who looks at the steps of a page."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.ingest.page.words import PageWord
from pipeline.ingest.scan.pieces import Piece
from pipeline.ingest.scan.trace import Mark


def piece_marks(pieces: Sequence[Piece]) -> list[Mark]:
    """Numbered in the order in which they are read."""
    return [Mark((p.x0, p.top, p.x1, p.bottom), str(number)) for number, p in enumerate(pieces, 1)]


def word_marks(kept: Sequence[PageWord], dropped: Sequence[PageWord]) -> list[Mark]:
    """All words that were read: print, and what is set aside."""
    return [_mark(word, True) for word in dropped] + [_mark(word, False) for word in kept]


def _mark(word: PageWord, dropped: bool) -> Mark:
    return Mark((word.x0, word.top, word.x1, word.bottom), word.text, word.confidence, dropped)
