"""Whether a PDF page has the ruling lines of a table: its drawn paths are looked at before any table reader is."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.ingest.pdf_library import Box, Page, paths_of

_THIN = 3.0
"""Points: what is thinner is a line, what is thicker in both directions a frame."""
_LONG = 12.0


def has_ruling_lines(page: Page) -> bool:
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


def _lines(page: Page) -> Iterator[Box]:
    """Every thin or outlined path."""
    for box, outlined in paths_of(page):
        if outlined or min(box[2] - box[0], box[3] - box[1]) < _THIN:
            yield box
