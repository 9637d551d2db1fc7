"""What was injected, how it ended and what was found wrong, to be printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

SORTS = (
    *("torn builds", "lost documents", "wrong statuses", "work done again", "damaged ledgers", "untrue success"),
    *("no recovery", "other tables", "bad ends", "leftovers"),
)
"""What is counted even where none was found."""
_SHOWN = 5


@dataclass(slots=True)
class Findings:
    """`wrong`: class of fault → what, with the seed to see it again."""

    injected: Counter[str] = field(default_factory=Counter)
    met: Counter[str] = field(default_factory=Counter)
    """How runs with a fault ended."""
    wrong: dict[str, list[str]] = field(default_factory=dict)

    def note(self, what: str, where: str, findings: list[str]) -> None:
        if findings:
            self.wrong.setdefault(what, []).append(f"{where}: {'; '.join(findings[:3])}")

    def lines(self) -> Iterator[str]:
        """For people: counts by kind, then the first of each sort of what is wrong."""
        yield f"{sum(self.injected.values())} faults: " + _counts(self.injected)
        yield f"how they ended: {_counts(self.met)}"
        for what in (*SORTS, *sorted(self.wrong.keys() - set(SORTS))):
            yield f"{len(self.wrong.get(what, [])):>6}  {what}"
            for found in self.wrong.get(what, [])[:_SHOWN]:
                yield f"           {found}"


def _counts(counter: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counter.items()))
