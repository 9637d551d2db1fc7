"""The signer's column of a scan read again where stamp, seal or pen left the first reading in doubt.

Readings are put together word by word: print of the first one stays, sure words of the others fill what it missed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from statistics import median

import numpy as np

from pipeline.ingest.language.vietnamese import is_syllable
from pipeline.ingest.page.words import PageWord, row_text, rows_of
from pipeline.ingest.repair.signer_names import is_name
from pipeline.ingest.scan.frames import Reader
from pipeline.ingest.scan.image import Grey, scaled
from pipeline.ingest.scan.pieces import Piece
from pipeline.ingest.scan.signature import Foot, bare, inside
from pipeline.rulebook import load_rulebook

_SURE = 0.8
_DARK = 130
_REACH = 0.3
"""Of the page's height: how far below the recipients' heading a signer's name stands."""
_HALF = 0.5
_LOWEST = 0.5
"""Of the usual height: words that the engine makes of a stroke or speck are lower."""
_FEW = 2


def read_signer_again(
    grey: Grey, words: Sequence[PageWord], foot: Foot, read: Reader, with_red: Callable[[], Grey]
) -> list[PageWord]:
    """The page's words, those of the signer's column from up to four readings of it. OcrError.

    Read again by itself, then at half the size, which thin strokes and rims do not outlive; where no name is found,
    also on the page `with_red` kept dark, as names and offices are printed with red stamps, too.
    """
    column = [word for word in words if inside(word, foot.right)]
    piece = _inked(grey, foot.right)
    if piece is None or _settled(column):
        return list(words)
    for again in _readings(grey, piece, read):
        column = merged(column, again)
        if _settled(column):
            break
    if not _has_name(column):
        red = with_red()
        column += _red_name(column, read(red, [_inked(red, foot.right) or piece]))
    return [word for word in words if not inside(word, foot.right)] + column


def merged(first: Sequence[PageWord], again: Sequence[PageWord]) -> list[PageWord]:
    """The sure words of both, the first's before the other's, then what else the first holds."""
    kept = [word for word in first if _is_sure(word)]
    sure = kept or [word for word in again if _is_sure(word)]
    lowest = _LOWEST * median([word.height for word in sure] or [0.0])
    again = [word for word in again if word.height >= lowest]
    kept += [word for word in again if _is_sure(word) and not _covered(word, kept)]
    doubted = [_surer(word, again) for word in first if not _is_sure(word)]
    return kept + [word for word in doubted if not _covered(word, kept)]


def _surer(word: PageWord, again: Sequence[PageWord]) -> PageWord:
    """The same place in the other reading, where that is letters alone and surer."""
    same = [other for other in again if len(bare(other.text)) > _FEW and _covered(other, [word])]
    return max([word, *same], key=lambda read: read.confidence or 0.0)


def _readings(grey: Grey, piece: Piece, read: Reader) -> Iterator[list[PageWord]]:
    yield read(grey, [piece])
    small = scaled(np.ascontiguousarray(grey[piece.top : piece.bottom, piece.x0 : piece.x1]), _HALF)
    found = read(small, [Piece(0, 0, small.shape[1], small.shape[0])])
    yield [
        word._replace(
            x0=piece.x0 + word.x0 / _HALF,
            x1=piece.x0 + word.x1 / _HALF,
            top=piece.top + word.top / _HALF,
            bottom=piece.top + word.bottom / _HALF,
        )
        for word in found
    ]


def _inked(grey: Grey, column: Piece) -> Piece | None:
    """The column down to its last writing; the page's lower border, where numbers and shadows are, is left out."""
    bottom = min(column.bottom, column.top + int(_REACH * grey.shape[0]))
    rows = np.flatnonzero((grey[column.top : bottom, column.x0 : column.x1] < _DARK).sum(axis=1) > 1)
    if not len(rows):
        return None
    return Piece(column.x0, column.top, column.x1, min(bottom, column.top + int(rows[-1]) + 12))


def _settled(words: Sequence[PageWord]) -> bool:
    """Whether the column holds a name, and an office that nothing doubted stands beside."""
    offices = load_rulebook("signers").words("office_words")
    rows = [row for row in rows_of(words) if any(bare(word.text) in offices for word in row)]
    return bool(rows) and all(_is_sure(word) for row in rows for word in row) and _has_name(words)


def _has_name(words: Sequence[PageWord]) -> bool:
    return any(is_name(row_text([word for word in row if _is_sure(word)])) for row in rows_of(words))


def _red_name(column: Sequence[PageWord], again: Sequence[PageWord]) -> list[PageWord]:
    """The words of a line that is a person's name from its family name on, where nothing sure was read before."""
    for row in rows_of([word for word in again if _is_sure(word)]):
        if is_name(row_text(row)) and not any(_covered(word, column) for word in row if _is_sure(word)):
            return row
    return []


def _is_sure(word: PageWord) -> bool:
    text = bare(word.text)
    written = is_syllable(text) or load_rulebook("signers").full("prefix", text) is not None
    return (word.confidence or 0.0) >= _SURE and len(text) > 1 and written


def _covered(word: PageWord, others: Sequence[PageWord]) -> bool:
    """Whether another word stands in the same place: over a third of the narrower of both, on the same line."""
    for other in others:
        across = min(word.x1, other.x1) - max(word.x0, other.x0)
        down = min(word.bottom, other.bottom) - max(word.top, other.top)
        if across > min(word.x1 - word.x0, other.x1 - other.x0) / 3 and down > min(word.height, other.height) / 3:
            return True
    return False
