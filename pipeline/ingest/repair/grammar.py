"""Numbers, symbols, dates and quarters that OCR misread where their grammar (rules/repair.toml) leaves one reading."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from pipeline.fold import fold
from pipeline.ingest.page.words import PageWord, joined_rules
from pipeline.rulebook import load_rulebook, read_csv

_DIGITS = str.maketrans("lIL|OÓÔŠ", "11110005")
_OTHERS = re.compile(r"[0-9]+$")
_ASSERTING = ("digits", "blank")
_LEAST_SURE = 0.5
"""Below it a number is not repaired: on scans such digits were wrong themselves (a handwritten 1134 read "1I9")."""
_LOOK_ALIKES = ("IT", "IL", "CG", "CO", "OQ", "ĐD", "BE", "IV")
_FIXED = {
    "slash": "/",
    "gap": "/",
    "blank": "",
    "part": " ",
    "roman": "IV",
    "decision": "QĐ",
    "premier": "TTg",
    "committee": "UBND",
    "council": "HĐND",
    "report": "b/c",
    "program": "CTr",
}
ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
UPRIGHT = str.maketrans({"H": "II", "L": "I", "l": "I", "1": "I", "|": "I"})


class _Change(NamedTuple):
    """What to put over the characters [start, end) of a word, and the rule that says so."""

    start: int
    end: int
    new: str
    rule: str
    asserting: bool


def repair_numbers(lines: Sequence[Sequence[PageWord]]) -> list[list[PageWord]]:
    """The words of each printed line with numbers, symbols and dates repaired.

    A torn number becomes one word, words run together ("ngày01tháng") become several. Digits of which
    the engine itself is unsure (handwriting, a stamp over them) are left as read.
    """
    return _repair_group(_repair_group(lines, "page"), "symbol")


def _repair_group(lines: Sequence[Sequence[PageWord]], group: str) -> list[list[PageWord]]:
    """The lines after one group of rules; where two groups touch the same words, the second sees the first's work."""
    result = [list(line) for line in lines]
    text = "\n".join(" ".join(word.text for word in line) for line in lines)
    places, starts = _places(lines)
    for match in reversed(load_rulebook("repair").find(group, fold(text))):
        for name, (start, end) in sorted(match.spans.items(), key=lambda span: -span[1][0]):
            kind = _OTHERS.sub("", name)
            new = _reading(kind, text[start:end])
            if new is not None and new != text[start:end]:
                at = bisect_right(starts, start) - 1
                span = (start - starts[at], end - starts[at])
                _edit(result, places[at], _Change(*span, new, match.rule_id, kind in _ASSERTING))
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


def _edit(lines: list[list[PageWord]], place: tuple[int, int], change: _Change) -> None:
    """Change a word: a blank parts it in two, and the blank behind it left out joins it with the next one."""
    row, column = place
    word = lines[row][column]
    joins = change.start == len(word.text) and not change.new
    touched = lines[row][column : column + 1 + joins]
    if change.asserting and min(own.confidence or 0.0 for own in touched) < _LEAST_SURE:
        return
    if joins:
        lines[row][column : column + 2] = [_joined(word, touched[1], change.rule)]
    elif change.new == " ":
        lines[row][column : column + 1] = word.parted(change.start, change.rule)
    else:
        text = word.text[: change.start] + change.new + word.text[change.end :]
        lines[row][column] = word.repaired(text, change.rule)


def strokes(text: str) -> int:
    """How many upright strokes letters like I, l, 1, L, H stand for."""
    return sum(2 if letter == "H" else 1 for letter in text)


def _reading(kind: str, text: str) -> str | None:
    """What the characters under a rule's group of this kind are; None when that is not sure."""
    if kind == "digits":
        return text.translate(_DIGITS)
    if kind == "strokes":
        return text if text == "1" else "I" * min(3, strokes(text))
    if kind == "numeral":
        return _numeral(text)
    if kind == "dstroke":
        return text[0] + "Đ"
    if kind == "body":
        return _body(text)
    if kind == "double":
        return next((one for one in (text, text.replace("ĐĐ", "Đ")) if one in _abbreviations()), None)
    return _FIXED.get(kind)


def _numeral(text: str) -> str | None:
    """The Roman numeral that "XIH" or "XlV" stands for; None when it is one already, or none at all."""
    literal = text.translate(UPRIGHT)
    return literal if literal in ROMANS and not text.isdigit() else None


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


def _joined(one: PageWord, two: PageWord, rule: str) -> PageWord:
    sure = min(one.confidence or 0.0, two.confidence or 0.0)
    box = one._replace(top=min(one.top, two.top), x1=two.x1, bottom=max(one.bottom, two.bottom), confidence=sure)
    raw = f"{_raw(one)} {_raw(two)}"
    before = joined_rules(one.repair, two.repair) or None
    return box._replace(raw=raw, repair=before).repaired(one.text + two.text, rule)


def _raw(word: PageWord) -> str:
    return word.text if word.raw is None else word.raw
