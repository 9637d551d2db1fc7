"""Which processes live that a trial started, told by its folder in their environment: they may have lost their parent."""

from __future__ import annotations

import os
import time
from pathlib import Path

MARK = "KEHOACH_TRIAL"
"""An environment variable that holds the folder, for programs that are started."""


def living(root: Path, seconds: float = 0.0) -> list[int]:
    """Processes of the trial in `root`, other than this one, that are still there after so many seconds."""
    until = time.monotonic() + seconds
    while (found := _marked(root)) and time.monotonic() < until:
        time.sleep(0.05)
    return found


def _marked(root: Path) -> list[int]:
    return [int(folder.name) for folder in Path("/proc").iterdir() if folder.name.isdecimal() and _is_of(folder, root)]


def _is_of(folder: Path, root: Path) -> bool:
    try:
        environment = (folder / "environ").read_bytes()
    except OSError:
        return False
    return int(folder.name) != os.getpid() and os.fsencode(root) in environment
