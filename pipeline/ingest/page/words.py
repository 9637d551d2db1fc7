"""A word of a page with its box: what both the text layer and the OCR engine give, and lines and cells are made of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import isfinite
from operator import itemgetter
from typing import NamedTuple

from pipeline.fold import fold
from pipeline.records import Run

_REPAIRED = 0.9
"""At most so sure is a repaired word."""
_HALF_SIGN = re.compile("[\ud800-\udfff]")


def sound(words: Sequence[PageWord]) -> list[PageWord]:
    """The words with something in them and a place: what an engine says is as little to be trusted as a file."""
    return [w for w in words if _is_text(w.text) and all(map(isfinite, (*w[1:5], w.confidence or 0.0)))]


def _is_text(text: str) -> bool:
    """Whether there is something, and no half of a sign, which no table could hold."""
    return bool(text.strip()) and _HALF_SIGN.search(text) is None


class PageWord(NamedTuple):
    """Box in points (two decimals), origin at the top left of the page as it is read.

    `confidence` is 0 to 1, None for native text. `raw` is what OCR read where `text` is a repair of it, `repair` the
    rules that repaired it ("repair.marks", several joined by "+").
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    bold: bool = False
    confidence: float | None = None
    raw: str | None = None
    repair: str | None = None

    @property
    def middle(self) -> float:
        """The height of the word's middle."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """The word's middle from left to right."""
        return (self.x0 + self.x1) / 2

    @property
    def height(self) -> float:
        """The height of the box."""
        return self.bottom - self.top

    def repaired(self, text: str, rule: str) -> PageWord:
        """The word with `text` in place of what OCR read, which is kept, and not surer than repairs are right."""
        if text == self.text:
            return self
        sure = min(self.confidence or 0.0, _REPAIRED)
        raw = self.text if self.raw is None else self.raw
        return self._replace(text=text, raw=raw, repair=joined_rules(self.repair, rule), confidence=sure)

    def parted(self, at: int, rule: str) -> tuple[PageWord, PageWord]:
        """The two words that OCR ran together, parted before the character `at`; by characters, so is the box."""
        middle = round(self.x0 + (self.x1 - self.x0) * at / len(self.text), 2)
        sure, rules = min(self.confidence or 0.0, _REPAIRED), joined_rules(self.repair, rule)
        one, two = self.text[:at], self.text[at:]
        own = self._replace(confidence=sure, repair=rules)
        return own._replace(text=one, x1=middle, raw=one), own._replace(text=two, x0=middle, raw=two)


def joined_rules(*rules: str | None) -> str:
    """The ids of repairs, each once, in the order of the alphabet, joined by "+"."""
    return "+".join(sorted({one for rule in rules if rule for one in rule.split("+")}))


Row = list[PageWord]
"""The words of one printed line, left to right."""


_LEFT = itemgetter(1)
_MIDDLE = itemgetter(0)


def rows_of(words: Sequence[PageWord]) -> list[Row]:
    """Words on a common base line, top to bottom, each row left to right; doubled words are dropped."""
    rows: list[Row] = []
    middle, height = 0.0, 0.0
    placed = [((word[2] + word[4]) / 2, word[4] - word[2], word) for word in words]
    for own, tall, word in sorted(placed, key=_MIDDLE):
        if not rows or own - middle > 0.45 * (tall if tall > height else height):
            rows.append([])
            middle, height = own, tall
        elif tall > 1.2 * height:  # a raised note number came first
            middle, height = own, tall
        rows[-1].append(word)
    return [_left_to_right(row) for row in rows]


def _left_to_right(row: Row) -> Row:
    row = sorted(row, key=_LEFT)
    if len({word[0] for word in row}) == len(row):
        return row
    kept: Row = []
    before: PageWord | None = None
    for word in row:
        if before is None or before[0] != word[0] or not _doubled(before, word):
            kept.append(word)
            before = word
    return kept


def _doubled(one: PageWord, two: PageWord) -> bool:
    """Fake bold prints the same word twice, a hair apart."""
    aside, below = abs(one.x0 - two.x0), abs(one.middle - two.middle)
    return aside < 0.15 * max(one.height, 1.0) and below < 0.3 * max(min(one.height, two.height), 1.0)


def row_text(row: Sequence[PageWord]) -> str:
    """The row's words, parted by single blanks."""
    return " ".join([word[0] for word in row])


def folded_rows(rows: Sequence[Row]) -> list[str]:
    """The rows' texts, folded for matching: once for all of them."""
    return fold("\n".join(map(row_text, rows))).split("\n") if rows else []


def runs_of(row: Sequence[PageWord], page: int, last: str = "") -> tuple[Run, ...]:
    """One run a word, a blank after each but the last, which is followed by `last`."""
    words = zip(row, [" "] * (len(row) - 1) + [last], strict=True)
    return tuple([Run(word[0] + tail, page, word[1:5], word[6], word[7], word[8]) for word, tail in words])
