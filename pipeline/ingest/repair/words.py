"""Tone marks and hats that the letter engine lost, chosen by the neighbouring syllables.

Tesseract's Vietnamese model reads "kiêm tra" for "kiểm tra" and is as sure of it as of right words, so the word itself
must tell. Each syllable has readings: itself, and what it can be a misreading of, each at a cost; models/words knows
which syllables stand beside each other. A reading is taken where it is far likelier than the syllable as read, and
than every other reading. What is unclear stays as read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.ingest.repair.readings import Reading, doubt_of, is_capitals, readings_of
from pipeline.ingest.repair.table import WordTable

_MARGIN, _LEAD = 3.0, 2.0
"""How much likelier (natural logarithm) a reading must be than the word as read, and than the next reading."""
_MARKLESS_MARGIN, _MARKLESS_LEAD = 1.0, 0.8
_MARKLESS_LEAST, _MARKLESS_SHARE = 3, 0.01
"""A page with so many clear repairs, and so many of its syllables, was read without its marks: less is asked there."""


@dataclass(frozen=True, slots=True)
class Syllable:
    """A word of the page as read, without its punctuation; `sure` is the engine's confidence.

    `linked` says that it follows the word before it in the same phrase.
    """

    text: str
    sure: float
    linked: bool


def repair_syllables(read: Sequence[Syllable], table: WordTable) -> list[str]:
    """The syllables with lost marks put back, in the case they were read in; unclear ones as read."""
    small = [syllable.text.lower() for syllable in read]
    choices = [
        readings_of(small[at], is_capitals(own.text), doubt_of(own.sure), _is_odd(read, small, at, table))
        for at, own in enumerate(read)
    ]
    proposals: list[_Proposal] = []
    at = 0
    while at < len(read):
        end = at + 1
        if len(choices[at]) > 1:
            while end < len(read) and read[end].linked and len(choices[end]) > 1:
                end += 1
            proposals += _repair_stretch(read, small, choices, (at, end), table)
        at = end
    result = [syllable.text for syllable in read]
    for proposal in _accepted(proposals, len(read)):
        result[proposal.at] = _in_case_of(read[proposal.at].text, proposal.text)
    return result


class _Proposal(NamedTuple):
    """A reading for the syllable `at`: how much likelier than as read, and than the next reading."""

    at: int
    text: str
    margin: float
    lead: float


def _accepted(proposals: Sequence[_Proposal], syllables: int) -> list[_Proposal]:
    clear = [own for own in proposals if own.margin >= _MARGIN and own.lead >= _LEAD]
    if len(clear) < max(_MARKLESS_LEAST, _MARKLESS_SHARE * syllables):
        return clear
    return [own for own in proposals if own.margin >= _MARKLESS_MARGIN and own.lead >= _MARKLESS_LEAD]


def _is_odd(read: Sequence[Syllable], small: Sequence[str], at: int, table: WordTable) -> bool:
    """Whether a syllable stands beside others, but beside none that it is known to stand beside."""
    left = small[at - 1] if at and read[at].linked else None
    right = small[at + 1] if at + 1 < len(read) and read[at + 1].linked else None
    if left is None and right is None:
        return False
    return not ((left and table.pair(left, small[at])) or (right and table.pair(small[at], right)))


def _repair_stretch(
    read: Sequence[Syllable],
    small: Sequence[str],
    choices: Sequence[Sequence[Reading]],
    stretch: tuple[int, int],
    table: WordTable,
) -> Iterator[_Proposal]:
    """Neighbouring unclear syllables between clear ones: the best way through them, and how much better it is."""
    start, end = stretch
    before = small[start - 1] if start and read[start].linked else None
    after = small[end] if end < len(read) and read[end].linked else None
    scores = _through([choices[at] for at in range(start, end)], before, after, table)
    best = [max(range(len(own)), key=own.__getitem__) for own in scores]
    for at, own, top in zip(range(start, end), scores, best, strict=True):
        rest = max(score for index, score in enumerate(own) if index != top)
        if top == 0:
            continue
        chosen = choices[at][top][0]
        left = choices[at - 1][best[at - 1 - start]][0] if at > start else before
        right = choices[at + 1][best[at + 1 - start]][0] if at + 1 < end else after
        if _may_change(read, at, chosen, (left, right), table):
            yield _Proposal(at, chosen, own[top] - own[0], own[top] - rest)


def _through(
    choices: Sequence[Sequence[Reading]], before: str | None, after: str | None, table: WordTable
) -> list[list[float]]:
    """For each reading of each syllable the score of the best way that goes through it."""
    forward: list[list[float]] = []
    for at, own in enumerate(choices):
        if at == 0:
            forward.append([table.score(before, word) - cost for word, cost in own])
        else:
            ways = list(zip(choices[at - 1], forward[-1], strict=True))
            forward.append(
                [max(score + table.score(prev[0], word) for prev, score in ways) - cost for word, cost in own]
            )
    backward = [[table.score(word, after) if after else 0.0 for word, _ in choices[-1]]]
    for at in range(len(choices) - 2, -1, -1):
        ways = list(zip(choices[at + 1], backward[0], strict=True))
        backward.insert(
            0, [max(score + table.score(word, nxt[0]) - nxt[1] for nxt, score in ways) for word, _ in choices[at]]
        )
    return [[one + two for one, two in zip(f, b, strict=True)] for f, b in zip(forward, backward, strict=True)]


def _may_change(
    read: Sequence[Syllable], at: int, chosen: str, beside: tuple[str | None, str | None], table: WordTable
) -> bool:
    """Capitals may be names: they need a neighbour with which the reading is a known pair."""
    text = read[at].text
    if text.islower():
        return True
    left, right = beside
    known = max(table.pair(left, chosen) if left else 0.0, table.pair(chosen, right) if right else 0.0)
    if is_capitals(text):
        return known >= 1.0
    named = at > 0 and read[at].linked and read[at - 1].text[:1].isupper()
    named = named or (at + 1 < len(read) and read[at + 1].linked and read[at + 1].text[:1].isupper())
    return known >= (3.0 if named else 1.0)


def _in_case_of(model: str, word: str) -> str:
    if model.isupper() and len(model) > 1:
        return word.upper()
    return word[0].upper() + word[1:] if model[:1].isupper() else word
