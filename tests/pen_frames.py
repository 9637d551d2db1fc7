"""Made-up headers: a printed frame with digits by pen in its gaps, blue or black, leaning, touching, on a dotted line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from matplotlib import get_data_path
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from pipeline.ingest.hand.build_digits import load_samples
from pipeline.ingest.hand.glyph import Ink
from pipeline.ingest.hand.pen import Shape, drawn, read_shapes, sampled
from pipeline.ingest.page.words import PageWord
from pipeline.rulebook import models_dir

SIZE = (595.0, 842.0)
_DOTS = 200 / 72
_EM = 13.5
_PRINT = Path(get_data_path()) / "fonts" / "ttf" / "STIXGeneral.ttf"
_BLUE, _BLACK, _STAMP = (60, 50, 150), (30, 30, 35), (215, 90, 90)


@dataclass(frozen=True, slots=True)
class PenFrame:
    """The page's picture (BGR), the words an engine reads on it, and what the pen wrote ("" where nothing)."""

    picture: NDArray[np.uint8]
    words: tuple[PageWord, ...]
    truth: dict[str, str]


def pen_frame(seed: int, number: str | None = None, day: str | None = None) -> PenFrame:
    """A header with a number and a day by hand; "" leaves the gap blank, None chooses."""
    rng = np.random.default_rng(seed)
    number = str(rng.integers(1, 3000)).zfill(2) if number is None else number
    day = f"{rng.integers(1, 32):02}" if day is None else day
    page = Image.new("RGB", (round(SIZE[0] * _DOTS), round(SIZE[1] * _DOTS)), (252, 252, 250))
    pen, dotted = (_BLUE if rng.random() < 0.5 else _BLACK), rng.random() < 0.4
    lean = float(rng.uniform(-0.05, 0.35))
    words: list[PageWord] = []
    x = _print(page, words, "Số:", 90, 100)
    x = _gap(page, words, rng, number, x, pen, dotted, lean)
    _print(page, words, "/KH-UBND", x, 100)
    x = _print(page, words, "ngày", 380, 100)
    x = _gap(page, words, rng, day, x, pen, dotted, lean)
    for word in ("tháng", "3", "năm", "2024"):
        x = _print(page, words, word, x, 100) + 0.25 * _EM
    if rng.random() < 0.3:
        ImageDraw.Draw(page).ellipse((240, 150, 480, 390), outline=_STAMP, width=5)
    noise = rng.normal(0, 4, (page.height // 4, page.width, 3))
    picture = np.asarray(page, np.int16)[:, :, ::-1].copy()
    picture[: noise.shape[0]] += noise.astype(np.int16)
    return PenFrame(np.clip(picture, 0, 255).astype(np.uint8), tuple(words), {"number": number, "day": day})


def _print(page: Image.Image, words: list[PageWord], text: str, x: float, base: float) -> float:
    """Print a word on the base line (points); where the next may begin."""
    font = ImageFont.truetype(str(_PRINT), round(_EM * _DOTS))
    at = (x * _DOTS, base * _DOTS)
    ImageDraw.Draw(page).text(at, text, (25, 25, 25), font=font, anchor="ls")
    left, top, right, bottom = (
        side / _DOTS for side in ImageDraw.Draw(page).textbbox(at, text, font=font, anchor="ls")
    )
    words.append(PageWord(text, left, top, right, bottom, False, 0.95))
    return x + font.getlength(text) / _DOTS


def _gap(
    page: Image.Image,
    words: list[PageWord],
    rng: np.random.Generator,
    digits: str,
    x: float,
    pen: tuple[int, int, int],
    dotted: bool,
    lean: float,
) -> float:
    """Write into the gap that begins at `x`; where it ends. The engine makes nothing sensible of it."""
    width = max(2.2, 0.62 * len(digits) + 0.5) * _EM
    if dotted:
        for dot in np.arange(x + 2, x + width - 2, 3.2):
            place = (dot * _DOTS, 100 * _DOTS - 2, dot * _DOTS + 1, 100 * _DOTS - 1)
            ImageDraw.Draw(page).rectangle(place, fill=(60, 60, 60))
    left = (x + 0.25 * _EM) * _DOTS
    for digit in digits:
        ink = _leaning(_written(int(digit), rng), lean)
        top = round((100 - 0.05 * _EM) * _DOTS - ink.shape[0] + rng.integers(-2, 5))
        mask = Image.fromarray((ink * 255).astype(np.uint8))
        page.paste(pen, (round(left), top), mask)
        left += ink.shape[1] - lean * ink.shape[0] + rng.uniform(-0.5, 4.5)
    if digits:
        words.append(PageWord("#‡", x + 3, 90, min(x + width - 1, left / _DOTS), 101, False, 0.2))
    return max(x + width, left / _DOTS + 0.2 * _EM)


def _written(digit: int, rng: np.random.Generator) -> Ink:
    height = int(rng.integers(28, 38))
    if rng.random() < 0.5:
        greys, digits = load_samples()
        return sampled(greys[rng.choice(np.flatnonzero(digits == digit))], rng, height)
    shapes: list[Shape] = [shape for shape in read_shapes(models_dir() / "digits/strokes.toml") if shape.digit == digit]
    return drawn(shapes[int(rng.integers(0, len(shapes)))], rng, height)


def _leaning(ink: Ink, lean: float) -> Ink:
    height, width = ink.shape
    made = np.zeros((height, width + round(abs(lean) * height) + 1), np.bool_)
    for row in range(height):
        left = round(lean * (height - row)) if lean > 0 else round(-lean * row)
        made[row, left : left + width] = ink[row]
    return made
