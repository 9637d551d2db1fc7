"""Outside programs die with the worker that started them: a worker is killed outright at its time limit."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from functools import cache
from typing import Any

_PR_SET_PDEATHSIG = 1
_GROUP = 'trap "kill -KILL 0" TERM; "$@" & wait "$!"'


def dies_with_us(sent: signal.Signals = signal.SIGKILL) -> Callable[[], None]:
    """A `preexec_fn` for subprocess: the program is sent this signal when our process ends, however it ends.

    Only Linux knows how; elsewhere it does nothing.
    """
    prctl, parent = _prctl(), os.getpid()

    def bind() -> None:
        if prctl is not None:
            prctl(_PR_SET_PDEATHSIG, int(sent), 0, 0, 0)
            if os.getppid() != parent:  # we were gone before it was bound
                os._exit(1)

    return bind


def dies_with_parent() -> None:
    """Binds this process to the one that started it, as `dies_with_us` binds a program.

    Only Linux knows how; elsewhere it does nothing.
    """
    if (prctl := _prctl()) is not None:
        prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)


def whole_group(command: list[str]) -> list[str]:
    """The command under a shell that passes SIGTERM on as the death of its whole group: for programs with children.

    The process must lead a group of its own (start_new_session) and be bound by `dies_with_us(SIGTERM)`.
    """
    return ["/bin/sh", "-c", _GROUP, "sh", *command]


@cache
def _prctl() -> Any:
    """Looked up before the fork: between fork and exec nothing may be loaded."""
    return ctypes.CDLL(None).prctl if sys.platform == "linux" else None
