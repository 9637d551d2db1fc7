"""Pictures of pages, through OpenCV: their size, ink, red, frames and strokes.

A picture is height x width x 3 (BGR, 0 to 255); what comes out is grey, dark writing on white.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Box = tuple[float, float, float, float]
_DARK = 140
_LEAST_INK = 20
"""Marks of a letter's size that a few printed words make at least."""
_FAINT = 35
"""Levels of grey by which faint print is darker than the paper."""
SHARP = 0.5
"""The step between neighbouring dots at the border of a letter, as part of its darkness: print has more."""


class Drawn(NamedTuple):
    """A box to draw: dots of the picture, BGR, and a number in its corner or nothing."""

    edges: Box
    colour: tuple[int, int, int]
    number: str = ""


_LETTERS, _THINNEST, _MOST_PATCHES = 130, 0.03, 6
"""Dots to which a stamp's height is brought, its part that is red, and how many are looked at."""
_COARSE = 600
"""Dots across in which red stamps are looked for."""
_FRAMES_PART = 0.6
"""Of a page's height: where incoming mail is stamped."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one ruled table, in dots of the picture."""

    cells: tuple[Box, ...]
    box: Box


def usual_level(grey: Grey) -> int:
    """The median of a grey picture, rounded down: the paper's level. Counted, not sorted."""
    counts = np.cumsum(cv2.calcHist([grey], [0], None, [256], [0, 256]).ravel(), dtype=np.float64)
    low, high = np.searchsorted(counts, [(grey.size + 1) // 2, grey.size // 2 + 1])
    return int(low + high) // 2


def darkest(picture: NDArray[np.uint8]) -> Grey:
    """Of each dot the least of its three channels."""
    blue, green, red = cv2.split(picture)
    return np.asarray(cv2.min(cv2.min(blue, green), red), np.uint8)


def write_picture(picture: Grey, path: Path) -> None:
    """Uncompressed, for a program that reads it at once."""
    path.write_bytes(encoded(picture))


def encoded(picture: Grey) -> bytes:
    """The picture as a BMP file."""
    return cv2.imencode(".bmp", picture)[1].tobytes()


def smaller(picture: NDArray[np.uint8], factor: float) -> NDArray[np.uint8]:
    """Smaller by a factor (never larger), by halves first: a fifth of the time, and much the same picture."""
    factor = min(factor, 1.0)
    while factor <= 0.5 and min(picture.shape[:2]) > 1:
        picture = np.asarray(cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
        factor *= 2
    return _resized(picture, factor, cv2.INTER_LINEAR)


def write_png(picture: NDArray[np.uint8], path: Path) -> None:
    """Packed, for people. OSError."""
    path.write_bytes(cv2.imencode(".png", picture, [cv2.IMWRITE_PNG_COMPRESSION, 3])[1].tobytes())


def boxed(picture: NDArray[np.uint8], boxes: Sequence[Drawn]) -> NDArray[np.uint8]:
    """A coloured copy of a grey or BGR picture with boxes drawn on it."""
    copy = cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR) if picture.ndim == 2 else picture.copy()
    for box in boxes:
        x0, top, x1, bottom = (round(edge) for edge in box.edges)
        cv2.rectangle(copy, (x0, top), (x1, bottom), box.colour, 2)
        cv2.putText(copy, box.number, (x0 + 6, top + 26), cv2.FONT_HERSHEY_SIMPLEX, 0.9, box.colour, 2)
    return np.asarray(copy, np.uint8)


def scaled(picture: NDArray[np.uint8], factor: float) -> NDArray[np.uint8]:
    """Larger or smaller by a factor."""
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return _resized(picture, factor, way)


def _resized(picture: NDArray[np.uint8], factor: float, way: int) -> NDArray[np.uint8]:
    """Never less than one dot wide and high."""
    size = (max(1, round(factor * picture.shape[1])), max(1, round(factor * picture.shape[0])))
    return np.asarray(cv2.resize(picture, size, interpolation=way), np.uint8)


def with_red(picture: NDArray[np.uint8]) -> Grey:
    """Grey as red and black print alike is dark: the green channel."""
    return np.asarray(cv2.extractChannel(picture, 1), np.uint8)


def red_patches(picture: NDArray[np.uint8]) -> list[tuple[Box, Grey, Grey]]:
    """Red stamps in the upper part of a page that are no round seals: box in the picture's dots, patch turned level.

    Each twice, black on white: as it is, and with hollow letters filled and thin lines through them taken out.
    """
    step = max(1, picture.shape[1] // _COARSE)
    small = _red_ink(np.ascontiguousarray(picture[: int(_FRAMES_PART * picture.shape[0]) : step, ::step]))
    height, width = picture.shape[0] / step, small.shape[1]
    near = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((width // 80, width // 40), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(near, connectivity=8)
    found = []
    for at in range(1, min(count, 200)):
        x, y, w, h, _area = stats[at].tolist()
        fits = 0.06 * width < w < 0.45 * width and 0.012 * height < h < 0.15 * height and w > 1.4 * h
        if fits and small[y : y + h, x : x + w].mean() > _THINNEST:
            own = np.kron(labels[y : y + h, x : x + w] == at, np.ones((step, step), np.bool_))
            part = _red_ink(np.ascontiguousarray(picture[y * step : (y + h) * step, x * step : (x + w) * step]))
            part = np.where(own[: part.shape[0], : part.shape[1]], part, 0).astype(np.uint8)
            found.append(((float(x * step), float(y * step), float((x + w) * step), float((y + h) * step)), part))
    return [(box, *_levelled(part)) for box, part in found[:_MOST_PATCHES] if part.any()]


def _red_ink(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    blue, green, red = cv2.split(picture)
    return np.asarray(cv2.subtract(red, cv2.max(blue, green)) > 40, np.uint8)


def _levelled(ink: NDArray[np.uint8]) -> tuple[Grey, Grey]:
    points = cv2.findNonZero(ink)
    (x, y), sides, angle = cv2.minAreaRect(points)
    angle = (angle + 45) % 90 - 45
    turn = cv2.getRotationMatrix2D((x, y), angle, 1.0)
    turn[:, 2] += np.array([20, 20])
    size = (ink.shape[1] + 40, ink.shape[0] + 40)
    level = _unframed(np.asarray(cv2.warpAffine(ink * 255, turn, size, flags=cv2.INTER_LINEAR), np.uint8))
    factor = _LETTERS / max(min(sides), 1.0)
    large = cv2.resize(level, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC) if factor < 8 else level
    filled = cv2.morphologyEx((large > 127).astype(np.uint8) * 255, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    solid = cv2.morphologyEx(filled, cv2.MORPH_OPEN, np.ones((11, 11), np.uint8))
    return np.asarray(255 - level, np.uint8), np.asarray(255 - solid, np.uint8)


def _unframed(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Without straight strokes along the four sides: a stamp's own frame."""
    x, y, width, height = cv2.boundingRect(ink)
    part = ink[y : y + height, x : x + width]
    lines = cv2.bitwise_or(strokes(part, (width // 3, 1)), strokes(part, (1, height // 2)))
    lines[height // 6 : height - height // 6, width // 12 : width - width // 12] = 0
    kept = ink.copy()
    kept[y : y + height, x : x + width][cv2.dilate(lines, np.ones((3, 3), np.uint8)) > 0] = 0
    return kept


def has_ink(grey: Grey) -> bool:
    """Whether anything is written, away from the borders where scanners leave shadows.

    Dark print counts, and faint print where it is sharp: the back's print shining through is blurred.
    """
    height, width = grey.shape
    inner = grey[height // 40 : height - height // 40, width // 40 : width - width // 40]
    small = smaller(inner, 800 / width)
    paper = usual_level(small)
    if _letters(small < min(_DARK, paper - 50)) >= _LEAST_INK:
        return True
    faint = small < paper - _FAINT
    if _letters(faint) < _LEAST_INK:
        return False
    return edge_sharpness(inner, np.asarray(inner < paper - _FAINT), paper) > SHARP


def _letters(dark: NDArray[np.bool_]) -> int:
    """Marks of a letter's height and more."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark.astype(np.uint8), connectivity=8)
    tall = (stats[1:, cv2.CC_STAT_AREA] >= 6) & (stats[1:, cv2.CC_STAT_HEIGHT] >= 3)
    return int(tall.sum())


def edge_sharpness(grey: Grey, marked: NDArray[np.bool_], paper: int) -> float:
    """How sharply what is marked is drawn, 0 to 1: the median of the steepest step nearby over the darkness nearby."""
    near = np.ones((9, 9), np.uint8)
    step = cv2.dilate(cv2.morphologyEx(grey, cv2.MORPH_GRADIENT, np.ones((2, 2), np.uint8)), near)
    depth = paper - cv2.erode(grey, near)[marked].astype(np.float32)
    return float(np.median(step[marked] / np.maximum(depth, 1)))


def find_frames(grey: Grey) -> tuple[list[Box], Grey]:
    """Boxes drawn around a few words in the upper part of a page, whole or with gaps; and the page without lines."""
    height, width = grey.shape
    dark = np.asarray(grey[: int(_FRAMES_PART * height)] < _DARK, np.uint8)
    flat, upright = strokes(dark, (width // 20, 1)), strokes(dark, (1, height // 60))
    lines = cv2.dilate(cv2.bitwise_or(flat, upright), np.ones((5, 5), np.uint8))
    plain = grey.copy()
    plain[: lines.shape[0]][lines > 0] = 255
    count, _, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    frames: list[Box] = []
    for x, y, w, h, _area in sorted(stats[1 : min(count, 200)].tolist(), key=lambda found: -found[2] * found[3]):
        fits = 0.08 * width < w < 0.45 * width and 0.02 * height < h < 0.35 * height
        if fits and not any(f[0] <= x + w / 2 <= f[2] and f[1] <= y + h / 2 <= f[3] for f in frames):
            frames.append((x, y, x + w, y + h))
    return frames, plain


def strokes(dark: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    """Straight strokes at least that long, small breaks closed."""
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (max(1, size[0]), max(1, size[1])))
    kept = cv2.morphologyEx(dark, cv2.MORPH_OPEN, kernel)
    return np.asarray(cv2.morphologyEx(kept, cv2.MORPH_CLOSE, kernel), np.uint8)


def letter_boxes(grey: Grey) -> list[Box]:
    """The boxes, in dots, of dark spots as large as letters on a page, about 60 to 120 of them high."""
    lines = grey.shape[0] / 60
    dark = (grey < min(_DARK, usual_level(grey) - 50)).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    high, wide = stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_WIDTH]
    letters = (high > lines / 5) & (high < lines * 1.5) & (wide < lines * 4) & (wide > lines / 12)
    return [(float(x), float(y), float(x + w), float(y + h)) for x, y, w, h, _ in stats[1:][letters[1:]]]


def flat_marks(grey: Grey, within: Box, height: float, paper: int) -> list[Box]:
    """Boxes of short flat strokes inside a part of the picture: dashes beside writing of that height (dots).

    `paper` is the usual level of the whole picture. What reaches over the part's border is seen cut off there.
    """
    x0, top, x1, bottom = max(0, int(within[0])), max(0, int(within[1])), int(within[2]) + 1, int(within[3]) + 1
    dark = (grey[top:bottom, x0:x1] < min(_DARK + 20, paper - 40)).astype(np.uint8)
    if not dark.any():
        return []
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    left, upper, wide, high, area = stats[1:].T
    flat = (high <= max(3.0, 0.25 * height)) & (high >= 2) & (wide >= 2.0 * high) & (area >= 0.6 * wide * high)
    sized = (wide >= 0.18 * height) & (wide <= 1.3 * height)
    kept = [(int(x0 + left[i]), int(top + upper[i]), int(wide[i]), int(high[i])) for i in np.flatnonzero(flat & sized)]
    return [(float(x), float(y), float(x + w), float(y + h)) for x, y, w, h in kept]
