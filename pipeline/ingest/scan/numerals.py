"""Roman numerals I to III and IV, counted in the picture: the engine reads III as "II", "HI", "l1", and I as "1", "[".

An I of print with serifs is an upright stroke with a foot and a head to both sides of it; a 1 has no head to its right,
an H a bar in its middle, and neither stand as near to each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.page.words import PageWord
from pipeline.ingest.scan.image import Grey

_LIKE = re.compile(r"([IlLHTij1|!\[\]ïÏíìÌ]{1,4})(?=V?(?:[.,;:)]{0,2}$|/\d))")
"""What the engine makes of such numerals, up to the sign or the V behind it."""
_NOTHING = ("", ".", ",")
"""What may stand behind a numeral and has no ink in the middle of its height."""
_MARGIN = 2
"""Dots of the picture taken along around a word's box."""
_LOWEST = 12
"""Dots a capital must be high for its serifs to be seen."""
_STEM, _PRINT, _CLEAR = 0.8, 0.18, 0.05
"""Dark parts of a column in a stroke, at least, and in other print; and of the white between strokes, at most."""
_WIDEST = 0.4
"""Of a capital's height: bold strokes are a quarter as wide, an H more than half."""
_HEAD, _MIDDLE = 0.14, (0.22, 0.78)
"""Parts of a capital's height that hold its serifs, and that hold nothing but strokes."""
_SERIF, _BAR = 0.06, 0.27
"""How far, in heights, a serif reaches beyond its stroke, at least and at most: the foot of an L is longer."""
_NEAR = 0.68
"""Two I stand half a capital's height apart, bold ones 0.6; two 1 three quarters."""

Stem = tuple[int, int]
"""First column of a stroke, and the one after its last."""


def with_numerals(words: Sequence[PageWord], grey: Grey) -> list[PageWord]:
    """`words` (boxes in dots of the picture `grey`), each that seems made of strokes with as many I as are printed.

    Print without serifs, slanted or broken strokes give no answer; such a word stays as read.
    """
    return [_counted(word, grey) for word in words]


def _counted(word: PageWord, grey: Grey) -> PageWord:
    match = _LIKE.match(word.text)
    if match is None:
        return word
    number = _strokes(_inked(word, grey), alone=word.text[match.end() :] in _NOTHING)
    return word.repaired("I" * number + word.text[match.end() :], "repair.strokes") if number else word


def _inked(word: PageWord, grey: Grey) -> NDArray[np.bool_]:
    """The word's dark dots, from the first row that has some to the last."""
    top, bottom = max(0, int(word.top) - _MARGIN), int(word.bottom) + _MARGIN
    part = grey[top:bottom, max(0, int(word.x0) - _MARGIN) : int(word.x1) + _MARGIN]
    if not part.size:
        return np.zeros((0, 0), np.bool_)
    dark = part < (int(part.min()) + int(np.median(part))) / 2
    return _of_height(dark, dark.shape[1])


def _strokes(dark: NDArray[np.bool_], alone: bool) -> int:
    """How many I the word begins with, if it begins with one to three and nothing speaks against them; else 0.

    `alone`: there may be no other print in the middle of the word's height.
    """
    first = list(_stems(dark))
    if not 1 <= len(first) <= 3 or (
        alone and _middle(dark)[:, first[-1][1] + 1 :].mean(axis=0).max(initial=0) > _PRINT
    ):
        return 0
    right = first[-1][1] + _MARGIN
    own = _of_height(dark, right)
    stems = list(_stems(own[:, :right]))
    if len(own) < _LOWEST or len(stems) != len(first):
        return 0
    beside = all(_are_beside(own, one, two) for one, two in pairwise(stems))
    return len(stems) if beside and _has_serifs(own, stems, alone) else 0


def _stems(dark: NDArray[np.bool_]) -> Iterator[Stem]:
    """The strokes from the left, up to the first print that is none."""
    share = _middle(dark).mean(axis=0) if len(dark) >= _LOWEST else np.zeros(0)
    inked = np.concatenate(([False], share > _PRINT, [False]))
    for start, end in np.flatnonzero(inked[1:] != inked[:-1]).reshape(-1, 2).tolist():
        if share[start:end].max() < _STEM or end - start > _WIDEST * len(dark):
            return
        yield start, end


def _are_beside(dark: NDArray[np.bool_], one: Stem, two: Stem) -> bool:
    """Whether two strokes stand as near as two I, with white between them."""
    apart = (two[0] + two[1] - one[0] - one[1]) / 2
    between = _middle(dark)[:, one[1] + 1 : two[0] - 1]
    return apart <= _NEAR * len(dark) and between.size > 0 and between.mean() <= _CLEAR


def _has_serifs(dark: NDArray[np.bool_], stems: Sequence[Stem], alone: bool) -> bool:
    """Whether the first stroke has a head and a foot to its left, and the last to its right.

    None is as long as an L's where no other print is beside it (`alone`).
    """
    deep = max(2, round(_HEAD * len(dark)))
    low, high = max(2, round(_SERIF * len(dark))), round(_BAR * len(dark)) if alone else len(dark)
    left, right = stems[0][0], stems[-1][1]
    ends = [np.asarray(part.any(axis=0)) for part in (dark[:deep], dark[-deep:])]
    reaches = [_reach(side) for end in ends for side in (end[:left][::-1], end[right:])]
    return all(low <= reach <= high for reach in reaches)


def _reach(inked: NDArray[np.bool_]) -> int:
    """How many columns in a row are inked, from the first on."""
    return int(np.argmin(np.append(inked, False)))


def _middle(dark: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The rows that hold nothing but strokes."""
    return dark[round(_MIDDLE[0] * len(dark)) : round(_MIDDLE[1] * len(dark))]


def _of_height(dark: NDArray[np.bool_], right: int) -> NDArray[np.bool_]:
    """The rows from the first to the last with ink left of a column."""
    rows = np.flatnonzero(dark[:, :right].any(axis=1))
    return dark[rows[0] : rows[-1] + 1] if len(rows) else dark[:0]
