"""What a pen left in a printed frame: the frame's gap as ink, without the print beside it, rules, dots and specks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.hand.glyph import Ink
from pipeline.ingest.hand.window import EM, Window
from pipeline.records import HandKind

Box = tuple[int, int, int, int]
"""left, top, right, bottom in dots, right and bottom exclusive."""
_MOST_INK = 12_000
"""Dots of ink in one gap; more is no writing."""
_BLUE = 35
"""By so much blue stands out from red in a blue pen's ink."""
_ASTRAY, _BEYOND = 0.8, 0.15
"""Em by which the engine's boxes put the frame's edges too far to the right, too far to the left."""
_NEAR_SLASH = 0.9


@dataclass(frozen=True, slots=True)
class Blot:
    """Connected ink: where it stands in the crop, and its own dots."""

    box: Box
    ink: Ink

    @property
    def width(self) -> int:
        return self.box[2] - self.box[0]

    @property
    def height(self) -> int:
        return self.box[3] - self.box[1]

    @property
    def centre(self) -> float:
        return (self.box[0] + self.box[2]) / 2


@dataclass(frozen=True, slots=True)
class Crop:
    """The pen's blots in a crop `height` x `width` dots; `base` and `em` in its dots; `dense` when too black."""

    blots: tuple[Blot, ...]
    height: int
    width: int
    base: float
    em: float
    dense: bool = False


def read_ink(window: Window) -> Iterator[Crop]:
    """The pen's ink, cut where the frame's words end; then other ways to cut it, where their ends are not sure."""
    gap = window.gap
    height, width = window.picture.shape[:2]
    empty = Crop((), height, width, (gap.base - window.box[1]) * window.dots, float(EM))
    left, right = ((edge - window.box[0]) * window.dots for edge in (gap.left, gap.right))
    ink = _without_rules(_dark(window.grey()))
    pen = _blue_pen(ink, window.picture, left, right)
    if (ink if pen is None else pen).sum() > _MOST_INK:
        yield replace(empty, dense=True)
    elif pen is not None:
        yield _crop(empty, pen)
    else:
        ways = _ways(ink, gap.kind, left, right, empty)
        yield from (_crop(empty, _between(ink, *way)) for way in ways if way[1] - way[0] > 0.3 * EM or way == ways[0])


def _ways(ink: Ink, kind: HandKind, left: float, right: float, crop: Crop) -> list[tuple[int, int]]:
    """From which column to which the gap may go, the likeliest first."""
    if kind != "number":
        others = [(a, b) for a in _valleys(ink, left) for b in _valleys(ink, right)]
        return [(round(left), round(right)), *others]
    left, right, slash = _number_edges(list(blots_of(ink)), left, right, crop)
    others = [] if slash else [(round(left), edge) for edge in _valleys(ink, right)]
    return [(round(left), round(right)), *others]


def _between(ink: Ink, left: int, right: int) -> Ink:
    columns = np.arange(ink.shape[1])
    return np.asarray(ink & (columns >= left) & (columns < right))


def _valleys(ink: Ink, edge: float) -> list[int]:
    """The middles of white columns near an edge of print; the edge itself where there is none."""
    first, last = max(0, round(edge - _ASTRAY * EM)), round(edge + _BEYOND * EM)
    columns = np.arange(ink.shape[1])
    white = np.asarray((ink.sum(axis=0) == 0) & (columns >= first) & (columns < last))
    starts = np.flatnonzero(white & ~np.r_[False, white[:-1]])
    ends = np.flatnonzero(white & ~np.r_[white[1:], False])
    return [int(a + b) // 2 for a, b in zip(starts, ends, strict=True)] or [round(edge)]


def blots_of(ink: Ink) -> Iterator[Blot]:
    """Connected ink (corners count), left to right."""
    left = set(zip(*(place.tolist() for place in np.nonzero(ink)), strict=True))
    found = []
    while left:
        found.append(_blot(_flood(left)))
    yield from sorted(found, key=lambda blot: blot.box[0])


def _flood(left: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """One connected set of dots, taken out of `left`."""
    stack = [left.pop()]
    dots = []
    while stack:
        row, column = stack.pop()
        dots.append((row, column))
        for near in [(row + down, column + across) for down in (-1, 0, 1) for across in (-1, 0, 1)]:
            if near in left:
                left.remove(near)
                stack.append(near)
    return dots


def _blot(dots: list[tuple[int, int]]) -> Blot:
    rows, columns = np.array(dots).T
    top, left = int(rows.min()), int(columns.min())
    ink = np.zeros((int(rows.max()) - top + 1, int(columns.max()) - left + 1), np.bool_)
    ink[rows - top, columns - left] = True
    return Blot((left, top, left + ink.shape[1], top + ink.shape[0]), ink)


def _crop(empty: Crop, ink: Ink) -> Crop:
    blots = [blot for blot in blots_of(ink) if _is_pen(blot, empty)]
    return Crop(tuple(blots), empty.height, empty.width, empty.base, empty.em)


def _dark(part: NDArray[np.uint8]) -> Ink:
    """Darker than the middle between paper and ink."""
    paper, ink = float(np.percentile(part, 80)), float(np.percentile(part, 1))
    return np.asarray(part < min(paper - 40, (paper + ink) / 2 + 10))


def _without_rules(ink: Ink) -> Ink:
    """Without long thin strokes that cross the crop: folds, borders, a printed line to write on."""
    thick = round(0.1 * EM)
    for across in (ink, ink.T):
        runs = across.mean(axis=1) > 0.8
        starts = np.flatnonzero(runs & ~np.r_[False, runs[:-1]])
        ends = np.flatnonzero(runs & ~np.r_[runs[1:], False]) + 1
        for start, end in zip(starts, ends, strict=True):
            if end - start <= thick:
                above = across[start - 1] if start else np.zeros(across.shape[1], np.bool_)
                below = across[end] if end < len(across) else np.zeros(across.shape[1], np.bool_)
                across[start:end] &= above & below
    return ink


def _blue_pen(ink: Ink, picture: NDArray[np.uint8], left: float, right: float) -> Ink | None:
    """The blue ink, where most of what stands in the gap's middle is blue and the print beside it is not."""
    pen = ink & (picture[..., 0].astype(int) - picture[..., 2] > _BLUE)
    middle = slice(round(left + 0.15 * EM), max(1, round(right - 0.15 * EM)))
    inside, blues = int(ink[:, middle].sum()), int(pen[:, middle].sum())
    outside, print_blues = int(ink.sum()) - inside, int(pen.sum()) - blues
    return pen if blues > 0.6 * inside and blues > 20 and print_blues < 0.5 * max(1, outside) else None


def _number_edges(blots: list[Blot], left: float, right: float, crop: Crop) -> tuple[float, float, bool]:
    """After the colon's dots, before the slash; whether the slash was seen."""
    dots = [blot for blot in blots if max(blot.width, blot.height) < 0.25 * EM]
    colon = [dot for dot in dots if abs(dot.box[2] - left) < 0.5 * EM and dot.box[1] > crop.base - 0.6 * EM]
    if colon:
        left = max(dot.box[2] for dot in colon if dot.box[2] - colon[0].box[0] < 0.3 * EM)
    slashes = [blot for blot in blots if _is_slash(blot, crop) and abs(blot.box[0] - right) < _NEAR_SLASH * EM]
    return left, max((slash.box[0] for slash in slashes), default=right), bool(slashes)


def _is_slash(blot: Blot, crop: Crop) -> bool:
    """A straight stroke that leans to the right, from the base line to the capitals' height."""
    shape = 0.15 < blot.width / max(1, blot.height) < 0.6
    placed = abs(blot.box[3] - crop.base) < 0.25 * crop.em and 0.55 < blot.height / crop.em < 0.85
    if not (shape and placed):
        return False
    rows, columns = np.nonzero(blot.ink)
    return bool(np.corrcoef(rows, columns)[0, 1] < -0.9)


def _is_pen(blot: Blot, crop: Crop) -> bool:
    """Large enough, and neither of the line above nor of the one below."""
    if max(blot.width, blot.height) < 0.2 * crop.em:
        return False
    middle = crop.base - 0.35 * crop.em
    return blot.box[1] < crop.base - 0.1 * crop.em and blot.box[3] > middle - 0.35 * crop.em and blot.box[3] > 0
