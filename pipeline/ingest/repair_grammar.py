"""Numbers, symbols, dates and quarters that OCR misread where their grammar (rules/repair.toml) leaves one reading."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from pipeline.fold import fold
from pipeline.ingest.page_words import PageWord
from pipeline.rulebook import load_rulebook, read_csv

_DIGITS = str.maketrans("lI|O", "1110")
_OTHERS = re.compile(r"[0-9]+$")
_ASSERTING = ("digits", "blank")
_LEAST_SURE = 0.5
"""Below it a number is not repaired: on scans such digits were wrong themselves (a handwritten 1134 read "1I9")."""
_LOOK_ALIKES = ("IT", "IL", "CG", "CO", "OQ", "ĐD", "BE", "IV")


def repair_numbers(lines: Sequence[Sequence[PageWord]]) -> list[list[PageWord]]:
    """The words of each printed line with numbers, symbols and dates repaired; a torn number becomes one word.

    Digits of which the engine itself is unsure (handwriting, a stamp over them) are left as read.
    """
    result = [list(line) for line in lines]
    text = "\n".join(" ".join(word.text for word in line) for line in lines)
    places, starts = _places(lines)
    for match in reversed(load_rulebook("repair").find("page", fold(text))):
        for name, (start, end) in sorted(match.spans.items(), key=lambda span: -span[1][0]):
            kind = _OTHERS.sub("", name)
            new = _reading(kind, text[start:end])
            if new is not None and new != text[start:end]:
                at = bisect_right(starts, start) - 1
                _edit(result, places[at], (start - starts[at], end - starts[at]), new, kind in _ASSERTING)
    return result


def _places(lines: Sequence[Sequence[PageWord]]) -> tuple[list[tuple[int, int]], list[int]]:
    """Line and place of every word, and where it starts in the lines' text (words parted by one character)."""
    places, starts, at = [], [], 0
    for row, line in enumerate(lines):
        for column, word in enumerate(line):
            places.append((row, column))
            starts.append(at)
            at += len(word.text) + 1
    return places, starts


def _edit(
    lines: list[list[PageWord]], place: tuple[int, int], span: tuple[int, int], new: str, asserting: bool
) -> None:
    """Put `new` over the span of a word; the blank behind a word joins it with the next one."""
    row, column = place
    word = lines[row][column]
    joins = span[0] == len(word.text) and not new
    touched = lines[row][column : column + 1 + joins]
    if asserting and min(own.confidence or 0.0 for own in touched) < _LEAST_SURE:
        return
    if joins:
        lines[row][column : column + 2] = [_joined(*touched)]
    else:
        lines[row][column] = word.repaired(word.text[: span[0]] + new + word.text[span[1] :])


def strokes(text: str) -> int:
    """How many upright strokes letters like I, l, 1, L, H stand for."""
    return sum(2 if letter == "H" else 1 for letter in text)


def _reading(kind: str, text: str) -> str | None:
    """What the characters under a rule's group of this kind are; None when that is not sure."""
    if kind == "digits":
        return text.translate(_DIGITS)
    if kind == "strokes":
        return text if text == "1" else "I" * min(3, strokes(text))
    if kind == "dstroke":
        return text[0] + "Đ"
    if kind == "body":
        return _body(text)
    return {"slash": "/", "gap": "/", "blank": "", "roman": "IV"}.get(kind)


def _body(text: str) -> str | None:
    known = _abbreviations()
    if text in known:
        return text
    near = {own for own in known if len(own) == len(text) >= 4 and _alike(own, text)}
    return near.pop() if len(near) == 1 else None


def _alike(one: str, two: str) -> bool:
    """Whether two abbreviations of one length differ in one letter that looks like the other."""
    odd = [a + b for a, b in zip(one, two, strict=True) if a != b]
    return len(odd) == 1 and (odd[0] in _LOOK_ALIKES or odd[0][::-1] in _LOOK_ALIKES)


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(row["abbreviation"] for row in read_csv("abbreviations"))


def _joined(one: PageWord, two: PageWord) -> PageWord:
    sure = min(one.confidence or 0.0, two.confidence or 0.0)
    box = one._replace(top=min(one.top, two.top), x1=two.x1, bottom=max(one.bottom, two.bottom), confidence=sure)
    return box._replace(raw=f"{one.text} {two.text}").repaired(one.text + two.text)
