"""Ruled tables on a page's picture: lines found by morphology, cells by the white areas that they close in.

Lines may be solid, double, dotted or dashed, thin or broken; a table may lack its outer ones. Places are dots.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.scan.image import Box, Grey, Grid, strokes

Mask = NDArray[np.uint8]
_HIGH, _WIDE = 55, 28
"""The shortest upright and flat lines, as parts of the page's height and width."""
_INKED = 0.75
"""Of a gap between two strokes on one line: with less ink, and a line at either end, the gap is a merged cell."""
_OPEN = 0.2
"""A side with less of it ruled is open, where at least so many lines end at it:"""
_LEAST_ENDS = 3
_SHORT, _MOST_GAPS = 8, 5000
"""Dots of a gap that a worn line has, and how many gaps are looked at."""
_MEET = 9
"""Lines that come so near meet: double ones among them, whose corners are open."""
_DOT, _DOT_GAP = 6, 9
"""Dots and dashes of a line are at most so thick, and so far apart."""
_LEAST_DOTS, _TOUCHED = 40, 4
"""Dots on one line (marks over writing are fewer); times the shortest line: a gap whose dots touch letters."""


def find_grids(grey: Grey) -> tuple[list[Grid], Grey]:
    """Ruled tables (two columns or more), and the picture with their lines wiped out."""
    dark = _dark(grey)
    wide, tall = max(1, grey.shape[1] // _WIDE), max(1, grey.shape[0] // _HIGH)
    specks = _dotted_lines(dark, wide, tall)
    if not (specks[1].any() or _has_upright(dark, tall)):
        return [], grey
    flat, upright = _ruled(dark, specks, wide, tall)
    met = cv2.morphologyEx(cv2.bitwise_or(flat, upright), cv2.MORPH_CLOSE, np.ones((_MEET, _MEET), np.uint8))
    frame = np.asarray(cv2.dilate(met, np.ones((3, 3), np.uint8)), np.uint8)
    grids = _grids(frame, flat, upright)
    if not grids:
        return [], grey
    return grids, np.asarray(np.where(cv2.dilate(frame, np.ones((3, 3), np.uint8)) > 0, 255, grey), np.uint8)


def without_rules(grey: Grey) -> Grey:
    """A part of a page without the lines of tables that it cuts through."""
    dark = _dark(grey)
    width = grey.shape[1]
    lines = cv2.bitwise_or(strokes(dark, (width // _WIDE, 1)), strokes(dark, (1, width // _WIDE)))
    return np.asarray(np.where(cv2.dilate(lines, np.ones((5, 5), np.uint8)) > 0, 255, grey), np.uint8)


def _dark(grey: Grey) -> Mask:
    negative = cv2.bitwise_not(grey)
    binary = cv2.adaptiveThreshold(negative, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 25, -12)
    return np.asarray(binary, np.uint8)


def _has_upright(dark: Mask, tall: int) -> bool:
    """Whether there is a stroke of that height anywhere: told much sooner than where the strokes are."""
    run, length = dark, 1
    while length < tall:
        step = min(length, tall - length)
        run = np.minimum(run[:-step], run[step:])
        length += step
    return bool(run.any())


def _dotted_lines(dark: Mask, wide: int, tall: int) -> tuple[Mask, Mask]:
    """Flat and upright lines that are rows of dots or dashes."""
    none = np.zeros((1, 1), np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    wides, highs = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    flat = highs <= _DOT
    upright = wides <= _DOT
    found = []
    for part, place, size in ((flat, cv2.CC_STAT_TOP, (wide, 1)), (upright, cv2.CC_STAT_LEFT, (1, tall))):
        if np.bincount(stats[part, place] // 4, minlength=1).max() < _LEAST_DOTS:
            found.append(none)
            continue
        dots = part.astype(np.uint8)[labels] * np.uint8(255)
        gap = np.ones((_DOT_GAP, 1) if size[0] == 1 else (1, _DOT_GAP), np.uint8)
        pieces = strokes(np.asarray(cv2.morphologyEx(dots, cv2.MORPH_CLOSE, gap), np.uint8), size)
        found.append(_through_letters(pieces, dark, size))
    return found[0], found[1]


def _through_letters(pieces: Mask, dark: Mask, size: tuple[int, int]) -> Mask:
    """Pieces of dotted lines, joined where dots that touch letters go on between them."""
    kernel = np.ones((1, _TOUCHED * size[0]) if size[1] == 1 else (_TOUCHED * size[1], 1), np.uint8)
    gaps = np.asarray(cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, kernel), np.uint8) & ~pieces
    count, labels, stats, _ = cv2.connectedComponentsWithStats(np.asarray(gaps, np.uint8), connectivity=8)
    inked = cv2.dilate(dark, np.ones((3, 3), np.uint8))
    for at, (x, y, w, h, _area) in enumerate(stats[1 : min(count, _MOST_GAPS)].tolist(), start=1):
        area = slice(y, y + h), slice(x, x + w)
        own = labels[area] == at
        if inked[area][own].mean() >= 255 * _INKED:
            pieces[area][own] = 255
    return pieces


def _ruled(dark: Mask, specks: tuple[Mask, Mask], wide: int, tall: int) -> tuple[Mask, Mask]:
    """Flat and upright lines, small breaks closed; what parts merged cells stays open."""
    across, down = np.ones((1, wide), np.uint8), np.ones((tall, 1), np.uint8)
    flat = np.asarray(cv2.morphologyEx(dark, cv2.MORPH_OPEN, across), np.uint8) | specks[0]
    upright = np.asarray(cv2.morphologyEx(dark, cv2.MORPH_OPEN, down), np.uint8) | specks[1]
    whole_flat = np.asarray(cv2.morphologyEx(flat, cv2.MORPH_CLOSE, across), np.uint8)
    whole = np.asarray(cv2.morphologyEx(upright, cv2.MORPH_CLOSE, down), np.uint8)
    for y, x in _bridges(upright, whole, whole_flat, dark):
        whole[y, x] = upright[y, x]
    return whole_flat, whole


def _bridges(kept: Mask, closed: Mask, flat: Mask, dark: Mask) -> Iterator[tuple[slice, slice]]:
    """Where upright strokes were joined over a row that they do not part: from line to line, and hardly any ink."""
    gaps = closed & ~kept
    if not gaps.any():
        return
    inked = cv2.dilate(dark, np.ones((1, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(gaps, connectivity=8)
    for at, (x, y, w, h, _area) in enumerate(stats[1 : min(count, _MOST_GAPS)].tolist(), start=1):
        if h < _SHORT:
            continue
        down, across = slice(y, y + h), slice(x, x + w)
        ends = flat[max(0, y - _SHORT) : y + 2, across], flat[y + h - 2 : y + h + _SHORT, across]
        if all(end.any() for end in ends) and inked[down, across][labels[down, across] == at].mean() < 255 * _INKED:
            yield down, across


def _grids(frame: Mask, flat: Mask, upright: Mask) -> list[Grid]:
    """Each connected set of lines that closes at least two cells side by side."""
    outer, _ = cv2.findContours(frame, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    boxes = (cv2.boundingRect(line) for line in outer)
    if not any(_is_large(width, height, frame.shape) for _, _, width, height in boxes):
        return []  # told much sooner than what belongs together
    count, labels, stats, _ = cv2.connectedComponentsWithStats(frame, connectivity=8)
    grids = []
    for at in range(1, min(count, 200)):
        x, y, width, height = (int(v) for v in stats[at, :4])
        if not _is_large(width, height, frame.shape):
            continue
        area = slice(y, y + height), slice(x, x + width)
        lines = (labels[area] == at).astype(np.uint8)
        _close_sides(lines, flat[area], upright[area])
        _close_sides(lines.T, upright[area].T, flat[area].T)
        cells = _holes(lines, x, y)
        if len({round(cell[0] / 12) for cell in cells}) >= 2:
            grids.append(Grid(tuple(cells), (x, y, x + width, y + height)))
    return sorted(grids, key=lambda grid: grid.box[1])


def _is_large(width: int, height: int, page: tuple[int, ...]) -> bool:
    return width >= page[1] // 5 and height >= page[0] // 40


def _close_sides(lines: Mask, flat: Mask, upright: Mask) -> None:
    """Draws the left and the right border of a table into its lines where flat ones end at none."""
    height, width = lines.shape
    near = max(8, height // 150)
    for side, edge in ((slice(0, near), 0), (slice(width - near, width), width - 1)):
        ends = np.flatnonzero(flat[:, side].any(axis=1))
        runs = 1 + int((np.diff(ends) > _SHORT).sum()) if len(ends) else 0
        if runs >= _LEAST_ENDS and upright[ends[0] : ends[-1], side].any(axis=1).mean() < _OPEN:
            lines[ends, side] = 1
            lines[:, edge] = 1


def _holes(lines: Mask, left: int, top: int) -> list[Box]:
    """The white areas that lines close in, each grown to the middle of its lines."""
    count, _, stats, _ = cv2.connectedComponentsWithStats((1 - lines).astype(np.uint8), connectivity=4)
    height, width = lines.shape
    cells: list[Box] = []
    for x, y, w, h, _area in stats[1 : min(count, 5000)]:
        closed = x > 0 and y > 0 and x + w < width and y + h < height
        if closed and w > width / 80 and h > 12:
            cells.append((left + x - 3.0, top + y - 3.0, left + x + w + 3.0, top + y + h + 3.0))
    return sorted(cells, key=lambda cell: (cell[1], cell[0]))
