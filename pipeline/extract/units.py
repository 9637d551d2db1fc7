"""Unit phrases: where the name of a unit begins and ends, which names a list of units holds, and their roles.

All ranges count in the text that is passed in. The words are in rules/units.toml; ids come from `pipeline.link`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from pipeline.fold import fold
from pipeline.link.units import find_unit, is_collective
from pipeline.records import Evidence, TaskUnit
from pipeline.rulebook import Rulebook, load_rulebook

Role = Literal["lead", "coordinator", "performer"]
ROLES: tuple[Role, ...] = ("lead", "coordinator", "performer")
Span = tuple[int, int]

_LONGEST_PHRASE = 420
_BRACKETS = re.compile(r"\([^()]*\)")
_TRIM = " \t\n,;:.-+*•"
_LOOSE_ENDS = re.compile(r"\s+(?:và|cùng|với|cùng với|để|đã|sẽ|chặt chẽ|đồng thời|hoặc|của|các|trong|trên|tại|về)$")


@dataclass(frozen=True, slots=True)
class UnitMention:
    """A unit named at [start, end) with the part it plays, and the rule that says so."""

    start: int
    end: int
    role: Role
    rule_id: str
    confidence: float


def begins_unit(folded: str, at: int) -> bool:
    """Whether a unit's name begins at `at`."""
    return matches_at("head", folded, at)


def phrase_end(folded: str, start: int, end: int | None = None, groups: Sequence[str] = ("stop",)) -> int:
    """Where the unit phrase that begins at `start` ends: before its verb (of `groups`), a full stop, ";" or ":"."""
    rules = _rules()
    last = min(len(folded) if end is None else end, start + _LONGEST_PHRASE)
    brackets = _brackets(folded, start, last)
    closed = brackets + [(m.start, m.end) for m in rules.find("name_verb", folded, start, last)]
    last = min([last, *(m.start() for m in _ENDS.finditer(folded, start, last) if _breaks(folded, m, brackets))])
    for group in groups:
        for found in rules.find(group, folded, start + 1, last):
            if not _inside(found.start, closed):
                last = min(last, found.start)
                break
    return trim(folded, start, last)[1]


def trim(folded: str, start: int, end: int) -> Span:
    """The range without bullets, blanks, stops and loose link words at its ends."""
    while start < end and folded[start] in _TRIM:
        start += 1
    while True:
        while start < end and folded[end - 1] in _TRIM:
            end -= 1
        loose = _LOOSE_ENDS.search(folded, start, end)
        if loose is None:
            return start, end
        end = loose.start()


def split_units(folded: str, start: int, end: int) -> list[Span]:
    """The single units of a list: "Các sở, ban, ngành, UBND các huyện, thị xã" are two."""
    rules = _rules()
    closed = _brackets(folded, start, end) + [(m.start, m.end - 1) for m in rules.find("glued", folded, start, end)]
    spans: list[Span] = []
    begin = start
    for separator in rules.find("unit_separator", folded, start, end):
        sign = folded[separator.start : separator.end]
        if separator.end >= end or _inside(separator.start, closed):
            continue
        if _parts(folded, begin, sign, separator.end, end):
            if ":" not in sign or folded[begin : separator.start].strip() not in rules.words("offices"):
                spans.append(trim(folded, begin, separator.start))
            begin = separator.end
    spans.append(trim(folded, begin, end))
    return [(a, b) for a, b in spans if b - a > 1 and any(c.isalpha() for c in folded[a:b])]


def _parts(folded: str, begin: int, sign: str, at: int, end: int) -> bool:
    """Whether a separator parts two units: by what follows it."""
    if ";" in sign or "\n" in sign:
        return True
    if not sign.strip():
        return folded[begin:at].split()[0] == folded[at:end].split()[0]
    many = _is_many(folded, begin)
    if many and matches_at("bare_noun", folded[:end], at):
        return False
    # "các phòng: KHTC, QLNV": short forms there say which of the many.
    if not many and ":" not in folded[begin:at] and matches_at("next_short_form", folded[:end], at):
        return True
    if matches_at("next_head", folded[:end], at):
        return True
    return "," not in sign and not many and matches_at("next_related", folded, at)


def is_unit_name(text: str) -> bool:
    """Whether the whole text is the name of a unit or units ("Sở Nội vụ (Ban Thi đua - Khen thưởng)")."""
    text = text.strip(_TRIM)
    folded, start = _name_part(text)
    if not begins_unit(folded, start) or len(folded) > 250:
        return False
    ends = ("stop", "stop_in_heading")
    return all(phrase_end(folded, a, b, ends) == b for a, b in split_units(folded, start, len(folded)))


@lru_cache(maxsize=1024)  # every line below a heading asks it
def heading_units(text: str) -> tuple[Span, ...]:
    """The units a heading names, as ranges of `text`; none where it begins with something else.

    Words of work may follow the name when the heading leads in a list ("Sở Nội vụ có trách nhiệm:").
    """
    folded, start = _name_part(text)
    if not begins_unit(folded, start):
        return ()
    if is_unit_name(text):
        return tuple(split_units(folded, start, trim(folded, start, len(folded))[1]))
    end = phrase_end(folded, start, groups=("stop", "stop_in_heading"))
    opens = folded.rstrip().endswith(":") or "stop_in_heading" in _stop_group(folded, start, end)
    return tuple(split_units(folded, start, end)) if opens and end > start else ()


def _stop_group(folded: str, start: int, end: int) -> str:
    return "stop_in_heading" if _rules().find("stop_in_heading", folded, start, min(end + 20, len(folded))) else ""


def task_unit(text: str, mention: UnitMention, offset: int, inherited: bool = False) -> TaskUnit:
    """The record of a mention; `offset` is where `text` begins in the canonical text."""
    name = unit_name(text[mention.start : mention.end])
    evidence = Evidence(offset + mention.start, offset + mention.end, mention.rule_id, mention.confidence)
    return TaskUnit(name, mention.role, evidence, inherited, is_collective(name), find_unit(name))


def unit_name(words: str) -> str:
    """The name as written, in one line, with a capital first letter."""
    name = " ".join(words.split())
    return name[:1].upper() + name[1:]


# --- small readers ----------------------------------------------------------------------------

_ENDS = re.compile(r"[;:\n]|\.(?=\s|$)|[?!]|…|\.\.\.")


@cache
def _rules() -> Rulebook:
    return load_rulebook("units")


def matches_at(group: str, folded: str, at: int) -> bool:
    """Whether a rule of `group` in rules/units.toml matches just at `at`."""
    found = _rules().first(group, folded, at, min(len(folded), at + 90))
    return found is not None and found.start == at


def _is_many(folded: str, at: int) -> bool:
    found = _rules().first("head", folded, at, min(len(folded), at + 60))
    return found is not None and found.start == at and found.rule_id == "head.many"


def _brackets(folded: str, start: int, end: int) -> list[Span]:
    return [m.span() for m in _BRACKETS.finditer(folded, start, end)]


def _inside(at: int, spans: list[Span]) -> bool:
    return any(a <= at < b for a, b in spans)


def _breaks(folded: str, found: re.Match[str], brackets: list[Span]) -> bool:
    """Whether a sign ends the phrase: not inside brackets, not the point of a short form ("TP. Huế", "Ông. An")."""
    if _inside(found.start(), brackets):
        return False
    if found[0] == ".":
        return not re.search(r"(?:^|[\s(])[A-ZĐÔ][a-zà-ỹ.A-Z]{0,2}$", folded[max(0, found.start() - 6) : found.start()])
    if found[0] == ":":
        return not any(matches_at(group, folded, found.end() + 1) for group in ("next_head", "next_short_form"))
    return True


def _name_part(text: str) -> tuple[str, int]:
    """The heading folded, and where its name begins; "Đối với cán bộ, công chức" names as if with a capital."""
    folded = _lowered(fold(text))
    start = _after_lead_in(folded)
    if start and start < len(folded):
        folded = folded[:start] + folded[start].upper() + folded[start + 1 :]
    return folded, start


def _after_lead_in(folded: str) -> int:
    found = _rules().first("lead_in", folded, 0, 60)
    start = found.end if found and found.start == 0 else 0
    while start < len(folded) and folded[start] in _TRIM:
        start += 1
    return start


def _lowered(folded: str) -> str:
    """A heading in capitals as if written small, so that verbs and names are told apart."""
    letters = [c for c in folded if c.isalpha()]
    if not letters or not all(c.isupper() for c in letters):
        return folded
    small = re.sub(r"\w+", lambda word: word[0] if word[0] in _rules().words("heads") else word[0].lower(), folded)
    return small[:1].upper() + small[1:] if len(small) == len(folded) else folded
