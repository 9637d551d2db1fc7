"""How far a page leans, turned upright; and whether its lines stand on end.

A picture is height x width (grey) or x 3 (BGR, 0 to 255); angles are degrees.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.scan.image import Grey, smaller, strokes, usual_level

_DARKER, _PALEST = 30, 180
"""Levels by which print is darker than the paper, and its palest on white paper."""
_AS_SHARP = 0.99
"""Of two angles with as sharp rows the smaller is taken: each turn blurs the print."""
_STANDING = 1.8
"""Times as sharp as those of rows are the borders of columns where lines run upright."""


def deskewed(grey: Grey, angle: float) -> Grey:
    """Turned upright when the lines of text lean by an angle of more than 0.3 degrees."""
    if abs(angle) <= 0.3:
        return grey
    height, width = grey.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return np.asarray(cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=255), np.uint8)


def skew(grey: Grey) -> float:
    """Degrees by which the text leans (at most 6; positive: it falls to the right), by the sharpest row profile."""
    rough = _dark_dots(smaller(grey, 600 / max(grey.shape)))
    coarse = max((a / 2 for a in range(-12, 13)), key=lambda a: (_sharpness(rough, a), -abs(a)))
    fine = _dark_dots(smaller(grey, min(1.0, 1200 / max(grey.shape))))
    sharp = {angle: _sharpness(fine, angle) for angle in (round(coarse + a / 10, 1) for a in range(-4, 5))}
    return min((angle for angle in sharp if sharp[angle] >= _AS_SHARP * max(sharp.values())), key=abs)


def _dark_dots(small: Grey) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Rows and columns of what is written."""
    rows, columns = np.nonzero(small < min(_PALEST, usual_level(small) - _DARKER))
    return rows, columns


def lines_stand(picture: NDArray[np.uint8]) -> bool:
    """Whether lines of text run up or down the page and not across it; `picture` is BGR. Rules don't count."""
    small = np.asarray(cv2.cvtColor(smaller(picture, 600 / max(picture.shape)), cv2.COLOR_BGR2GRAY), np.uint8)
    dark = (small < min(_PALEST, usual_level(small) - _DARKER)).astype(np.uint8)
    rules = cv2.bitwise_or(strokes(dark, (40, 1)), strokes(dark, (1, 40)))
    rows, columns = np.nonzero(np.where(cv2.dilate(rules, np.ones((3, 3), np.uint8)) > 0, 0, dark))
    return _sharpest((columns, rows)) > _STANDING * max(_sharpest((rows, columns)), 1.0)


def _sharpest(dots: tuple[NDArray[np.intp], NDArray[np.intp]]) -> float:
    """The sharpest row profile of a page that may lie askew: at no angle are a table's columns as sharp as lines."""
    return max(_sharpness(dots, half / 2) for half in range(-6, 7))


def _sharpness(dots: tuple[NDArray[np.intp], NDArray[np.intp]], angle: float) -> float:
    """How much the number of dark dots changes from row to row when the page is turned by an angle."""
    rows, columns = dots
    if not len(rows):
        return 0.0
    turn = np.deg2rad(angle)
    turned = np.rint(rows * np.cos(turn) - columns * np.sin(turn)).astype(np.intp)
    profile = np.bincount(turned - turned.min()).astype(np.float64)
    return round(float(((profile[1:] - profile[:-1]) ** 2).sum()), 3)
