"""Where instruments are mentioned: type word and reference, or the name of a law, congress or programme."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from pipeline.extract.title import type_of_symbol
from pipeline.rulebook import Rulebook, RuleMatch, load_rulebook

if TYPE_CHECKING:
    from pipeline.nlp import Reading

_NUMBER = re.compile(r"\d+\w?")
_REACH_OF_LIST = 400


@dataclass(frozen=True, slots=True)
class Head:
    """One mention without what follows it. `issuer` is a span where the name itself says it (a congress)."""

    start: int
    end: int
    type: str
    ref: str | None
    rule_id: str
    name: str | None = None
    issuer: tuple[int, int] | None = None
    symbol: str | None = None
    sibling: bool = False
    """Its type word stands before an earlier number of the same list."""


def book() -> Rulebook:
    return load_rulebook("citations")


def find_heads(reading: Reading) -> list[Head]:
    """All mentions, left to right, without overlap."""
    text, folded = reading.plan.text, reading.plan.folded
    heads = [head for match in reading.find("citation") for head in _heads(match, text)]
    others = (head for match in book().find("citation_other", folded) for head in _heads(match, text))
    heads = _free(heads, (_whole_law_name(head, text) for head in others))
    return _free(heads, _siblings(heads, text, folded))


def _heads(match: RuleMatch, text: str) -> Iterator[Head]:
    kind = _type(match.values["type"])
    if "numbers" in match.values:
        yield from _listed(match, kind)
        return
    ref = text[slice(*match.spans["ref"])] if "ref" in match.spans else None
    name = text[slice(*match.spans["name"])] if "name" in match.spans else None
    symbol = match.values.get("symbol")
    yield Head(match.start, match.end, kind, ref, match.rule_id, name, match.spans.get("issuer"), symbol)


def _listed(match: RuleMatch, kind: str) -> Iterator[Head]:
    """ "số 03, 04/NQ-CP": one mention a number, all with the last one's ending."""
    start, _ = match.spans["numbers"]
    numbers = list(_NUMBER.finditer(match.values["numbers"]))
    for place, number in enumerate(numbers):
        begin = match.start if place == 0 else start + number.start()
        end = match.end if place == len(numbers) - 1 else start + number.end()
        yield Head(begin, end, kind, number[0] + match.values["tail"], match.rule_id, sibling=place > 0)


def _siblings(heads: list[Head], text: str, folded: str) -> Iterator[Head]:
    """Numbers that go on a list of instruments: "các Nghị định số 1/2014/NĐ-CP và số 2/2014/NĐ-CP"."""
    numbered = [head for head in heads if head.ref]
    starts = [head.start for head in numbered]
    for match in book().find("citation_sibling", folded):
        at = bisect_right(starts, match.start) - 1
        if at < 0 or match.start - numbered[at].end > _REACH_OF_LIST or "\n" in folded[numbered[at].end : match.start]:
            continue
        start, end = match.spans["ref"]
        if "số" in folded[match.start : start]:
            start = match.start
        elif ending_of(match.values["ref"]) != ending_of(numbered[at].ref):
            continue
        head = numbered[at]
        yield Head(start, end, head.type, text[slice(*match.spans["ref"])], match.rule_id, sibling=True)


def ending_of(ref: str | None) -> str:
    """The symbol, without number and year."""
    return re.sub(r"^[\d/\s]+", "", ref or "")


def _free(heads: list[Head], more: Iterable[Head]) -> list[Head]:
    """`heads` and those of `more` that overlap none of them, in text order."""
    taken = sorted((head.start, head.end) for head in heads)
    starts = [start for start, _ in taken]
    kept = list(heads)
    for head in more:
        at = bisect_right(starts, head.start) - 1
        before_ends = at < 0 or taken[at][1] <= head.start
        if before_ends and (at + 1 >= len(taken) or head.end <= taken[at + 1][0]):
            kept.append(head)
    return sorted(kept, key=lambda head: head.start)


def _type(written: str) -> str:
    """The type word as the list of types spells it, also where a scan lost its marks."""
    known = _types().get(bare(re.sub(r"\s+", " ", written)))
    return known or type_of_symbol(written) or written.capitalize()


@cache
def _types() -> dict[str, str]:
    return {bare(word): word for word in book().words("types")}


def bare(text: str) -> str:
    """`text` in small letters without their marks, of the same length: what survives a bad scan."""
    return "".join(unicodedata.normalize("NFD", sign)[0] for sign in text.lower().replace("đ", "d"))


def _whole_law_name(head: Head, text: str) -> Head:
    """A known law's name that a scan garbled, to its end; other names as they were found."""
    start = head.end - len(head.name or "")
    window = bare(text[start : start + 120])
    known = next((name for name in _bare_laws() if window.startswith(name)), None)
    if known is None or len(known) <= len(head.name or "") or window[len(known) : len(known) + 1].isalnum():
        return head
    return replace(head, end=start + len(known), name=text[start : start + len(known)])


@cache
def _bare_laws() -> tuple[str, ...]:
    return tuple(sorted(map(bare, book().words("law_names")), key=len, reverse=True))
