"""Facets of an item: its own sub-lines or words "Đơn vị chủ trì: …", "Thời gian: …", "Sản phẩm: …"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extract.unit_cells import cell_units
from pipeline.extract.units import Role, UnitMention
from pipeline.fold import fold
from pipeline.rulebook import RuleMatch, load_rulebook

_LONGEST_NAME = 90
_SENTENCE_END = re.compile(r"(?<=\w)\.\s+(?=[^\W\d_a-zà-ỹđ])")
_ROLES: dict[str, Role] = {"lead": "lead", "coordinator": "coordinator", "performer": "performer"}


@dataclass(frozen=True, slots=True)
class Facet:
    """`kind`: lead, coordinator, performer, time, product, content or other; its value is [start, end) of the text."""

    kind: str
    start: int
    end: int

    @property
    def role(self) -> Role | None:
        return _ROLES.get(self.kind)


@lru_cache(maxsize=1024)  # asked for a line and for each one above it
def line_facets(text: str) -> tuple[Facet, ...]:
    """The facets of a sub-line that begins with one ("+ Đơn vị chủ trì: …"); more may follow in the same line."""
    if ":" not in text[:_LONGEST_NAME]:
        return ()
    first = load_rulebook("tasks").first("facet", fold(text[:_LONGEST_NAME]))
    return _values(text, _found(text)) if first and first.start <= 2 else ()


def inline_facets(text: str) -> tuple[tuple[Facet, ...], int]:
    """Facets said at the end of an item's own paragraph, and where they begin (the text's length if none)."""
    if ":" not in text:
        return (), len(text)
    found = [m for m in _found(text) if m.start > 10 and re.search(r"[.;:,(\-+]\s*-?\s*$", text[: m.start])]
    useful = [m for m in found if not m.rule_id.endswith((".other", ".content"))]
    if not useful:
        return (), len(text)
    first = found[0].start
    return _values(text, found), len(text[:first].rstrip(" .;,(-+"))


def facet_units(text: str, facet: Facet) -> list[UnitMention]:
    """The units a facet names, as ranges of `text`."""
    if facet.role is None:
        return []
    value = text[facet.start : facet.end]
    stops = ("stop_in_cell", "stop") if "ân công" in text[max(0, facet.start - 20) : facet.start] else ("stop_in_cell",)
    found = cell_units(value, facet.role, f"facet.{facet.kind}", stops)
    return [UnitMention(m.start + facet.start, m.end + facet.start, m.role, m.rule_id, m.confidence) for m in found]


def _found(text: str) -> list[RuleMatch]:
    return load_rulebook("tasks").find("facet", fold(text))


def _values(text: str, found: list[RuleMatch]) -> tuple[Facet, ...]:
    """Each facet's value runs to the next facet or the end."""
    ends = [m.start for m in found[1:]] + [len(text)]
    facets = []
    for match, end in zip(found, ends, strict=True):
        value = text[match.end : end]
        if match.rule_id.endswith(".time") and (over := _SENTENCE_END.search(value)):
            value = value[: over.start()]
        stop = match.end + len(value.rstrip(" .;,()-+\n"))
        facets.append(Facet(match.rule_id.split(".")[1], match.end, max(match.end, stop)))
    return tuple(facets)
