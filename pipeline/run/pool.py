"""Workers that can be lost: a time limit that kills, and a crash that costs one document alone."""

from __future__ import annotations

import concurrent.futures as futures
import multiprocessing
import os
import resource
import shutil
import signal
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pipeline.errors import DocumentError, Kind
from pipeline.run.document import Outcome, failed, read_rows, sha256_of

if TYPE_CHECKING:
    from pipeline.ingest.limits import Limits
    from pipeline.ingest.ocr.setup import OcrSetup

ARCHIVE_MARK = "!/"
"""Parts an archive's name from its member's in a source path."""
MEMORY_LIMIT = 6 * 1024**3
"""Address space a worker may take, bytes: far above what a healthy document needs."""
DOCUMENTS_A_WORKER = 200
"""A worker is renewed after so many documents, so that a library's leak stays small."""

_ONE_THREAD = {"OMP_THREAD_LIMIT": "1", "OPENCV_FOR_THREADS_NUM": "1"}
"""What Tesseract and OpenCV read once, when they are loaded."""


class Offer(Protocol):
    """What the walk yields: a file to read, or why there is none. A path may be gone at the next step."""

    @property
    def source_path(self) -> str: ...
    @property
    def path(self) -> Path | None: ...
    @property
    def error(self) -> DocumentError | None: ...


def outcomes(offers: Iterable[Offer], limits: Limits, jobs: int, ocr: OcrSetup | None = None) -> Iterator[Outcome]:
    """Read every offer in `jobs` processes and yield outcomes as they come, never more than a few ahead."""
    with tempfile.TemporaryDirectory(prefix="kehoach-") as folder:
        pool = _Pool(limits, jobs, Path(folder), ocr)
        try:
            for offer in offers:
                if offer.error is not None or offer.path is None:
                    yield refused(offer)
                    continue
                yield from pool.make_room()
                pool.take(offer, offer.path)
            yield from pool.drain()
        finally:
            pool.stop()


def refused(offer: Offer) -> Outcome:
    """The outcome of an offer that the walk itself refused."""
    error = offer.error or DocumentError(Kind.UNREADABLE, "")
    digest = sha256_of(str(offer.path)) if offer.path else None
    return Outcome(offer.source_path, sha256=digest, kind=error.kind, message=str(error))


@dataclass(frozen=True, slots=True)
class _Waiting:
    source_path: str
    path: Path
    ours: bool
    """The path is our own copy of an archive's member, to be removed once read."""


class _Pool:
    """A few documents under way at once; results come as they are done."""

    def __init__(self, limits: Limits, jobs: int, folder: Path, ocr: OcrSetup | None) -> None:
        from pebble import ProcessPool

        self._limits, self._room, self._folder, self._ocr = limits, 2 * jobs, folder, ocr
        self._waiting: dict[futures.Future[Outcome], _Waiting] = {}
        self._copies = 0
        self._pool = ProcessPool(
            max_workers=jobs,
            max_tasks=DOCUMENTS_A_WORKER,
            initializer=_prepare_worker,
            context=multiprocessing.get_context("forkserver"),
        )

    def take(self, offer: Offer, path: Path) -> None:
        task = _Waiting(offer.source_path, path, ours=False)
        if ARCHIVE_MARK in offer.source_path:
            self._copies += 1
            task = _Waiting(offer.source_path, self._folder / str(self._copies), ours=True)
            shutil.copyfile(path, task.path)
        arguments = (str(task.path), task.source_path, self._limits, self._ocr)
        future = self._pool.schedule(read_rows, args=arguments, timeout=self._limits.document_seconds)
        self._waiting[future] = task

    def make_room(self) -> Iterator[Outcome]:
        while len(self._waiting) >= self._room:
            yield from self._finished()

    def drain(self) -> Iterator[Outcome]:
        while self._waiting:
            yield from self._finished()

    def stop(self) -> None:
        self._pool.stop()
        self._pool.join()

    def _finished(self) -> Iterator[Outcome]:
        done, _ = futures.wait(self._waiting, return_when=futures.FIRST_COMPLETED)
        for future in done:
            task = self._waiting.pop(future)
            yield _result(future, task, self._limits)
            if task.ours:
                task.path.unlink(missing_ok=True)


def _result(future: futures.Future[Outcome], task: _Waiting, limits: Limits) -> Outcome:
    from pebble import ProcessExpired

    try:
        return future.result()
    except futures.TimeoutError:
        seconds = float(limits.document_seconds)
        return failed(task.source_path, Kind.TIMEOUT, f"> {seconds:.0f} s.", seconds, str(task.path))
    except ProcessExpired as error:
        return failed(task.source_path, Kind.CRASHED, f"Exit {error.exitcode}.", 0.0, str(task.path))
    except MemoryError:
        return failed(task.source_path, Kind.OUT_OF_MEMORY, "", 0.0, str(task.path))


def _prepare_worker() -> None:
    """One thread a worker, said before any library that asks is loaded: more make workers starve each other."""
    os.environ.update(_ONE_THREAD)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, resource.RLIM_INFINITY))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
