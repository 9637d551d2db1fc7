"""Fields with their evidence; on a scan the engine's own confidence in the characters counts too."""

from __future__ import annotations

from pipeline.records import Evidence, Field, FieldSource, FieldValue, PlanText
from pipeline.text.places import confidence_of

Span = tuple[int, int]


def evidence(plan: PlanText, span: Span, rule_id: str, confidence: float) -> Evidence:
    """Evidence for what stands in `span`, without blanks at its ends; `confidence` is the rule's own, 0 to 1."""
    start, end = _trimmed(plan.text, span)
    seen = confidence_of(plan, start, end)
    return Evidence(start, end, rule_id, round(confidence if seen is None else confidence * seen, 4))


def _trimmed(text: str, span: Span) -> Span:
    words = text[slice(*span)]
    return span[0] + len(words) - len(words.lstrip()), span[0] + len(words.rstrip())


def field(
    plan: PlanText, name: str, value: FieldValue, source: FieldSource, span: Span, rule_id: str, confidence: float
) -> Field:
    """One value of `documents` read from `span` of the text."""
    return Field(name, value, source, evidence(plan, span, rule_id, confidence))
