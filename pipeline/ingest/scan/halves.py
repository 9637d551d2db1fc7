"""Two pages side by side in one picture: where the gutter between them runs, if there are two."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.scan.image import Grey, usual_level

_LYING = 1.2
"""Two standing pages side by side are so much wider than high."""
_MIDDLE = (0.4, 0.6)
_LEAST_GUTTER, _WIDE_GUTTER = 0.035, 0.07
"""Of the width: two inner margins. Columns of a table are parted by less than a wide one."""
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
    dark = grey[::step, ::step] < min(150, usual_level(grey[::4, ::4]) - 40)
    dark[:, dark.mean(axis=0) > _FOLD] = False
    gutter = _white(dark)
    if gutter is None:
        return None
    start, end = gutter
    left, right = _body(dark[:, :start]), _body(dark[:, end:])
    prose = [_is_prose(body) for body in (left, right) if body is not None]
    wide = end - start >= _WIDE_GUTTER * dark.shape[1]
    return int((start + end) // 2 * step) if len(prose) == 2 and (all(prose) or (wide and any(prose))) else None


def _white(dark: NDArray[np.bool_]) -> tuple[int, int] | None:
    """The widest white strip from top to bottom that holds or touches the middle of the picture."""
    height, width = dark.shape
    free = np.concatenate(([False], dark.sum(axis=0) <= max(1, height // 300), [False]))
    edges = np.flatnonzero(free[1:] != free[:-1]).reshape(-1, 2).tolist()
    near = [(start, end) for start, end in edges if start < _MIDDLE[1] * width and end > _MIDDLE[0] * width]
    start, end = max(near, key=lambda edge: edge[1] - edge[0], default=(0, 0))
    return (start, end) if end - start >= _LEAST_GUTTER * width else None


def _body(dark: NDArray[np.bool_]) -> NDArray[np.bool_] | None:
    """What is written on one page, cut to its borders; None where that takes less than half of the width."""
    inked = np.flatnonzero(dark.sum(axis=0) > 1)
    if not len(inked) or inked[-1] - inked[0] < 0.5 * dark.shape[1]:
        return None
    return dark[:, inked[0] : inked[-1] + 1]


def _is_prose(body: NDArray[np.bool_]) -> bool:
    """Lines enough, and many of them from border to border without a wide gap."""
    lines = _lines(body)
    full = sum(_is_full(body[top:bottom]) for top, bottom in lines)
    return len(lines) >= _LEAST_LINES and full >= max(_LEAST_LINES - 2, (1 - _MOST_OPEN) * len(lines))


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
