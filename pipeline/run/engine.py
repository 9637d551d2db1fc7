"""Where documents are read: the seam between the run and its workers, on this machine or on a cluster."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from pipeline.store.packing import Packed

if TYPE_CHECKING:
    from pipeline.ingest.limits import Limits
    from pipeline.ingest.ocr.setup import OcrSetup


@dataclass(frozen=True, slots=True)
class Job:
    """One document to read: what it is called, where its bytes lie on this machine, and their hash."""

    source_path: str
    path: str
    sha256: str


Read = Callable[[Job, "Limits", "OcrSetup | None"], Packed]
"""The document function: the same on every engine. It can be pickled, and never raises for what a file holds."""


class Engine(Protocol):
    """Reads documents within their limits. A worker that is lost costs its own document: `Packed` says how."""

    slots: int
    """How many documents are worth having under way at once: enough that no worker waits."""

    def start(self, job: Job, *, alone: bool = False) -> None:
        """Read this next; `alone`: in a worker that reads nothing else before or after."""

    def finished(self, *, wait: bool = True) -> list[tuple[Job, Packed]]:
        """What has been read since; with `wait` it waits for one where nothing is done and something is under way."""

    def stop(self) -> None:
        """Ends all workers at once, whatever they do."""
