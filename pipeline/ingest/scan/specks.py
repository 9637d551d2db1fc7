"""Dust on a coarse scan: single dark pixels that, once the picture is enlarged, the engine would read as full stops."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_REACH = 4
"""Pixels: print has other print this near."""
_DARK = 170
_DUST = 460
"""Darkness of not quite two black pixels; a full stop in small print, at 100 dots an inch, has 600 and more."""


def without_specks(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """`picture` (height x width x 3) with every dark spot of one or two pixels that stands alone painted over.

    Meant for scans under 150 dpi; a spot nearer than four pixels to other print may be its mark, and stays. Of print
    smaller than 9 points at 100 dpi a lone full stop is one pixel, too, and goes.
    """
    light = picture.max(axis=2)
    darkness = np.where(light < _DARK, 255 - light.astype(np.int64), 0)
    spots = (darkness > 0) & (_around(darkness, _REACH) <= _DUST)
    if not spots.any():
        return picture
    clean = picture.copy()
    clean[_around(spots.astype(np.int64), 1) > 0] = np.median(light)
    return clean


def _around(values: NDArray[np.int64], reach: int) -> NDArray[np.int64]:
    """The sum over the square of `reach` pixels to every side of each pixel."""
    side = 2 * reach + 1
    sums = np.pad(values, ((reach + 1, reach), (reach + 1, reach))).cumsum(axis=0).cumsum(axis=1)
    total: NDArray[np.int64] = sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side]
    return total
