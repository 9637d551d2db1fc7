"""Real runs, as programs of their own, that are stopped at some moment or meet another run; then the next one goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.archive.nights import ROOT
from tests.faults import checks
from tests.faults.findings import Findings
from tests.faults.living import MARK, living

DOCUMENTS = 40
DEADLINE = 180.0
"""Seconds after which a program hangs; this machine may be busy."""
KEHOACH, QUICK = "pipeline", "tests.faults.program"
STOPPED = {signal.SIGTERM: (130, 0), signal.SIGINT: (130, 0), signal.SIGKILL: (-signal.SIGKILL, 0)}
"""Exit codes after a signal: 0 where the run was over. Before it begins, while Python loads, the signal itself may be."""


@dataclass(slots=True)
class Trial:
    """An archive in `root`/in, and what programs make of it in `root`/out."""

    root: Path
    findings: Findings
    where: str
    program: str = QUICK

    @property
    def out(self) -> Path:
        return self.root / "out"

    def archive(self, text: Callable[[int], bytes], documents: int = DOCUMENTS) -> None:
        (self.root / "in").mkdir()
        for number in range(documents):
            (self.root / "in" / f"kh-{number}.txt").write_bytes(text(number))

    def started(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", self.program, "run", str(self.root / "in"), "--out", str(self.out)]
        return subprocess.Popen(
            [*command, "--jobs", "2", "--settle", "0"],
            cwd=ROOT,
            env=os.environ | {MARK: str(self.root)},
            text=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            preexec_fn=heed_interrupts,
        )

    def note(self, what: str, *findings: str) -> None:
        self.findings.note(what, self.where, list(findings))


def heed_interrupts() -> None:
    """A shell's background job, as the tests may be, ignores them, and so would what it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Exit code and what it said on stderr. One that hangs is killed, and its code is that of SIGKILL."""
    try:
        said = process.communicate(timeout=DEADLINE)[1]
    except subprocess.TimeoutExpired:
        process.kill()
        said = f"hangs; {process.communicate()[1]}"
    return process.returncode, said


def stopped(trial: Trial, signals: list[signal.Signals], after: int, pause: float) -> None:
    """A run that gets signals once so many documents were read and a moment more has passed; then one that is let be."""
    process = trial.started()
    wait_for_readings(trial, process, after)
    time.sleep(pause)
    for number in signals:
        process.send_signal(number)
        time.sleep(0.05)
    code, said = ended(process)
    last = signals[-1]
    trial.findings.injected["+".join(number.name for number in signals)] += 1
    trial.findings.met[f"exit {code}"] += 1
    before = checks.attempts(trial.out)
    if code not in STOPPED[last] and not (code == -last and not before):
        trial.note("bad ends", f"exit {code}", said[-600:])
    trial.note("processes left", *map(str, living(trial.root, seconds=20)))
    trial.note("torn builds", *checks.torn(trial.out))
    trial.note("damaged ledgers", *checks.unsound_ledger(trial.out))
    if code == 130 and signals == [signal.SIGTERM]:
        _drained(trial, before)
    _resumed(trial, before)


def _drained(trial: Trial, read: dict[str, int]) -> None:
    """What was whole is published."""
    if checks.published(trial.out) is None:
        trial.note("lost documents", "nothing is published after a drain")
        return
    tables = checks.tables_of(trial.out)
    if (there := len(tables["documents"])) != len(read):
        trial.note("lost documents", f"{len(read)} were read, {there} are published")


def _resumed(trial: Trial, before: dict[str, int]) -> None:
    """The next run brings all documents, and reads none again that was recorded."""
    code, said = ended(trial.started())
    if code != 0:
        trial.note("no recovery", f"exit {code}", said[-600:])
        return
    after = checks.attempts(trial.out)
    trial.note("work done again", *(f"{sha[:16]}: {after[sha]}" for sha in before if after[sha] != before[sha]))
    tables, wanted = checks.tables_of(trial.out), len(list((trial.root / "in").iterdir()))
    if (there := len(tables["documents"])) != wanted:
        trial.note("lost documents", f"{there} of {wanted}")
    trial.note(
        "wrong statuses", *(f"{r['source_path']}: {r['status']}" for r in tables["files"] if r["status"] != "ok")
    )
    trial.note("torn builds", *checks.torn(trial.out))
    trial.note("leftovers", *(path.name for path in (trial.out / "builds").glob(".*")))
    trial.note("processes left", *map(str, living(trial.root, seconds=20)))


def two_at_once(trial: Trial, pause: float) -> None:
    """One of two runs wins; the other says who holds the place, and exits 3."""
    first = trial.started()
    time.sleep(pause)
    second = trial.started()
    ends = {process.pid: ended(process) for process in (second, first)}
    trial.findings.injected["two at once"] += 1
    codes = sorted(code for code, _ in ends.values())
    trial.findings.met[f"exits {codes}"] += 1
    if codes != [0, 3]:
        trial.note("bad ends", *(f"exit {code}: {said[-300:]}" for code, said in ends.values()))
        return
    winner = next(pid for pid, (code, _) in ends.items() if code == 0)
    loser = next(said for code, said in ends.values() if code == 3)
    if f"pid {winner}," not in loser and "pid ?" not in loser:
        trial.note("bad ends", f"the loser does not name {winner}: {loser[-300:]}")
    if any(count != 1 for count in checks.attempts(trial.out).values()):
        trial.note("work done again", str(checks.attempts(trial.out)))
    trial.note("torn builds", *checks.torn(trial.out))


def wait_for_readings(trial: Trial, process: subprocess.Popen[str], count: int) -> None:
    """Until the ledger holds so many, or the run is over."""
    until = time.monotonic() + DEADLINE
    while process.poll() is None and time.monotonic() < until and len(checks.attempts(trial.out)) < count:
        time.sleep(0.02)


def by_chance(seed: int) -> tuple[list[signal.Signals], int, float]:
    """Signals, how many readings to wait for, and seconds more: some before the first document, some after the last."""
    chance = Random(f"stops {seed}")
    signals = chance.choice(
        (
            [signal.SIGTERM],
            [signal.SIGTERM],
            [signal.SIGTERM, signal.SIGTERM],
            [signal.SIGINT],
            [signal.SIGKILL],
            [signal.SIGKILL],
        )
    )
    return signals, chance.choice((0, chance.randrange(DOCUMENTS), DOCUMENTS)), chance.random() * 0.5
