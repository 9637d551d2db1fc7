"""Nights with a fault of the disk: a run is met by it at some call, checked, then run again until the night is whole."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from tests.faults import checks
from tests.faults.child import Ended, in_child
from tests.faults.ends import bad_end, how
from tests.faults.findings import Findings
from tests.faults.inline import Counted
from tests.faults.papers import Papers
from tests.faults.shim import Fault, arm, disarm

Run = Callable[[Path, Path, Counted], object]
"""A whole run over a folder into OUT, with a reader that counts; raises what keeps it from going on."""
CHOSEN = (
    *(Fault.KILL, Fault.TORN, Fault.POWER, Fault.POWER, Fault.FULL, Fault.FULL_ONCE),
    *(Fault.READ_ONLY, Fault.SYNC_ERROR, Fault.WRITE_ERROR),
)
AGAIN = 2
"""So many readings may be done twice after a kill: the one under way, and the one whose record was being written."""
FAULTS_A_NIGHT = 25
CALM = 10
"""After one recovery in so many another run follows."""


@dataclass(frozen=True, slots=True)
class Place:
    """A fault, and at which call of the run; `writes`: whether writes are counted."""

    fault: Fault
    at: int
    writes: bool

    def __str__(self) -> str:
        return f"{self.fault.name} at {'call' if self.writes else 'name or sync'} {self.at}"


@dataclass(slots=True)
class Night:
    """One state of an archive, the changes of one night, and what an undisturbed run makes of them."""

    root: Path
    seed: int
    run: Run
    findings: Findings
    papers: Papers = field(init=False)
    before: str | None = None
    """The build that readers saw when the night began."""
    calls: tuple[int, int] = (0, 0)
    """Of the undisturbed run: all that change the disk, and those that write no bytes."""
    wanted: checks.Tables = field(default_factory=dict)

    @property
    def out(self) -> Path:
        return self.root / "out"

    @property
    def counted(self) -> Counted:
        return Counted(self.root / "tally")

    def prepare(self) -> None:
        """Some undisturbed nights, then changes whose run is tried out once. RuntimeError where that itself fails."""
        chance = Random(self.seed)
        self.papers = Papers(self.root / "in", chance)
        self.out.mkdir(parents=True)
        self.papers.first_night()
        for _ in range(chance.randrange(0, 3)):
            self._undisturbed()
            self.papers.seen()
            self.papers.night()
        self.before = checks.published(self.out)
        shutil.copytree(self.out, self.root / "base", symlinks=True)
        self._undisturbed()
        self.wanted = _value(in_child(lambda: checks.tables_of(self.out)))
        self._check(f"seed {self.seed}, undisturbed", self.wanted)

    def injected(self) -> Iterator[None]:
        """One fault after the other, each from the same state."""
        chance = Random(f"faults {self.seed}")
        for number in range(FAULTS_A_NIGHT):
            self._restore()
            place = self._place(chance)
            where = f"seed {self.seed} fault {number}: {place}"
            read = self._disturbed(place, number, where)
            if chance.random() < 0.25:
                second = self._place(chance)
                where = f"{where}, then {second}"
                read = self._disturbed(second, number, where)
            self._recovered(where, read)
            if number % CALM == 0:
                self._calm(where)
            yield

    def _place(self, chance: Random) -> Place:
        """Every other time one of the calls that write no bytes."""
        writes = chance.random() < 0.5
        return Place(chance.choice(CHOSEN), chance.randint(1, self.calls[0 if writes else 1]), writes)

    def _restore(self) -> None:
        shutil.rmtree(self.out)
        shutil.rmtree(self.root / "out.kept", ignore_errors=True)
        shutil.copytree(self.root / "base", self.out, symlinks=True)
        self.counted.counted()

    def _undisturbed(self) -> None:
        def work() -> tuple[int, int]:
            arm(self.out, Fault.COUNT)
            self.run(self.papers.folder, self.out, self.counted)
            return disarm()

        self.calls = _value(in_child(work))

    def _disturbed(self, place: Place, seed: int, where: str) -> list[str]:
        """A run with a fault; what it left is checked.

        Returns:
            What it read.
        """

        def work() -> None:
            arm(self.out, place.fault, place.at, seed, writes=place.writes)
            self.run(self.papers.folder, self.out, self.counted)

        ended = in_child(work)
        self.findings.injected[place.fault.name] += 1
        self.findings.met[how(ended)] += 1
        self.findings.note("bad ends", where, bad_end(ended, place.fault))
        self.findings.note("torn builds", where, checks.torn(self.out) or self._neither_old_nor_new())
        self.findings.note("damaged ledgers", where, checks.unsound_ledger(self.out))
        if ended.signal is None and ended.raised is None and not checks.torn(self.out):
            self.findings.note("untrue success", where, self._not_new())
        return self.counted.counted()

    def _neither_old_nor_new(self) -> list[str]:
        return [] if checks.published(self.out) == self.before else self._not_new()

    def _not_new(self) -> list[str]:
        """Times differ from run to run, so the new build is told by what its tables hold."""
        if checks.published(self.out) is None:
            return ["nothing is published"]
        tables = _value(in_child(lambda: checks.tables_of(self.out)))
        return checks.different(tables, self.wanted)

    def _recovered(self, where: str, read: list[str]) -> None:
        """The next run, without a fault, brings what an undisturbed one brings and does no finished work again."""
        settled = checks.settled(self.out, self.papers.names())
        ended = in_child(lambda: self.run(self.papers.folder, self.out, self.counted))
        if ended.raised or ended.signal:
            self.findings.note("no recovery", where, [str(ended.raised or ended.signal), ended.trace[-800:]])
            return
        if checks.published(self.out) is None or checks.torn(self.out):
            self.findings.note("no recovery", where, ["nothing whole is published", *checks.torn(self.out)])
            return
        again = self.counted.counted()
        self.findings.note("work done again", where, sorted(settled & set(again)))
        if len(set(read) & set(again)) > AGAIN or len(again) != len(set(again)):
            told = f"{len(again)} readings, {len(set(read) & set(again))} again"
            self.findings.note("work done again", where, [told])
        self.findings.note("leftovers", where, [path.name for path in (self.out / "builds").glob(".*")])
        tables = _value(in_child(lambda: checks.tables_of(self.out)))
        self._check(where, tables)
        self.findings.note("other tables", where, checks.different(tables, self.wanted))

    def _calm(self, where: str) -> None:
        """A run with nothing new reads nothing and publishes nothing."""
        before = checks.published(self.out)
        ended = in_child(lambda: self.run(self.papers.folder, self.out, self.counted))
        if ended.raised or ended.signal or self.counted.counted() or checks.published(self.out) != before:
            self.findings.note("work done again", where, [f"with nothing new: {ended.raised or ended.signal}"])

    def _check(self, where: str, tables: checks.Tables) -> None:
        expected = self.papers.expected()
        self.findings.note("lost documents", where, checks.lost(tables, expected, self.papers.contents()))
        self.findings.note("wrong statuses", where, checks.wrong_statuses(tables, expected))


def _value(ended: Ended) -> Any:
    """What a child gave that must not fail. RuntimeError says how it did."""
    if ended.raised or ended.signal:
        raise RuntimeError(f"{ended.raised or ended.signal}\n{ended.trace}")
    return ended.value
