"""Sentence starts by rule (rules/sentences.toml): line ends, and full stops that end something."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.fold import fold
from pipeline.rulebook import Rulebook, RuleMatch, load_rulebook

_LINE_ENDS = re.compile(r"[\t\n\r\f\v\x85\u2028\u2029]\s*")
_START = 1
_INSIDE = 2**64 - 1  # -1 in the unsigned numbers of spaCy's arrays
_LONGEST_ABBREVIATION = 16


@Language.factory("plan_sentences", assigns=["token.is_sent_start", "doc.sents"])
def create_plan_sentences(nlp: Language, name: str) -> PlanSentences:
    """The config's [components.plan_sentences] block calls this."""
    return PlanSentences(load_rulebook("sentences"))


class PlanSentences:
    def __init__(self, book: Rulebook) -> None:
        self.book = book

    def __call__(self, doc: Doc) -> Doc:
        offsets = [token.idx for token in doc]
        flags: Any = doc.to_array(["SENT_START"])  # `token.is_sent_start` one by one is 20 times slower
        flags.fill(_INSIDE)
        flags[:1] = _START
        for place in self._starts(doc.text):
            flags[bisect_left(offsets, place) :][:1] = _START
        return doc.from_array(["SENT_START"], flags)

    def _starts(self, text: str) -> set[int]:
        """Offsets of the characters that begin a sentence."""
        folded = fold(text)
        breaks = self.book.find("sentence_break", folded)
        stops = {found.end for found in breaks if not self._goes_on(folded, found)}
        return stops | {found.end() for found in _LINE_ENDS.finditer(text)}

    def _goes_on(self, folded: str, stop: RuleMatch) -> bool:
        """The stop only closes an abbreviation or a number before it."""
        before = max(0, stop.start - _LONGEST_ABBREVIATION)
        return self.book.first("sentence_break_not", folded, before, stop.end) is not None
