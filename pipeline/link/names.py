"""Abbreviations spelled out: "UBND tỉnh" → "Ủy ban nhân dân tỉnh". Source: rules/abbreviations.csv."""

from __future__ import annotations

import re
from functools import cache

from pipeline.fold import fold
from pipeline.rulebook import read_csv


def spell_out(text: str) -> str:
    """`text` with every known abbreviation that stands as a word of its own written in full."""
    expansions = _expansions()
    folded = fold(text)
    parts, at = [], 0
    for found in _pattern().finditer(folded):
        parts += [text[at : found.start()], expansions[_tight(found[0])]]
        at = found.end()
    return re.sub(r"\s+", " ", "".join([*parts, text[at:]])).strip()


def _tight(abbreviation: str) -> str:
    return re.sub(r"\s+", "", abbreviation)


@cache
def _expansions() -> dict[str, str]:
    """Abbreviation without blanks → expansion; the first row of the list wins."""
    pairs: dict[str, str] = {}
    for row in read_csv("abbreviations"):
        pairs.setdefault(_tight(fold(row["abbreviation"])), row["expansion"])
    return pairs


@cache
def _pattern() -> re.Pattern[str]:
    """Case counts (BCH is not "bch"); blanks inside an abbreviation may vary; the longest goes first."""
    written = sorted((fold(row["abbreviation"]) for row in read_csv("abbreviations")), key=len, reverse=True)
    return re.compile(r"(?<![\w/])(?:" + "|".join(re.escape(w).replace(r"\ ", r"\s*") for w in written) + r")(?![\w/])")
