"""`kehoach run` as a program of its own, watched while it works: what it took, how far it was when, what it held."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tests.archive.watch import Memory, Spent, memory_of, most

ROOT = Path(__file__).parents[2]
_STEP = 0.05


@dataclass(slots=True)
class Watched:
    """One run: seconds by the clock and of all processors (but for the last moment), and what was seen at each look."""

    exit: int = 0
    seconds: float = 0.0
    processor: float = 0.0
    looks: list[tuple[float, int, Memory]] = field(default_factory=list)
    """Seconds since the start, documents read since the start, memory."""
    said: str = ""

    @property
    def read(self) -> int:
        """Documents read, whatever came of them."""
        return self.looks[-1][1] if self.looks else 0

    def tenths(self) -> list[tuple[float, Memory]]:
        """Of each tenth of the documents: its seconds, and the most memory of each sort that was seen in it."""
        found, start = [], 0.0
        for tenth in range(1, 11):
            until = next((look for look in self.looks if look[1] >= self.read * tenth / 10), self.looks[-1])[0]
            seen = [look for look in self.looks if start <= look[0] <= until]
            found.append((until - start, most(memory for _, count, memory in seen if count < self.read)))
            start = until
        return found

    def afterwards(self) -> Memory:
        """The most memory of each sort once all was read, while the tables were made."""
        return most(memory for _, count, memory in self.looks if count == self.read)


def watched_run(inputs: Path, out: Path, *, every: float = 0.5, more: Mapping[str, str] | None = None) -> Watched:
    """One run from start to end; it reads with as many workers as there are cores."""
    command = [sys.executable, "-m", "pipeline", "run", str(inputs), "--out", str(out)]
    found, spent, started = Watched(), Spent(), time.perf_counter()
    with tempfile.TemporaryFile("w+") as told:
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | dict(more or {}), stdout=told, stderr=told)
        next_look, already = 0.0, _read_so_far(out)
        while process.poll() is None:
            now = time.perf_counter() - started
            if now >= next_look:
                found.looks.append((now, _read_so_far(out) - already, memory_of(process.pid)))
                spent.look(process.pid)
                next_look = now + every
            time.sleep(_STEP)
        found.seconds = time.perf_counter() - started
        found.looks.append((found.seconds, _read_so_far(out) - already, Memory(0, 0, 0)))
        told.seek(0)
        found.said = told.read()
    found.exit, found.processor = process.returncode, spent.seconds
    return found


def _read_so_far(out: Path) -> int:
    """How many readings the ledger holds, counted as often as they were done; 0 before it is there."""
    try:
        with closing(sqlite3.connect(f"file:{out / 'ledger.sqlite'}?mode=ro", uri=True)) as ledger:
            return int(ledger.execute("SELECT coalesce(sum(attempts), 0) FROM readings").fetchone()[0])
    except sqlite3.Error:
        return 0
