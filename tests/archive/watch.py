"""Memory and processor time of a process and of all it started, read from /proc."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Memory:
    """Resident megabytes: of the run itself, and of its workers the largest and all together."""

    run: float
    largest_worker: float
    workers: float


def memory_of(pid: int) -> Memory:
    """Of this process and everything below it that still lives."""
    own = _resident(pid)
    others = [_resident(child) for child in descendants(pid)]
    return Memory(own, max(others, default=0.0), sum(others))


class Spent:
    """Processor seconds of a process and of all it started, also of those that ended since they were last looked at."""

    def __init__(self) -> None:
        self._ticks: dict[int, int] = {}

    def look(self, pid: int) -> None:
        for one in (pid, *descendants(pid)):
            self._ticks[one] = _ticks(one) or self._ticks.get(one, 0)

    @property
    def seconds(self) -> float:
        return sum(self._ticks.values()) / os.sysconf("SC_CLK_TCK")


def most(looks: Iterable[Memory]) -> Memory:
    """The most of each sort."""
    seen = list(looks)
    return Memory(
        max((look.run for look in seen), default=0.0),
        max((look.largest_worker for look in seen), default=0.0),
        max((look.workers for look in seen), default=0.0),
    )


def descendants(pid: int) -> list[int]:
    """Children, their children, and so on; a process may be gone a moment later."""
    below: dict[int, list[int]] = defaultdict(list)
    for folder in PROC.iterdir():
        if folder.name.isdecimal() and (parent := _parent(folder)) is not None:
            below[parent].append(int(folder.name))
    found, waiting = [], [pid]
    while waiting:
        children = below[waiting.pop()]
        found += children
        waiting += children
    return found


def _parent(folder: Path) -> int | None:
    try:
        return int((folder / "stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, ValueError, IndexError):
        return None


def _ticks(pid: int) -> int:
    """Of user and system; 0 where the process is gone."""
    try:
        return sum(map(int, (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[11:13]))
    except (OSError, ValueError):
        return 0


def _resident(pid: int) -> float:
    try:
        lines = (PROC / str(pid) / "status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:")), 0.0)
