"""Whether a paper's items are a plan's work: a directive's or a letter's items stay directives, whoever they name."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.outline import Node
from pipeline.extract.surroundings import Surroundings
from pipeline.extract.zones import APPENDIX
from pipeline.rulebook import load_rulebook

_LINES_TO_KEM_THEO = 8


def speaks_as_plan(index: int, bound: int, around: Surroundings, doc_type: str | None) -> bool:
    """Whether the item at `index` of an outline stands in a plan: by the paper's kind, or in one bound behind it.

    `bound` is where `bound_plan` says that one begins. An unknown kind is taken for a plan; a guide charges units
    only where it speaks of its own organisation.
    """
    if doc_type is None or _is_kind(doc_type, "plan_types"):
        return True
    if _is_kind(doc_type, "guide_types"):
        return around.organized
    return index >= bound


def _is_kind(doc_type: str, kinds: str) -> bool:
    return any(doc_type.casefold().startswith(kind.casefold()) for kind in load_rulebook("tasks").words(kinds))


def bound_plan(outline: Sequence[Node]) -> int:
    """Where a plan bound behind begins: its type line, said to go with the paper before; past the end if none."""
    rules = load_rulebook("tasks")
    for at, node in enumerate(outline):
        if node.zone == APPENDIX and not node.line.is_table and rules.first("bound_plan", node.line.folded):
            near = outline[max(0, at - 3) : at + _LINES_TO_KEM_THEO]
            if any("kèm theo" in other.line.folded.lower() for other in near):
                return at
    return len(outline)
