"""What lies over the paper and is no print, taken out through OpenCV: seals, shadows at the edges, punch holes,
uneven light, and the print of the back shining through. What a page does not have is not looked for in vain: the
picture comes back as it went in, the same object.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.scan.image import SHARP, Grey, edge_sharpness, smaller, usual_level

_COLOURED = 40
"""How far a stamp's own colour stands out over the others."""
_TINGED, _LIGHT, _SPREAD_MM = 15, 150, 1.5
"""A stamp's thin strokes, whose colour a JPEG smeared, stand out less; they are light and lie near to full colour."""
_UPPER = 0.5
"""Stamps with small print (incoming mail) stand in this upper part of a page. Below it a seal lies over offices and
names, whose thin edges would go with it."""
_FADING = 1.35
"""A stamp's red is not full: lifted so far, its channel is white, and black print under it still black."""
_ROUND = (22.0, 55.0)
"""Millimetres: how wide round stamps are, their blurred rims included."""
_RIM_ANGLES = 72
_RIM_COVERED = 0.8
"""The share of directions from its middle in which a round stamp's rim is seen; a signature fills far fewer."""
_SMALL_DPI = 50
"""Shadows and holes are looked for in a picture of so many dots an inch."""
_MOST_EDGE = 0.5
"""No more of a page than this is shadow."""
_HOLE = (4.0, 10.0)
_MARGIN = 0.13
"""Punch holes stand in this outer part of the page."""
_BLACK = 60
"""Paper in no shadow is so dark: that is the scanner's lid."""
_EVEN = 0.86
"""Light is even where the darkest part of the bare paper is no darker than this part of the lightest."""

_FAINT_FROM = 20
"""Levels of grey by which the back's print is darker than the paper, at least."""
_LEAST_PRINT, _LEAST_FAINT = 0.004, 0.008
"""Shares of the page."""


def without_stamps(picture: NDArray[np.uint8], dpi: float) -> Grey:
    """Grey, with stamps and seals faded: red wherever it stands out, blue and violet only in round stamps.

    `picture` is BGR. A hand's blue writing stays: it makes no rim.
    """
    blue, green, red = cv2.split(picture)
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    redness = cv2.subtract(red, cv2.max(blue, green))
    reddish = redness > _COLOURED
    if reddish.any():
        reddish = _with_tinged(reddish, (redness > _TINGED) & (red > _LIGHT), dpi)
        faded = cv2.convertScaleAbs(cv2.max(red, grey), alpha=_FADING)
        grey = np.where(reddish, faded, grey)
    bluish = np.asarray(cv2.subtract(blue, cv2.min(green, red)) > _COLOURED)
    if bluish.any() and (rounds := _round_stamps(bluish, dpi)).any():
        faded = cv2.convertScaleAbs(cv2.max(blue, grey), alpha=_FADING)
        grey = np.where(rounds & bluish, faded, grey)
    return np.asarray(grey, np.uint8)


def _with_tinged(full: NDArray[np.bool_], tinged: NDArray[np.bool_], dpi: float) -> NDArray[np.bool_]:
    """Full colour and what is tinged near it: left grey, the small print of a stamp is read into the paper's."""
    reach = 2 * round(_SPREAD_MM / 25.4 * dpi) + 1
    upper = slice(0, int(_UPPER * full.shape[0]))
    near = cv2.dilate(full[upper].astype(np.uint8), np.ones((reach, reach), np.uint8)) > 0
    return np.concatenate((full[upper] | (tinged[upper] & near), full[upper.stop :]))


def _round_stamps(bluish: NDArray[np.bool_], dpi: float) -> NDArray[np.bool_]:
    """Where coloured rims close circles of a stamp's size."""
    small = smaller(bluish.astype(np.uint8) * 255, _SMALL_DPI / dpi)
    inked = cv2.dilate((small > 40).astype(np.uint8), np.ones((3, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(inked, connectivity=8)
    least, most = (size / 25.4 * _SMALL_DPI for size in _ROUND)
    discs = np.zeros(small.shape, np.uint8)
    for at in range(1, min(count, 500)):
        x, y, width, height = (int(v) for v in stats[at, :4])
        if least <= min(width, height) and max(width, height) <= min(most, 1.3 * min(width, height)):
            part = labels[y : y + height, x : x + width] == at
            if _rim(part) >= _RIM_COVERED:
                middle, radii = (x + width // 2, y + height // 2), (width // 2 + 1, height // 2 + 1)
                cv2.ellipse(discs, middle, radii, 0, 0, 360, 1, -1)
    full = cv2.resize(discs, (bluish.shape[1], bluish.shape[0]), interpolation=cv2.INTER_NEAREST)
    return np.asarray(full > 0)


def _rim(part: NDArray[np.bool_]) -> float:
    """The share of directions from the middle in which there is ink in the outermost fifth of the way."""
    rows, columns = np.nonzero(part)
    across = (columns - (part.shape[1] - 1) / 2) / (part.shape[1] / 2)
    down = (rows - (part.shape[0] - 1) / 2) / (part.shape[0] / 2)
    outer = np.hypot(across, down) > 0.8
    turns = np.arctan2(down[outer], across[outer]) / (2 * np.pi) * _RIM_ANGLES
    return len(np.unique(np.floor(turns))) / _RIM_ANGLES


def without_edges(grey: Grey, dpi: float) -> Grey:
    """The black that scanners leave beside the paper whitened: broad at an edge (a wedge on a slanted page), or a line
    along it. What hangs on it and is thin, such as a table's rule, stays."""
    small = _small(grey, dpi)
    dark = (small < min(110, usual_level(small) - 60)).astype(np.uint8)
    if not _rims(dark).any():
        return grey
    broad = cv2.morphologyEx(cv2.copyMakeBorder(dark, 4, 4, 4, 4, cv2.BORDER_REPLICATE), cv2.MORPH_OPEN, _disc(5))
    shadow = _at_edges(np.asarray(broad[4:-4, 4:-4], np.uint8)) | _edge_lines(dark)
    if not shadow.any() or shadow.mean() > _MOST_EDGE:
        return grey
    return _whitened(grey, cv2.dilate(shadow.astype(np.uint8), _disc(5)))


def without_holes(grey: Grey, dpi: float) -> Grey:
    """Punch holes whitened: solid dark discs in the margins."""
    small = _small(grey, dpi)
    dark = (small < usual_level(small) - 60).astype(np.uint8)
    solid = cv2.morphologyEx(dark, cv2.MORPH_OPEN, _disc(5))
    count, labels, stats, centres = cv2.connectedComponentsWithStats(solid, connectivity=8)
    least, most = (size / 25.4 * _SMALL_DPI for size in _HOLE)
    holes = np.zeros(small.shape, np.uint8)
    for at in range(1, min(count, 500)):
        width, height, area = (int(v) for v in stats[at, 2:5])
        sized = least <= min(width, height) and max(width, height) <= min(most, 1.25 * min(width, height) + 1)
        if sized and 0.68 <= area / (width * height) <= 0.92 and _in_margin(centres[at], small.shape):
            holes |= (labels == at).astype(np.uint8)
    return _whitened(grey, cv2.dilate(holes, _disc(5))) if holes.any() else grey


def evened(grey: Grey, dpi: float) -> Grey:
    """The light of the page evened out where a fold or the book's back shades it; even pages stay as they are."""
    small = smaller(grey, _SMALL_DPI / 2 / dpi)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    inner = paper[2:-2, 2:-2]
    lit = inner[inner > _BLACK]
    if not lit.size or lit.size < inner.size / 2:
        return grey
    low, high = np.percentile(lit, (1, 95))
    if low >= _EVEN * high:
        return grey
    light = np.maximum(cv2.GaussianBlur(paper, (9, 9), 0), _BLACK).astype(np.float32) / float(high)
    full = cv2.resize(light, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.minimum(grey / full, 255), np.uint8)


def without_back(grey: Grey) -> Grey:
    """The back's print whitened where it shines through: faint and blurred beside dark, sharp print.

    Faint print is sharp, and a page without dark print is left alone.
    """
    levels = cv2.calcHist([grey], [0], None, [256], [0, 256]).ravel() / grey.size
    paper = int(np.argmax(levels[128:])) + 128
    first, last = paper - 110, paper - _FAINT_FROM
    if levels[:first].sum() < _LEAST_PRINT or levels[first:last].sum() < _LEAST_FAINT:
        return grey
    print_near = cv2.dilate((grey < first).astype(np.uint8), np.ones((7, 7), np.uint8))
    faint = np.asarray((grey < last) & (print_near == 0))
    if faint.mean() < _LEAST_FAINT or edge_sharpness(grey, faint, paper) > SHARP:
        return grey
    spread = cv2.dilate(faint.astype(np.uint8), np.ones((7, 7), np.uint8))
    return np.asarray(np.where((spread > 0) & (print_near == 0), np.maximum(grey, paper), grey), np.uint8)


def _small(grey: Grey, dpi: float) -> Grey:
    return smaller(grey, _SMALL_DPI / dpi)


def _disc(size: int) -> NDArray[np.uint8]:
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)), np.uint8)


def _rims(dark: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The dots within a millimetre of the four edges."""
    return np.concatenate((dark[:2].ravel(), dark[-2:].ravel(), dark[:, :2].ravel(), dark[:, -2:].ravel()))


def _at_edges(broad: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """The parts that touch an edge."""
    _, labels = cv2.connectedComponents(broad, connectivity=8)
    touching = np.unique(_rims(np.asarray(labels)))
    return np.asarray(np.isin(labels, touching[touching > 0]))


def _edge_lines(dark: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Thin dark parts that touch an edge and run along it for a seventh of its length and more."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    height, width = dark.shape
    lines = []
    for at in set(_rims(np.asarray(labels)).tolist()) - {0}:
        if at < min(count, 5000):
            x, y, w, h = (int(v) for v in stats[at, :4])
            upright = h > height / 7 and w < width / 40 and (x < 2 or x + w > width - 2)
            flat = w > width / 7 and h < height / 40 and (y < 2 or y + h > height - 2)
            lines += [at] if upright or flat else []
    return np.asarray(np.isin(labels, lines))


def _in_margin(centre: NDArray[np.float64], shape: tuple[int, ...]) -> bool:
    from_edges = (centre[0], shape[1] - centre[0], centre[1], shape[0] - centre[1])
    return bool(min(from_edges) < _MARGIN * min(shape))


def _whitened(grey: Grey, mask: Any) -> Grey:
    """White where the small mask is set."""
    full = cv2.resize(mask, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_NEAREST)
    return np.asarray(np.where(full > 0, 255, grey), np.uint8)
