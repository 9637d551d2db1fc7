"""Wear of the paper and of the scanner, on pixels: from a printed page to what the archive keeps."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from tests.scans.ink import Pixels
from tests.scans.wear import Wear

PAPER = 0.975
"""A scanner never gives pure white."""
SHADOW = 14
"""Width of a fold's shadow in points."""
Random = np.random.Generator


def age_paper(page: Pixels, back: Pixels | None, wear: Wear, random: Random) -> Pixels:
    """What happens to the sheet itself: ink of the back, folds."""
    if back is not None and wear.bleed:
        page = page * (1 - np.float32(wear.bleed) * (1 - _soft(back[:, ::-1], wear.dpi / 120) / np.float32(255)))
    if wear.folds:
        page = page * _folded(page.shape[0], wear, random)[:, None, None]
    return page


def _soft(page: Pixels, radius: float) -> Pixels:
    blurred = _picture(page).filter(ImageFilter.GaussianBlur(radius))
    return np.asarray(blurred, np.float32)


def _folded(height: int, wear: Wear, random: Random) -> NDArray[np.float32]:
    """Folded in three as a letter: a shadow on one side of each crease."""
    rows = np.arange(height, dtype=np.float32)
    width = SHADOW * wear.dpi / 72
    light = np.ones(height, np.float32)
    for third in (1 / 3, 2 / 3):
        away = (rows - height * (third + random.uniform(-0.02, 0.02))) / width
        light *= 1 - np.float32(wear.folds) * np.exp(-(away**2) * np.where(away > 0, 1.0, 6.0)).astype(np.float32)
    return light


def lay_on_glass(page: Pixels, wear: Wear, random: Random) -> tuple[Pixels, float]:
    """The sheet askew on the glass, holes and the scanner's edges around it; returns the angle in degrees too."""
    angle = float(random.uniform(-wear.skew, wear.skew)) if wear.skew else 0.0
    if wear.holes:
        _punch(page, wear)
    if angle:
        turned = _picture(page).rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
        page = np.asarray(turned, np.float32).copy()
    if wear.borders:
        _blacken(page, wear, random)
    return page, angle


def _punch(page: Pixels, wear: Wear) -> None:
    """Holes of 6 mm, 12 mm from the left edge, 80 mm apart around the middle: the scanner's dark lid shows."""
    mm = wear.dpi / 25.4
    y, x = np.ogrid[: page.shape[0], : page.shape[1]]
    for at in range(wear.holes):
        middle = page.shape[0] / 2 + (at - (wear.holes - 1) / 2) * 80 * mm
        page[(y - middle) ** 2 + (x - 12 * mm) ** 2 < (3 * mm) ** 2] = 25


def _blacken(page: Pixels, wear: Wear, random: Random) -> None:
    """Black borders on two to four edges, each a little slanted."""
    sides = random.permutation(4)[: int(random.integers(2, 5))]
    for side in sides:
        view = np.rot90(page, int(side))
        width, slant = wear.borders * wear.dpi / 25.4, random.uniform(-0.006, 0.006)
        wanted = width * random.uniform(0.5, 1.0) + slant * np.arange(view.shape[1])
        view[np.arange(view.shape[0])[:, None] < wanted[None, :]] = random.uniform(0, 25)


def scan(page: Pixels, wear: Wear, random: Random) -> Image.Image:
    """What the sensor makes of it: uneven light, blur, grain, specks; then the page's turn."""
    if wear.light:
        page = page * _lit(page.shape[0], page.shape[1], wear.light, random)[:, :, None]
    if wear.blur:
        page = _soft(page, wear.blur * wear.dpi / 1000)
    if wear.grain or wear.specks:
        page = page * PAPER
    if wear.grain:
        page = page + random.normal(0, wear.grain, (*page.shape[:2], 1)).astype(np.float32)
    if wear.specks:
        page = page.copy()
        chosen = random.random(page.shape[:2]) < wear.specks
        page[chosen] = np.where(random.random((int(chosen.sum()), 1)) < 0.5, 0, 255)
    picture = _picture(page)
    return picture.rotate(-wear.turn, expand=True) if wear.turn else picture


def _lit(height: int, width: int, depth: float, random: Random) -> NDArray[np.float32]:
    """Full light at one corner, darker by `depth` at the opposite one."""
    down, across = random.choice((-1, 1)), random.choice((-1, 1))
    y = np.linspace(0, 1, height, dtype=np.float32)[::down, None]
    x = np.linspace(0, 1, width, dtype=np.float32)[None, ::across]
    return 1 - np.float32(depth) * (0.5 * y + 0.5 * x) ** 2


def side_by_side(left: Image.Image, right: Image.Image | None) -> Image.Image:
    """Two pages on one picture; a missing right one is blank."""
    width = left.width + (right.width if right else left.width)
    both = Image.new("RGB", (width, max(left.height, right.height if right else 0)), "white")
    both.paste(left, (0, 0))
    if right:
        both.paste(right, (left.width, 0))
    return both


def to_jpeg(picture: Image.Image, wear: Wear) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=wear.jpeg, dpi=(wear.dpi, wear.dpi))
    return buffer.getvalue()


def _picture(page: Pixels) -> Image.Image:
    return Image.fromarray(np.clip(np.rint(page), 0, 255).astype(np.uint8))
