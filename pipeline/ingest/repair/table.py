"""Which Vietnamese syllables stand beside each other, from models/words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache

from pipeline.ingest.language.vietnamese import is_syllable
from pipeline.rulebook import models_dir

_SMOOTHING = 40.0
_UNSEEN, _IMPOSSIBLE = 0.02, 0.0005
"""Counts given to a syllable that is in no list, and to one that breaks the spelling rules ("câp")."""
_REMEMBERED = 200_000
NUMBER = "0"
"""Stands for any number: "năm 2023", "Điều 5"."""


class WordTable:
    """Counts of syllables and of what stands after them; a syllable's neighbours are read when first asked for."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._single: dict[str, float] = {}
        self._after: dict[str, str | dict[str, float]] = {}
        self._scores: dict[tuple[str | None, str], float] = {}
        for line in lines:
            syllable, count, after = line.split("\t")
            self._single[syllable] = float(count)
            self._after[syllable] = after
        self._total = sum(self._single.values())

    def knows(self, syllable: str) -> bool:
        return syllable in self._single

    def pair(self, one: str, two: str) -> float:
        """How often `two` was counted after `one`."""
        after = self._after.get(one, "")
        if isinstance(after, str):
            pieces = (piece.rpartition(":") for piece in after.split())
            after = self._after[one] = {word: float(count) for word, _, count in pieces}
        return after.get(two, 0.0)

    def score(self, one: str | None, two: str) -> float:
        """The logarithm of the chance that `two` comes after `one` (None: after anything)."""
        key = (one, two)
        known = self._scores.get(key)
        if known is None:
            if len(self._scores) > _REMEMBERED:
                self._scores.clear()
            known = self._scores[key] = self._score(one, two)
        return known

    def _score(self, one: str | None, two: str) -> float:
        alone = (self._single.get(two) or (_UNSEEN if is_syllable(two) else _IMPOSSIBLE)) / self._total
        if one is None:
            return math.log(alone)
        count = self.pair(one, two) + _SMOOTHING * alone
        return math.log(count / (self._single.get(one, 0.0) + _SMOOTHING))


@cache
def word_table() -> WordTable:
    """models/words, read once. FileNotFoundError when it was not built."""
    return WordTable((models_dir() / "words" / "pairs.tsv").read_text("utf-8").splitlines())
