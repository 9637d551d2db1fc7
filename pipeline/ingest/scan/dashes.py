"""Dashes that the engine passed over: bullets before a line and dashes between words, seen in the picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from statistics import median

from pipeline.ingest.page.words import PageWord, Row, rows_of
from pipeline.ingest.scan.image import Box, Grey, flat_marks, usual_level

_SURE_WORD, _SURE = 0.7, 0.9
_HIGH, _LOW = 0.4, 0.8
"""Where in a line's height a dash stands: marks over letters are above, underscores and rules below."""
_APART = 0.12
_CUT = 2
"""Dots that may lie between the halves of a dash."""
_BULLET_REACH, _REACH = 2.2, 1.6
"""How far, in heights of words, a dash may stand before the first word, and from words on both its sides."""


def with_dashes(words: Sequence[PageWord], grey: Grey) -> list[PageWord]:
    """`words` (dots of the picture, in the order they were read), each missing dash before the word it precedes."""
    sure = [word for word in words if (word.confidence or 0.0) >= _SURE_WORD and any(map(str.isalnum, word.text))]
    if not sure:
        return list(words)
    height = median(word.height for word in sure)
    paper = usual_level(grey)

    def marks(within: Box) -> list[Box]:
        return flat_marks(grey, within, height, paper)

    before: dict[int, PageWord] = {}
    for row in rows_of(words):
        for last, word in pairwise([None, *row]):
            found = _between(last, word, marks, row, height) if word else None
            if word and found:
                before[id(word)] = found
    return [piece for word in words for piece in ([before[id(word)], word] if id(word) in before else [word])]


def whole_dashes(words: Sequence[PageWord]) -> list[PageWord]:
    """The page's words in the order they were read; a dash that the page's cut into columns halved is one again."""
    result: list[PageWord] = []
    dashes: list[int] = []
    for word in words:
        half = next((at for at in dashes if _touch(result[at], word)), None) if word.text == "-" else None
        if half is not None:
            result[half] = result[half]._replace(x0=min(result[half].x0, word.x0), x1=max(result[half].x1, word.x1))
            continue
        if word.text == "-":
            dashes.append(len(result))
        result.append(word)
    return result


def _touch(one: PageWord, two: PageWord) -> bool:
    """Whether two dashes lie on one line, end to end: the end of each was lost at the cut."""
    level = abs(one.middle - two.middle) <= max(one.height, two.height, 2)
    return level and max(one.x0, two.x0) - min(one.x1, two.x1) <= _CUT


def _between(
    last: PageWord | None, word: PageWord, marks: Callable[[Box], list[Box]], row: Row, height: float
) -> PageWord | None:
    """The one dash in the white between two words, or before the first; `marks` finds what stands inside a box."""
    if not _is_print(word) or (last is not None and not _is_print(last)):
        return None
    low = last.x1 + _APART * height if last else word.x0 - _BULLET_REACH * height
    high = word.x0 - _APART * height
    if high <= low or (last and word.x0 - last.x1 > 2 * _REACH * height):
        return None
    top, bottom = _line(row)
    inside = [
        mark
        for mark in marks(_around(low, high, top, bottom, height))
        if low <= mark[0] and mark[2] <= high and _HIGH <= ((mark[1] + mark[3]) / 2 - top) / (bottom - top) <= _LOW
    ]
    return PageWord("-", *inside[0], False, _SURE) if len(inside) == 1 else None


def _around(low: float, high: float, top: float, bottom: float, height: float) -> Box:
    """Where a whole dash may be, and so much more that one cut off at this box's border stands in no dash's place."""
    thick = max(3.0, height)
    return low - 2, top + _HIGH * (bottom - top) - thick, high + 2, top + _LOW * (bottom - top) + thick


def _is_print(word: PageWord) -> bool:
    return (word.confidence or 0.0) >= _SURE_WORD and word.text not in ("-", "–", "—", "+")


def _line(row: Row) -> tuple[float, float]:
    """The usual top and bottom of the row's sure words."""
    sure = [word for word in row if _is_print(word)]
    return median(word.top for word in sure), median(word.bottom for word in sure)
