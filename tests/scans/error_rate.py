"""How many characters of the printed body a reading got wrong."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from pipeline.records import PlanText
from tests.scans.blocks import limits_of


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


def body_errors(wanted: PlanText, read: str) -> ErrorRate:
    """The least edits that turn `wanted`'s body into what stands in its place in `read`.

    The body is all but the header, the recipients and the signer's lines, tables and annexes included; white space of
    any kind and length counts as one blank. Both texts are aligned whole, so that a header read in another order is
    not held against the body.
    """
    text, is_body = _marked(wanted)
    edits = Levenshtein.editops(text, " ".join(read.split()))
    errors = sum(is_body[min(edit.src_pos, len(text) - 1)] for edit in edits) if text else 0
    return ErrorRate(errors, sum(is_body))


def _marked(plan: PlanText) -> tuple[str, list[bool]]:
    """The text with single blanks, and for each of its characters whether it belongs to the body."""
    head, first, last = limits_of(plan)
    text, is_body = "", []
    for at, block in enumerate(plan.blocks):
        words = " ".join(plan.text[block.start : block.end].split())
        piece = f" {words}" if text and words else words
        text += piece
        is_body += [head <= at < first or at >= last] * len(piece)
    return text, is_body
