"""One-to-one pairing of gold and found rows, and the counts that come of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]
Same = Callable[[Row, Row], bool]


@dataclass(slots=True)
class Count:
    """Right, extra and missed rows of one measure."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    def add(self, right: int, extra: int, missed: int) -> None:
        self.right += right
        self.extra += extra
        self.missed += missed

    @property
    def support(self) -> int:
        return self.right + self.missed

    @property
    def precision(self) -> float:
        return _share(self.right, self.right + self.extra)

    @property
    def recall(self) -> float:
        return _share(self.right, self.support)

    @property
    def f1(self) -> float:
        return _share(2 * self.precision * self.recall, self.precision + self.recall)


@dataclass(frozen=True, slots=True)
class Pairing:
    pairs: list[tuple[Row, Row]]
    missed: list[Row]
    extra: list[Row]


def pair(gold: Iterable[Row], found: Iterable[Row], same: Same, exact: Same | None = None) -> Pairing:
    """Pair in order, rows that also agree in `exact` first, so that look-alikes do not steal each other's."""
    left, missed = list(found), list(gold)
    pairs: list[tuple[Row, Row]] = []

    def both(wanted: Row, row: Row) -> bool:
        return same(wanted, row) and exact is not None and exact(wanted, row)

    for test in (both, same):
        waiting, missed = missed, []
        for wanted in waiting:
            at = next((i for i, row in enumerate(left) if test(wanted, row)), None)
            if at is None:
                missed.append(wanted)
            else:
                pairs.append((wanted, left.pop(at)))
    return Pairing(pairs, missed, left)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
