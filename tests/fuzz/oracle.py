"""What no input may bring about: an exception that is no kind, a fault of ours in a kind's clothes, a hang, a file."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from pipeline.errors import DocumentError, Kind

SECONDS = 8.0
"""Processor time that one input of at most `targets.LONGEST` bytes may take, instrumented."""
PACKAGE = str(Path(__file__).parents[2] / "pipeline")
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


@dataclass(frozen=True, slots=True)
class Fault:
    """What an input brought about; `where` tells one fault from another: the deepest lines of ours that saw it."""

    what: str
    where: str
    detail: str


class TooSlow(BaseException):
    """No `Exception`, so that nothing that catches those swallows it."""


class WroteOutside(BaseException):
    """A file was opened for writing outside the folder of the fuzzer."""


def fault_of(run: Callable[[bytes], None], data: bytes, seconds: float = SECONDS) -> Fault | None:
    """Run one input; None where all is as it should be."""
    try:
        with _time_limit(seconds):
            run(data)
    except DocumentError as error:
        return _disguised(error)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        return _fault(error)
    return None


def _disguised(error: DocumentError) -> Fault | None:
    """A kind is all right, unless our own code stumbled and the last resort made a kind of it."""
    cause = error.__cause__
    if error.kind == Kind.INTERNAL:
        return _fault(cause or error)
    if cause is None or isinstance(cause, (DocumentError, OSError, RecursionError)):
        return None
    frames = traceback.extract_tb(cause.__traceback__)
    return _fault(cause) if frames and frames[-1].filename.startswith(PACKAGE) and _stumbled(cause) else None


def _stumbled(cause: BaseException) -> bool:
    return type(cause).__module__ == "builtins"


def _fault(error: BaseException) -> Fault:
    own = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(PACKAGE)]
    places = [f"{Path(frame.filename).relative_to(PACKAGE)}:{frame.lineno} {frame.name}" for frame in own[-3:]]
    last = places[-1] if places else "?"
    where = f"{type(error).__name__} {last}" if not isinstance(error, TooSlow) else f"TooSlow {last.split(':')[0]}"
    return Fault(type(error).__name__, where, f"{error} <- {' <- '.join(reversed(places))}"[:600])


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """By processor time, so that a busy machine makes nothing slow; libFuzzer's own alarm is another."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooSlow(f"> {seconds:g} s")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def watch_writes(folder: Path) -> None:
    """From here on no file outside `folder` may be opened for writing by this process."""
    allowed = (str(folder), "/dev/", "/proc/")

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(args[0], str) and (args[2] or 0) & _WRITES:
            path = os.path.abspath(args[0])
            if not path.startswith(allowed):
                raise WroteOutside(path)

    sys.addaudithook(hook)
