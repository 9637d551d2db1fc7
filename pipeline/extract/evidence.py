"""Evidence and fields, each with the strength of its rule (`pipeline.extract.confidence` makes it a confidence)."""

from __future__ import annotations

from pipeline.records import Evidence, Field, FieldSource, FieldValue, PlanText

Span = tuple[int, int]


def evidence(plan: PlanText, span: Span, rule_id: str, confidence: float) -> Evidence:
    """Evidence for what stands in `span`, without blanks at its ends; `confidence` is the rule's strength, 0 to 1."""
    start, end = _trimmed(plan.text, span)
    return Evidence(start, end, rule_id, confidence)


def _trimmed(text: str, span: Span) -> Span:
    words = text[slice(*span)]
    return span[0] + len(words) - len(words.lstrip()), span[0] + len(words.rstrip())


def field(
    plan: PlanText, name: str, value: FieldValue, source: FieldSource, span: Span, rule_id: str, confidence: float
) -> Field:
    """One value of `documents` read from `span` of the text."""
    return Field(name, value, source, evidence(plan, span, rule_id, confidence))
