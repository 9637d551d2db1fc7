"""SIGTERM asks a run to drain: what is under way is finished and kept. A second one stops it at once, like Ctrl-C."""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType
from typing import Any


class Stopping:
    """While it is open, SIGTERM is ours. Outside the main thread, where Python allows no handlers, it does nothing."""

    def __init__(self) -> None:
        self._asked = False
        self._before: Any = None

    def draining(self) -> bool:
        """Whether no new document shall be taken."""
        return self._asked

    def __enter__(self) -> Stopping:
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGTERM, self._ask)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._before is not None:
            signal.signal(signal.SIGTERM, self._before)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        if self._asked:
            raise KeyboardInterrupt
        self._asked = True
