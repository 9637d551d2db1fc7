"""Whether confidence means what it says: of the rows near 0.9, nine in ten should be right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from pipeline.evaluate.result import Verdict

EDGES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)
"""Tenths, and halves of them where most rows are: finer bins never make the calibration error smaller."""
SURE = 0.95
ALL = "all"


class Said(NamedTuple):
    """What one row said of itself, and whether it was right."""

    table: str
    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """Rows whose confidence is in [low, high) (the last bin: and 1): their mean confidence, and their share right."""

    low: float
    high: float
    rows: int
    mean: float
    right: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """Shares are 0 to 1. `error` is the expected calibration error: |mean - right| over the bins, by their rows."""

    rows: int
    mean: float
    right: float
    error: float
    brier: float
    sure_rows: int
    sure_right: float | None
    """The share right of rows that say 0.95 or more; None where none does."""
    bins: tuple[Bin, ...]


def said_by(verdicts: Iterable[Verdict]) -> list[Said]:
    """The rows that say how sure they are."""
    said = ((verdict, verdict.row.get("confidence")) for verdict in verdicts)
    return [Said(verdict.table, float(sure), verdict.right) for verdict, sure in said if sure is not None]


def reliability(rows: Iterable[Said]) -> dict[str, Reliability]:
    """By table, and of all rows together; nothing for no rows."""
    tables: dict[str, list[Said]] = defaultdict(list)
    for row in rows:
        tables[ALL].append(row)
        tables[row.table].append(row)
    return {name: _measured(own) for name, own in tables.items()}


def _measured(rows: Sequence[Said]) -> Reliability:
    bins = tuple(_bins(rows))
    sure = [row for row in rows if row.confidence >= SURE]
    return Reliability(
        rows=len(rows),
        mean=_mean(row.confidence for row in rows),
        right=_mean(row.right for row in rows),
        error=sum(one.rows * abs(one.mean - one.right) for one in bins) / len(rows),
        brier=_mean((row.confidence - row.right) ** 2 for row in rows),
        sure_rows=len(sure),
        sure_right=_mean(row.right for row in sure) if sure else None,
        bins=bins,
    )


def _bins(rows: Sequence[Said]) -> Iterable[Bin]:
    for low, high in pairwise(EDGES):
        own = [row for row in rows if low <= row.confidence < high or (high == EDGES[-1] == row.confidence)]
        if own:
            yield Bin(low, high, len(own), _mean(row.confidence for row in own), _mean(row.right for row in own))


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed)
