"""The shim of shim.c: compiled on the spot, preloaded into a process of its own, armed from inside it."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path

SOURCES = tuple(Path(__file__).parent / name for name in ("shim.c", "power.c"))
COMPILER = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")


class Fault(IntEnum):
    """What happens at the n-th call that changes the disk; the numbers are those of shim.c."""

    COUNT = 0
    """Nothing."""
    KILL = 1
    """kill -9 in place of the call."""
    TORN = 2
    """Half of what is written, then kill -9; another call is as KILL."""
    FULL_ONCE = 3
    """The disk is full: half of one write, then one ENOSPC."""
    FULL = 4
    """The disk is full and stays so; removing files goes on."""
    READ_ONLY = 5
    """The disk is read-only from now on: EROFS."""
    SYNC_ERROR = 6
    """The next fsync fails: EIO."""
    WRITE_ERROR = 7
    """The next write fails: EIO."""
    POWER = 8
    """Loss of power: what was not synced may be lost, then the process ends."""


KILLS = frozenset({Fault.KILL, Fault.TORN, Fault.POWER})


def built(folder: Path) -> Path:
    """The shim as a library in `folder`.

    Raises:
        OSError: there is no C compiler.
    """
    if COMPILER is None:
        raise OSError("KHÔNG CÓ trình dịch C / no C compiler: faults of the disk can't be injected")
    library = folder / "shim.so"
    subprocess.run(
        [COMPILER, "-O1", "-Wall", "-shared", "-fPIC", "-o", library, *SOURCES, "-ldl", "-lpthread"], check=True
    )
    return library


def preloaded(command: Sequence[str], library: Path, **more: str) -> subprocess.Popen[str]:
    """Start this interpreter with the shim inside; `more` goes to its environment."""
    environment = os.environ | {"LD_PRELOAD": str(library)} | more
    return subprocess.Popen(
        [sys.executable, *command], env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def armed_by_environment(fault: Fault, at: int, below: Path, seed: int = 0) -> dict[str, str]:
    """For a process that can't arm itself, and its children: each counts its own calls."""
    return {"KEHOACH_SHIM": f"{fault:d}:{at}:{seed}:{below}"}


def arm(below: Path, fault: Fault, at: int = 0, seed: int = 0, *, writes: bool = True) -> None:
    """From now on, in this process: the `at`-th call below that folder meets the fault.

    Args:
        writes: False leaves writes out of the count: names and syncs are few, and most is at stake there.

    Raises:
        AttributeError: the shim was not preloaded.
    """
    numbers = (ctypes.c_int(fault), ctypes.c_long(at), ctypes.c_uint(seed), ctypes.c_int(writes))
    ctypes.CDLL(None).kehoach_arm(os.fsencode(below), *numbers)


def disarm() -> tuple[int, int]:
    """Calls go through again.

    Returns:
        How many changed the disk below the folder since it was armed, and how many of these wrote no bytes.
    """
    library = ctypes.CDLL(None)
    library.kehoach_disarm.restype = library.kehoach_others.restype = ctypes.c_long
    return int(library.kehoach_disarm()), int(library.kehoach_others())
