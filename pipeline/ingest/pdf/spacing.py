"""Words typed letter by letter with blanks between ("K Ế  H O Ạ C H") become words again."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.ingest.language.vietnamese import syllable_count
from pipeline.ingest.page.words import PageWord

_LEAST, _MOST = 4, 80
"""Letters in a row that make a spaced word at least, and that are looked at together."""
_WIDER = 1.5
"""So much wider than the usual blank is the one between two words."""
_LONGEST_SYLLABLE = 7
_COST = 12.0
"""Logarithm of about how many syllables were counted: fewer, longer syllables are likelier."""


def join_spaced(words: Sequence[PageWord]) -> list[PageWord]:
    """Words in the order of the file; runs of single letters that make Vietnamese syllables are joined."""
    letters = "".join(["x" if len(word[0]) == 1 and word[0].isalpha() else " " for word in words])
    if "x" * _LEAST not in letters:
        return list(words)
    joined: list[PageWord] = []
    for run in _runs(words):
        joined += _joined(run) if _LEAST <= len(run) <= _MOST else run
    return joined


def _runs(words: Sequence[PageWord]) -> Iterator[list[PageWord]]:
    """Neighbouring single letters of one line together, every other word alone."""
    run: list[PageWord] = []
    for word in words:
        letter = len(word.text) == 1 and word.text.isalpha()
        if run and not (letter and _beside(run[-1], word)):
            yield run
            run = []
        if letter:
            run.append(word)
        else:
            yield [word]
    if run:
        yield run


def _beside(one: PageWord, two: PageWord) -> bool:
    level = abs(one.bottom - two.bottom) < 0.3 * max(one.height, two.height)
    return level and -1 < two.x0 - one.x1 < 2.5 * max(one.height, two.height)


def _joined(letters: list[PageWord]) -> list[PageWord]:
    gaps = [two.x0 - one.x1 for one, two in pairwise(letters)]
    usual = sorted(gaps)[len(gaps) // 2]
    breaks = [0, *(at for at, gap in enumerate(gaps, 1) if gap > _WIDER * max(usual, 1.0)), len(letters)]
    pieces = [letters[start:end] for start, end in pairwise(breaks)]
    if not all(_is_syllable(piece) for piece in pieces):
        cuts = _syllables("".join(letter.text for letter in letters))
        pieces = [letters[start:end] for start, end in pairwise(cuts)]
    return [_one(piece) for piece in pieces] if pieces else letters


def _is_syllable(piece: Sequence[PageWord]) -> bool:
    return syllable_count("".join(letter.text for letter in piece)) > 0


def _syllables(text: str) -> list[int]:
    """Where a text without blanks parts into the commonest syllables; empty where it does not."""
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [0])}
    for end in range(2, len(text) + 1):
        ways = [
            (best[start][0] + math.log(count) - _COST, [*best[start][1], end])
            for start in range(max(0, end - _LONGEST_SYLLABLE), end - 1)
            if start in best and (count := syllable_count(text[start:end]))
        ]
        if ways:
            best[end] = max(ways)
    return best[len(text)][1] if len(text) in best else []


def _one(letters: Sequence[PageWord]) -> PageWord:
    first, last = letters[0], letters[-1]
    text = "".join(letter.text for letter in letters)
    top, bottom = min(letter.top for letter in letters), max(letter.bottom for letter in letters)
    return first._replace(text=text, x1=last.x1, top=top, bottom=bottom)
