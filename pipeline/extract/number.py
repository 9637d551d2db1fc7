"""Number, symbol and reference: "Số: 274/KH-UBND", "Số 34-CT/TW", "Số: 19/2023/NQ-HĐND", blanks left blank."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.evidence import field
from pipeline.extract.lines import Line
from pipeline.records import Field, PlanText
from pipeline.rulebook import RuleMatch, load_rulebook


def read_number(plan: PlanText, header: Sequence[Line]) -> tuple[Field, ...]:
    """Fields number, symbol and reference, as far as the header's "Số" line gives them."""
    found = number_line(header)
    if found is None:
        return ()
    line, match = found
    fields = []
    for name, confidence in (("number", 0.97), ("symbol", 0.97)):
        if name in match.values:
            start, end = match.spans[name]
            value = tidy_symbol(line.text[start:end])
            span = (line.start + start, line.start + end)
            fields.append(field(plan, name, value, "header", span, match.rule_id, confidence))
    reference = _reference(line, match)
    if reference:
        span = (line.start + match.spans["number"][0], line.start + match.spans["symbol"][1])
        fields.append(field(plan, "reference", reference, "header", span, match.rule_id, 0.96))
    return tuple(fields)


def number_line(header: Sequence[Line]) -> tuple[Line, RuleMatch] | None:
    """The header line that carries the paper's own number, and the rule's match in it."""
    rules = load_rulebook("header")
    found: list[tuple[Line, RuleMatch]] = []
    previous = ""
    for line in header:
        match = None if line.is_table else rules.first("number", line.folded)
        # "THEO QUYẾT ĐỊNH / SỐ 1050/QĐ-SCT": a cited number in the issuer's own name.
        if match and not rules.first("cites_below", previous):
            found.append((line, match))
        previous = line.folded
    return next((pair for pair in found if ":" in pair[0].folded[:8]), found[0] if found else None)


def tidy_symbol(text: str) -> str:
    """No blanks round dashes and slashes, one kind of dash: "HD – HĐTĐKT" → "HD-HĐTĐKT"."""
    return re.sub(r"\s*([-/.])\s*", r"\1", re.sub(r"[‐‑‒–—−]", "-", text)).replace(" ", "").strip("-/. ")


def _reference(line: Line, match: RuleMatch) -> str | None:
    if "number" not in match.values or "symbol" not in match.values:
        return None
    number = match.values["number"]
    symbol = tidy_symbol(line.text[slice(*match.spans["symbol"])])
    year = f"/{match.values['year']}" if "year" in match.values else ""
    return f"{number}-{symbol}" if "party" in match.rule_id else f"{number}{year}/{symbol}"
