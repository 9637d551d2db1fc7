"""The first half of a run: what is offered is read, and each reading enters the ledger as it comes."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Literal, Protocol

from pipeline.ingest.files.walk import Offered
from pipeline.run.engine import Engine, Job
from pipeline.run.intake import Intake, Members
from pipeline.run.log import Event, RunLog, page_events
from pipeline.run.readings import readings
from pipeline.store.ledger import Ledger
from pipeline.store.packing import Packed, unpacked_rows
from pipeline.store.sightings import Known, Sighting, after

SPOOL = ".spool"
"""Where in OUT members of archives lie until they are read."""


@dataclass(slots=True)
class Taken:
    """What a run took in, for its report. Paths are source paths."""

    offered: int
    reasons: Counter[str]
    hidden: list[str] = field(default_factory=list)
    """Beginnings of source paths that could not be listed."""
    waiting: list[str] = field(default_factory=list)
    read: int = 0
    alone: list[str] = field(default_factory=list)
    """Read once more by themselves, after their worker was lost."""


class Follower(Protocol):
    """Who is told how far the run is: `pipeline.run.progress`."""

    def walked(self, offers: Sequence[Offered]) -> Iterator[Offered]: ...
    def read(self, source_path: str, packed: Packed) -> None: ...


@dataclass(frozen=True, slots=True)
class Hands:
    """What the taking in works with; `engine` is made when the first document needs it."""

    engine: Callable[[], Engine]
    members: Members
    settle: float
    draining: Callable[[], bool]
    follower: Follower
    log: RunLog
    now: Callable[[], str]


def take_in(offers: Sequence[Offered], ledger: Ledger, known: Known, hands: Hands, out: Path) -> Taken:
    """Reads what is due, until all is read or the run is told to drain.

    Raises:
        OSError, sqlite3.Error: the disk is full, or the output is not writable. What was recorded stands.
    """
    with _spool(out) as spool:
        intake = Intake(known, hands.members, spool, hands.settle)
        taken = Taken(len(offers), intake.reasons, hidden=intake.hidden, waiting=intake.waiting)
        keeper = _Keeper(ledger, known, intake, taken, hands)
        try:
            keeper.read(intake.jobs(hands.follower.walked(offers)))
        finally:
            ledger.calm(keeper.started)
        ledger.see(_news(intake, known, known.readings.keys() | keeper.read_now))
    return taken


class _Keeper:
    """Hands jobs to the engine, and what comes back to the ledger."""

    def __init__(self, ledger: Ledger, known: Known, intake: Intake, taken: Taken, hands: Hands) -> None:
        self._ledger, self._known, self._intake, self._taken, self._hands = ledger, known, intake, taken, hands
        self.started: set[str] = set()
        self.read_now: set[str] = set()

    def read(self, jobs: Iterator[Job]) -> None:
        first = next(jobs, None)
        if first is None:
            return
        engine = self._hands.engine()
        try:
            started = map(self._start, chain([first], jobs))
            suspects = self._ledger.suspects()
            for job, packed, attempts in readings(started, engine, self._hands.draining, suspects):
                self._keep(job, packed, attempts)
        finally:
            engine.stop()

    def _start(self, job: Job) -> Job:
        self._ledger.start(job.sha256)
        self.started.add(job.sha256)
        return job

    def _keep(self, job: Job, packed: Packed, attempts: int) -> None:
        """A reading of bytes that changed meanwhile says nothing of the file; one a drain lost stays due."""
        self.started.discard(job.sha256)
        if not self._intake.stood_still(job):
            self._ledger.calm([job.sha256])
            return
        known = self._known.readings.get(job.sha256)
        prints, bounds = self._known.prints, self._known.bounds
        reading = after(known, packed, job.sha256, prints, bounds, attempts, self._hands.now())
        self._ledger.record(reading, packed.rows)
        self.read_now.add(job.sha256)
        self._count(job, packed, attempts)

    def _count(self, job: Job, packed: Packed, attempts: int) -> None:
        taken = self._taken
        taken.read += 1
        if attempts > 1:
            taken.alone.append(job.source_path)
        self._hands.follower.read(job.source_path, packed)
        self._hands.log.write_all(_events(job, packed, attempts))


@contextmanager
def _spool(out: Path) -> Iterator[Path]:
    """An empty folder; what a run that died left there goes first."""
    spool = out / SPOOL
    shutil.rmtree(spool, ignore_errors=True)
    spool.mkdir(parents=True)
    try:
        yield spool
    finally:
        shutil.rmtree(spool, ignore_errors=True)


def _events(job: Job, packed: Packed, attempts: int) -> Iterator[Event]:
    """The document's line in the log, and those of its pages that are worth one."""
    more = {"seconds": packed.seconds, "attempts": attempts, "pages": packed.pages, "kind": packed.kind}
    level: Literal["info", "error"] = "error" if packed.kind else "info"
    yield Event("document_read", packed.message, level, job.source_path, job.sha256[:16], more=more)
    if packed.rows is not None:
        yield from page_events(job.source_path, unpacked_rows(packed.rows))


def _news(intake: Intake, known: Known, read: set[str]) -> list[Sighting]:
    """Sightings that differ from what the ledger knew."""
    found = (*(_until_read(seen, known, read) for seen in intake.seen.values()), *intake.gone())
    return [seen for seen in found if known.sightings.get(seen.source_path) != seen]


def _until_read(seen: Sighting, known: Known, read: set[str]) -> Sighting:
    """Where the new bytes of a file could not be read yet, what was read of the old ones stands and the file waits."""
    before = known.sightings.get(seen.source_path)
    if seen.sha256 is None or seen.sha256 in read or before is None or before.sha256 not in read:
        return seen
    return replace(before, state="waiting")
