"""A document read by the pipeline: its text, its spaCy doc, and rule matches by place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.records import PlanText
from pipeline.rulebook import RuleError, RuleMatch

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class _Group:
    """The matches of one group in text order, which do not overlap: starts and ends both ascend."""

    matches: tuple[RuleMatch, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """`plan.text == doc.text`, so all offsets count in both."""

    plan: PlanText
    doc: Doc
    _groups: Mapping[str, _Group]

    def find(self, group: str, start: int = 0, end: int | None = None) -> Sequence[RuleMatch]:
        """The matches of `group` that lie wholly in [start, end), in text order."""
        if group not in self._groups:
            raise RuleError(f"models/plan: không có nhóm / no group '{group}'; name its file in models/plan.cfg")
        found = self._groups[group]
        last = len(found.ends) if end is None else bisect_right(found.ends, end)
        return found.matches[bisect_left(found.starts, start) : last]


def read(plan: PlanText, nlp: Language) -> Reading:
    """Run the pipeline over the canonical text once."""
    doc = nlp(nlp.tokenizer(plan.text))  # given a Doc, spaCy sets no limit on the text's length
    groups = {group: _indexed(matches) for group, matches in doc._.matches.items()}
    return Reading(plan, doc, groups)


def _indexed(matches: tuple[RuleMatch, ...]) -> _Group:
    return _Group(matches, tuple(m.start for m in matches), tuple(m.end for m in matches))
