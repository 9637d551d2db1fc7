"""How a run with a fault ended, and whether a run may end so."""

from __future__ import annotations

from signal import SIGKILL

from tests.faults.child import Ended
from tests.faults.shim import KILLS, Fault

SAID = ("CannotRun", "OSError", "sqlite3.Error", "Error")
"""Exceptions (their bases' names) by which a run may say that it can't go on; the command line maps them to exit 3."""


def how(ended: Ended) -> str:
    if ended.signal is not None:
        return f"signal {ended.signal}"
    return ended.raised[0].split()[0] if ended.raised else "went through"


def bad_end(ended: Ended, fault: Fault) -> list[str]:
    """A run hangs, dies of another thing than the fault, or fails in a way that nobody is told of."""
    if ended.hung:
        return ["hangs"]
    if ended.signal is not None:
        return [] if fault in KILLS and ended.signal == SIGKILL else [f"signal {ended.signal}"]
    if ended.raised and not any(kind in SAID for kind in ended.raised[0].split()):
        return [f"{ended.raised[0].split()[0]}: {ended.raised[1]}", ended.trace[-1500:]]
    return []
