"""The words of a PDF page with their boxes, through pypdfium2: a few C calls a word, none a character."""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pypdfium2.raw as pdfium

from pipeline.ingest.page_words import PageWord

_HYPHENS = "\x02\ufffe"
"""PDFium's signs for a hyphen at the end of a line."""
_WORD = re.compile(rf"[^\s{_HYPHENS}]+[{_HYPHENS}]?|[{_HYPHENS}]")
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u00ad\u200b\ufeff\ufffe\uffff]")
_FORCE_BOLD = 1 << 18
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PageText:
    """Words in the order of the file; `rotation` in degrees clockwise turns the page so that its text is upright."""

    words: tuple[PageWord, ...]
    rotation: int
    text: str


class _Chars:
    """Characters of one loaded text page, by index."""

    def __init__(self, textpage: pdfium.FPDF_TEXTPAGE, limit: int) -> None:
        self._page = textpage
        self._rect = pdfium.FS_RECTF()
        self._rect_ref = ctypes.byref(self._rect)
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self._flags_ref = ctypes.byref(self._flags)
        self.count = min(pdfium.FPDFText_CountChars(textpage), limit)

    def text(self) -> str:
        """All characters; index i of the string is character i of the page."""
        buffer = (ctypes.c_ushort * (self.count + 1))()
        got = pdfium.FPDFText_GetText(self._page, 0, self.count, buffer)
        if got == self.count + 1:
            return "".join(map(chr, buffer[: self.count]))
        return "".join(chr(pdfium.FPDFText_GetUnicode(self._page, i)) for i in range(self.count))

    def box(self, index: int) -> Box:
        """Left, bottom, right, top in the file's own coordinates."""
        rect = self._rect
        if not pdfium.FPDFText_GetLooseCharBox(self._page, index, self._rect_ref):
            return (0.0, 0.0, 0.0, 0.0)
        return (rect.left, rect.bottom, rect.right, rect.top)

    def bold(self, index: int) -> bool:
        """Whether the character's font is bold by name or flag."""
        got = pdfium.FPDFText_GetFontInfo(self._page, index, self._name, 128, self._flags_ref)
        return got > 0 and (b"Bold" in self._name.value or bool(self._flags.value & _FORCE_BOLD))

    def quarter(self, index: int) -> int | None:
        """Quarter turns clockwise that make the text upright; None for slanted text such as a watermark."""
        turns = -pdfium.FPDFText_GetCharAngle(self._page, index) / (math.pi / 2)
        return round(turns) % 4 if abs(turns - round(turns)) < 0.1 else None


def read_words(textpage: pdfium.FPDF_TEXTPAGE, crop: Box, limit: int, rotation: int = 0) -> PageText:
    """All upright words of a page, at most `limit` characters; `crop` is the visible box in the file's coordinates.

    `rotation` is the page's own; the direction most of its text is written in goes before it.
    """
    chars = _Chars(textpage, limit)
    text = chars.text()
    spans = [(match.start(), match.end()) for match in _WORD.finditer(text)]
    sample = [chars.quarter(start) for start, _ in spans[:: max(1, len(spans) // 24)]]
    common = Counter(quarter for quarter in sample if quarter is not None).most_common(1)
    quarter = common[0][0] if common else rotation // 90 % 4
    place = _placer(quarter, crop)
    reader = _WordReader(chars, text, place, quarter, _is_plain(text))
    width, height = page_size(crop, quarter * 90)
    seen = tuple(w for w in reader.words(spans) if w[3] > -1 and w[1] < width + 1 and w[4] > -1 and w[2] < height + 1)
    return PageText(seen, quarter * 90, text)


def page_size(crop: Box, rotation: int) -> tuple[float, float]:
    """Width and height of the page as it is read, in points."""
    width, height = crop[2] - crop[0], crop[3] - crop[1]
    return (height, width) if rotation % 180 else (width, height)


def turned(box: Box, crop: Box, rotation: int) -> Box:
    """A box of the file (origin bottom left) as x0, top, x1, bottom of the page turned upright."""
    return _placer(rotation // 90 % 4, crop)(box)


@dataclass(frozen=True, slots=True)
class _WordReader:
    chars: _Chars
    text: str
    place: Callable[[Box], Box]
    quarter: int
    plain: bool

    def words(self, spans: Iterable[tuple[int, int]]) -> list[PageWord]:
        """Mostly one word a span; characters that stand on different lines without a blank between are parted."""
        found: list[PageWord] = []
        box, place, bold = self.chars.box, self.place, self.chars.bold
        for start, end in spans:
            first = place(box(start))
            last = first if end - start == 1 else place(box(end - 1))
            if not _apart(first, last) and self.plain:
                top, bottom = min(first[1], last[1]), max(first[3], last[3])
                found.append(PageWord(self.text[start:end], first[0], top, last[2], bottom, bold(start)))
            elif not _apart(first, last):
                found += self._word(start, end, first, last)
            elif self.chars.quarter(start) == self.quarter:
                found += self._pieces(start, end, first)
        return found

    def _pieces(self, start: int, end: int, first: Box) -> Iterator[PageWord]:
        last = first
        for index in range(start + 1, end):
            box = self.place(self.chars.box(index))
            if _apart(first, box):
                yield from self._word(start, index, first, last)
                start, first = index, box
            last = box
        yield from self._word(start, end, first, last)

    def _word(self, start: int, end: int, first: Box, last: Box) -> Iterator[PageWord]:
        shown = _shown(self.text[start:end])
        if shown:
            top, bottom = min(first[1], last[1]), max(first[3], last[3])
            yield PageWord(shown, first[0], top, last[2], bottom, self.chars.bold(start))


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


def _placer(quarter: int, crop: Box) -> Callable[[Box], Box]:
    """Maps a box of the file (origin bottom left) to x0, top, x1, bottom of the page turned upright."""
    left, bottom, right, top = crop
    if quarter == 1:
        return lambda b: (b[1] - bottom, b[0] - left, b[3] - bottom, b[2] - left)
    if quarter == 2:
        return lambda b: (right - b[2], b[1] - bottom, right - b[0], b[3] - bottom)
    if quarter == 3:
        return lambda b: (top - b[3], right - b[2], top - b[1], right - b[0])
    return lambda b: (b[0] - left, top - b[3], b[2] - left, top - b[1])
