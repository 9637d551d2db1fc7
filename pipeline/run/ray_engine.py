"""Documents read on a Ray cluster: every CPU of it hosts a `LocalEngine` of one worker.

So a document has the same function, limits and isolation as on one machine, and what Ray itself reports as lost can
only be its own: a node, or the process that hosts. Ray runs those again, and no document pays for it.
"""

from __future__ import annotations

import os
import signal
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import CannotRun, Kind
from pipeline.run.engine import Job, Read
from pipeline.run.pool import LocalEngine
from pipeline.run.reading_job import lost

if TYPE_CHECKING:
    from pipeline.ingest.limits import Limits
    from pipeline.ingest.ocr.setup import OcrSetup
    from pipeline.store.packing import Packed

_QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0", "RAY_DEDUP_LOGS": "0"}
"""Nothing is told to anybody outside, and Ray starts its workers with this very interpreter."""
_RUNS_AGAIN = 20
"""How many lost nodes or hosts one document may outlive."""
_COUNTED_EVERY = 5.0
"""Seconds between looks at how many CPUs the cluster has: nodes come and go."""
_PATIENCE = 300.0
"""Seconds beyond a document's own limit, and that of one before it, in which the cluster must have answered."""
_STORE_BYTES = 200_000_000
_LOOK_SECONDS = 0.5


class EngineMissing(CannotRun):
    """Ray is not installed, or its cluster can't be reached; says what to do, in both languages."""


class RayEngine:
    """An `Engine` on the cluster at `address`, or on one that is started here and ends with it."""

    def __init__(
        self,
        read: Read,
        limits: Limits,
        ocr: OcrSetup | None,
        address: str | None,
        jobs: int | None = None,
        preload: Sequence[str] = (),
    ) -> None:
        """`jobs`: CPUs of a cluster that is started here. All nodes need this version of kehoach. EngineMissing."""
        self._limits = limits
        self._ray = _connected(address, jobs)
        setting = self._ray.put((read, limits, ocr, tuple(preload)))
        self._setting = [setting]  # in a list Ray hands on the reference, and each host fetches it once
        options = {"num_cpus": 1, "max_retries": _RUNS_AGAIN, "retry_exceptions": False}
        self._host = self._ray.remote(**options)(_hosted)
        self._under_way: dict[Any, tuple[Job, float]] = {}
        self._done: list[tuple[Job, Packed]] = []
        self._count()

    def start(self, job: Job, *, alone: bool = False) -> None:
        """Read this next, somewhere; the file's bytes travel along."""
        try:
            if (size := os.path.getsize(job.path)) > self._limits.file_bytes:
                found = lost(job, Kind.TOO_LARGE, f"{size} byte > {self._limits.file_bytes}.")
                self._done.append((job, found))
                return
            data = Path(job.path).read_bytes()
        except OSError as error:
            self._done.append((job, lost(job, Kind.UNREADABLE, f"{type(error).__name__}: {error}")))
            return
        reference = self._host.remote(self._setting, job, data, alone)
        self._under_way[reference] = job, time.monotonic()

    def finished(self, *, wait: bool = True) -> list[tuple[Job, Packed]]:
        """What has been read since, in any order."""
        while True:
            if time.monotonic() - self._counted > _COUNTED_EVERY:
                self._count()
            self._collect(_LOOK_SECONDS if wait and not self._done else 0.0)
            if self._done or not wait or not self._under_way:
                found, self._done = self._done, []
                return found

    def stop(self) -> None:
        """Ends all that is under way, and the cluster if it was started here."""
        self._under_way.clear()
        self._ray.shutdown()

    def _count(self) -> None:
        self.slots = 2 * max(1, int(self._ray.cluster_resources().get("CPU", 0)))
        self._counted = time.monotonic()

    def _collect(self, seconds: float) -> None:
        if not self._under_way:
            return
        references = list(self._under_way)
        ready, _ = self._ray.wait(references, num_returns=1, timeout=seconds)
        if ready:
            ready, _ = self._ray.wait(references, num_returns=len(references), timeout=0)
        for reference in ready:
            job, _ = self._under_way.pop(reference)
            self._done.append((job, self._answer(job, reference)))
        self._give_up()

    def _answer(self, job: Job, reference: Any) -> Packed:
        try:
            packed: Packed = self._ray.get(reference)
        except self._ray.exceptions.OutOfMemoryError as error:
            return lost(job, Kind.OUT_OF_MEMORY, f"Ray: {error}")
        except self._ray.exceptions.RayError as error:
            return lost(job, Kind.CRASHED, f"Ray: {type(error).__name__}: {error}")
        return packed

    def _give_up(self) -> None:
        """On what the cluster should have answered long ago: a host that is frozen, or no node that has room."""
        patience = 2 * self._limits.document_seconds + _PATIENCE
        for reference, (job, since) in list(self._under_way.items()):
            if (seconds := time.monotonic() - since) > patience:
                del self._under_way[reference]
                self._ray.cancel(reference, force=True)
                self._done.append((job, lost(job, Kind.TIMEOUT, f"Ray: > {patience:.0f} s.", seconds)))


def _connected(address: str | None, jobs: int | None) -> Any:
    """The module, connected."""
    os.environ.update(_QUIET)
    try:
        import ray
    except ImportError:
        cure = "Chưa cài Ray; chạy / Ray is not installed; run: pip install 'kehoach[ray]'"
        raise EngineMissing(cure) from None
    options: dict[str, Any] = {"address": address}
    if address is None:
        options = {"address": "local", "num_cpus": jobs, "include_dashboard": False, "_node_ip_address": "127.0.0.1"}
        options["object_store_memory"] = _STORE_BYTES
    with _signals_kept():
        try:
            ray.init(**options, log_to_driver=False, configure_logging=False)
        except (ConnectionError, RuntimeError, ValueError, OSError) as error:
            raise EngineMissing(f"Không nối được Ray / Ray can't be reached: {address}: {error}") from error
    return ray


@contextmanager
def _signals_kept() -> Iterator[None]:
    """Ray takes SIGTERM for itself, which the run needs in order to drain."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGTERM)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _hosted(setting: list[Any], job: Job, data: bytes, alone: bool) -> Packed:
    """In a Ray worker: the document read by its engine, which is kept for the next."""
    engine = _engine(setting[0])
    with tempfile.TemporaryDirectory(prefix="kehoach-") as folder:
        path = Path(folder, Path(job.path).name)
        path.write_bytes(data)
        engine.start(Job(job.source_path, str(path), job.sha256), alone=alone)
        [(_, packed)] = engine.finished()
    return packed


@cache
def _engine(setting: Any) -> LocalEngine:
    import ray

    read, limits, ocr, preload = ray.get(setting)
    return LocalEngine(read, limits, ocr, 1, preload)
