"""Pages scanned sideways or upside down: known by a reading that makes no words, read again turned."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.limits import Limits
from pipeline.ingest.ocr_engine import OcrEngine
from pipeline.ingest.ocr_layout import OcrPage, read_picture_page
from pipeline.ingest.vietnamese import is_syllable

_FEW_WORDS = 20
_POOR, _GOOD = 0.5, 0.75
_CLOCKWISE = (90, 270, 180)


@dataclass(frozen=True, slots=True)
class Turned:
    """A page as read after a turn of `rotation` degrees clockwise; `size` is its own, in points."""

    page: OcrPage
    size: tuple[float, float]
    rotation: int


def seems_turned(page: OcrPage) -> bool:
    """Whether the page holds much that the engine doubts and that is no Vietnamese."""
    return len(page.words) >= _FEW_WORDS and (page.confidence or 0.0) < _POOR and _syllables(page) < _POOR


def read_upright(
    picture: NDArray[np.uint8], size: tuple[float, float], limits: Limits, engine: OcrEngine
) -> Turned | None:
    """The first turn in which the page can be read well; None when it cannot in any. OcrError."""
    for degrees in _CLOCKWISE:
        turned = np.ascontiguousarray(np.rot90(picture, -degrees // 90))
        own = size if degrees == 180 else (size[1], size[0])
        page = read_picture_page(turned, own, limits, engine)
        if len(page.words) >= _FEW_WORDS // 2 and (page.confidence or 0.0) >= _GOOD and _syllables(page) >= _POOR:
            return Turned(page, own, degrees)
    return None


def _syllables(page: OcrPage) -> float:
    """The share of words that are Vietnamese syllables of two letters and more."""
    words = [word.text.strip(".,;:()-+") for word in page.words]
    return sum(len(word) > 1 and is_syllable(word) for word in words) / len(words) if words else 0.0
