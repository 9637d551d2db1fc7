"""Ink on paper: drawn shapes darken what lies under them, they do not cover it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Colour = tuple[int, int, int]
Pixels = NDArray[np.float32]
"""height x width x 3, 0 (black) to 255 (paper)."""

RED: Colour = (205, 30, 45)
BLUE: Colour = (35, 55, 150)
FINER = 3
"""Shapes are drawn so many times larger, then reduced: soft edges."""


class Sheet:
    """A transparent sheet that shapes are drawn on; lengths in points, origin top left, before it is laid on a page."""

    def __init__(self, width: float, height: float, dpi: int) -> None:
        self.scale = dpi / 72
        self.size = (max(1, round(width * self.scale)), max(1, round(height * self.scale)))
        self.picture = Image.new("L", (self.size[0] * FINER, self.size[1] * FINER), 0)
        self.draw = ImageDraw.Draw(self.picture)

    def at(self, *lengths: float) -> tuple[float, ...]:
        """Points in the drawing's own unit."""
        return tuple(length * self.scale * FINER for length in lengths)

    def spot(self, x: float, y: float) -> tuple[float, float]:
        """The same for one place."""
        return (x * self.scale * FINER, y * self.scale * FINER)

    def pen(self, width: float) -> int:
        return max(1, round(width * self.scale * FINER))

    def write(self, x: float, y: float, text: str, font: Path, size: float, anchor: str = "lt") -> None:
        face = ImageFont.truetype(str(font), self.pen(size))
        self.draw.text(self.spot(x, y), text, fill=255, font=face, anchor=anchor)

    def cover(self) -> NDArray[np.float32]:
        """How much ink there is at each pixel, 0 to 1."""
        small = self.picture.resize(self.size, Image.Resampling.BOX)
        return np.asarray(small, np.float32) / np.float32(255)


def lay(page: Pixels, ink: NDArray[np.float32], left: int, top: int, colour: Colour) -> None:
    """Darken `page` in place by ink of one colour; what hangs over the edge is lost."""
    height, width = ink.shape
    x0, y0 = max(0, left), max(0, top)
    x1, y1 = min(page.shape[1], left + width), min(page.shape[0], top + height)
    if x0 >= x1 or y0 >= y1:
        return
    part = ink[y0 - top : y1 - top, x0 - left : x1 - left, None]
    page[y0:y1, x0:x1] *= 1 - part * (1 - np.asarray(colour, np.float32) / 255)


def uneven(ink: NDArray[np.float32], random: np.random.Generator, depth: float = 0.35) -> NDArray[np.float32]:
    """A rubber stamp presses unevenly: the ink is thinner in soft patches."""
    height, width = ink.shape
    coarse = random.random((max(2, height // 24), max(2, width // 24))).astype(np.float32)
    patches = Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC)
    return np.clip(ink * (1 - depth * np.asarray(patches, np.float32)), 0, 1)
