"""Documents read on this machine, by a few workers that can be lost."""

from __future__ import annotations

import pickle
import shutil
import tempfile
import weakref
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import Kind
from pipeline.run.engine import Job, Read
from pipeline.run.reading_job import answered, lost, sound
from pipeline.run.worker import Lost, Worker, prepare, wait_for

if TYPE_CHECKING:
    from pipeline.ingest.limits import Limits
    from pipeline.ingest.ocr.setup import OcrSetup
    from pipeline.store.packing import Packed

DOCUMENTS_A_WORKER = 200
"""A worker is renewed after so many documents, so that a library's leak stays small."""
GROWN = 1 << 30
"""A worker that holds more bytes than this after a document is renewed: a long scan takes 440 million."""


@dataclass(slots=True)
class _Post:
    """A worker and what it is at."""

    worker: Worker
    left: int
    """How many documents it may still take."""
    job: Job | None = None


class LocalEngine:
    """An `Engine`: at most `jobs` processes, started when there is work for them."""

    def __init__(
        self, read: Read, limits: Limits, ocr: OcrSetup | None, jobs: int, preload: Sequence[str] = ()
    ) -> None:
        """`preload`: modules that `read` imports, start no thread and take long (`reading_job.HEAVY`)."""
        self.slots = 2 * jobs
        self._limits, self._jobs, self._preload = limits, jobs, preload
        self._function = partial(_read, read, limits, ocr)
        self._waiting: deque[tuple[Job, bool]] = deque()
        self._posts: list[_Post] = []
        self._folder = Path(tempfile.mkdtemp(prefix="kehoach-"))
        self._made = 0
        self._at_exit = weakref.finalize(self, _end, self._posts, self._folder)

    def start(self, job: Job, *, alone: bool = False) -> None:
        """Read this next; `alone`: in a new worker that ends with it."""
        self._waiting.append((job, alone))
        self._assign()

    def finished(self, *, wait: bool = True) -> list[tuple[Job, Packed]]:
        """What has been read since, in any order."""
        while True:
            done = [found for post in self._busy() if (found := self._outcome(post)) is not None]
            self._assign()
            if done or not wait or not (busy := self._busy()):
                return done
            wait_for([post.worker for post in busy])

    def stop(self) -> None:
        """Ends all workers at once and forgets what was under way."""
        self._waiting.clear()
        _end(self._posts, self._folder)

    def _busy(self) -> list[_Post]:
        return [post for post in self._posts if post.job is not None]

    def _assign(self) -> None:
        """Give what waits to those who are free, in the order it came."""
        while self._waiting:
            job, alone = self._waiting[0]
            post = self._free(alone)
            if post is None:
                return
            self._waiting.popleft()
            post.job = job
            post.worker.ask(job)

    def _free(self, alone: bool) -> _Post | None:
        """A worker that can take a document; a new one where that is asked for, or none is idle and there is room."""
        for post in [post for post in self._posts if post.job is None]:
            if not alone and post.worker.is_sound():
                return post
            self._dismiss(post)
        if len(self._posts) >= self._jobs:
            return None
        prepare(self._preload)
        self._made += 1
        worker = Worker(self._function, self._limits, self._folder / str(self._made))
        self._posts.append(_Post(worker, 1 if alone else DOCUMENTS_A_WORKER))
        return self._posts[-1]

    def _outcome(self, post: _Post) -> tuple[Job, Packed] | None:
        answer, job = post.worker.look(), post.job
        if answer is None or job is None:
            return None
        seconds = post.worker.seconds
        post.job, post.left = None, post.left - 1
        if isinstance(answer, Lost):
            self._posts.remove(post)
            return job, lost(job, answer.kind, answer.detail, seconds)
        if post.left <= 0 or post.worker.resident() > GROWN:
            self._dismiss(post)
        return job, _unpickled(job, answer)

    def _dismiss(self, post: _Post) -> None:
        self._posts.remove(post)
        post.worker.kill()


def _read(read: Read, limits: Limits, ocr: OcrSetup | None, job: Job) -> bytes:
    """In the worker: the reading, pickled here so that one which can't be is told like any other rubbish."""
    packed = answered(read, job, limits, ocr)
    try:
        return pickle.dumps(packed)
    except Exception as error:
        return pickle.dumps(lost(job, Kind.INTERNAL, f"{type(error).__name__}: {error}"))


def _unpickled(job: Job, answer: bytes) -> Packed:
    """The reading; INTERNAL where the answer can't be read."""
    try:
        return sound(job, pickle.loads(answer))  # noqa: S301 - our own worker's
    except Exception as error:
        return lost(job, Kind.INTERNAL, f"{type(error).__name__}: {error}")


def _end(posts: list[_Post], folder: Path) -> None:
    while posts:
        posts.pop().worker.kill()
    shutil.rmtree(folder, ignore_errors=True)
