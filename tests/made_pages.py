"""Small made-up pages for the tests of the image steps: print in our own words on paper of one shade."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from tests.fonts import SERIF

DPI = 150
WIDTH, HEIGHT = round(8.27 * DPI), round(11.69 * DPI)
PAPER, PRINT = 245, 25
_PROSE = (
    "Thực hiện chương trình công tác năm 2024, Sở Nội vụ xây dựng kế hoạch tập huấn nghiệp vụ cho công chức các "
    "huyện với các nội dung như sau. Văn phòng Sở chuẩn bị tài liệu trước ngày 15 tháng 4 năm 2024 và gửi cho các "
    "phòng, ban, đơn vị trực thuộc cùng giấy mời họp của Sở. "
)


def prose(lines: int, width: int, size: int = 22) -> list[str]:
    """Lines of words that fill the width."""
    font, line = _font(size), ""
    found: list[str] = []
    words = (_PROSE * 40).split()
    while len(found) < lines:
        longer = f"{line} {words[0]}".strip()
        if font.getlength(longer) > width:
            found.append(line)
            line = ""
        else:
            line = longer
            words.pop(0)
    return found


def written(
    lines: list[str], left: int = 150, top: int = 150, size: tuple[int, int] = (WIDTH, HEIGHT), ink: int = PRINT
) -> NDArray[np.uint8]:
    """Lines below one another on one page, grey."""
    picture = Image.new("L", size, PAPER)
    draw = ImageDraw.Draw(picture)
    for at, line in enumerate(lines):
        draw.text((left, top + 38 * at), line, ink, _font(22))
    return np.asarray(picture, np.uint8).copy()


def page(lines: int = 30, ink: int = PRINT) -> NDArray[np.uint8]:
    """A standing page of prose, grey."""
    return written(prose(lines, WIDTH - 300), ink=ink)


def coloured(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The same as height x width x 3."""
    return np.repeat(grey[:, :, None], 3, axis=2)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(SERIF), size)
