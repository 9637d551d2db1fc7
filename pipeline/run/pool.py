"""Workers that can be lost: a time limit that kills, and a crash that costs one document alone."""

from __future__ import annotations

import concurrent.futures as futures
import multiprocessing
import resource
import signal
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pipeline.errors import DocumentError, Kind
from pipeline.run.document import Outcome, failed, read_rows, sha256_of

if TYPE_CHECKING:
    from pebble import ProcessPool

    from pipeline.ingest.limits import Limits

MEMORY_LIMIT = 6 * 1024**3
"""Address space a worker may take, bytes: far above what a healthy document needs."""
DOCUMENTS_A_WORKER = 200
"""A worker is renewed after so many documents, so that a library's leak stays small."""


class Offer(Protocol):
    """What the walk yields: a file to read, or why there is none."""

    @property
    def source_path(self) -> str: ...
    @property
    def path(self) -> Path | None: ...
    @property
    def error(self) -> DocumentError | None: ...
    def discard(self) -> None: ...


def outcomes(offers: Iterable[Offer], limits: Limits, jobs: int) -> Iterator[Outcome]:
    """Read every offer in `jobs` processes and yield outcomes as they come, never more than a few ahead."""
    from pebble import ProcessPool

    context = multiprocessing.get_context("forkserver")
    pool = ProcessPool(
        max_workers=jobs, max_tasks=DOCUMENTS_A_WORKER, initializer=_prepare_worker, context=context
    )
    waiting: dict[futures.Future[Outcome], Offer] = {}
    try:
        for offer in offers:
            if offer.error is not None or offer.path is None:
                yield refused(offer)
                continue
            while len(waiting) >= 2 * jobs:
                yield from _finished(waiting, limits)
            waiting[_schedule(pool, offer, limits)] = offer
        while waiting:
            yield from _finished(waiting, limits)
        pool.close()
        pool.join()
    finally:
        pool.stop()
        for offer in waiting.values():
            offer.discard()


def refused(offer: Offer) -> Outcome:
    """The outcome of an offer that the walk itself refused."""
    error = offer.error or DocumentError(Kind.UNREADABLE, "")
    digest = sha256_of(str(offer.path)) if offer.path else None
    offer.discard()
    return Outcome(offer.source_path, sha256=digest, kind=error.kind, message=str(error))


def _schedule(pool: ProcessPool, offer: Offer, limits: Limits) -> futures.Future[Outcome]:
    future: futures.Future[Outcome] = pool.schedule(
        read_rows, args=(str(offer.path), offer.source_path, limits), timeout=limits.document_seconds
    )
    return future


def _finished(waiting: dict[futures.Future[Outcome], Offer], limits: Limits) -> Iterator[Outcome]:
    done, _ = futures.wait(waiting, return_when=futures.FIRST_COMPLETED)
    for future in done:
        offer = waiting.pop(future)
        yield _result(future, offer, limits)
        offer.discard()


def _result(future: futures.Future[Outcome], offer: Offer, limits: Limits) -> Outcome:
    from pebble import ProcessExpired

    try:
        return future.result()
    except futures.TimeoutError:
        seconds = float(limits.document_seconds)
        return failed(offer.source_path, Kind.TIMEOUT, f"> {seconds:.0f} s.", seconds, str(offer.path))
    except ProcessExpired as error:
        return failed(offer.source_path, Kind.CRASHED, f"Exit {error.exitcode}.", 0.0, str(offer.path))
    except MemoryError:
        return failed(offer.source_path, Kind.OUT_OF_MEMORY, "", 0.0, str(offer.path))


def _prepare_worker() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, resource.RLIM_INFINITY))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
