"""Weights for the confidence of a row: a logistic curve whose groups lean on the wider group they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.evaluate.pairs import Pair
from pipeline.extract.confidence import features

Numbers = NDArray[np.float64]

SPREAD = 0.3
"""How far a group may easily stand from the wider one, in logits: a group of rows that are 95 % right needs
1 / (SPREAD² × 0.95 × 0.05) = 234 of them before they weigh as much as the wider group does, as rows of one paper are
wrong together. Of 0.2, 0.3, 0.5 and 1 the one whose rows ≥ 0.95 were right most often on papers left out."""
_MEASURED = {"strength": 1.0, "mean": 1.0, "least": 1.0, "repaired": 1.0, "agreed": 1.0}
"""What every row is measured by is learned from all of them, so it may stand further from its prior."""
GRANTED = 0.4
"""How much of the lift that tuning on a paper brought is granted to papers nobody tuned for."""
_TUNED = " tuned"
_PRIOR = {"strength": 1.0}
_FREE = 1e-4
_NEVER_NEGATIVE = ("strength", "mean", "least", "agreed", "tuned")
_NEVER_POSITIVE = ("scanned", "repaired")
"""More evidence never makes a row less sure, and a scan is never surer than text: the last word of a feature's name."""
_ROUNDS = 200
_NEAR = 1e-9


def fit(pairs: Sequence[Pair]) -> dict[str, float]:
    """The weights that make the pairs likeliest.

    A pair of a paper the rules were tuned on speaks for itself and for what tuning brings; a first reading for what a
    new paper gives. What tuning brings is told apart by table, and `GRANTED` of it goes into the table's weight.

    Raises:
        ValueError: no pairs.
    """
    if not pairs:
        raise ValueError("no pairs to fit on")
    rows = [_told_apart(pair) for pair in pairs]
    names = sorted({name for row in rows for name in row})
    at = {name: index for index, name in enumerate(names)}
    table = np.zeros((len(rows), len(names)))
    for line, row in zip(table, rows, strict=True):
        for name, value in row.items():
            line[at[name]] = value
    right = np.array([float(pair.right) for pair in pairs])
    found = dict(zip(names, _weights(table, right, names).tolist(), strict=True))
    return {name: round(weight, 4) for name, weight in _granted(found).items()}


def _told_apart(pair: Pair) -> dict[str, float]:
    tuned = {f"{pair.signs.table}{_TUNED}": 1.0, f"all{_TUNED}": 1.0} if pair.tuned else {}
    return features(pair.signs) | tuned


def _granted(weights: dict[str, float]) -> dict[str, float]:
    kept = {name: weight for name, weight in weights.items() if not name.endswith(_TUNED)}
    lifts = ((name.removesuffix(_TUNED), weight) for name, weight in weights.items() if name.endswith(_TUNED))
    return kept | {name: kept[name] + GRANTED * lift for name, lift in lifts}


def _weights(table: Numbers, right: Numbers, names: Sequence[str]) -> Numbers:
    """Newton's method on the penalised likelihood; a weight at a bound that is pulled further stays there."""
    low, high = _bounds(names)
    prior = np.array([_PRIOR.get(name, 0.0) for name in names])
    held = np.array([_FREE if name == "all" else 1 / _MEASURED.get(name, SPREAD) ** 2 for name in names])

    def cost(weights: Numbers) -> float:
        total = table @ weights
        missed = np.logaddexp(0, total) - right * total
        return float(missed.sum() + (held * (weights - prior) ** 2).sum() / 2)

    weights = prior.copy()
    for _ in range(_ROUNDS):
        said = 1 / (1 + np.exp(-np.clip(table @ weights, -50, 50)))
        slope = table.T @ (said - right) + held * (weights - prior)
        free = ~(((weights <= low) & (slope > 0)) | ((weights >= high) & (slope < 0)))
        bend = (table.T * (said * (1 - said))) @ table + np.diag(held)
        step = np.zeros_like(weights)
        step[free] = np.linalg.solve(bend[np.ix_(free, free)], slope[free])
        tries = (np.clip(weights - step / 2**half, low, high) for half in range(30))
        moved = next((new for new in tries if cost(new) < cost(weights)), weights)
        if np.abs(moved - weights).max() < _NEAR:
            break
        weights = moved
    return weights


def _bounds(names: Iterable[str]) -> tuple[Numbers, Numbers]:
    kinds = [name.rsplit(" ", 1)[-1] for name in names]
    low = np.array([0.0 if kind in _NEVER_NEGATIVE else -np.inf for kind in kinds])
    high = np.array([0.0 if kind in _NEVER_POSITIVE else np.inf for kind in kinds])
    return low, high
