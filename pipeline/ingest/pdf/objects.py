"""What is drawn on a PDF page: its text, paths and pictures as objects, without their contents.

Boxes here are left, bottom, right, top in the file's own coordinates (points, origin bottom left).
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from functools import cache
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
import pypdfium2.raw as raw
from numpy.typing import NDArray

from pipeline.ingest.pdf.library import Box, Page, address_of, bare_call

_MOST_OBJECTS = 60_000
_NO_INK = {raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP}
_NEARLY_WHITE = 0xF0
_COLOURS = 150
"""Pieces of text whose colour is asked; a file that cuts its lines into more has many in each line."""

Objects = Sequence[tuple[int, int, int]]
"""What is drawn on a page, in that order, and on its forms: address, kind and the form's address (0: none) of each."""


def objects_of(page: Page) -> Objects:
    """All objects of the page, a form's own in its place, one form deep."""
    of_page, of_form, kind_of = _object_functions()
    count = min(raw.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)
    items = list(map(of_page, repeat(address_of(page.raw)), range(count)))
    kinds = list(map(kind_of, items))
    if raw.FPDF_PAGEOBJ_FORM not in kinds:
        return list(zip(items, kinds, repeat(0)))
    whole = []
    for item, kind in zip(items, kinds, strict=True):
        whole.append((item, kind, 0))
        if kind == raw.FPDF_PAGEOBJ_FORM:
            inner = range(min(raw.FPDFFormObj_CountObjects(_object(item)), _MOST_OBJECTS))
            whole += [(inside, kind_of(inside), item) for inside in (of_form(item, at) for at in inner)]
    return whole


def paths_of(objects: Objects) -> list[tuple[Box, bool]]:
    """The box of every path, and whether it is drawn around (not only filled)."""
    paths = _of_kind(objects, raw.FPDF_PAGEOBJ_PATH)
    modes = np.zeros((len(paths), 2), np.int32)
    _call_all(_paint_functions().draw_mode, paths, modes)
    return [(box, bool(stroke)) for box, stroke in zip(_bounds(paths), modes[:, 1].tolist(), strict=True) if box]


def images_of(objects: Objects) -> list[Box]:
    """The boxes of the pictures on the page."""
    images = [(item, form) for item, kind, form in objects if kind == raw.FPDF_PAGEOBJ_IMAGE]
    boxes = zip(_bounds([item for item, _ in images]), (form for _, form in images), strict=True)
    return [_on_page(box, form) if form else box for box, form in boxes if box]


def may_hold_image(objects: Objects, area: float) -> bool:
    """Whether an image of this area (square points) can be on the page: forms may hold more than `objects` tells."""
    if _of_kind(objects, raw.FPDF_PAGEOBJ_FORM):
        return True
    return any(abs((box[2] - box[0]) * (box[3] - box[1])) >= area for box in images_of(objects))


def _on_page(box: Box, form: int) -> Box:
    """A box inside a form, by the form's place on the page."""
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(_object(form), ctypes.byref(matrix)):
        return box
    corners = [(x, y) for x in box[::2] for y in box[1::2]]
    across = [matrix.a * x + matrix.c * y + matrix.e for x, y in corners]
    up = [matrix.b * x + matrix.d * y + matrix.f for x, y in corners]
    return min(across), min(up), max(across), max(up)


def hides_text(objects: Objects) -> bool:
    """Whether some text is drawn without ink, or in (nearly) white."""
    texts = _of_kind(objects, raw.FPDF_PAGEOBJ_TEXT)
    if not _NO_INK.isdisjoint(map(_paint_functions().text_mode, texts)):
        return True
    texts = texts[:: 1 + len(texts) // _COLOURS]
    colours = np.zeros((len(texts), 4), np.uint32)
    got = np.array(_call_all(_paint_functions().fill_colour, texts, colours), bool)
    white = (colours[:, :3].min(axis=1, initial=255) >= _NEARLY_WHITE) | (colours[:, 3] == 0)
    return bool((got & white).any())


def is_printed_over(objects: Objects) -> bool:
    """Whether most of the page's text is drawn with ink and after its pictures, not hidden under or over them."""
    mode_of = _paint_functions().text_mode
    after, shown, hidden = False, 0, 0
    for item, kind, _ in objects:
        after = after or kind == raw.FPDF_PAGEOBJ_IMAGE
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            seen = after and mode_of(item) not in _NO_INK
            shown, hidden = shown + seen, hidden + (not seen)
    return shown > hidden


def _of_kind(objects: Objects, kind: int) -> list[int]:
    return [item for item, own, _ in objects if own == kind]


def _bounds(items: Sequence[int]) -> list[Box | None]:
    """The box of each object, None for one that has none."""
    edges = np.zeros((len(items), 4), np.float32)
    got = _call_all(_paint_functions().bounds, items, edges)
    return [(b[0], b[1], b[2], b[3]) if has else None for b, has in zip(edges.tolist(), got, strict=True)]


def _call_all(function: Any, items: Sequence[int], results: NDArray[Any]) -> list[int]:
    """Call for each object with the addresses of its row's cells, which take the results; what each call returned."""
    first, width = results.ctypes.data, results.shape[1]
    last = first + results.nbytes
    columns = (range(first + 4 * at, last, 4 * width) for at in range(width))
    return list(map(function, items, *columns))


def _object(address: int) -> Any:
    return ctypes.cast(address, raw.FPDF_PAGEOBJECT)


class _PaintFunctions(NamedTuple):
    """Questions about one object, each cell of the answer given by its address."""

    text_mode: Any
    fill_colour: Any
    bounds: Any
    draw_mode: Any


@cache
def _paint_functions() -> _PaintFunctions:
    where = ctypes.c_void_p
    return _PaintFunctions(
        bare_call(raw.FPDFTextObj_GetTextRenderMode, ctypes.c_int, where),
        bare_call(raw.FPDFPageObj_GetFillColor, ctypes.c_int, *[where] * 5),
        bare_call(raw.FPDFPageObj_GetBounds, ctypes.c_int, *[where] * 5),
        bare_call(raw.FPDFPath_GetDrawMode, ctypes.c_int, *[where] * 3),
    )


@cache
def _object_functions() -> tuple[Any, Any, Any]:
    """The object of a page, the object of a form, the kind of an object."""
    where = ctypes.c_void_p
    return (
        bare_call(raw.FPDFPage_GetObject, where, where, ctypes.c_int),
        bare_call(raw.FPDFFormObj_GetObject, where, where, ctypes.c_ulong),
        bare_call(raw.FPDFPageObj_GetType, ctypes.c_int, where),
    )
