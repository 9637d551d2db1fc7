"""A process that answers one request after the other, and whose death, whatever its cause, costs one request.

Pebble's pool was left for this (measured, 5.2): it starts all workers at once; a worker that leaves with code 0 looks
like one that is slow; its clock is the wall's, which may be set back; and all workers share one pipe with one lock.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import resource
import shutil
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import connection, forkserver
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from pipeline.errors import Kind
from pipeline.run.worker_process import LENGTH, ONE_THREAD, READY, Function, serve

if TYPE_CHECKING:
    from pipeline.ingest.limits import Limits

_START_SECONDS = 120.0
"""What loading may take on a busy machine, before the time of the first request begins."""
_TRIES, _TRIED_EVERY = 100, 0.05


@dataclass(frozen=True, slots=True)
class Lost:
    """Why there is no answer. `kind`: CRASHED or TIMEOUT."""

    kind: Kind
    detail: str


class Worker:
    """The parent's end. Nothing here waits for the process, but `kill` for its end."""

    def __init__(self, function: Function, limits: Limits, folder: Path) -> None:
        """`folder` is made, holds the temporary files of all that the process does, and goes with it."""
        context = multiprocessing.get_context("forkserver")
        folder.mkdir(parents=True)
        self._folder, self._seconds = folder, limits.document_seconds
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs, function, limits.worker_bytes, str(folder)))
        self.pid = _started(self._process)
        theirs.close()
        self._received = bytearray()
        self._is_ready = False
        self._asked = self._deadline = time.monotonic()

    @property
    def events(self) -> tuple[Any, ...]:
        """What `multiprocessing.connection.wait` waits for: an answer, or the end."""
        return self._pipe, self._process.sentinel

    @property
    def seconds(self) -> float:
        """Since the request was given."""
        return time.monotonic() - self._asked

    @property
    def left(self) -> float:
        """Seconds until the request has taken too long."""
        return self._deadline - time.monotonic()

    def resident(self) -> int:
        """Bytes of memory held; 0 where that is not known."""
        try:
            pages = Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()[1]
        except (OSError, IndexError):
            return 0
        return int(pages) * resource.getpagesize()

    def ask(self, request: object) -> None:
        """Give the next request. A process that is gone says so to `look`."""
        self._asked = time.monotonic()
        self._deadline = self._asked + self._seconds + (0.0 if self._is_ready else _START_SECONDS)
        with contextlib.suppress(OSError):
            self._pipe.send(request)

    def look(self) -> bytes | Lost | None:
        """The answer; None while there is none yet. After a `Lost` the process is gone."""
        while self._pipe.poll(0):
            try:
                part = os.read(self._pipe.fileno(), 1 << 20)
            except OSError:
                part = b""
            if not part:
                return self._ended()
            self._received += part
            if (answer := self._whole()) is not None:
                return answer
        if not self._process.is_alive() and not self._pipe.poll(0):
            return self._ended()
        if self.left <= 0:
            self.kill()
            return Lost(Kind.TIMEOUT, f"> {self._seconds:.0f} s.")
        return None

    def is_sound(self) -> bool:
        """Whether it waits for a request: an idle process may have been killed."""
        return self._process.is_alive() and not self._pipe.poll(0)

    def kill(self) -> None:
        """Ends the process and all it started, at once, and removes what they left behind."""
        with contextlib.suppress(OSError):
            os.killpg(self.pid, signal.SIGKILL)
        with contextlib.suppress(OSError):
            os.kill(self.pid, signal.SIGKILL)
        self._process.join(_START_SECONDS)
        self._pipe.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _whole(self) -> bytes | None:
        """The answer, once all of it is there. The first, empty, says that the process is ready."""
        while len(self._received) >= LENGTH.size:
            end = LENGTH.size + LENGTH.unpack_from(self._received)[0]
            if len(self._received) < end:
                return None
            answer = bytes(self._received[LENGTH.size : end])
            del self._received[:end]
            if answer != READY:
                return answer
            self._is_ready = True
            self._deadline = time.monotonic() + self._seconds
        return None

    def _ended(self) -> Lost:
        self._process.join(_START_SECONDS)
        code = self._process.exitcode
        self.kill()
        return Lost(Kind.CRASHED, _how(code))


def wait_for(workers: Sequence[Worker]) -> None:
    """Until one of the workers has something to say, is gone, or has taken too long."""
    seconds = max(0.0, min(worker.left for worker in workers))
    connection.wait([event for worker in workers for event in worker.events], seconds)


def prepare(preload: Sequence[str] = ()) -> None:
    """Starts the process that workers are forked from, with these modules loaded; it ends with this process.

    They must start no thread. Where it runs already, nothing happens: it holds what it holds.
    """
    multiprocessing.get_context("forkserver").set_forkserver_preload(list(preload))
    with _said(ONE_THREAD):
        forkserver.ensure_running()


def _started(process: Any) -> int:
    """Its process id. Where the process that workers are forked from was just killed, it is made anew.

    Raises:
        OSError, EOFError: this machine starts no process any more.
    """
    for left in reversed(range(_TRIES)):
        try:
            with _without_main():
                process.start()
            break
        except (OSError, EOFError):
            if not left:
                raise
            time.sleep(_TRIED_EVERY)  # it has closed its door, but may not be dead yet
            with _said(ONE_THREAD):
                forkserver.ensure_running()
    return int(process.pid)


@contextlib.contextmanager
def _without_main() -> Iterator[None]:
    """A process started meanwhile does not load the program's own main module, which nothing in it needs."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _how(code: int | None) -> str:
    """What an exit code says, in words."""
    if code is not None and code < 0:
        try:
            return f"{signal.Signals(-code).name}."
        except ValueError:
            return f"Signal {-code}."
    return f"Exit {code}."


@contextlib.contextmanager
def _said(values: dict[str, str]) -> Iterator[None]:
    """The environment with these values, for a process that is started meanwhile."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
