"""Sentences that charge a unit with work: who is named, in which role, and whether the sentence names its own units.

All ranges count in the text passed in (an item without its numbering). The words are in rules/units.toml.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.units import (
    Role,
    Span,
    UnitMention,
    begins_unit,
    is_unit_name,
    phrase_end,
    split_units,
    trim,
)  # fmt: skip
from pipeline.fold import fold
from pipeline.rulebook import Rulebook, load_rulebook

_HEAD = re.compile(r"[^:;]{3,170}?:(?=\s)")
_SHORTEST_WORK = 12
_CLAUSE_END = re.compile(r";\s*|(?<![A-ZĐ])(?<!\d)\.\s+(?=[A-ZĐÂÊÔƠƯĂ])")


@dataclass(frozen=True, slots=True)
class Charge:
    """`units` as named in the sentence; `own` when it says itself who is to do the work; `strong` when by order."""

    units: tuple[UnitMention, ...] = ()
    own: bool = False
    strong: bool = False
    heir: tuple[UnitMention, ...] = ()
    """Whom the sub-items of an item that ends in ":" are for, where the item says so."""


def read_charge(folded: str, heads: Sequence[str] = ()) -> Charge:
    """Who an item charges. `heads`: the units a heading names already, which an item may replace."""
    inherited = bool(heads)
    run_in = _run_in(folded)
    given = () if run_in else _given(folded)
    first = _CLAUSE_END.search(folded)
    if given and (first is None or given[0].start <= first.start()):
        return Charge(given + _partners(folded, given, own=True), own=True, strong=True)
    named = run_in or _asked(folded, heads) or _subject(folded, skip_condition=not inherited)
    if not named:
        named = () if inherited else _tail(folded)
        if named:
            return Charge(named + _partners(folded, named, own=True), own=True, strong=True)
    units = named + _partners(folded, named, own=bool(named)) + _also(folded, bool(named) or not inherited) + given
    strong = bool(given) or any(m.rule_id == "charge.asked" or m.role == "lead" for m in named)
    return Charge(_once(units), bool(named or (given and not inherited)), strong, _heir(folded, named))


def inherited_role(folded: str) -> Role:
    """The part the unit of the heading plays in an item that names none: by the item's own words."""
    rules = _rules()
    if rules.first("leads", folded, 0, 60) or rules.first("leads_inside", folded):
        return "lead"
    return "coordinator" if _helps_alone(folded) else "performer"


def given_units(folded: str) -> Charge:
    """Only who is charged by an express "giao …": what counts in a closing paragraph."""
    given = _given(folded)
    return Charge(given + _partners(folded, given, own=True), own=True, strong=True) if given else Charge()


# --- ways of naming ---------------------------------------------------------------------------


def _given(folded: str) -> tuple[UnitMention, ...]:
    """ "giao Văn phòng chủ trì …"; "phân công Phòng Nội vụ theo dõi …"."""
    mentions: list[UnitMention] = []
    for found in _rules().find("give", folded):
        if begins_unit(folded, found.end):
            end = _list_end(folded, found.end)
            mentions += _mentions(folded, found.end, end, "charge.give", 0.93)
    return tuple(mentions)


def _run_in(folded: str) -> tuple[UnitMention, ...]:
    """ "Sở Tài chính: Phối hợp với …"."""
    head = _HEAD.match(folded)
    rest = folded[head.end() :].strip() if head else ""
    if head is None or len(rest) < _SHORTEST_WORK or rest[0].isdigit() or not is_unit_name(folded[: head.end() - 1]):
        return ()
    lead_in = _rules().first("lead_in", folded, 0, 60)
    start = lead_in.end if lead_in and lead_in.start == 0 else 0
    if folded[start : head.end() - 1] in _rules().words("offices") and begins_unit(rest, 0):
        return ()  # "Giao Giám đốc: Sở A, Sở B …"
    return _mentions(folded, start, head.end() - 1, "charge.run_in", 0.95, after=head.end())


def _asked(folded: str, heads: Sequence[str]) -> tuple[UnitMention, ...]:
    """ "Đề nghị Ủy ban nhân dân cấp xã chỉ đạo …"; under a unit's heading only where it means that unit."""
    found = _rules().first("ask", folded, 0, 60)
    if found is None or found.start > 0 or not begins_unit(folded, found.end):
        return ()
    end = phrase_end(folded, found.end)
    if heads and not any(folded[found.end : end].casefold() in fold(head).casefold() for head in heads):
        return ()
    return _mentions(folded, found.end, end, "charge.asked", 0.9)


def _subject(folded: str, skip_condition: bool, start: int = 0) -> tuple[UnitMention, ...]:
    """ "Trưởng khối có trách nhiệm …", also after "Căn cứ Kế hoạch này, …"."""
    at = _subject_start(folded, start, skip_condition)
    if at is None:
        return ()
    end = _list_end(folded, at)
    if not _has_work(folded, end):
        return ()
    return _mentions(folded, at, end, "charge.subject", 0.85)


def _list_end(folded: str, start: int) -> int:
    """Where a list of units ends that goes on after ";"."""
    end = phrase_end(folded, start)
    while (more := re.match(r"\s*;\s*", folded[end:])) and begins_unit(folded, end + more.end()):
        end = phrase_end(folded, end + more.end())
    return end


def _subject_start(folded: str, start: int, skip_condition: bool) -> int | None:
    if begins_unit(folded, start):
        return start
    condition = _rules().first("condition", folded[start : start + 40])
    if not skip_condition or condition is None:
        return None
    clause = _CLAUSE_END.search(folded, start)
    last = clause.start() if clause else len(folded)
    for found in re.finditer(r",\s+|:\s+|\sthì\s+", folded[start:last]):
        at = start + found.end()
        if begins_unit(folded, at) and _has_work(folded, phrase_end(folded, at)):
            return at
    return None


def _has_work(folded: str, end: int) -> bool:
    """Whether a verb follows the name; a name that fills its clause is no subject."""
    rest = folded[end:].lstrip(" ,")
    return len(rest) > 8 and rest[0] not in ".;:)" and _rules().first("stop", rest, 0, 40) is not None


def _tail(folded: str) -> tuple[UnitMention, ...]:
    """ "… – Trường THPT X thực hiện.", "(Sở Nội vụ chủ trì)", "… do Văn phòng bố trí"."""
    rules = _rules()
    starts = [m.end() for m in re.finditer(r"\s-\s+|\(", folded)] + [m.end for m in rules.find("done_by", folded)]
    for at in sorted(starts, reverse=True):
        if begins_unit(folded, at):
            end = phrase_end(folded, at)
            if rules.first("done_verb", folded[end:]) and end > at:
                return _mentions(folded, at, end, "charge.tail", 0.9)
    return ()


def _also(folded: str, own: bool) -> tuple[UnitMention, ...]:
    """Others a later clause charges: "Riêng Trường X chuẩn bị …"; "…; cán bộ phụ trách … hoàn thành …"."""
    mentions: list[UnitMention] = []
    for found in _CLAUSE_END.finditer(folded):
        ask = _rules().first("ask", folded[found.end() : found.end() + 60])
        at = found.end() + (ask.end if ask else 0)
        if ask and "iêng" in folded[found.end() : at] and begins_unit(folded, at):
            mentions += _mentions(folded, at, phrase_end(folded, at), "charge.asked", 0.85)
        elif own and folded[found.start()] == ";":
            mentions += _subject(folded, False, found.end())
    return tuple(mentions)


def _heir(folded: str, named: Sequence[UnitMention]) -> tuple[UnitMention, ...]:
    """For an item that leads in sub-items: "Chỉ đạo, hướng dẫn UBND cấp xã thực hiện các nội dung sau:"."""
    if load_rulebook("tasks").first("leads_in", folded) is None:
        return ()
    for found in reversed(_rules().find("others", folded)):
        words = re.finditer(r"(?<=\s)\S", folded[found.start : found.end])
        begin = next((b for m in words if begins_unit(folded, b := found.start + m.start())), None)
        if begin is not None and _has_work(folded, end := phrase_end(folded, begin)):
            return _mentions(folded, begin, end, "charge.heir", 0.8, role="performer")
    asked = _also(folded, False)
    return tuple(asked[-1:]) or tuple(named)


# --- partners and roles -----------------------------------------------------------------------


def _partners(folded: str, named: Sequence[UnitMention], own: bool) -> tuple[UnitMention, ...]:
    """The units worked with. In a sentence with a subject of its own only the first clause counts."""
    start = max((m.end for m in named), default=0)
    clauses = [m.start() for m in _CLAUSE_END.finditer(folded, start)]
    first = clauses[0] if clauses else len(folded)
    spans = _partner_spans(folded, start, first)
    if not own:
        for found in _CLAUSE_END.finditer(folded, start):
            next_end = _CLAUSE_END.search(folded, found.end())
            last = next_end.start() if next_end else len(folded)
            spans += _partner_spans(folded, found.end(), min(last, found.end() + 200), only_first=True)
    return tuple(UnitMention(a, b, "coordinator", "charge.with", 0.88) for a, b in spans)


def _partner_spans(folded: str, start: int, end: int, only_first: bool = False) -> list[Span]:
    """The partners named after "phối hợp (với)" in a stretch of text."""
    rules, spans = _rules(), list[Span]()
    for found in rules.find("with", folded, start, end):
        before = folded[start : found.start]
        if (only_first and len(before.strip()) > 25) or rules.first("others", before):
            continue
        named = begins_unit(folded, found.end)
        if not named and "with" not in found.values:
            continue
        last = min(end, phrase_end(folded, found.end, end))
        if last - found.end > 2 and not rules.full("no_partner", folded[found.end : last]):
            spans += split_units(folded, found.end, last)
    return spans


def _mentions(
    folded: str,
    start: int,
    end: int,
    rule_id: str,
    confidence: float,
    after: int | None = None,
    role: Role | None = None,
) -> tuple[UnitMention, ...]:
    """The units of a phrase, with the role that the words after it give them."""
    start, end = trim(folded, start, end)
    said = role or _role_after(folded[after if after is not None else end :])
    return tuple(UnitMention(a, b, said, rule_id, confidence) for a, b in split_units(folded, start, end))


def _role_after(rest: str) -> Role:
    rules = _rules()
    if rules.first("leads", rest, 0, 60) or rules.first("leads_together", rest, 0, 300):
        return "lead"
    return "coordinator" if _helps_alone(rest) else "performer"


def _helps_alone(rest: str) -> bool:
    """Whether the words begin with "phối hợp" and name no partner: the unit itself helps another's work."""
    rules = _rules()
    if not rules.first("helps", rest, 0, 60):
        return False
    found = rules.first("with", rest, 0, 120)
    return found is None or ("with" not in found.values and not begins_unit(rest, found.end))


def _once(units: Sequence[UnitMention]) -> tuple[UnitMention, ...]:
    """Each range once, the first role said."""
    seen: dict[int, UnitMention] = {}
    for mention in units:
        seen.setdefault(mention.start, mention)
    return tuple(seen.values())


def _rules() -> Rulebook:
    return load_rulebook("units")
