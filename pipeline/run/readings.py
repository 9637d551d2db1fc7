"""Documents go through an engine: as many under way as it likes, and what was lost is read once more, alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from pipeline.errors import LOST
from pipeline.run.engine import Engine, Job
from pipeline.store.packing import Packed


class Reading(NamedTuple):
    """What came of a job in this run."""

    job: Job
    packed: Packed
    attempts: int


def readings(
    jobs: Iterator[Job | None],
    engine: Engine,
    draining: Callable[[], bool] = lambda: False,
    suspects: frozenset[str] = frozenset(),
) -> Iterator[Reading]:
    """Each job's reading, as they come; a lost one is read again alone, after all others, and its last outcome told.

    A None among the jobs is a moment in which there is none: what is done by then is yielded without waiting.
    `suspects`: hashes that were under way when a run died; they are read alone, last. Once `draining`, no job is
    taken, what is under way is finished, lost ones are told as they are (one attempt), and suspects not at all.
    """
    again: list[tuple[Job, Packed | None]] = []
    for done in _crowd(jobs, engine, draining, suspects):
        if isinstance(done, Job):
            again.append((done, None))
        elif done.packed.kind in LOST:
            again.append((done.job, done.packed))
        else:
            yield done
    for job, before in again:
        if not draining():
            engine.start(job, alone=True)
            for _, packed in engine.finished():
                yield Reading(job, packed, 1 if before is None else 2)
        elif before is not None:
            yield Reading(job, before, 1)


def _crowd(
    jobs: Iterator[Job | None], engine: Engine, draining: Callable[[], bool], suspects: frozenset[str]
) -> Iterator[Reading | Job]:
    """First outcomes of all jobs, side by side; suspects come back as they are."""
    under_way = 0
    while not draining():
        try:
            job = next(jobs)
        except StopIteration:
            break
        if job is not None and job.sha256 in suspects:
            yield job
            continue
        if job is not None:
            engine.start(job)
            under_way += 1
        for done in engine.finished(wait=under_way >= engine.slots):
            under_way -= 1
            yield Reading(*done, 1)
    while under_way:
        for done in engine.finished():
            under_way -= 1
            yield Reading(*done, 1)
