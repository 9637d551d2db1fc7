"""Marks that are no part of the text: stamps, the urgency mark, the corner block of a digital signature, a signature."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from tests.scans.faces import SANS, SANS_BOLD
from tests.scans.ink import BLUE, FINER, RED, Colour, Pixels, Sheet, lay, uneven

Box = tuple[float, float, float, float]
MM = 72 / 25.4
RADIUS = 18 * MM


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark as it was put on the page; `box` in points of the page before it was laid askew; `text` as printed."""

    kind: str
    page: int
    box: Box
    text: str
    strength: float


def draw_stamp(page: Pixels, dpi: int, centre: tuple[float, float], words: str, strength: float, seed: int) -> Box:
    """The round stamp: two rings, words along the rim, a star."""
    random = np.random.default_rng(seed)
    side = 2 * RADIUS + 6
    sheet = Sheet(side, side, dpi)
    middle = side / 2
    for radius, pen in ((RADIUS, 2.0), (RADIUS - 3, 0.8), (RADIUS * 0.6, 1.0)):
        edge = sheet.at(middle - radius, middle - radius, middle + radius, middle + radius)
        sheet.draw.ellipse(edge, outline=255, width=sheet.pen(pen))
    _star(sheet, middle)
    _rim(sheet, middle, words)
    turned = sheet.picture.rotate(float(random.uniform(-12, 12)), resample=Image.Resampling.BICUBIC)
    sheet.picture.paste(turned)
    return _lay(page, dpi, sheet, (centre[0] - middle, centre[1] - middle), strength, RED, random)


def _star(sheet: Sheet, middle: float) -> None:
    corners = []
    for at in range(10):
        radius = RADIUS * (0.34 if at % 2 == 0 else 0.14)
        angle = pi * at / 5 - pi / 2
        corners.append(sheet.spot(middle + radius * cos(angle), middle + radius * sin(angle)))
    sheet.draw.polygon(corners, fill=255)


def _rim(sheet: Sheet, middle: float, words: str) -> None:
    """Each letter turned, standing on the inner ring, the words evenly around it from the left foot."""
    face = ImageFont.truetype(str(SANS_BOLD), sheet.pen(8))
    step = min(0.21, 1.8 * pi / max(1, len(words)))
    radius = RADIUS * 0.76
    for at, letter in enumerate(words):
        angle = -pi / 2 + (at - (len(words) - 1) / 2) * step
        x, y = sheet.spot(middle + radius * cos(angle), middle + radius * sin(angle))
        side = sheet.pen(16)
        tile = Image.new("L", (side, side), 0)
        ImageDraw.Draw(tile).text((side / 2, side / 2), letter, fill=255, font=face, anchor="mm")
        tile = tile.rotate(-(angle + pi / 2) * 180 / pi, resample=Image.Resampling.BICUBIC)
        sheet.picture.paste(255, (round(x - side / 2), round(y - side / 2)), tile)


def draw_arrival(page: Pixels, dpi: int, corner: tuple[float, float], number: int, date: str, strength: float) -> Box:
    """The ĐẾN stamp: a frame with the receiving office's own number and date."""
    sheet = Sheet(112, 58, dpi)
    sheet.draw.rectangle(sheet.at(1, 1, 110, 56), outline=255, width=sheet.pen(1.4))
    sheet.draw.line(sheet.at(44, 1, 44, 56), fill=255, width=sheet.pen(1))
    sheet.write(22, 28, "ĐẾN", SANS_BOLD, 17, "mm")
    for at, line in enumerate(arrival_lines(number, date)):
        sheet.write(48, 8 + 16 * at, line, SANS, 8)
    return _lay(page, dpi, sheet, corner, strength, RED, np.random.default_rng(number))


def arrival_lines(number: int, date: str) -> tuple[str, ...]:
    return (f"Số: {number}", f"Ngày: {date}", "Chuyển: ……")


def draw_urgent(page: Pixels, dpi: int, corner: tuple[float, float], strength: float, seed: int) -> Box:
    """HỎA TỐC in a red frame."""
    sheet = Sheet(84, 26, dpi)
    sheet.draw.rectangle(sheet.at(1, 1, 82, 24), outline=255, width=sheet.pen(1.6))
    sheet.write(41.5, 12.5, "HỎA TỐC", SANS_BOLD, 14, "mm")
    return _lay(page, dpi, sheet, corner, strength, RED, np.random.default_rng(seed))


def draw_seal(page: Pixels, dpi: int, corner: tuple[float, float], lines: tuple[str, ...], strength: float) -> Box:
    """The block a signing program lays into the corner: a pale emblem, small blue lines."""
    sheet = Sheet(170, 9.5 * len(lines) + 4, dpi)
    for at, line in enumerate(lines):
        sheet.write(34, 2 + 9.5 * at, line, SANS, 6.5)
    lay(page, strength * sheet.cover(), *_pixels(corner, dpi), BLUE)
    emblem = Sheet(170, 9.5 * len(lines) + 4, dpi)
    emblem.draw.ellipse(emblem.at(3, 3, 29, 29), outline=255, width=emblem.pen(2))
    emblem.draw.ellipse(emblem.at(10, 10, 22, 22), fill=255)
    lay(page, strength * emblem.cover(), *_pixels(corner, dpi), RED)
    return (corner[0], corner[1], corner[0] + 170, corner[1] + 9.5 * len(lines) + 4)


def draw_scribble(page: Pixels, dpi: int, box: Box, strength: float, seed: int) -> Box:
    """A signature: one swift line in blue with loops and a closing stroke."""
    random = np.random.default_rng(seed)
    width, height = box[2] - box[0], box[3] - box[1]
    sheet = Sheet(width, height, dpi)
    time = np.linspace(0, 1, 240)
    loops = random.uniform(3, 6)
    swing = height * random.uniform(0.2, 0.36) * (1 - 0.6 * time)
    x = width * (0.08 + 0.72 * time) + swing * np.cos(2 * pi * loops * time)
    y = height * (0.55 - 0.1 * time) + swing * np.sin(2 * pi * loops * time * random.uniform(0.9, 1.1))
    line = [sheet.spot(float(a), float(b)) for a, b in zip(x, y, strict=True)]
    closing = [sheet.spot(width * 0.1, height * 0.85), sheet.spot(width * 0.97, height * random.uniform(0.5, 0.75))]
    for stroke in (line, closing):
        sheet.draw.line(stroke, fill=255, width=sheet.pen(1.5), joint="curve")
    return _lay(page, dpi, sheet, (box[0], box[1]), strength, BLUE, random)


def _lay(
    page: Pixels,
    dpi: int,
    sheet: Sheet,
    corner: tuple[float, float],
    strength: float,
    colour: Colour,
    random: np.random.Generator,
) -> Box:
    ink: NDArray[np.float32] = uneven(sheet.cover(), random) * np.float32(strength)
    lay(page, ink, *_pixels(corner, dpi), colour)
    width, height = sheet.picture.width / FINER / sheet.scale, sheet.picture.height / FINER / sheet.scale
    return (corner[0], corner[1], corner[0] + width, corner[1] + height)


def _pixels(corner: tuple[float, float], dpi: int) -> tuple[int, int]:
    return round(corner[0] * dpi / 72), round(corner[1] * dpi / 72)
