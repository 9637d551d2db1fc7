"""A run all of whose work is done in its own process, so that one process meets every call; a reader that counts."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from rich.console import Console

from pipeline.ingest.files.archive import unpack
from pipeline.ingest.files.walk import Offered
from pipeline.ingest.limits import Limits
from pipeline.ingest.ocr.setup import OcrSetup
from pipeline.run.batch import RunEnd, RunOptions, run_archive
from pipeline.run.engine import Job, Read
from pipeline.store.packing import Packed
from tests.faults.papers import BROKEN, broken_kind
from tests.misbehaving import quick_read

Clock = Callable[[], dt.datetime]


def utc() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@dataclass(slots=True)
class InlineEngine:
    """Reads a document when it is asked what is finished: one is under way, as with one worker, and one waits."""

    read: Read
    limits: Limits
    ocr: OcrSetup | None = None
    slots: int = 2
    _waiting: list[Job] = field(default_factory=list)

    def start(self, job: Job, *, alone: bool = False) -> None:
        self._waiting.append(job)

    def finished(self, *, wait: bool = True) -> list[tuple[Job, Packed]]:
        if not self._waiting or (not wait and len(self._waiting) < self.slots):
            return []
        job = self._waiting.pop(0)
        return [(job, self.read(job, self.limits, self.ocr))]

    def stop(self) -> None:
        self._waiting.clear()


@dataclass(frozen=True, slots=True)
class InlineUnpacker:
    """Opens archives in the process of the run."""

    limits: Limits

    def members(self, path: Path, shown: str, folder: Path) -> list[Offered]:
        return unpack(path, shown, self.limits, folder)


@dataclass(frozen=True, slots=True)
class Counted:
    """A document function that notes each reading in `tally`, a file outside the folder where faults happen."""

    tally: Path

    def __call__(self, job: Job, limits: Limits, ocr: OcrSetup | None) -> Packed:
        with self.tally.open("a") as file:
            file.write(f"{job.sha256}\n")
        start = Path(job.path).read_text(encoding="utf-8")[:100]
        if start.startswith(BROKEN):
            name = os.path.basename(job.source_path)
            return Packed(job.sha256, name, kind=broken_kind(start), message="Lỗi giả. / Made-up fault.")
        return quick_read(job, limits, ocr)

    def counted(self) -> list[str]:
        """SHA-256 of every reading since the last call."""
        found = self.tally.read_text().split() if self.tally.exists() else []
        self.tally.unlink(missing_ok=True)
        return found


def run_inline(folder: Path, out: Path, read: Read, settle: float = 0.0, clock: Clock = utc) -> RunEnd:
    """A whole run as the command line does it, all of it in this process."""
    engine = partial(InlineEngine, read)
    options = RunOptions(out, Limits(), engine, InlineUnpacker, cache=False, settle=settle, clock=clock)
    return run_archive([folder], options, Console(quiet=True))
