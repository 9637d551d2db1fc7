"""How sure a row is: what speaks for it, weighed as gold showed (models/confidence, fitted by evaluate.calibrate)."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pipeline.extract.signs import Signs
from pipeline.rulebook import RuleError, models_dir

HIGHEST = 0.995
LOWEST = 0.01
"""No row is said to be certainly right or certainly wrong."""
_HEAVIEST = 50.0
"""A weight written by a slip of the hand would make every row sure, or the sum too large to be a chance."""
_LEAST_SEEN = 0.05
"""Below it the engine's confidence in a word says nothing more."""


def features(signs: Signs) -> dict[str, float]:
    """A row as named numbers: the groups it belongs to, from the wide to the narrow, and what was measured."""
    table = signs.table
    strength = min(max(signs.strength, LOWEST), HIGHEST)
    measured = {"all": 1.0, table: 1.0, "strength": math.log(strength / (1 - strength))}
    if signs.kind:
        measured[f"{table} {signs.kind}"] = 1.0
    if signs.source:
        measured[f"{table} from {signs.source}"] = 1.0
    if signs.agreed:
        measured |= {"agreed": 1.0, f"{table} agreed": 1.0}
    if signs.seen:
        measured |= {
            "scanned": 1.0,
            f"{table} scanned": 1.0,
            "mean": math.log(max(signs.seen.mean, _LEAST_SEEN)),
            "least": math.log(max(signs.seen.least, _LEAST_SEEN)),
            "repaired": signs.seen.repaired,
        }
    return measured


def confidence(signs: Signs, weights: Mapping[str, float]) -> float:
    """The chance, 0.01 to 0.995, that the row is right; a group without a weight is as its wider group."""
    total = sum(weights.get(name, 0.0) * value for name, value in features(signs).items())
    return round(min(max(1 / (1 + math.exp(-total)), LOWEST), HIGHEST), 4)


def fitted(signs: Signs) -> float:
    """The confidence by the weights of models/confidence."""
    return confidence(signs, weights_at_hand())


@cache
def weights_at_hand() -> Mapping[str, float]:
    """The weights of models/confidence, read once. RuleError when the file is missing or malformed."""
    return read_weights(models_dir() / "confidence" / "weights.json")


def read_weights(path: Path) -> Mapping[str, float]:
    """Weights by name of feature. RuleError when the file is missing or malformed."""
    try:
        weights = json.loads(path.read_text(encoding="utf-8"))["weights"]
        found = {str(name): float(weight) for name, weight in weights.items()}
        if not all(abs(weight) <= _HEAVIEST for weight in found.values()):  # not a number is not so, either
            raise ValueError(f"a weight over {_HEAVIEST}")
        return found
    except FileNotFoundError:
        raise RuleError(f"models/confidence/{path.name}: thiếu / is missing ({path})") from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RuleError(f"models/confidence/{path.name}: sai / is malformed: {error!r}") from None
