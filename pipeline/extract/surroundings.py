"""What covers an item from above: its section's subject, the unit or period its headings name, the year."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extract.labels import NUMBER
from pipeline.extract.outline import Node, ancestors
from pipeline.extract.periods import bracket_period, heading_period, own_period
from pipeline.extract.task_sentences import read_charge
from pipeline.extract.units import UnitMention, heading_units
from pipeline.fold import fold
from pipeline.records import Period
from pipeline.rulebook import load_rulebook

_NOT_WORK = ("purpose", "past", "people")
# In this order: "Thời gian và tổ chức thực hiện" is about the organisation.
_ABOUTS = ("purpose", "past", "people", "money", "organize", "report", "content")
_YEAR = re.compile(r"(?<!\w)năm\s*((?:19|20)\d\d)(?!\d|\s*-)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`about`: purpose, past, people, money, organize, report, content or None. `heads`: (node, mention) of units."""

    about: str | None
    form: bool
    heads: tuple[tuple[int, UnitMention], ...]
    period: Period | None
    year: int | None
    section_node: int | None

    @property
    def organized(self) -> bool:
        return self.about in ("organize", "report")

    @property
    def no_work(self) -> bool:
        return self.form or self.about in _NOT_WORK


def surroundings(
    outline: Sequence[Node], index: int, heirs: Mapping[int, tuple[UnitMention, ...]], year: int | None
) -> Surroundings:
    """What the headings and lead-ins above a node say for it; `heirs` are the units lead-ins pass on."""
    above = ancestors(outline, index)
    headings = [i for i in above if outline[i].heading]
    about = _about(outline, headings)
    year = _heading_year(outline, headings) or year
    heads: tuple[tuple[int, UnitMention], ...] = ()
    period: Period | None = None
    for at in above:
        if not heads and at in heirs and about in ("organize", "report"):
            heads = tuple((at, mention) for mention in heirs[at])
        if not heads and outline[at].heading and about not in _NOT_WORK:
            heads = tuple((at, mention) for mention in _heading_mentions(outline[at]))
        if period is None and outline[at].heading:
            period = heading_period(_period_part(outline[at]), year)
            period = period or bracket_period(outline[at].title, year)
            if period is None and outline[at].rank >= NUMBER:
                period = own_period(outline[at].title, year)
    form = any(load_rulebook("tasks").first("form", fold(outline[i].title)) for i in _form_headings(outline, headings))
    return Surroundings(about, form, heads, period, year, headings[0] if headings else None)


def _period_part(node: Node) -> str:
    """ "Năm 2024: Tổ chức thu thập … theo tiến độ sau" names its period before the colon."""
    head = re.match(r"[^:]{3,60}(?=:\s)", node.text)
    return head[0] if head else node.title


def _heading_mentions(node: Node) -> list[UnitMention]:
    """The units of a heading; one that says more ("Sở A chủ trì, phối hợp với Sở B:") gives their roles too."""
    spans = heading_units(node.text)
    if not spans:
        return []
    said = read_charge(node.folded)
    if said.own and said.units[0].start == spans[0][0] and said.units[0].end == spans[0][1]:
        return list(said.units)
    return [UnitMention(a, b, "performer", "unit.heading", 0.92) for a, b in spans]


def _about(outline: Sequence[Node], headings: Sequence[int]) -> str | None:
    """The nearest subject a heading says; what is no work, or is the plan's organisation, holds for all below."""
    found = [kind for i in headings if (kind := about_heading(outline[i]))]
    if found[:1] == ["money"] and not set(found) & set(_NOT_WORK):
        return "money"
    for kinds in (_NOT_WORK, ("organize", "report")):
        if kind := next((k for k in found if k in kinds), None):
            return kind
    return found[0] if found else None


def about_heading(node: Node) -> str | None:
    """What a heading says its section is about, or None."""
    return None if heading_units(node.text) else _about_words(node.title)


@lru_cache(maxsize=1024)  # every line below a heading asks it
def _about_words(title: str) -> str | None:
    rules, folded = load_rulebook("tasks"), fold(title)
    return next((kind for kind in _ABOUTS if rules.first(f"about_{kind}", folded, 0, 120)), None)


def _form_headings(outline: Sequence[Node], headings: Sequence[int]) -> list[int]:
    """Headings of what is bound behind the plan, and a form's title in capitals anywhere."""
    rules = load_rulebook("tasks")
    return [i for i in headings if outline[i].zone == "appendix" or rules.first("form_head", outline[i].folded)]


def _heading_year(outline: Sequence[Node], headings: Sequence[int]) -> int | None:
    years = [found for i in headings for found in _YEAR.findall(outline[i].line.folded)]
    return int(years[0]) if years else None
