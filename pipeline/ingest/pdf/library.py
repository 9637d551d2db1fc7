"""PDFium through pypdfium2, used here and for what is drawn (pdf_objects): pages, characters, notes and pictures.

Boxes here are left, bottom, right, top in the file's own coordinates (points, origin bottom left).
"""

from __future__ import annotations

import ctypes
import math
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as raw
from numpy.typing import NDArray

from pipeline.fold import heaped_marks

Box = tuple[float, float, float, float]
Picture = NDArray[np.uint8]
Document = Any
"""An open file of the library, which has no types: `len()` and `[index from 0]`, `close()`."""
Page = Any
"""A loaded page of the library."""
PdfError: type[Exception] = pypdfium2.PdfiumError
_TEXT_NOTES = (raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_WIDGET)
_MOST_NOTES = 200
_MOST_SIGNATURES = 100
_LONGEST_SIGNATURE = 1_000_000
_FORCE_BOLD = 1 << 18
_NOTHING = "\u200b"
_LETTER = (0.0, 0.0, 612.0, 792.0)
"""What PDFium shows of a page whose box is empty or unreadable."""


def open_document(path: Path) -> Document:
    """The open file. PdfError."""
    return pypdfium2.PdfDocument(path)


def needs_password(error: Exception) -> bool:
    """Whether the file did not open for want of a password."""
    return bool(getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD)


def visible_box(page: Page) -> Box:
    """The crop box inside the media box; corners may come in any order, and a page of no size is a letter's."""
    crop, media = _ordered(page.get_cropbox()), _ordered(page.get_mediabox())
    if not (media[2] > media[0] and media[3] > media[1]):
        return _LETTER
    left, bottom = max(crop[0], media[0]), max(crop[1], media[1])
    right, top = min(crop[2], media[2]), min(crop[3], media[3])
    return (left, bottom, right, top) if right > left and top > bottom else media


def _ordered(box: Box) -> Box:
    return min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])


def notes_of(page: Page) -> list[Box]:
    """Boxes of what is laid over the page and holds text (a picture of a seal or signature does not)."""
    found = []
    for index in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST_NOTES)):
        note = raw.FPDFPage_GetAnnot(page.raw, index)
        rect = raw.FS_RECTF()
        if raw.FPDFAnnot_GetSubtype(note) in _TEXT_NOTES and raw.FPDFAnnot_GetRect(note, ctypes.byref(rect)):
            inside = range(min(raw.FPDFAnnot_GetObjectCount(note), _MOST_NOTES))
            if any(_holds_text(raw.FPDFAnnot_GetObject(note, at)) for at in inside):
                found.append((rect.left, rect.bottom, rect.right, rect.top))
        raw.FPDFPage_CloseAnnot(note)
    return found


def _holds_text(item: Any, depth: int = 3) -> bool:
    """Whether a drawn object is text or a form with text in it, `depth` forms deep; deeper ones count as text."""
    kind = raw.FPDFPageObj_GetType(item)
    if kind != raw.FPDF_PAGEOBJ_FORM or depth == 0:
        return bool(kind in (raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_FORM))
    inside = range(min(raw.FPDFFormObj_CountObjects(item), _MOST_NOTES))
    return any(_holds_text(raw.FPDFFormObj_GetObject(item, at), depth - 1) for at in inside)


def flatten(page: Page) -> bool:
    """Make notes part of the page; whether that changed it (it must then be loaded anew)."""
    return bool(raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS)


def signatures_of(document: Document) -> Iterator[tuple[bytes, str]]:
    """The message (CMS, DER) and the time entry (/M) of each digital signature in the file."""
    for index in range(min(raw.FPDF_GetSignatureCount(document.raw), _MOST_SIGNATURES)):
        signature = raw.FPDF_GetSignatureObject(document.raw, index)
        contents = _bytes(raw.FPDFSignatureObj_GetContents, signature)
        yield contents, _bytes(raw.FPDFSignatureObj_GetTime, signature).decode("ascii", "replace").strip("\0")


def _bytes(reader: Any, item: Any) -> bytes:
    """What the library's reader copies into a buffer, asked first for its length."""
    length = reader(item, None, 0)
    if not 0 < length <= _LONGEST_SIGNATURE:
        return b""
    buffer = ctypes.create_string_buffer(length)
    reader(item, buffer, length)
    return buffer.raw


# --- characters -------------------------------------------------------------------------------


class Chars:
    """The characters of a page's text layer, by index; at most `limit`. Close it after use. PdfError."""

    def __init__(self, page: Page, limit: int) -> None:
        self._textpage = page.get_textpage()
        self._handle = self._textpage.raw
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self._flags_ref = ctypes.byref(self._flags)
        self.count = min(raw.FPDFText_CountChars(self._handle), limit)

    def close(self) -> None:
        """Frees the text layer."""
        self._textpage.close()

    def text(self) -> str:
        """All characters; index i of the string is character i of the page. Marks heaped on a letter are no text."""
        return heaped_marks().sub(lambda found: found[1] + _NOTHING * (found.end() - found.end(1)), self._text())

    def _text(self) -> str:
        buffer = (ctypes.c_ushort * (self.count + 1))()
        got = raw.FPDFText_GetText(self._handle, 0, self.count, buffer)
        if got == self.count + 1:
            with suppress(UnicodeDecodeError):
                text = bytes(buffer)[:-2].decode("utf-16-le", errors="surrogatepass")
                if len(text) == self.count:
                    return text
            return "".join(map(chr, buffer[: self.count]))
        return "".join(chr(raw.FPDFText_GetUnicode(self._handle, i)) for i in range(self.count))

    def boxes(self, indices: Sequence[int]) -> NDArray[np.float64]:
        """4 x n: left, bottom, right, top of each with its whole line height; zeros where there is none."""
        rects = np.zeros((len(indices), 4), np.float32)
        first = rects.ctypes.data
        places = range(first, first + rects.nbytes, 16)
        deque(map(_box_function(), repeat(address_of(self._handle)), indices, places), maxlen=0)
        return rects[:, [0, 3, 2, 1]].T.astype(np.float64)  # FS_RECTF: left, top, right, bottom

    def bold(self, index: int) -> bool:
        """Whether the character's font is bold by name or flag."""
        got = raw.FPDFText_GetFontInfo(self._handle, index, self._name, 128, self._flags_ref)
        return got > 0 and (b"Bold" in self._name.value or bool(self._flags.value & _FORCE_BOLD))

    def fonts(self) -> list[str]:
        """The name of each character's font."""
        return [self._font(index) for index in range(self.count)]

    def _font(self, index: int) -> str:
        raw.FPDFText_GetFontInfo(self._handle, index, self._name, 128, self._flags_ref)
        return self._name.value.decode("utf-8", "replace")

    def quarter(self, index: int) -> int | None:
        """Quarter turns clockwise that make the text upright; None for slanted text such as a watermark."""
        turns = -raw.FPDFText_GetCharAngle(self._handle, index) / (math.pi / 2)
        return round(turns) % 4 if abs(turns - round(turns)) < 0.1 else None


# --- calls made thousands of times: bare addresses cost a third of ctypes' own structures ------


def address_of(handle: Any) -> int:
    return ctypes.addressof(handle.contents)


def bare_call(function: Any, result: Any, *arguments: Any) -> Any:
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


@cache
def _box_function() -> Callable[[int, int, int], int]:
    where = ctypes.c_void_p
    found: Callable[[int, int, int], int] = bare_call(
        raw.FPDFText_GetLooseCharBox, ctypes.c_int, where, ctypes.c_int, where
    )
    return found


# --- pictures ---------------------------------------------------------------------------------


def covering_image(page: Page, visible: Box, share: float) -> Any:
    """The image that covers at least this share of the visible page, or None."""
    area = abs((visible[2] - visible[0]) * (visible[3] - visible[1])) or 1.0
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = item.get_bounds()
        if abs((right - left) * (top - bottom)) >= share * area:
            return item
    return None


def is_upright(image: Any) -> bool:
    """Whether the image is laid on the page neither turned nor mirrored."""
    matrix = image.get_matrix()
    return bool(matrix.a > 0 and matrix.d > 0 and abs(matrix.b) + abs(matrix.c) < 0.01 * matrix.a)


def is_stencil(image: Any) -> bool:
    """Whether the image is a mask through which ink is poured: its bits are no colours, and 1 is no white."""
    about = raw.FPDF_IMAGEOBJ_METADATA()
    got = raw.FPDFImageObj_GetImageMetadata(image.raw, image.page.raw, ctypes.byref(about))
    return bool(got and about.bits_per_pixel == 1 and about.colorspace == raw.FPDF_COLORSPACE_UNKNOWN)


def image_picture(image: Any) -> Picture:
    """The image's own dots, height x width x 3 (BGR). PdfError."""
    return _colours(image.get_bitmap(render=False))


def page_picture(page: Page, scale: float) -> Picture:
    """The page drawn at `scale` dots a point, height x width x 3 (BGR). PdfError."""
    return _colours(page.render(scale=scale, may_draw_forms=False))


def _colours(bitmap: Any) -> Picture:
    pixels: Picture = bitmap.to_numpy()
    if pixels.ndim == 2:
        pixels = pixels[:, :, None]
    return np.repeat(pixels, 3, axis=2) if pixels.shape[2] == 1 else pixels[:, :, :3].copy()
