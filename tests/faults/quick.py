"""Readers for workers that are lost by the hundred: what they need is loaded before the clock of a document starts."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pyarrow.parquet  # noqa: F401 - loaded with this module, thus before a worker says that it is ready

from pipeline.run.engine import Job
from pipeline.store.packing import Packed
from tests.misbehaving import quick_read

if TYPE_CHECKING:
    from pipeline.ingest.limits import Limits
    from pipeline.ingest.ocr.setup import OcrSetup

SECONDS = 0.05


def loaded_read(job: Job, limits: Limits, ocr: OcrSetup | None) -> Packed:
    """The quick reading."""
    return quick_read(job, limits, ocr)


def slow_read(job: Job, limits: Limits, ocr: OcrSetup | None) -> Packed:
    """The quick reading, as slow as a short plan is read."""
    time.sleep(SECONDS)
    return quick_read(job, limits, ocr)
