"""Whether a PDF page has the ruling lines of a table: its drawn paths are looked at before any table reader is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.ingest.pdf.library import Box

_THIN = 3.0
"""Points: what is thinner is a line, what is thicker in both directions a frame."""
_LONG = 12.0
_LETTER = (1.5, 30.0)
"""How wide and how high, in points, a letter drawn as a curve is."""
_MANY_LETTERS = 120


def has_ruling_lines(paths: Iterable[tuple[Box, bool]]) -> bool:
    """True where enough thin lines run both ways for a table of two cells; `paths`: boxes, and whether drawn around.

    An underline, a frame around one word and the shading behind text are no table.
    """
    flat, upright = [], []
    for left, bottom, right, top in _lines(paths):
        if right - left > _LONG:
            flat += [bottom, top] if top - bottom > _THIN else [bottom]
        if top - bottom > _LONG:
            upright += [left, right] if right - left > _THIN else [left]
    rows, columns = len(_apart(flat)) - 1, len(_apart(upright)) - 1
    return rows >= 1 and columns >= 1 and rows * columns >= 2


def drawn_writing(paths: Sequence[tuple[Box, bool]]) -> list[Box]:
    """The place of writing that is drawn as curves: where many filled paths are as large as letters."""
    least, most = _LETTER
    letters = [
        box
        for box, outlined in paths
        if not outlined and least < box[2] - box[0] < most and 2 * least < box[3] - box[1] < most
    ]
    if len(letters) < _MANY_LETTERS:
        return []
    left, bottom, right, top = zip(*letters, strict=True)
    return [(min(left), min(bottom), max(right), max(top))]


def _apart(places: list[float]) -> list[float]:
    """The places that are at least 5 points from the last one kept."""
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > 5:
            kept.append(place)
    return kept


def _lines(paths: Iterable[tuple[Box, bool]]) -> Iterator[Box]:
    """Every thin or outlined path."""
    for box, outlined in paths:
        if outlined or min(box[2] - box[0], box[3] - box[1]) < _THIN:
            yield box
