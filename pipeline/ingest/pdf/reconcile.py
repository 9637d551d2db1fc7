"""Two readings of one page, its text layer and OCR, made one by the places of their words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.ingest.language.vietnamese import unknown_words, word_count
from pipeline.ingest.page.words import PageWord
from pipeline.records import TextSource

if TYPE_CHECKING:
    from pipeline.ingest.scan.page import OcrPage

_SURE, _DOUBTFUL = 0.85, 0.6
_SAME_PLACE = 0.5
"""The share of a word's box that another one covers where they are the same word."""
_TOUCHED = 0.25


@dataclass(frozen=True, slots=True)
class TextLayer:
    """`is_print`: the words are drawn on the page, so they are what stands there; else an engine read them before."""

    words: tuple[PageWord, ...]
    is_print: bool

    def reconciled(self, seen: OcrPage) -> tuple[OcrPage, TextSource]:
        """The page's words from both readings, and which of them it has."""
        if self.is_print:
            words = fill_gaps(self.words, seen.words)
        elif _worth(self.words) > _worth(seen.words):
            words = fill_gaps(word_by_word(self.words, seen.words), seen.words)
        else:
            words = word_by_word(seen.words, self.words)
        engine = sum(word.confidence is not None for word in words)
        source: TextSource = "ocr" if engine == len(words) else "mixed" if engine else "native"
        return replace(seen, words=tuple(words), blank=not words), source


def fill_gaps(own: Sequence[PageWord], other: Sequence[PageWord]) -> list[PageWord]:
    """`own` words, and those `other` ones that stand where there are none."""
    places = _Places(own)
    return [*own, *(word for word in other if not places.touched(word))]


def word_by_word(own: Sequence[PageWord], other: Sequence[PageWord]) -> list[PageWord]:
    """`own` words; a doubtful one becomes the `other` word at its place if that is a sure one."""
    places = _Places(other)
    result = []
    for word in own:
        instead = places.same(word) if is_doubtful(word) else None
        result.append(instead if instead and is_sure(instead) else word)
    return result


def is_doubtful(word: PageWord) -> bool:
    """Whether a word holds what is no Vietnamese syllable, or was read with little confidence."""
    return bool(unknown_words(word.text)) or (word.confidence is not None and word.confidence < _DOUBTFUL)


def is_sure(word: PageWord) -> bool:
    """Whether a word is Vietnamese, and the engine, if it read it, has no doubt."""
    known = word_count(word.text) > 0 and not unknown_words(word.text)
    return known and (word.confidence is None or word.confidence >= _SURE)


def _worth(words: Sequence[PageWord]) -> int:
    """Known syllables less what is none."""
    unknown = sum(unknown_words(word.text) for word in words)
    return sum(word_count(word.text) for word in words) - 2 * unknown


class _Places:
    """Words found by their place."""

    def __init__(self, words: Sequence[PageWord]) -> None:
        self._words = sorted(words, key=lambda word: word.top)
        self._tops = [word.top for word in self._words]
        self._tallest = max((word.height for word in words), default=0.0)

    def _near(self, word: PageWord) -> Sequence[PageWord]:
        return self._words[bisect_left(self._tops, word.top - self._tallest) : bisect_left(self._tops, word.bottom)]

    def touched(self, word: PageWord) -> bool:
        """Whether a good part of the word's place is taken."""
        return sum(_shared(word, other) for other in self._near(word)) >= _TOUCHED * _area(word)

    def same(self, word: PageWord) -> PageWord | None:
        """The one word at the same place, of about the same width."""
        for other in self._near(word):
            shared = _shared(word, other)
            if shared >= _SAME_PLACE * _area(word) and shared >= _SAME_PLACE * _area(other):
                return other
        return None


def _area(word: PageWord) -> float:
    return max((word.x1 - word.x0) * word.height, 0.01)


def _shared(one: PageWord, two: PageWord) -> float:
    across = min(one.x1, two.x1) - max(one.x0, two.x0)
    down = min(one.bottom, two.bottom) - max(one.top, two.top)
    return across * down if across > 0 and down > 0 else 0.0
