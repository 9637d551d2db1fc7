"""Whether a PDF page has the ruling lines of a table: its drawn paths are looked at before any table reader is."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2.raw as pdfium

Box = tuple[float, float, float, float]
_THIN = 3.0
"""Points: what is thinner is a line, what is thicker in both directions a frame."""
_LONG = 12.0
_MOST_OBJECTS = 60_000


def has_ruling_lines(page: pdfium.FPDF_PAGE) -> bool:
    """True where enough thin lines run both ways for a table of two cells.

    An underline, a frame around one word and the shading behind text are no table.
    """
    flat, upright = [], []
    for left, bottom, right, top in _lines(page):
        if right - left > _LONG:
            flat += [bottom, top] if top - bottom > _THIN else [bottom]
        if top - bottom > _LONG:
            upright += [left, right] if right - left > _THIN else [left]
    rows, columns = len(_apart(flat)) - 1, len(_apart(upright)) - 1
    return rows >= 1 and columns >= 1 and rows * columns >= 2


def _apart(places: list[float]) -> list[float]:
    """The places that are at least 5 points from the last one kept."""
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > 5:
            kept.append(place)
    return kept


def _lines(page: pdfium.FPDF_PAGE) -> Iterator[Box]:
    """Left, bottom, right, top of every thin or outlined path."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    refs = tuple(ctypes.byref(edge) for edge in (left, bottom, right, top))
    for path in _paths(page):
        if pdfium.FPDFPageObj_GetBounds(path, *refs):
            box = (left.value, bottom.value, right.value, top.value)
            if min(box[2] - box[0], box[3] - box[1]) < _THIN or _stroked(path):
                yield box


def _stroked(path: pdfium.FPDF_PAGEOBJECT) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    return bool(stroke.value)


def _paths(page: pdfium.FPDF_PAGE) -> Iterator[pdfium.FPDF_PAGEOBJECT]:
    """The paths of the page and of the forms on it."""
    for index in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        item = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield item
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            inner = range(min(pdfium.FPDFFormObj_CountObjects(item), _MOST_OBJECTS))
            items = (pdfium.FPDFFormObj_GetObject(item, at) for at in inner)
            yield from (i for i in items if pdfium.FPDFPageObj_GetType(i) == pdfium.FPDF_PAGEOBJ_PATH)
