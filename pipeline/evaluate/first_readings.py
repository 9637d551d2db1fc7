"""Readings of papers that nobody had tuned for, kept as numbers: what a new paper is like, once its gold is known.

A paper is read for the first time only once; afterwards the rules know it. So what its rows said is noted then, before
anybody looks at what was missed: which table and kind, how strong, how seen, and whether right. No word of it is kept.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence
from pathlib import Path

from pipeline.evaluate.pairs import Pair
from pipeline.extract.signs import Signs
from pipeline.text.places import Seen

_COLUMNS = ("paper", "table", "kind", "source", "strength", "mean", "least", "repaired", "agreed", "right")


def first_readings(path: Path) -> list[Pair]:
    """The pairs noted in a file of `note`; none where it is not there."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [_pair(row) for row in csv.DictReader(file, delimiter="\t")]


def note(pairs: Sequence[Pair], path: Path) -> int:
    """Add the rows of papers that are not in the file yet; how many papers came new."""
    known = {pair.document for pair in first_readings(path)}
    keys = {pair.document: hashlib.sha256(pair.document.encode()).hexdigest()[:8] for pair in pairs}
    new = [pair for pair in pairs if keys[pair.document] not in known]
    is_new_file = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        if is_new_file:
            writer.writerow(_COLUMNS)
        writer.writerows(_row(keys[pair.document], pair) for pair in new)
    return len({pair.document for pair in new})


def _row(paper: str, pair: Pair) -> tuple[str | float | int, ...]:
    signs = pair.signs
    seen = tuple(round(share, 4) for share in signs.seen) if signs.seen else ("", "", "")
    head = (paper, signs.table, signs.kind, signs.source, signs.strength)
    return (*head, *seen, int(signs.agreed), int(pair.right))


def _pair(row: dict[str, str]) -> Pair:
    seen = Seen(float(row["mean"]), float(row["least"]), float(row["repaired"])) if row["mean"] else None
    strength, agreed = float(row["strength"]), row["agreed"] == "1"
    signs = Signs(row["table"], strength, row["kind"], row["source"], seen, agreed)
    return Pair(row["paper"], signs, row["right"] == "1", tuned=False)
