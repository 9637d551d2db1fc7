"""When two values say the same: spelling folded, OCR slips forgiven where the measure allows it."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from rapidfuzz import fuzz

from pipeline.fold import fold

SLIP = 88.0
"""Similarity (0 to 100) from which names and first words count as the same."""

_LABEL = re.compile(r"^(?:[-+*•\s]*)(?:(?:\d+(?:\.\d+)*[.)]?|[a-zđ][.)])\s+)?")


def folded(value: Any) -> Any:
    """The value as it is compared: dates as ISO, text without case and sign variants; None if missing."""
    if value is None or value != value:
        return None
    if hasattr(value, "isoformat"):
        return value.isoformat()[:10]
    if isinstance(value, bool):
        return value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = fold(unicodedata.normalize("NFC", str(value))).casefold()
    text = re.sub(r"\s*-\s*", "-", " ".join(text.split())).strip(" .;:,\"'")
    return text or None


def alike(a: Any, b: Any, limit: float = SLIP) -> bool:
    """Equal once folded, or at least `limit` similar; a missing value is like a missing one only."""
    first, second = folded(a), folded(b)
    if first is None or second is None:
        return first is second
    return bool(first == second or fuzz.ratio(first, second) >= limit)


def openings(text: str | None) -> list[str]:
    """The first words of an item: without its label, and also without a run-in heading ("Sở Nội vụ: …")."""
    words = folded(text) or ""
    body = _LABEL.sub("", words, count=1)
    head, colon, rest = body.partition(":")
    return [body, rest.strip()] if colon and len(head) <= 120 else [body]


def starts_alike(wanted: str, found: str | None) -> bool:
    """An opening of `found` begins like an opening of `wanted`."""
    return any(
        there[: len(here)] == here or fuzz.ratio(here, there[: len(here)]) >= SLIP
        for here in openings(wanted)
        if len(here) >= 8
        for there in openings(found)
    )
