"""Pages scanned sideways or upside down: guessed from the run of their lines, proved by reading, read turned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.language.vietnamese import is_syllable
from pipeline.ingest.limits import Limits
from pipeline.ingest.ocr.engine import OcrEngine
from pipeline.ingest.page.words import PageWord, sound
from pipeline.ingest.scan.grids import without_rules
from pipeline.ingest.scan.image import darkest
from pipeline.ingest.scan.layout import read_picture_page
from pipeline.ingest.scan.page import OcrPage
from pipeline.ingest.scan.skew import deskewed, lines_stand, skew
from pipeline.ingest.scan.stains import without_stamps
from pipeline.ingest.scan.trace import PageTrace

_FEW_WORDS = 20
_POOR, _GOOD = 0.5, 0.75
_SIDEWAYS = (90, 270)
_SOME, _FAR_BETTER = 0.4, 3.0
"""Share of syllables, and how many times that of the other way round, that tell which way a table's page stands."""
_USUAL_DPI = 200
_STRIP = 0.12
"""The part of a page's height that is read to see which way it stands."""


@dataclass(frozen=True, slots=True)
class Turned:
    """A page as read after a turn of `rotation` degrees clockwise; `size` is its own, in points."""

    page: OcrPage
    size: tuple[float, float]
    rotation: int


@dataclass(frozen=True, slots=True)
class _Reader:
    """One page's picture, to be read any way round."""

    picture: NDArray[np.uint8]
    size: tuple[float, float]
    limits: Limits
    engine: OcrEngine
    trace: PageTrace | None

    def read(self, degrees: int) -> Turned:
        """OcrError."""
        own = self.size if degrees % 180 == 0 else (self.size[1], self.size[0])
        turned = _turn(self.picture, degrees)
        if self.trace and degrees:
            self.trace.show("turned", turned, f"{degrees}°")
        return Turned(read_picture_page(turned, own, self.limits, self.engine, self.trace), own, degrees)

    def reads_well(self, degrees: int) -> bool:
        """Whether a strip of the page makes words that way round. OcrError."""
        return _is_good(self.strip_words(degrees), _FEW_WORDS // 4)

    def sideways(self) -> int | None:
        """The way round in which a page whose lines stand is read: well, or much better than the other. OcrError."""
        shares: list[float] = []
        for degrees in _SIDEWAYS:
            words = self.strip_words(degrees)
            if _is_good(words, _FEW_WORDS // 4):
                return degrees
            shares.append(_syllables(words) if len(words) >= _FEW_WORDS // 2 else 0.0)
        low, high = sorted(shares)
        return _SIDEWAYS[shares.index(high)] if high >= _SOME and high >= _FAR_BETTER * low else None

    def strip_words(self, degrees: int) -> list[PageWord]:
        """The words of the page's fullest strip that way round. OcrError."""
        strip = without_stamps(_fullest(_turn(self.picture, degrees)), _USUAL_DPI)
        return sound(self.engine(without_rules(deskewed(strip, skew(strip))), self.limits.ocr_page_seconds))


def read_any_way(
    picture: NDArray[np.uint8],
    size: tuple[float, float],
    limits: Limits,
    engine: OcrEngine,
    fixed: bool = False,
    trace: PageTrace | None = None,
) -> Turned:
    """The page the way round in which it can be read, as it stands where it can be read in none. OcrError.

    `picture` is BGR, `size` its width and height in points; a `fixed` page is never turned.
    """
    reader = _Reader(picture, size, limits, engine, trace)
    if not fixed and lines_stand(picture) and (sideways := reader.sideways()):
        return reader.read(sideways)
    first = reader.read(0)
    if fixed or not seems_turned(first.page):
        return first
    for degrees in (180, *_SIDEWAYS):
        if reader.reads_well(degrees):
            other = reader.read(degrees)
            return other if _is_good(other.page.words, _FEW_WORDS // 2) else first
    return first


def seems_turned(page: OcrPage) -> bool:
    """Whether the page holds much that the engine doubts and that is no Vietnamese."""
    return len(page.words) >= _FEW_WORDS and _sureness(page.words) < _POOR and _syllables(page.words) < _POOR


def _is_good(words: Sequence[PageWord], least: int) -> bool:
    return len(words) >= least and _sureness(words) >= _GOOD and _syllables(words) >= _POOR


def _turn(picture: NDArray[np.uint8], degrees: int) -> NDArray[np.uint8]:
    return np.ascontiguousarray(np.rot90(picture, -degrees // 90)) if degrees else picture


def _fullest(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The strip with the most ink, its lines whole as far as that can be."""
    height = picture.shape[0]
    tall = max(1, int(_STRIP * height))
    ink = (255 - darkest(picture)[:, ::4].astype(np.float32)).mean(axis=1)
    ink = np.maximum(ink - np.median(ink), 0)
    sums = np.convolve(ink, np.ones(tall), "valid")
    start = int(np.argmax(sums))
    return picture[start : start + tall]


def _sureness(words: Sequence[PageWord]) -> float:
    """The mean confidence of the words, weighted by their characters."""
    letters = sum(len(word.text) for word in words)
    return sum(len(word.text) * (word.confidence or 0.0) for word in words) / letters if letters else 0.0


def _syllables(words: Sequence[PageWord]) -> float:
    """The share of words that are Vietnamese syllables of two letters and more."""
    bare = [word.text.strip(".,;:()-+") for word in words]
    return sum(len(word) > 1 and is_syllable(word) for word in bare) / len(bare) if bare else 0.0
