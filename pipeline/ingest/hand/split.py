"""Blots of a pen → digits: the parting of the ink into glyphs that the digit reader believes most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pipeline.ingest.hand.glyph import NONE, Floats, Ink, chances, tight
from pipeline.ingest.hand.ink import Blot, Crop
from pipeline.records import HandKind

_MOST_PIECES = 12
_MOST_JOINED = 3
_APART = 0.2
"""Em of white between pieces that are hardly one digit."""
_LEANS = (-0.15, 0.0, 0.15)
_LIKELY: dict[HandKind, tuple[float, ...]] = {
    "day": (0.12, 1.0, 0.02),
    "month": (1.0, 1.0, 0.01),
    "number": (0.5, 1.0, 1.0, 1.0, 0.3),
}
"""How likely one digit, two, three, … are: days are written with a leading 0."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Upright ink between two columns; `blot` is the number of the blot it was cut from."""

    ink: Ink
    left: int
    right: int
    blot: int


def usual(kind: HandKind, count: int) -> float:
    """How likely a gap of this kind holds so many digits, beside the likeliest number."""
    return _LIKELY[kind][count - 1] if 0 < count <= len(_LIKELY[kind]) else 0.0


def read_digits(crop: Crop, kind: HandKind) -> tuple[tuple[Floats, ...], float]:
    """For each digit the chances of 0 to 9, and how sure their number is; nothing where the ink is no digits."""
    pieces = _pieces(crop)
    if not pieces or len(pieces) > _MOST_PIECES:
        return (), 0.0
    best = _best_paths(pieces, crop.em, len(_LIKELY[kind]))
    weights = {count: np.exp(score) * usual(kind, count) for count, (score, _) in best.items()}
    if not weights:
        return (), 0.0
    count = max(weights, key=lambda many: weights[many])
    return best[count][1], float(weights[count] / sum(weights.values()))


def _best_paths(pieces: Sequence[_Piece], em: float, most: int) -> dict[int, tuple[float, tuple[Floats, ...]]]:
    """For each number of digits the best way to join the pieces: its score, and the digits' chances."""
    spans = [(i, j) for i in range(len(pieces)) for j in range(i + 1, min(len(pieces), i + _MOST_JOINED) + 1)]
    read = dict(zip(spans, _seen([_joined(pieces[i:j]) for i, j in spans]), strict=True))
    table: list[dict[int, tuple[float, tuple[Floats, ...]]]] = [{} for _ in range(len(pieces) + 1)]
    table[0][0] = (0.0, ())
    for i, j in sorted(spans, key=lambda span: span[1]):
        own = read[i, j]
        score = float(np.log(own[:NONE].max() + 1e-6)) + _strain(pieces[i:j], em)
        for count, (before, path) in table[i].items():
            if count < most and score + before > table[j].get(count + 1, (-np.inf, ()))[0]:
                table[j][count + 1] = (score + before, (*path, own))
    return {count: found for count, found in table[-1].items() if count}


def _seen(glyphs: Sequence[Ink]) -> Floats:
    """The chances of each glyph, the mean over a few leans: the writing's own was only estimated."""
    views = [chances([tight(_sheared(glyph, lean)) for glyph in glyphs]) for lean in _LEANS]
    return np.asarray(np.mean(views, axis=0), np.float32)


def _strain(pieces: Sequence[_Piece], em: float) -> float:
    """What speaks against these pieces being one digit: white between them, or a breadth no digit has."""
    tall = {p.blot for p in pieces if tight(p.ink).shape[0] > 0.55 * em}
    apart = 0.3 * (len(tall) - 1 if tall else 0) + sum(
        max(0.0, (b.left - a.right) / em - _APART) for a, b in pairwise(pieces) if a.blot != b.blot
    )
    broad = (max(p.right for p in pieces) - min(p.left for p in pieces)) / em
    low = min(0.0, _joined(pieces).shape[0] / em - 0.4)
    return float(-8 * apart - 4 * max(0.0, broad - 0.85) + 8 * low)


def _joined(pieces: Sequence[_Piece]) -> Ink:
    """The pieces' ink together (all as high as the crop), cut tightly."""
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    made = np.zeros((pieces[0].ink.shape[0], right - left), np.bool_)
    for piece in pieces:
        made[:, piece.left - left : piece.right - left] |= piece.ink
    return tight(made)


def _pieces(crop: Crop) -> list[_Piece]:
    """Blots set upright, small ones with their neighbours, broad ones cut where they are thin."""
    if not crop.blots:
        return []
    height, width = crop.height, crop.width
    lean = _lean(crop, height, width)
    made = []
    for at, blots in enumerate(_gathered(crop)):
        ink = np.zeros((height, width), np.bool_)
        for blot in blots:
            ink[blot.box[1] : blot.box[3], blot.box[0] : blot.box[2]] |= blot.ink
        upright = _sheared(ink, lean)
        columns = np.flatnonzero(upright.any(axis=0))
        edges = _cuts(upright, int(columns[0]), int(columns[-1]) + 1, crop.em)
        made += [_Piece(upright[:, a:b], a, b, at) for a, b in pairwise(edges)]
    return sorted(made, key=lambda piece: piece.left + piece.right)


def _gathered(crop: Crop) -> list[list[Blot]]:
    """Small blots (the roof of a 5, a broken stroke) with the blot they stand over or nearest to."""
    large = [blot for blot in crop.blots if blot.height >= 0.42 * crop.em]
    groups = [[blot] for blot in large] or [[blot] for blot in crop.blots]
    for blot in crop.blots if large else ():
        if blot.height < 0.42 * crop.em:
            near = min(range(len(large)), key=lambda at: _white(blot, large[at]))
            if _white(blot, large[near]) < 0.15 * crop.em:
                groups[near].append(blot)
    return groups


def _white(one: Blot, two: Blot) -> float:
    """Dots of white between two blots from left to right; less than 0 where they stand over each other."""
    return max(one.box[0], two.box[0]) - min(one.box[2], two.box[2])


def _cuts(ink: Ink, left: int, right: int, em: float) -> list[int]:
    """The piece's edges and, where it is broad, the columns of least ink between them."""
    rows = np.flatnonzero(ink.any(axis=1))
    if right - left < 0.8 * min(float(rows[-1] - rows[0]), em):
        return [left, right]
    profile = ink.sum(axis=0).astype(float)
    step = max(3, round(0.2 * em))
    cuts = [left]
    for at in range(left + step, right - step):
        near = profile[max(left, at - step // 2) : at + step // 2 + 1]
        if profile[at] == near.min() and profile[at] <= 0.3 * em and at - cuts[-1] >= step:
            cuts.append(at)
    return [*cuts, right]


def _lean(crop: Crop, height: int, width: int) -> float:
    """Columns by which the writing leans for each row, told by the sharpest columns."""
    ink = np.zeros((height, width), np.bool_)
    for blot in crop.blots:
        ink[blot.box[1] : blot.box[3], blot.box[0] : blot.box[2]] |= blot.ink
    leans = [step / 20 for step in range(-2, 13)]
    return max(leans, key=lambda lean: (float((_sheared(ink, lean).sum(axis=0).astype(float) ** 2).sum()), -abs(lean)))


def _sheared(ink: Ink, lean: float) -> Ink:
    """Set upright: each row moved so that what leans to the right stands straight; room is made at both sides."""
    height, width = ink.shape
    made = np.zeros((height, width + 2 * height), np.bool_)
    for row in range(height):
        left = height + round(lean * (row - height / 2))
        made[row, left : left + width] = ink[row]
    return made
