"""Tasks from paragraphs: items under a period's or a unit's heading, items with facets, sentences that charge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.extract.deadlines import read_deadline, split_deadline
from pipeline.extract.outline import Node
from pipeline.extract.periods import own_period, read_period, recurrence, run_in_period
from pipeline.extract.surroundings import Surroundings
from pipeline.extract.task_facets import Facet, facet_units, inline_facets
from pipeline.extract.task_sentences import given_units, inherited_role, read_charge
from pipeline.extract.units import UnitMention, task_unit
from pipeline.records import Evidence, Period, Task, TaskUnit
from pipeline.rulebook import load_rulebook

Kind = Literal["scheduled", "assigned", "directive"]

_SHORTEST = 12
_SHORTEST_IN_PERIOD = 6  # "- Tổng kết." under "Quý IV"


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph read as an item: its node, what covers it, and the sub-lines that only describe it."""

    node: Node
    around: Surroundings
    facet_lines: tuple[tuple[Node, tuple[Facet, ...]], ...]
    heads: tuple[Node, ...]
    """The heading nodes that `around.heads` count in, in the same order."""


def read_item(item: Item, section: int | None, parent: int | None, not_before: dt.date | None) -> Task | None:
    """The task an item is, or None where it is none (a note, a goal, a form's line)."""
    node = item.node
    if node.zone == "closing":
        return _closing(node)
    shortest = _SHORTEST_IN_PERIOD if node.label and item.around.period else _SHORTEST
    if is_note(node) or _is_member(node) or len(node.text) < shortest:
        return None
    inline, cut = inline_facets(node.text)
    words = node.text[:cut]
    facets = [(node, facet) for facet in inline] + [(line, f) for line, found in item.facet_lines for f in found]
    told = _Told(item, words, [(n, f) for n, f in facets if f.role or f.kind == "time"], not_before)
    kind = told.kind()
    if kind is None:
        return None
    period, deadline = told.times()
    evidence = Evidence(node.words, node.line.end, f"task.{told.rule(kind)}", told.confidence(kind))
    products = [" ".join(n.text[f.start : f.end].split()) for n, f in facets if f.kind == "product"]
    return Task(
        text=" ".join(node.text.split()),
        evidence=evidence,
        kind=kind,
        source="list" if node.label else "paragraph",
        label=node.label.text if node.label and not node.label.is_bullet else None,
        section=section,
        parent=parent,
        period=period,
        deadline=deadline,
        deliverable=products[0] if products else None,
        conditional=load_rulebook("tasks").first("conditional", node.folded) is not None,
        units=told.units(),
    )


class _Told:
    """All that an item says for itself, worked out once: who, when, and so which kind of task it is."""

    def __init__(
        self, item: Item, words: str, facets: Sequence[tuple[Node, Facet]], not_before: dt.date | None
    ) -> None:
        self.item, self.words, self.facets, self.not_before = item, words, facets, not_before
        around = item.around
        self.head = run_in_period(words, around.year)
        self.due, start = _run_in_deadline(words, around.year)
        self.start = self.head[1] if self.head else start
        folded = item.node.folded[self.start : len(words)]
        self.charge = read_charge(folded, _head_names(item))
        self.role = inherited_role(folded)

    def kind(self) -> Kind | None:
        around, charge = self.item.around, self.charge
        if around.no_work:
            return None
        if self.facets or (around.period is not None and not around.organized):
            return "scheduled"
        headed = self.head is not None or self.due is not None
        if headed and not around.heads and not around.organized and around.about != "money":
            return "scheduled"
        if around.heads or (charge.own and (around.organized or charge.strong or _is_named(self))):
            return "assigned"
        if self.item.node.zone == "appendix" or around.about == "money":
            return None
        timed = own_period(self.words, around.year) or read_deadline(self.words, around.year, self.not_before)
        if timed and around.about in ("content", None):
            return "scheduled"
        return "directive"

    def times(self) -> tuple[Period, dt.date | None]:
        """The item's own time words first, else what its heading names; a due date stands beside both."""
        around = self.item.around
        for node, facet in self.facets:
            if facet.kind == "time":
                said = node.text[facet.start : facet.end]
                deadline, rest = split_deadline(said, around.year)
                return (read_period(rest, around.year) if rest else None) or Period(), deadline
        deadline = self.due or read_deadline(self.words, around.year, self.not_before)
        own = self.head[0] if self.head else own_period(self.words, around.year)
        own = own or around.period or recurrence(self.words[self.start :])
        return own or Period(), deadline

    def units(self) -> tuple[TaskUnit, ...]:
        node, around = self.item.node, self.item.around
        said = [
            task_unit(n.text, mention, n.words) for n, facet in self.facets for mention in facet_units(n.text, facet)
        ]
        if said:
            return tuple(said)
        moved = [replace(m, start=m.start + self.start, end=m.end + self.start) for m in self.charge.units]
        own = tuple(task_unit(node.text, mention, node.words) for mention in moved)
        if self.charge.own:
            return own
        heads = zip(self.item.heads, around.heads, strict=True)
        above = tuple(task_unit(h.text, self._as_said(m), h.words, True) for h, (_, m) in heads)
        return above + own

    def _as_said(self, mention: UnitMention) -> UnitMention:
        """A unit of the heading in the role the item gives it, unless the heading itself gave it one."""
        return mention if mention.role != "performer" else replace(mention, role=self.role)

    def rule(self, kind: Kind) -> str:
        if self.facets:
            return "facets"
        if (kind == "assigned" and not self.item.around.heads) or self.charge.own:
            return "sentence"
        return {"scheduled": "under_period", "assigned": "under_unit", "directive": "directive"}[kind]

    def confidence(self, kind: Kind) -> float:
        around = self.item.around
        sure = self.facets or (around.heads and around.organized) or around.period is not None
        return (
            0.95 if sure else {"scheduled": 0.8, "assigned": 0.85 if around.organized else 0.6, "directive": 0.7}[kind]
        )


def heirs_of(item: Item) -> tuple[UnitMention, ...]:
    """Whom the sub-items of a lead-in ("…:") are for; none where the heading's unit goes on."""
    return read_charge(item.node.folded, _head_names(item)).heir


def _head_names(item: Item) -> tuple[str, ...]:
    return tuple(h.text[m.start : m.end] for h, (_, m) in zip(item.heads, item.around.heads, strict=True))


def is_note(node: Node) -> bool:
    """A remark in brackets, a closing sentence, a call to all at the end: no task."""
    rules = load_rulebook("tasks")
    if rules.first("note", node.folded):
        return True
    if node.label is None and rules.first("opening", node.folded) and not _names_one(node.folded):
        return True
    ends = node.folded.rstrip(" .").endswith("/")
    return ends and node.label is None and rules.first("closing_call", node.folded, 0, 600) is not None


def _names_one(folded: str) -> bool:
    """Whether a sentence charges some unit by its own name."""
    many = load_rulebook("units").first
    return any(many("many_inside", folded[m.start : m.end]) is None for m in read_charge(folded).units)


def _is_member(node: Node) -> bool:
    """A person with an office and nothing to do: a line of a list of members."""
    rules = load_rulebook("units")
    named = rules.first("person", node.folded) is not None and ":" not in node.folded
    return named and rules.first("stop", node.folded) is None


def _closing(node: Node) -> Task | None:
    """In closing words only an express "giao …" charges anyone."""
    charge = given_units(node.folded)
    if not charge.units:
        return None
    units = tuple(task_unit(node.text, mention, node.words) for mention in charge.units)
    evidence = Evidence(node.words, node.line.end, "task.closing_order", 0.85)
    return Task(" ".join(node.text.split()), evidence, "assigned", "paragraph", units=units)


def _run_in_deadline(words: str, year: int | None) -> tuple[dt.date | None, int]:
    """ "Trước ngày 30/6/2024: Tổ công tác …": the due date at the head of an item."""
    colon = words.find(":", 0, 60)
    head = words[:colon] if colon > 0 else ""
    deadline, rest = split_deadline(head, year)
    return (
        (deadline, colon + 1 + len(words[colon + 1 :]) - len(words[colon + 1 :].lstrip()))
        if deadline and not rest
        else (None, 0)
    )


def _is_named(told: _Told) -> bool:
    """A sentence outside the plan's organisation charges a unit by name, or any unit by "phải", "có trách nhiệm"."""
    folded = told.item.node.folded[told.start :]
    if not folded or told.item.node.zone == "appendix":
        return False
    last = max((m.end for m in told.charge.units if m.role != "coordinator"), default=0)
    if last and load_rulebook("units").first("must", folded[last:]):
        return True
    named = [folded[m.start : m.end] for m in told.charge.units if m.role != "coordinator"]
    return bool(named) and not any(load_rulebook("units").first("many_inside", name) for name in named)
