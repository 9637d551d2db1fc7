"""Made-up handwriting to fit the digit reader on and to test it with: digits as ink, seeded, no outside library.

Two sources: samples of a digit set (8 x 8 greys), and the pen strokes of models/digits/strokes.toml.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.hand.glyph import Ink, tight

Points = NDArray[np.float64]
_FINE = 12
"""Points between two given ones of a stroke."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One way to write a digit: strokes of points (x, y) in a box `aspect` wide and 1 high."""

    digit: int
    strokes: tuple[Points, ...]
    aspect: float = 0.6


def read_shapes(path: Path) -> tuple[Shape, ...]:
    """The shapes of a strokes.toml. FileNotFoundError, KeyError."""
    rows = tomllib.loads(path.read_text("utf-8"))["shape"]
    return tuple(
        Shape(row["digit"], tuple(np.array(stroke, float) for stroke in row["strokes"]), row.get("aspect", 0.6))
        for row in rows
    )


def drawn(shape: Shape, rng: np.random.Generator, height: int = 32) -> Ink:
    """The shape written by an unsteady hand: leaning, wide or narrow, thick or thin; cut tightly."""
    wide = shape.aspect * rng.uniform(0.5, 1.35)
    lean, turn = rng.normal(0.05, 0.17), rng.normal(0, 0.08)
    wobble = rng.normal(0, 0.03)
    lines = []
    for stroke in shape.strokes:
        points = _smooth(stroke + rng.normal(0, 0.035, stroke.shape) + rng.normal(0, 0.02, 2))
        x = points[:, 0] * wide + wobble * np.sin(3 * points[:, 1])
        y = points[:, 1]
        x, y = x * np.cos(turn) - y * np.sin(turn) - lean * y, x * np.sin(turn) + y * np.cos(turn)
        lines.append(np.stack([x, y], axis=1))
    return inked(np.concatenate(lines) * height, rng.uniform(1.0, 3.3) * height / 32)


def inked(points: Points, radius: float) -> Ink:
    """The dots within `radius` of any of the points (dots), cut tightly."""
    low, high = points.min(axis=0) - radius - 1, points.max(axis=0) + radius + 1
    across, down = np.arange(low[0], high[0]), np.arange(low[1], high[1])
    far = (across[None, :, None] - points[:, 0]) ** 2 + (down[:, None, None] - points[:, 1]) ** 2
    return tight(far.min(axis=2) <= radius**2)


def sampled(grey: NDArray[np.float64], rng: np.random.Generator, height: int = 32) -> Ink:
    """A sample of a digit set (a square of greys, 0 to 1) enlarged, leaning, thinned or thickened; cut tightly."""
    side = grey.shape[0]
    lean, wide = rng.normal(0.0, 0.17), rng.uniform(0.5, 1.2)
    y, x = np.mgrid[0 : height + 8, 0 : 2 * height].astype(float)
    down = (y - 4) * side / height - 0.5
    across = ((x - height) / wide + lean * (y - height / 2)) * side / height + side / 2 - 0.5
    return tight(_between(grey, down, across) > rng.uniform(0.3, 0.52))


def beside(glyphs: Sequence[Ink], gap: int) -> Ink:
    """The glyphs side by side on one base line, `gap` dots apart (less than 0: overlapping), cut tightly."""
    height = max(glyph.shape[0] for glyph in glyphs)
    width = sum(glyph.shape[1] for glyph in glyphs) + abs(gap) * len(glyphs)
    made = np.zeros((height, width), np.bool_)
    left = 0
    for glyph in glyphs:
        made[height - glyph.shape[0] :, left : left + glyph.shape[1]] |= glyph
        left = max(0, left + glyph.shape[1] + gap)
    return tight(made)


def _smooth(points: Points) -> Points:
    """The curve through the points (Catmull and Rom's)."""
    ends = np.concatenate([points[:1], points, points[-1:]])
    part = np.linspace(0, 1, _FINE, endpoint=False)[:, None]
    made = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        made.append(
            0.5 * (2 * b + (c - a) * part + (2 * a - 5 * b + 4 * c - d) * part**2 + (3 * b - a - 3 * c + d) * part**3)
        )
    return np.concatenate([*made, points[-1:]])


def _between(grey: NDArray[np.float64], down: Points, across: Points) -> Points:
    """The greys at fractional places, mixed from the four around each; 0 outside."""
    framed = np.pad(grey, 2)
    down, across = (np.clip(place + 2, 0, grey.shape[0] + 2.99) for place in (down, across))
    row, column = down.astype(int), across.astype(int)
    low, left = down - row, across - column
    top = framed[row, column] * (1 - left) + framed[row, column + 1] * left
    below = framed[row + 1, column] * (1 - left) + framed[row + 1, column + 1] * left
    return np.asarray(top * (1 - low) + below * low)
