"""Pictures on a page with a text layer that may hold writing: a pasted table, a paragraph, text drawn as curves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.language.vietnamese import unknown_words, word_count
from pipeline.ingest.limits import Limits
from pipeline.ingest.ocr.engine import OcrEngine
from pipeline.ingest.page.words import PageWord

Box = tuple[float, float, float, float]
Picture = NDArray[np.uint8]
_LEAST_SHARE, _LEAST_WIDTH, _LEAST_HEIGHT = 0.02, 70.0, 12.0
_MOST_PICTURES = 8
_LEAST_WORDS, _UNKNOWN, _SURE = 4, 0.3, 0.6


@dataclass(frozen=True, slots=True)
class Found:
    """What OCR reads in a page's pictures, in points of the page; `tables` as boxes of cells."""

    words: list[PageWord] = field(default_factory=list)
    tables: list[list[Box]] = field(default_factory=list)

    @property
    def confidence(self) -> float:
        """The mean of the words' confidences, weighted by their characters."""
        letters = sum(len(word.text) for word in self.words)
        return sum(len(word.text) * (word.confidence or 0.0) for word in self.words) / max(1, letters)


def relevant(pictures: Sequence[Box], words: Sequence[PageWord], size: tuple[float, float]) -> list[Box]:
    """The pictures large enough for writing, inside the page, and not covered by words already."""
    inside = (_inside(box, size) for box in pictures)
    return [box for box in inside if _is_large(box, size) and not _is_written_on(box, words)][:_MOST_PICTURES]


def shows_writing(draft: Picture, boxes: Sequence[Box], words: Sequence[PageWord], width: float) -> bool:
    """Whether the pictures hold ink beside known words and stamps: a seal alone is worth no reading.

    `draft` is the coarsely drawn page, height x width x 3 (BGR), `width` its width in points.
    """
    from pipeline.ingest.scan.image import has_ink  # OpenCV: only for pages that need it
    from pipeline.ingest.scan.stains import without_stamps

    scale = draft.shape[1] / width
    return has_ink(without_stamps(_only(draft, boxes, words, scale), 72 * scale))


def read_pictures(
    picture: Picture, boxes: Sequence[Box], words: Sequence[PageWord], width: float, limits: Limits, engine: OcrEngine
) -> Found:
    """`picture` is the drawn page, height x width x 3 (BGR), `width` its width in points. OcrError."""
    from pipeline.ingest.scan.layout import read_picture_page  # OpenCV: only for pages that need it

    height = width * picture.shape[0] / picture.shape[1]
    bare = _only(picture, boxes, words, picture.shape[1] / width)
    seen = read_picture_page(bare, (width, height), limits, engine)
    found = Found()
    for box in boxes:
        own = [word for word in seen.words if _holds(box, word)]
        if _is_writing(own):
            found.words.extend(own)
            found.tables.extend(list(cells) for cells in seen.tables if _meet(cells[0], box))
    return found


def _is_large(box: Box, size: tuple[float, float]) -> bool:
    width, height = box[2] - box[0], box[3] - box[1]
    return width >= _LEAST_WIDTH and height >= _LEAST_HEIGHT and width * height >= _LEAST_SHARE * size[0] * size[1]


def _inside(box: Box, size: tuple[float, float]) -> Box:
    return max(box[0], 0.0), max(box[1], 0.0), min(box[2], size[0]), min(box[3], size[1])


def _is_written_on(box: Box, words: Sequence[PageWord]) -> bool:
    """A picture behind text: a shade, a frame, a letterhead of the whole page."""
    written = sum((word.x1 - word.x0) * word.height for word in words if _holds(box, word))
    return written > 0.25 * (box[2] - box[0]) * (box[3] - box[1])


def _only(picture: Picture, boxes: Sequence[Box], words: Sequence[PageWord], scale: float) -> Picture:
    """A page that shows the boxes alone, without known words; what is judged by a page's size still can be."""
    bare = np.full_like(picture, 255)
    for box in boxes:
        _cut(bare, box, scale)[:] = _cut(picture, box, scale)
    for word in words:
        _cut(bare, word[1:5], scale)[:] = 255
    return bare


def _cut(picture: Picture, box: Box, scale: float) -> Picture:
    x0, top, x1, bottom = (max(0, round(edge * scale)) for edge in box)
    return picture[top:bottom, x0:x1]


def _is_writing(words: Sequence[PageWord]) -> bool:
    """Whether the words are Vietnamese that was read well: a seal or a photograph gives none."""
    sure = [word for word in words if (word.confidence or 0.0) >= _SURE]
    count = sum(word_count(word.text) for word in sure)
    unknown = sum(unknown_words(word.text) for word in sure)
    return count >= _LEAST_WORDS and unknown <= _UNKNOWN * count and len(sure) >= len(words) / 2


def _holds(box: Box, word: PageWord) -> bool:
    return box[0] <= word.centre <= box[2] and box[1] <= word.middle <= box[3]


def _meet(one: Box, two: Box) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]
