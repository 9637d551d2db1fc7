"""Units in a table's cell or a sub-line: its lines, the role each says for itself, and the units it lists.

Ranges count in the text passed in. The words are in rules/units.toml.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.units import (
    ROLES,
    Role,
    Span,
    UnitMention,
    begins_unit,
    matches_at,
    phrase_end,
    split_units,
    trim,
)
from pipeline.fold import fold
from pipeline.rulebook import load_rulebook

_STOPS = ("stop_in_cell",)


def cell_units(text: str, role: Role, rule_id: str, stops: Sequence[str] = _STOPS) -> list[UnitMention]:
    """The units of a table cell or sub-line; `role` is the column's, unless the words say another.

    `stops` are the groups of words that end a name: more of them where sentences are to be expected.
    """
    folded = fold(text)
    mentions: list[UnitMention] = []
    said: Role | None = None
    entries = _entries(folded)
    folded = folded.replace("\n", " ")
    for start, end in entries:
        entry_role, (start, end), heading = _entry_role(folded, start, end)
        said = entry_role if heading else said
        found = entry_role or said or role
        mentions.extend(_entry_units(folded, start, end, found, rule_id, stops))
    return mentions


def _entry_units(
    folded: str, start: int, end: int, role: Role, rule_id: str, stops: Sequence[str]
) -> list[UnitMention]:
    """One entry: a plain list of units, or a sentence ("Sở A chủ trì, phối hợp với Sở B")."""
    stop = phrase_end(folded, start, end, stops) if begins_unit(folded, start) else end
    rest = folded[stop:end]
    partner = re.search(r"phối hợp(?: chặt chẽ)?(?: với| cùng)?\s+", rest)
    if not partner or ";" in rest[: partner.start()]:
        units = [(s, e, role) for s, e in _listed(folded, start, end, stops)]
    else:
        own: Role = "lead" if "chủ trì" in rest[: partner.start()] else role
        units = [(s, e, own) for s, e in split_units(folded, start, stop)]
        units += [(s, e, "coordinator") for s, e in _listed(folded, stop + partner.end(), end, stops)]
    return [UnitMention(s, e, r, rule_id, 0.93) for s, e, r in units]


def _listed(folded: str, start: int, end: int, stops: Sequence[str]) -> list[Span]:
    spans = []
    for a, b in split_units(folded, start, end):
        stop = phrase_end(folded, a, b, stops) if begins_unit(folded, a) else b
        if stop > a:
            spans.append((a, stop))
    return _people(folded, spans)


def _people(folded: str, spans: list[Span]) -> list[Span]:
    """Names of people written with commas only are parted too."""
    parted: list[Span] = []
    for start, end in spans:
        pieces = [(m.start(), m.end()) for m in re.finditer(r"[^,]+", folded[start:end])]
        named = len(pieces) > 1 and all(_PERSON.fullmatch(folded[start:end][a:b].strip()) for a, b in pieces)
        parted += [trim(folded, start + a, start + b) for a, b in pieces] if named else [(start, end)]
    return parted


_PERSON = re.compile(r"(?:[^\W\d_a-zà-ỹđ][a-zà-ỹđ]{0,6}\s+){1,4}[^\W\d_a-zà-ỹđ][a-zà-ỹđ]{0,6}")


def _entries(folded: str) -> list[Span]:
    """The lines of a cell; a printed line that only goes on is joined to the one before."""
    entries: list[Span] = []
    for line in re.finditer(r"[^\n]+", folded):
        start, end = line.span()
        if not line[0].strip():
            continue
        if entries and _goes_on(folded, entries[-1], start):
            entries[-1] = (entries[-1][0], end)
        else:
            entries.append((start, end))
    pieces = [piece for start, end in entries for piece in _bulleted(folded, start, end)]
    return [clause for start, end in pieces for clause in _clauses(folded, start, end)]


def _clauses(folded: str, start: int, end: int) -> list[Span]:
    """ "Phòng A chủ trì, các phòng phối hợp", "Chủ trì: A; phối hợp: B": each clause says the role of its units."""
    cuts = [
        start + m.end()
        for m in re.finditer(r"chủ trì\)?\s*[,;]\s+", folded[start:end])
        if begins_unit(folded, start + m.end())
    ]
    heads = [m.start for m in load_rulebook("units").find("role_inside", folded, start, end) if m.start > start + 2]
    cuts = sorted({*cuts, *heads})
    return list(zip([start, *cuts], [*cuts, end], strict=True))


def _goes_on(folded: str, before: Span, start: int) -> bool:
    head = folded[before[0] : before[1]].rstrip()
    words = folded[start:].lstrip()
    at = len(folded) - len(words)
    if words[:1] in "-+•*" or re.match(r"\d+[.)]\s", words) or head.endswith((";", ".")):
        return False
    if head.endswith((",", " và", "-", ":")) or head.strip("-+ ") in load_rulebook("units").words("unfinished"):
        return not head.endswith(":")
    return not (
        matches_at("next_head", folded, at)
        or matches_at("head", folded, at)
        or load_rulebook("units").first("role_head", words)
    )


def _bulleted(folded: str, start: int, end: int) -> list[Span]:
    """A cell written in one line with several bullets ("- Văn phòng chủ trì. - Các phòng phối hợp")."""
    if folded[start:end].lstrip()[:1] not in "-+":
        return [(start, end)]
    begins = [start] + [
        m.start()
        for m in re.finditer(r"(?<=\s)[-+]\s+", folded[:end])
        if m.start() > start and begins_unit(folded, m.end())
    ]
    return list(zip(begins, [*begins[1:], end], strict=True))


def _entry_role(folded: str, start: int, end: int) -> tuple[Role | None, Span, bool]:
    """The role an entry says ("Chủ trì: …", "… phối hợp thực hiện"), the range of its units, and if it is a head."""
    rules = load_rulebook("units")
    words = folded[start:end]
    for group in ("role_head", "role_tail"):
        found = rules.first(group, words)
        if found:
            role: Role = next(r for r in ROLES if r in found.values)
            heads = group == "role_head"
            span = (start + found.end, end) if heads else (start, start + found.start)
            if heads or found.start > 1:
                return role, trim(folded, *span), heads
    return None, trim(folded, start, end), False
