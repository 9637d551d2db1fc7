"""Numbers and days written by hand into the frame the printer left: pen strokes of our own, or digits people wrote."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tests.samples.markup import Block, Columns, Line
from tests.scans.blocks import BLANK
from tests.scans.faces import width_of
from tests.scans.ink import BLUE, Pixels, Sheet, lay
from tests.scans.marks import Box, Mark
from tests.scans.press import Printed

NUMBER = re.compile(r"^(?P<before>Số:?\s*)(?P<value>\d+)\s*(?=/|-)")
DAY = re.compile(r"(?P<before>\bngày )(?P<value>\d{1,2})(?= tháng)")
FIRST_BLANKS = re.compile(f"({BLANK}+)")
HELD_OUT = 1437
"""scikit-learn's digits from here on (the last fifth) are drawn, so that a reader can be fitted on the others."""

STROKES: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    "0": (((0.5, 0), (0.15, 0.2), (0.08, 0.6), (0.3, 0.97), (0.7, 0.95), (0.92, 0.6), (0.85, 0.2), (0.5, 0)),),
    "1": (((0.25, 0.3), (0.42, 0.16), (0.56, 0), (0.54, 0.5), (0.5, 1)),),
    "2": (((0.1, 0.25), (0.3, 0.02), (0.7, 0.03), (0.82, 0.3), (0.5, 0.65), (0.1, 0.97), (0.5, 0.93), (0.95, 0.98)),),
    "3": (((0.12, 0.1), (0.5, 0), (0.8, 0.2), (0.45, 0.45), (0.85, 0.68), (0.6, 0.98), (0.1, 0.9)),),
    "4": (((0.6, 0), (0.35, 0.35), (0.05, 0.65), (0.5, 0.66), (0.95, 0.62)), ((0.68, 0.35), (0.66, 0.7), (0.62, 1))),
    "5": (((0.25, 0.04), (0.2, 0.42), (0.6, 0.38), (0.88, 0.65), (0.6, 0.97), (0.1, 0.92)), ((0.25, 0.04), (0.85, 0))),
    "6": (((0.7, 0), (0.3, 0.35), (0.12, 0.75), (0.4, 1), (0.8, 0.85), (0.75, 0.55), (0.4, 0.52), (0.15, 0.75)),),
    "7": (((0.08, 0.08), (0.5, 0.05), (0.9, 0.04), (0.6, 0.5), (0.4, 1)), ((0.28, 0.5), (0.78, 0.47))),
    "8": (
        ((0.75, 0.15), (0.4, 0), (0.2, 0.22), (0.5, 0.46), (0.85, 0.75), (0.5, 1), (0.15, 0.75)),
        ((0.15, 0.75), (0.5, 0.46), (0.78, 0.25), (0.75, 0.15)),
    ),
    "9": (((0.8, 0.2), (0.45, 0), (0.15, 0.25), (0.4, 0.5), (0.8, 0.25), (0.78, 0.6), (0.6, 1)),),
}


@dataclass(frozen=True, slots=True)
class Frame:
    """A value taken out of the print: the line as it is printed now, and what a hand is to write into its blank."""

    kind: str
    line: str
    value: str


def leave_frames(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[Frame, ...]]:
    """The blocks with the header's number and day left blank."""
    frames: list[Frame] = []
    head = next((block for block in blocks if isinstance(block, Columns)), None)
    if head is None:
        return tuple(blocks), ()
    left = tuple(_framed(line, NUMBER, "hand_number", frames) for line in head.left)
    right = tuple(_framed(line, DAY, "hand_day", frames) for line in head.right)
    return tuple(Columns(left, right) if block is head else block for block in blocks), tuple(frames)


def _framed(line: Line, pattern: re.Pattern[str], kind: str, frames: list[Frame]) -> Line:
    match = pattern.search(line.text)
    if match is None:
        return line
    room = BLANK * (4 + 3 * len(match["value"]))
    text = line.text[: match.end("before")].rstrip() + room + line.text[match.end() :].lstrip()
    frames.append(Frame(kind, text, match["value"]))
    return replace(line, text=text)


def frame_box(piece: Printed) -> Box:
    """Where the first blank of a centred line stands, in points of the page."""
    before, blanks, _ = FIRST_BLANKS.split(piece.text, 1)
    left, top, right, bottom = piece.box
    start = left + (right - left - width_of(piece.text, piece.font, piece.size)) / 2
    x0 = start + width_of(before, piece.font, piece.size)
    return (x0, top - 4, x0 + width_of(blanks, piece.font, piece.size), bottom)


def write_by_hand(page: Pixels, dpi: int, number: int, frame: Frame, box: Box, source: str, seed: int) -> Mark:
    """The frame's digits in blue, a little uneven, in the middle of `box`."""
    random = np.random.default_rng(seed)
    height = (box[3] - box[1]) * random.uniform(0.8, 0.95)
    step = min(height * 0.62, (box[2] - box[0]) / len(frame.value))
    x = box[0] + ((box[2] - box[0]) - step * len(frame.value)) / 2
    for digit in frame.value:
        cover = (_drawn if source == "strokes" else _from_set)(digit, step * 0.85, height, dpi, random)
        top = box[1] + random.uniform(-1.5, 1.5)
        lay(page, cover * np.float32(0.92), round(x * dpi / 72), round(top * dpi / 72), BLUE)
        x += step
    return Mark(frame.kind, number, box, frame.value, 1.0)


def _drawn(digit: str, width: float, height: float, dpi: int, random: np.random.Generator) -> NDArray[np.float32]:
    sheet = Sheet(width * 1.2, height, dpi)
    slant, pen = random.uniform(0.0, 0.2), random.uniform(1.1, 1.6)
    for stroke in STROKES[digit]:
        shaken = [(x + random.normal(0, 0.025), y + random.normal(0, 0.02)) for x, y in stroke]
        line = [
            sheet.spot(1 + width * (0.05 + 0.8 * x + slant * (1 - y)), 1 + (height - 2) * y) for x, y in _smooth(shaken)
        ]
        sheet.draw.line(line, fill=255, width=sheet.pen(pen), joint="curve")
    return sheet.cover()


def _smooth(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """A curve through the points (Catmull-Rom)."""
    p = np.asarray([points[0], *points, points[-1]])
    t = np.linspace(0, 1, 8, endpoint=False)[:, None]
    curve = [
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
        for a, b, c, d in zip(p, p[1:], p[2:], p[3:], strict=False)
    ]
    return [(float(x), float(y)) for x, y in np.vstack([*curve, p[-1:]])]


def _from_set(digit: str, width: float, height: float, dpi: int, random: np.random.Generator) -> NDArray[np.float32]:
    """One of the 8 x 8 pictures of scikit-learn's set, enlarged and thresholded to a pen's line."""
    from sklearn.datasets import load_digits  # type: ignore[import-untyped]

    pictures, digits = load_digits(return_X_y=True)
    held = np.flatnonzero(digits[HELD_OUT:] == int(digit)) + HELD_OUT
    small = (pictures[int(random.choice(held))].reshape(8, 8) * 15.9).astype(np.uint8)
    size = (max(8, round(width * dpi / 72)), max(8, round(height * dpi / 72)))
    large = Image.fromarray(small).resize((size[0] * 4, size[1] * 4), Image.Resampling.BICUBIC)
    inked = Image.fromarray(np.where(np.asarray(large) > 120, 255, 0).astype(np.uint8))
    return np.asarray(inked.resize(size, Image.Resampling.BOX), np.float32) / np.float32(255)
