"""Two pages side by side in one picture: where the gutter between them runs, if there are two."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.page_image import Grey

_LYING = 1.2
"""Two standing pages side by side are so much wider than high."""
_MIDDLE = (0.4, 0.6)
_LEAST_GUTTER = 0.035
"""Of the width: two inner margins."""
_LEAST_LINES = 6
_FULL_LINE, _MOST_OPEN = 0.6, 0.6
"""A line of prose fills this part of its page's body; no more of the lines than this are shorter: a table's are."""
_FOLD = 0.7
"""A column of dots so dark over the height is the fold's shadow, no print."""


def find_gutter(grey: Grey) -> int | None:
    """The dot at which two pages part; None for one page, and for a table or a heading that runs over the middle."""
    height, width = grey.shape
    if width < _LYING * height:
        return None
    step = max(1, width // 1200)
    dark = grey[::step, ::step] < min(150, int(np.median(grey[::4, ::4])) - 40)
    dark[:, dark.mean(axis=0) > _FOLD] = False
    gutter = _white(dark)
    if gutter is None:
        return None
    start, end = gutter
    if _is_body(dark[:, :start]) and _is_body(dark[:, end:]):
        return int((start + end) // 2 * step)
    return None


def _white(dark: NDArray[np.bool_]) -> tuple[int, int] | None:
    """The widest white strip from top to bottom that holds or touches the middle of the picture."""
    height, width = dark.shape
    free = np.concatenate(([False], dark.sum(axis=0) <= max(1, height // 300), [False]))
    edges = np.flatnonzero(free[1:] != free[:-1]).reshape(-1, 2).tolist()
    near = [(start, end) for start, end in edges if start < _MIDDLE[1] * width and end > _MIDDLE[0] * width]
    start, end = max(near, key=lambda edge: edge[1] - edge[0], default=(0, 0))
    return (start, end) if end - start >= _LEAST_GUTTER * width else None


def _is_body(dark: NDArray[np.bool_]) -> bool:
    """Lines of prose: enough of them, and most from border to border without a wide gap."""
    inked = np.flatnonzero(dark.sum(axis=0) > 1)
    if not len(inked):
        return False
    body = dark[:, inked[0] : inked[-1] + 1]
    lines = _lines(body)
    if len(lines) < _LEAST_LINES or body.shape[1] < 0.5 * dark.shape[1]:
        return False
    full = sum(_is_full(body[top:bottom]) for top, bottom in lines)
    return full >= max(_LEAST_LINES - 2, (1 - _MOST_OPEN) * len(lines))


def _lines(body: NDArray[np.bool_]) -> list[tuple[int, int]]:
    rows = np.concatenate(([False], body.sum(axis=1) > 1, [False]))
    edges = np.flatnonzero(rows[1:] != rows[:-1]).reshape(-1, 2)
    return [(top, bottom) for top, bottom in edges.tolist() if bottom - top >= 4]


def _is_full(line: NDArray[np.bool_]) -> bool:
    """From near the left border to beyond the middle and more, with no gap as wide as between columns."""
    inked = np.flatnonzero(line.any(axis=0))
    width = line.shape[1]
    gaps = np.diff(inked)
    return bool(inked[-1] - inked[0] >= _FULL_LINE * width and gaps.max(initial=0) < 0.06 * width)
