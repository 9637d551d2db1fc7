"""Work in a forked child: everything is loaded once, and what a fault ends or spoils is the child alone."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

SECONDS = 60.0
"""A child that takes longer hangs: it is killed, and that is a fault found."""
_STEP = 0.002


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended: its value, what it raised (type and text), or the signal that killed it."""

    value: Any = None
    raised: tuple[str, str] | None = None
    signal: int | None = None
    trace: str = ""

    @property
    def hung(self) -> bool:
        return self.signal == signal.SIGALRM


def in_child(work: Callable[[], Any], seconds: float = SECONDS) -> Ended:
    """Do the work in a child that dies with whatever happens to it; its output goes nowhere."""
    with tempfile.TemporaryFile() as told:
        child = os.fork()
        if child == 0:
            _do(work, told.fileno())
        signalled = _waited(child, seconds)
        told.seek(0)
        return Ended(signal=signalled) if signalled else Ended(*pickle.load(told))  # noqa: S301 - our own


def _do(work: Callable[[], Any], told: int) -> None:
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    try:
        answer: tuple[Any, ...] = (work(), None)
    except BaseException as error:  # a run may end by SystemExit too
        bases = " ".join(kind.__name__ for kind in type(error).__mro__)
        answer = (None, (bases, str(error)), None, traceback.format_exc())
    with os.fdopen(os.dup(told), "wb") as file:
        pickle.dump(answer, file)
    os._exit(0)


def _waited(child: int, seconds: float) -> int:
    """The signal that ended it, 0 for none, SIGALRM where its time was over."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            if os.WIFSIGNALED(status):
                return os.WTERMSIG(status)
            if os.WEXITSTATUS(status):
                print(f"child ended with {os.WEXITSTATUS(status)}", file=sys.stderr)
                return signal.SIGABRT
            return 0
        time.sleep(_STEP)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return signal.SIGALRM
