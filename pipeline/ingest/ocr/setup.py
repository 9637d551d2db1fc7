"""How scanned pages are read in a run: a setting that travels to workers, and becomes an engine there."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pipeline.ingest.limits import Limits
    from pipeline.ingest.ocr.engine import OcrEngine
    from pipeline.ingest.page.words import PageWord

_EDITION = 1
"""Raise it when the same picture, read by the same Tesseract, gives other words than before."""


@dataclass(frozen=True, slots=True)
class OcrSetup:
    """`cache`: the file where readings are kept; it need not be there."""

    cache: Path

    def engine(self, limits: Limits) -> OcrEngine:
        """The engine of this process, opened when the first page needs it."""
        return partial(_read, self.cache, limits.ocr_cache_bytes)


def _read(path: Path, most_bytes: int, picture: NDArray[np.uint8], seconds: float) -> list[PageWord]:
    return _opened(path, most_bytes)(picture, seconds)


@cache
def _opened(path: Path, most_bytes: int) -> OcrEngine:
    from pipeline.ingest.ocr.cache import OcrCache, with_cache
    from pipeline.ingest.ocr.choice import chosen_engine
    from pipeline.ingest.ocr.second import with_second

    engine, settings = chosen_engine().engine, settings_now()
    if settings:
        engine = with_cache(engine, settings, OcrCache(path, most_bytes))
    return with_second(engine, engine)


def settings_now() -> str | None:
    """All that the words read on a picture hang on, but the picture; None where that is not known.

    The package is not part of it: both read the same.
    """
    from pipeline.ingest.ocr.answer import ONE_BLOCK
    from pipeline.ingest.ocr.program import data_hash, language_data, program_version

    version, data = program_version(), language_data()
    if version is None or data is None:
        return None
    return json.dumps([_EDITION, "tesseract", version, data.name, data_hash(data), "psm", ONE_BLOCK])
