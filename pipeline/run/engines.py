"""The engines there are to choose from, as functions that make them once the first document is due."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pipeline.ingest.files.archive import unpack
from pipeline.run.engine import Engine
from pipeline.run.reading_job import HEAVY, read_job
from pipeline.run.unpacking import Unpacker

if TYPE_CHECKING:
    from pipeline.ingest.limits import Limits
    from pipeline.ingest.ocr.setup import OcrSetup

MakeEngine = Callable[["Limits", "OcrSetup | None"], Engine]


def local(jobs: int) -> MakeEngine:
    """Worker processes on this machine."""

    def make(limits: Limits, ocr: OcrSetup | None) -> Engine:
        from pipeline.run.pool import LocalEngine

        return LocalEngine(read_job, limits, ocr, jobs, HEAVY)

    return make


def ray(jobs: int, address: str | None) -> MakeEngine:
    """A Ray cluster, or one started here with so many CPUs where no address is given."""

    def make(limits: Limits, ocr: OcrSetup | None) -> Engine:
        from pipeline.run.ray_engine import RayEngine

        return RayEngine(read_job, limits, ocr, address, jobs, HEAVY)

    return make


def unpacker(limits: Limits) -> Unpacker:
    """Archives are always opened on this machine: what is due in them then travels as a document does."""
    return Unpacker(limits, unpack)
