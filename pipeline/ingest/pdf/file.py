"""An open PDF file: its pages, their words, what is drawn on them, and their pictures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.errors import DocumentError, Kind
from pipeline.ingest.limits import Limits
from pipeline.ingest.page.paper import paper_width
from pipeline.ingest.page.words import PageWord
from pipeline.ingest.pdf.library import (
    Box,
    Chars,
    Page,
    PdfError,
    Picture,
    covering_image,
    flatten,
    image_picture,
    needs_password,
    notes_of,
    open_document,
    page_picture,
    visible_box,
)
from pipeline.ingest.pdf.objects import (
    Objects,
    hides_text,
    images_of,
    is_printed_over,
    may_hold_image,
    objects_of,
    paths_of,
)
from pipeline.ingest.pdf.ruling import drawn_writing, has_ruling_lines
from pipeline.ingest.pdf.scan import has_layers, is_flat, stands_alone
from pipeline.ingest.pdf.words import PageText, page_size, read_words, turned

_PAGE_CHARACTERS = 200_000
_SAMPLE_CHARACTERS = 150_000
_PAGES_AN_OPENING = 40
"""PDFium keeps the bytes of every picture it has shown until the file is closed: so it is, after so many pages."""
_LEAST_SIDE = 5.0
"""Points."""
_COVERS = 0.6
"""The share of a page that a scan's image covers at least."""


class PdfFile:
    """An open PDF; close it after use."""

    def __init__(self, path: Path, limits: Limits) -> None:
        """DocumentError: ENCRYPTED, DAMAGED, or TOO_LARGE for more than `limits.pages` pages."""
        self._limits = limits
        self._notes: dict[int, list[Box]] = {}
        self._path = path
        self._shown = self._in_use = 0
        try:
            self._document = open_document(path)
        except PdfError as error:
            raise _failure(error) from None
        self.page_count = len(self._document)
        try:
            self._check()
        except DocumentError:
            self.close()
            raise

    def _check(self) -> None:
        if self.page_count > self._limits.pages:
            detail = f"{self.page_count} trang, giới hạn {self._limits.pages}. / {self.page_count} pages."
            raise DocumentError(Kind.TOO_LARGE, detail)
        if self.page_count == 0:
            raise DocumentError(Kind.DAMAGED, "PDF không có trang nào. / The PDF has no pages.")

    def close(self) -> None:
        """Frees the file."""
        self._document.close()

    @contextmanager
    def page(self, number: int) -> Iterator[PdfPage]:
        """The page with this number (from 1). PageError when it cannot be loaded."""
        try:
            self._let_go()
            loaded = self._document[number - 1]
            notes = self._notes.get(number) or notes_of(loaded)
            if notes and number not in self._notes and flatten(loaded):
                loaded.close()
                loaded = self._document[number - 1]
            self._notes[number] = notes  # made part of the page, they are not found on it again
        except PdfError as error:
            raise PageError(str(error)) from None
        self._shown, self._in_use = self._shown + 1, self._in_use + 1
        try:
            yield PdfPage(loaded, notes, self._limits)
        finally:
            loaded.close()
            self._in_use -= 1

    def _let_go(self) -> None:
        """Open the file anew when many of its pages have been shown and none is in use; kept if it is gone."""
        if self._shown < _PAGES_AN_OPENING or self._in_use:
            return
        self._shown = 0
        with suppress(PdfError, OSError):
            anew = open_document(self._path)
            self._document.close()
            self._document = anew
            self._notes.clear()

    def sample(self, pages: int) -> Iterator[tuple[str, list[str]]]:
        """Text and fonts of at most so many pages, spread over the file; those that cannot be loaded are left out."""
        total = 0
        for number in range(1, self.page_count + 1, 1 + self.page_count // pages):
            if total > _SAMPLE_CHARACTERS:
                return
            with suppress(PageError), self.page(number) as page:
                letters = page.letters()
                total += len(letters[0])
                yield letters


class PageError(Exception):
    """A page that cannot be loaded or drawn."""


class PdfPage:
    """One loaded page. Boxes are points of the page turned upright, origin top left."""

    def __init__(self, page: Page, notes: list[Box], limits: Limits) -> None:
        """PageError for a page of no size."""
        self._page = page
        self._notes = notes
        self._limits = limits
        self._crop = visible_box(page)
        if min(page_size(self._crop, 0)) < _LEAST_SIDE:
            raise PageError("trang không có kích thước / the page has no size")

    @cached_property
    def content(self) -> PageText:
        """The words of the text layer and of form fields and notes on it."""
        with self._chars() as chars:
            return read_words(chars, self._crop, self.shown_rotation)

    def letters(self) -> tuple[str, list[str]]:
        """The text of the page and the name of each character's font."""
        with self._chars() as chars:
            return chars.text(), chars.fonts()

    def read_again(self, repaired: str) -> None:
        """Take `repaired`, of the same length, for the text of the page."""
        with self._chars() as chars:
            self.content = read_words(chars, self._crop, self.shown_rotation, repaired)

    @contextmanager
    def _chars(self) -> Iterator[Chars]:
        try:
            chars = Chars(self._page, _PAGE_CHARACTERS)
        except PdfError as error:
            raise PageError(str(error)) from None
        try:
            yield chars
        finally:
            chars.close()

    @property
    def shown_rotation(self) -> int:
        """The page's own rotation, degrees clockwise."""
        return int(self._page.get_rotation())

    @property
    def size(self) -> tuple[float, float]:
        """Width and height, turned so that the text is upright."""
        return page_size(self._crop, self.content.rotation)

    @cached_property
    def notes(self) -> list[Box]:
        """The places of form fields, stamps and free text laid over the page."""
        return [turned(box, self._crop, self.content.rotation) for box in self._notes]

    @property
    def shown_size(self) -> tuple[float, float]:
        """Width and height as the page is shown, whatever way its text runs."""
        return page_size(self._crop, self.shown_rotation)

    @property
    def box(self) -> Box:
        """The visible part of the page in the file's coordinates: left, bottom, right, top."""
        return self._crop

    def is_note(self, word: PageWord) -> bool:
        """Whether a word stands in a field, stamp or note, and its box is that of the page as shown."""
        if self.content.rotation != self.shown_rotation:
            return False
        return any(b[0] - 1 <= word.centre <= b[2] + 1 and b[1] - 1 <= word.middle <= b[3] + 1 for b in self.notes)

    @cached_property
    def has_ruling_lines(self) -> bool:
        """Whether lines are drawn as in a table."""
        return has_ruling_lines(self._paths)

    @cached_property
    def _objects(self) -> Objects:
        return objects_of(self._page)

    @cached_property
    def _paths(self) -> list[tuple[Box, bool]]:
        return paths_of(self._objects)

    @property
    def hides_text(self) -> bool:
        """Whether some text is drawn without ink or in white."""
        return hides_text(self._objects)

    @property
    def is_printed_over(self) -> bool:
        """Whether the text is drawn with ink over the pictures."""
        return is_printed_over(self._objects)

    @cached_property
    def pictures(self) -> list[Box]:
        """The boxes of the pictures on the page, and of writing drawn as curves, on the page turned upright."""
        boxes = images_of(self._objects)
        curves = drawn_writing(self._paths)
        return [turned(box, self._crop, self.content.rotation) for box in (*boxes, *curves)]

    @cached_property
    def _image(self) -> Any:
        """The image that covers the page, or None."""
        area = (self._crop[2] - self._crop[0]) * (self._crop[3] - self._crop[1])
        if not may_hold_image(self._objects, 0.99 * _COVERS * area):
            return None
        return covering_image(self._page, self._crop, _COVERS)

    def is_scan(self) -> bool:
        """Whether one image covers the page."""
        return self._image is not None

    def picture(self, dpi: int) -> Picture:
        """The page as height x width x 3 (BGR): the scan's own image if it stands upright, else drawn at `dpi`.

        Dots an inch are those of the paper that the page must be, whatever size it claims. Bounded by
        `Limits.page_pixels`. PageError when it cannot be drawn.
        """
        try:
            own = self._own_image()
            return own if own is not None else self._drawn(dpi)
        except (PdfError, ValueError, MemoryError) as error:
            raise PageError(str(error)) from None

    def upright_picture(self, dpi: int) -> Picture:
        """The page as it is printed, height x width x 3 (BGR), turned so that its text is upright. PageError."""
        try:
            turns = (self.content.rotation - self.shown_rotation) // 90
            return np.ascontiguousarray(np.rot90(self._drawn(dpi), -turns))
        except (PdfError, ValueError, MemoryError) as error:
            raise PageError(str(error)) from None

    def _own_image(self) -> Picture | None:
        """The scan's own image where it is all that the page shows."""
        image, page = self._image, self._crop
        if image is None or self.shown_rotation or not stands_alone(image, page, self._limits.page_pixels):
            return None
        if has_layers(images_of(self._objects), page) or drawn_writing(self._paths):
            return None
        own = image_picture(image)
        return None if is_flat(own) else own

    def _drawn(self, dpi: int) -> Picture:
        width, height = (max(side, 1.0) / 72 for side in self._page.get_size())
        bound = (self._limits.page_pixels / (width * height)) ** 0.5
        wanted = dpi * paper_width(self.shown_size) / self.shown_size[0]
        scale = min(wanted, bound) / 72
        return page_picture(self._page, scale)


def _failure(error: Exception) -> DocumentError:
    if needs_password(error):
        return DocumentError(Kind.ENCRYPTED, "PDF cần mật khẩu. / The PDF needs a password.")
    return DocumentError(Kind.DAMAGED, "Không mở được PDF. / The PDF cannot be opened.")
