"""What a comparison of tables with gold comes to: counts, differences, and row by row whether it is right."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from pipeline.evaluate.pairing import Count, Row


@dataclass(frozen=True, slots=True)
class Difference:
    document: str
    what: str
    wanted: Any
    found: Any


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one published row is right by the strict measure of its table."""

    document: str
    table: str
    row: Row
    right: bool


@dataclass(slots=True)
class Score:
    """Everything measured; `fields` maps a header field to [right, asked]."""

    documents: int = 0
    whole_headers: int = 0
    whole_records: int = 0
    without_row: list[str] = field(default_factory=list)
    fields: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    counts: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    differences: list[Difference] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)

    @property
    def header_accuracy(self) -> float:
        asked = sum(total for _, total in self.fields.values())
        return sum(right for right, _ in self.fields.values()) / asked if asked else 0.0
