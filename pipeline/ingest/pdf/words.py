"""The words of a PDF page with their boxes: two characters of each are asked for their place."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.fold import composed
from pipeline.ingest.page.words import PageWord
from pipeline.ingest.pdf.library import Chars

_HYPHENS = "\x02\ufffe"
"""PDFium's signs for a hyphen at the end of a line."""
_WORD = re.compile(rf"[^\s{_HYPHENS}]+[{_HYPHENS}]?|[{_HYPHENS}]")
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u00ad\u200b-\u200f\u2060-\u2064\ud800-\udfff\ufeff\ufffe\uffff]")
_NOT_SHOWN = re.compile(rf"(?!\s){_NOT_TEXT.pattern}")
Box = tuple[float, float, float, float]
Span = tuple[int, int]
Boxes = NDArray[np.float64]
Placer = Callable[[Any], tuple[Any, Any, Any, Any]]


@dataclass(frozen=True, slots=True)
class PageText:
    """Words in the order of the file; `rotation` in degrees clockwise turns the page so that its text is upright."""

    words: tuple[PageWord, ...]
    rotation: int
    text: str


def read_words(chars: Chars, crop: Box, rotation: int = 0, repaired: str | None = None) -> PageText:
    """All upright words of a page; `crop` is the visible box in the file's coordinates.

    `rotation` is the page's own; the direction most of its text is written in goes before it. `repaired` is the text
    to be read instead of the page's, of the same length.
    """
    text = chars.text() if repaired is None else repaired
    spans = [match.span() for match in _WORD.finditer(text)]
    sample = [chars.quarter(start) for start, _ in spans[:: max(1, len(spans) // 24)]]
    common = Counter(quarter for quarter in sample if quarter is not None).most_common(1)
    quarter = common[0][0] if common else rotation // 90 % 4
    reader = _WordReader(chars, text, _placer(quarter, crop), quarter, page_size(crop, quarter * 90))
    return PageText(tuple(reader.words(spans)), quarter * 90, text)


def page_size(crop: Box, rotation: int) -> tuple[float, float]:
    """Width and height of the page as it is read, in points."""
    width, height = crop[2] - crop[0], crop[3] - crop[1]
    return (height, width) if rotation % 180 else (width, height)


def turned(box: Box, crop: Box, rotation: int) -> Box:
    """A box of the file (origin bottom left) as x0, top, x1, bottom of the page turned upright."""
    return _placer(rotation // 90 % 4, crop)(box)


@dataclass(frozen=True, slots=True)
class _WordReader:
    """Works on whole pages of boxes at once: x0, top, x1, bottom of the n words' first or last characters, 4 x n."""

    chars: Chars
    text: str
    place: Placer
    quarter: int
    size: tuple[float, float]

    def words(self, spans: list[Span]) -> list[PageWord]:
        """Mostly one word a span; characters that stand on different lines without a blank between are parted.

        Words beside the page are left out.
        """
        first, last = self._ends(spans)
        apart = _apart(first, last)
        if apart.any():
            spans = [piece for span, broken in zip(spans, apart, strict=True) for piece in self._pieces(span, broken)]
            first, last = self._ends(spans)
        texts = self._texts(spans)
        edges = (first[0], np.minimum(first[1], last[1]), last[2], np.maximum(first[3], last[3]))
        none = repeat(None)  # no confidence, nothing repaired
        fields = zip(
            texts, *(edge.tolist() for edge in edges), self._weights(spans, first, last), *([none] * 3), strict=False
        )
        words = list(map(tuple.__new__, repeat(PageWord), fields))
        seen = (edges[2] > -1) & (edges[0] < self.size[0] + 1) & (edges[3] > -1) & (edges[1] < self.size[1] + 1)
        if all(texts) and seen.all():
            return words
        return [word for word, shown in zip(words, seen, strict=True) if shown and word[0]]

    def _texts(self, spans: Sequence[Span]) -> list[str]:
        """The words as they are shown; where the page's letters are composed, few words have to be changed."""
        texts = [self.text[start:end] for start, end in spans]
        if not unicodedata.is_normalized("NFC", self.text):
            return [_shown(text) for text in texts]
        ends = [end for _, end in spans]
        for found in _NOT_SHOWN.finditer(self.text):
            at = bisect_right(ends, found.start())
            if at < len(spans) and spans[at][0] <= found.start():
                texts[at] = _shown(self.text[slice(*spans[at])])
        return texts

    def _ends(self, spans: Sequence[Span]) -> tuple[Boxes, Boxes]:
        return self._boxes([start for start, _ in spans]), self._boxes([end - 1 for _, end in spans])

    def _boxes(self, indices: Sequence[int]) -> Boxes:
        return np.array(self.place(self.chars.boxes(indices))).round(2)

    def _pieces(self, span: Span, broken: bool) -> Iterator[Span]:
        """Parts of a span that stand on one line each; none of a slanted one, such as a watermark."""
        start, end = span
        if not broken:
            yield span
        elif self.chars.quarter(start) == self.quarter:
            boxes = self._boxes(range(start, end))
            for index in range(start + 1, end):
                if _apart(boxes[:, start - span[0]], boxes[:, index - span[0]]):
                    yield start, index
                    start = index
            yield start, end

    def _weights(self, spans: Sequence[Span], first: Boxes, last: Boxes) -> Iterator[bool]:
        """Whether each is bold: asked for only where a line or cell may start or end, others take it over."""
        joined = [False, *_joined(last[:, :-1], first[:, 1:]).tolist(), False]
        bold = False
        for (start, _), before, behind in zip(spans, joined, joined[1:], strict=False):
            if not (before and behind):
                bold = self.chars.bold(start)
            yield bold


def _apart(first: Boxes, other: Boxes) -> NDArray[np.bool_]:
    """Whether a character stands on another line than the word's first one, or before it."""
    return np.asarray((other[1] >= first[3]) | (other[3] <= first[1]) | (other[2] < first[0]))


def _joined(last: Boxes, first: Boxes) -> NDArray[np.bool_]:
    """Whether a word's last character and the next one's first have but a usual blank between them."""
    gap, height = first[0] - last[2], last[3] - last[1]
    level = (abs(first[1] - last[1]) < 1) & (abs(first[3] - last[3]) < 1)
    return np.asarray(level & (gap > -1) & (gap < 0.45 * height))


def _shown(text: str) -> str:
    if text[-1] in _HYPHENS:
        text = text[:-1] + "-"
    return composed(_NOT_TEXT.sub("", text))


def _placer(quarter: int, crop: Box) -> Placer:
    """Maps a box of the file (origin bottom left), or four rows of many, to x0, top, x1, bottom of the upright page."""
    left, bottom, right, top = crop
    if quarter == 1:
        return lambda b: (b[1] - bottom, b[0] - left, b[3] - bottom, b[2] - left)
    if quarter == 2:
        return lambda b: (right - b[2], b[1] - bottom, right - b[0], b[3] - bottom)
    if quarter == 3:
        return lambda b: (top - b[3], right - b[2], top - b[1], right - b[0])
    return lambda b: (b[0] - left, top - b[3], b[2] - left, top - b[1])
