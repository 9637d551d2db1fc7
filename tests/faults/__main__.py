"""`python -m tests.faults --faults 1000 --seed 1`: faults of the disk, of readers and OCR, and runs that are stopped.

    disk       a fault at some call that changes the disk, on the whole run in one process (`nights`)
    workers    readers and OCR that misbehave, in real worker processes (`workers`)
    stops      signals, kills and two runs at once, on programs of their own (`stops`)

Exit 1 where anything is wrong: torn builds, lost documents, wrong statuses, finished work done again.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from tests.archive.forms import as_text
from tests.archive.plan import made_plan
from tests.faults.disk import disk_faults
from tests.faults.findings import Findings
from tests.faults.stops import DOCUMENTS, KEHOACH, QUICK, Trial, by_chance, stopped, two_at_once
from tests.faults.workers import by_chance as faulty
from tests.faults.workers import faulty_round

A_NIGHT = 250
"""Faults of the disk in one process, after which their counts are told."""
REAL = 8
"""One trial of stops in so many is done with the real reader, which takes long."""
A_ROUND = 12
"""Misbehaving documents in one run."""


def main() -> None:
    """All three parts, of which each may be left out by asking for 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--faults", type=int, default=1000, help="of the disk")
    parser.add_argument("--workers", type=int, default=200, help="misbehaving documents")
    parser.add_argument("--stops", type=int, default=40, help="stopped or doubled runs")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    sound = [
        *(disk(min(A_NIGHT, asked.faults - at), asked.seed + at) for at in range(0, asked.faults, A_NIGHT)),
        *([workers(asked.workers, asked.seed)] if asked.workers else []),
        *([stops(asked.stops, asked.seed)] if asked.stops else []),
    ]
    sys.exit(0 if all(sound) else 1)


def disk(faults: int, seed: int) -> bool:
    started = time.perf_counter()
    sound, said = disk_faults(faults, seed)
    print(f"== disk, seed {seed}, {time.perf_counter() - started:.0f} s\n{said}", flush=True)
    return sound


def workers(faults: int, seed: int) -> bool:
    findings, started = Findings(), time.perf_counter()
    for at in range(0, faults, A_ROUND):
        with tempfile.TemporaryDirectory() as folder:
            faulty_round(Path(folder), faulty(seed + at, min(A_ROUND, faults - at)), findings, f"seed {seed + at}")
    return _told("workers", seed, started, findings)


def stops(trials: int, seed: int) -> bool:
    findings, started = Findings(), time.perf_counter()
    for at in range(seed, seed + trials):
        with tempfile.TemporaryDirectory() as folder:
            signals, after, pause = by_chance(at)
            where = f"seed {at}: {[s.name for s in signals]} after {after} + {pause:.2f} s"
            trial = Trial(Path(folder), findings, where, KEHOACH if at % REAL == 1 else QUICK)
            trial.archive(lambda number: as_text(made_plan(seed, number)).lstrip(), DOCUMENTS)
            if at % 5 == 0:
                two_at_once(trial, Random(at).random())
            else:
                stopped(trial, signals, after, pause)
    return _told("stops", seed, started, findings)


def _told(part: str, seed: int, started: float, findings: Findings) -> bool:
    print(f"== {part}, seed {seed}, {time.perf_counter() - started:.0f} s")
    print("\n".join(findings.lines()), flush=True)
    return not findings.wrong


if __name__ == "__main__":
    main()
