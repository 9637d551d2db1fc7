"""The words of a PDF page with their boxes: two characters of each are asked for their place."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from pipeline.ingest.page_words import PageWord
from pipeline.ingest.pdf_library import Chars

_HYPHENS = "\x02\ufffe"
"""PDFium's signs for a hyphen at the end of a line."""
_WORD = re.compile(rf"[^\s{_HYPHENS}]+[{_HYPHENS}]?|[{_HYPHENS}]")
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u00ad\u200b\ufeff\ufffe\uffff]")
Box = tuple[float, float, float, float]
Placer = Callable[[Any], tuple[Any, Any, Any, Any]]


@dataclass(frozen=True, slots=True)
class PageText:
    """Words in the order of the file; `rotation` in degrees clockwise turns the page so that its text is upright."""

    words: tuple[PageWord, ...]
    rotation: int
    text: str


def read_words(chars: Chars, crop: Box, rotation: int = 0) -> PageText:
    """All upright words of a page; `crop` is the visible box in the file's coordinates.

    `rotation` is the page's own; the direction most of its text is written in goes before it.
    """
    text = chars.text()
    spans = [match.span() for match in _WORD.finditer(text)]
    sample = [chars.quarter(start) for start, _ in spans[:: max(1, len(spans) // 24)]]
    common = Counter(quarter for quarter in sample if quarter is not None).most_common(1)
    quarter = common[0][0] if common else rotation // 90 % 4
    words = _WordReader(chars, text, _placer(quarter, crop), quarter).words(spans)
    width, height = page_size(crop, quarter * 90)
    seen = tuple(w for w in words if w[3] > -1 and w[1] < width + 1 and w[4] > -1 and w[2] < height + 1)
    return PageText(seen, quarter * 90, text)


def page_size(crop: Box, rotation: int) -> tuple[float, float]:
    """Width and height of the page as it is read, in points."""
    width, height = crop[2] - crop[0], crop[3] - crop[1]
    return (height, width) if rotation % 180 else (width, height)


def turned(box: Box, crop: Box, rotation: int) -> Box:
    """A box of the file (origin bottom left) as x0, top, x1, bottom of the page turned upright."""
    return _placer(rotation // 90 % 4, crop)(box)


class _Word(NamedTuple):
    """A word with the boxes of its first and last character and the index of the first."""

    text: str
    first: Box
    last: Box
    start: int


@dataclass(frozen=True, slots=True)
class _WordReader:
    chars: Chars
    text: str
    place: Placer
    quarter: int

    def words(self, spans: Sequence[tuple[int, int]]) -> list[PageWord]:
        """Mostly one word a span; characters that stand on different lines without a blank between are parted."""
        firsts = self._boxes([start for start, _ in spans])
        lasts = self._boxes([end - 1 for _, end in spans])
        plain = _is_plain(self.text)
        found: list[_Word] = []
        for (start, end), first, last in zip(spans, firsts, lasts, strict=True):
            if not _apart(first, last):
                shown = self.text[start:end] if plain else _shown(self.text[start:end])
                found.append(_Word(shown, first, last, start))
            elif self.chars.quarter(start) == self.quarter:
                found += self._pieces(start, end)
        return self._weighed([word for word in found if word[0]])

    def _boxes(self, indices: Sequence[int]) -> list[Box]:
        x0, top, x1, bottom = self.place(self.chars.boxes(indices))
        return list(zip(x0.tolist(), top.tolist(), x1.tolist(), bottom.tolist(), strict=True))

    def _pieces(self, start: int, end: int) -> Iterator[_Word]:
        boxes = self._boxes(range(start, end))
        at = 0
        for index in range(1, len(boxes) + 1):
            if index == len(boxes) or _apart(boxes[at], boxes[index]):
                yield _Word(_shown(self.text[start + at : start + index]), boxes[at], boxes[index - 1], start + at)
                at = index

    def _weighed(self, words: Sequence[_Word]) -> list[PageWord]:
        """With their weight, which is asked for only where a line or cell may start or end: others take it over."""
        joined = [False, *(_joined(one[2], two[1]) for one, two in pairwise(words)), False]
        found: list[PageWord] = []
        bold = False
        for at, (text, first, last, start) in enumerate(words):
            if not (joined[at] and joined[at + 1]):
                bold = self.chars.bold(start)
            found.append(PageWord(text, first[0], min(first[1], last[1]), last[2], max(first[3], last[3]), bold))
        return found


def _joined(last: Box, first: Box) -> bool:
    """Whether a word's last character and the next one's first have but a usual blank between them."""
    height = last[3] - last[1]
    return abs(first[1] - last[1]) < 1 and abs(first[3] - last[3]) < 1 and -1 < first[0] - last[2] < 0.45 * height


def _apart(first: Box, other: Box) -> bool:
    """Whether a character stands on another line than the word's first one, or before it."""
    return other[1] >= first[3] or other[3] <= first[1] or other[2] < first[0]


def _shown(text: str) -> str:
    if text[-1] in _HYPHENS:
        text = text[:-1] + "-"
    return unicodedata.normalize("NFC", _NOT_TEXT.sub("", text))


def _is_plain(text: str) -> bool:
    """Whether no word of the text has to be changed to be shown."""
    return unicodedata.is_normalized("NFC", text) and not _NOT_TEXT.search(text.replace("\r", ""))


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
