"""Cells of ruled tables in a text PDF, through pdfplumber (imported here alone), only on pages with ruling lines."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any

import pdfplumber

from pipeline.ingest.pdf.file import PageError, PdfPage
from pipeline.ingest.pdf.words import turned

Box = tuple[float, float, float, float]
_THIN = 3.0


class TableReader:
    """The file opened a second time, when the first page with ruling lines is met; close it after use."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._pdf: Any = None

    def __enter__(self) -> TableReader:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._pdf is not None:
            self._pdf.close()

    def cells(self, number: int, page: PdfPage) -> list[list[Box]]:
        """For each table of the page (from 1) the boxes of its cells, in points of the page turned upright."""
        try:
            if self._pdf is None:
                self._pdf = pdfplumber.open(self._path)
            source = self._pdf.pages[number - 1]
            try:
                found = source.filter(_is_ruling).find_tables()
                return [[_placed(cell, source, page) for cell in table.cells] for table in found]
            finally:
                source.close()
        except Exception as error:  # pdfminer raises whatever a broken file or page makes it stumble over
            raise PageError(f"pdfplumber: {type(error).__name__}") from None


def _placed(cell: Box, source: Any, page: PdfPage) -> Box:
    """pdfplumber's box, measured on the page as shown, in the coordinates of our words."""
    left, top = (max(one, two) for one, two in zip(source.cropbox[:2], source.mediabox[:2], strict=True))
    x0, y0, x1, y1 = cell[0] - left, cell[1] - top, cell[2] - left, cell[3] - top
    turn = (page.content.rotation - page.shown_rotation) % 360
    if not turn:
        return x0, y0, x1, y1
    width, height = page.shown_size
    return turned((x0, height - y1, x1, height - y0), (0.0, 0.0, width, height), turn)


def _is_ruling(item: dict[str, Any]) -> bool:
    """Lines and outlines; no letters, and no shading behind text, which is filled and not drawn around."""
    if item["object_type"] == "char":
        return False
    shading = item["object_type"] == "rect" and not item.get("stroke") and min(item["width"], item["height"]) > _THIN
    return not shading
