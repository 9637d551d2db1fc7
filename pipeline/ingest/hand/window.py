"""A printed frame's gap cut out of the page's own picture, turned upright and brought to one size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.hand.frames import Gap

EM = 40
"""Dots a window's print is large."""
_ABOVE, _BELOW, _BESIDE = 1.25, 0.6, 0.9
"""Em around the gap, from its base line, that a hand reaches."""
_RED = 40
"""By so much red stands out from the other channels in a stamp's ink."""
_FADING = 1.35
"""A stamp's red is not full: lifted so far it is white, and black print under it still black."""


@dataclass(frozen=True, slots=True)
class Window:
    """A gap with its surroundings: `box` in points, the part of the picture (BGR) with `dots` to a point."""

    gap: Gap
    box: tuple[float, float, float, float]
    picture: NDArray[np.uint8]
    dots: float

    def grey(self) -> NDArray[np.uint8]:
        """Grey, a stamp's red faded; a blue pen stays."""
        blue, green, red = (self.picture[..., at].astype(float) for at in range(3))
        grey = 0.114 * blue + 0.587 * green + 0.299 * red
        faded = np.clip(np.maximum(red, grey) * _FADING, 0, 255)
        return np.asarray(np.where(red - np.maximum(blue, green) > _RED, faded, grey), np.uint8)


def open_window(picture: NDArray[np.uint8], size: tuple[float, float], angle: float, gap: Gap) -> Window:
    """Cut out of the page's picture (BGR, before any cleaning), turned upright by `angle` degrees about its middle."""
    left, right = gap.left - _BESIDE * gap.em, gap.right + _BESIDE * gap.em
    top, bottom = gap.base - _ABOVE * gap.em, gap.base + _BELOW * gap.em
    dots = EM / gap.em
    across = np.arange(left, right, 1 / dots) / size[0] * picture.shape[1]
    down = np.arange(top, bottom, 1 / dots) / size[1] * picture.shape[0]
    x, y = np.meshgrid(across - picture.shape[1] / 2, down - picture.shape[0] / 2)
    lean = np.radians(angle)
    x, y = x * np.cos(lean) - y * np.sin(lean), x * np.sin(lean) + y * np.cos(lean)
    cut = _mixed(picture, x + picture.shape[1] / 2, y + picture.shape[0] / 2)
    return Window(gap, (left, top, right, bottom), cut, dots)


def _mixed(picture: NDArray[np.uint8], x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.uint8]:
    """The picture at fractional places, mixed from the four dots around each."""
    last, lowest = picture.shape[1] - 1, picture.shape[0] - 1
    x, y = np.clip(x, 0, max(0.0, last - 0.001)), np.clip(y, 0, max(0.0, lowest - 0.001))
    column, row = x.astype(int), y.astype(int)
    right, low = (x - column)[..., None], (y - row)[..., None]
    beside, below = np.minimum(column + 1, last), np.minimum(row + 1, lowest)
    top = picture[row, column] * (1 - right) + picture[row, beside] * right
    under = picture[below, column] * (1 - right) + picture[below, beside] * right
    return np.asarray(top * (1 - low) + under * low, np.uint8)
