"""How many characters of the printed body a reading got wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from pipeline.records import Paragraph, PlanText
from tests.scans.blocks import RECIPIENTS, TYPE_WORDS

SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class ErrorRate:
    """Insertions, deletions and substitutions among the `characters` of the body."""

    errors: int = 0
    characters: int = 0

    @property
    def share(self) -> float:
        return self.errors / self.characters if self.characters else 0.0

    def __add__(self, other: ErrorRate) -> ErrorRate:
        return ErrorRate(self.errors + other.errors, self.characters + other.characters)


def body_errors(wanted: PlanText, read: PlanText) -> ErrorRate:
    """The least edits that turn `wanted`'s body into what stands in its place in `read`.

    The body runs from the type word to the recipients, tables included; white space of any kind and length counts as
    one blank. Both texts are aligned whole, so that a header read in another order is not held against the body.
    """
    before, body, behind = (_flat(part) for part in _parts(wanted))
    start = len(before) + 1
    edits = Levenshtein.editops(f"{before} {body} {behind}", _flat(read.text))
    return ErrorRate(sum(start <= edit.src_pos < start + len(body) for edit in edits), len(body))


def _flat(text: str) -> str:
    return SPACE.sub(" ", text).strip()


def _parts(plan: PlanText) -> tuple[str, str, str]:
    """What stands above the type word, the body, what stands from the recipients on."""
    paragraphs = [(block.start, plan.text[block.start : block.end]) for block in plan.blocks if isinstance(block, Paragraph)]
    first = next((start for start, text in paragraphs if TYPE_WORDS.match(text)), 0)
    last = next((start for start, text in paragraphs if RECIPIENTS.match(text)), len(plan.text))
    return plan.text[:first], plan.text[first:last], plan.text[last:]
