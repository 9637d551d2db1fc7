"""A digit's ink → how likely each digit is, by the small nets in models/digits (plain arrays, read with numpy)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipeline.rulebook import models_dir

Ink = NDArray[np.bool_]
Floats = NDArray[np.float32]
SIDE = 16
"""A glyph is brought to so many dots high; it is as wide as its shape asks, at most so many."""
NONE = 10
"""The class of what is no digit: half of one, two together, a stroke."""
_SELDOM = 0.25
"""No digits are so much seldomer in a frame than among what the net was fitted on."""


def tight(ink: Ink) -> Ink:
    """Cut to its first and last inked rows and columns; a single dot where there is no ink."""
    if not ink.any():
        return np.ones((1, 1), np.bool_)
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def normal_form(ink: Ink) -> Floats:
    """Numbers of a glyph cut tightly: its ink by area (SIDE * SIDE, 0 to 1), its rims, its breadth by its height."""
    height, width = ink.shape
    wide = min(SIDE, max(1, round(SIDE * width / height)))
    small = _overlap(height, SIDE) @ ink.astype(np.float32) @ _overlap(width, wide).T
    made = np.zeros((SIDE, SIDE), np.float32)
    left = (SIDE - wide) // 2
    made[:, left : left + wide] = small
    return np.concatenate([made.ravel(), _rims(made), [np.float32(min(2.0, width / height))]])


def _rims(grey: Floats) -> Floats:
    """How much rim of each of four directions runs through each of 16 fields, 4 x 4 dots."""
    framed = np.pad(grey, 1)
    across, down = framed[1:-1, 2:] - framed[1:-1, :-2], framed[2:, 1:-1] - framed[:-2, 1:-1]
    steep = np.hypot(across, down)
    angle = np.arctan2(down, across)
    rims = np.stack([steep * np.cos(angle - turn * np.pi / 4) ** 4 for turn in range(4)])
    return np.asarray(rims.reshape(4, 4, SIDE // 4, 4, SIDE // 4).mean(axis=(2, 4)).ravel(), np.float32)


def chances(glyphs: Sequence[Ink]) -> Floats:
    """For each glyph the chances of 0 to 9 and of NONE, adding up to 1."""
    if not glyphs:
        return np.zeros((0, NONE + 1), np.float32)
    first, bias, second, last, heat = _nets()
    hidden = np.maximum(np.stack([normal_form(glyph) for glyph in glyphs]) @ first + bias[:, None], 0)
    score = (hidden @ second + last[:, None]) / heat
    score = np.exp(score - score.max(axis=2, keepdims=True))
    score[:, :, NONE] *= _SELDOM
    return np.asarray((score / score.sum(axis=2, keepdims=True)).mean(axis=0), np.float32)


@cache
def _nets() -> tuple[Floats, ...]:
    """Weights of each net's two layers, and the heat that makes the chances honest."""
    with np.load(models_dir() / "digits/digits.npz", allow_pickle=False) as kept:
        return tuple(kept[name].astype(np.float32) for name in ("first", "bias", "second", "last", "heat"))


@cache
def _overlap(many: int, few: int) -> Floats:
    """How much of each of `many` dots lies in each of `few` equal parts, the parts' sums being 1."""
    edges = np.linspace(0, many, few + 1)
    dots = np.arange(many)
    shared = np.minimum(edges[1:, None], dots + 1) - np.maximum(edges[:-1, None], dots)
    return np.asarray(np.clip(shared, 0, None) * few / many, np.float32)
