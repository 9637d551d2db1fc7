"""page_specks: dust goes, print of every size stays as it is."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.ingest.scan.specks import without_specks
from tests.fonts import SERIF

DPI = 100


def page(size: float = 9.0) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """A page of print in `size` points at 100 dpi, full stops and tone marks in it."""
    picture = Image.new("RGB", (700, 300), "white")
    font = ImageFont.truetype(str(SERIF), round(size * DPI / 72))
    for at, line in enumerate(
        ("Lưu: VT, TĐKT. TT. HĐND tỉnh;", "1. Quý I. Các hộ, ị ạ ậ ẻ ỏ ....... (nếu có).", "Số:  /KH")
    ):
        ImageDraw.Draw(picture).text((30, 30 + 60 * at), line, fill="black", font=font)
    return np.asarray(picture, np.uint8)


@pytest.mark.parametrize("size", [9.0, 11.0, 14.0])
def test_print_stays_as_it_is(size: float) -> None:
    clean = page(size)
    assert without_specks(clean) is clean


def test_dust_goes_and_nothing_else() -> None:
    clean = page()
    dusty = clean.copy()
    dusty[240:295:11, 10:690:13] = 0
    assert (without_specks(dusty) == clean).all()


def test_two_pixels_go_and_a_full_stop_stays() -> None:
    empty = np.full((40, 40, 3), 250, np.uint8)
    two, stop = empty.copy(), empty.copy()
    two[20, 20], two[20, 21] = 30, 60
    stop[20:22, 20:22] = 40
    assert (without_specks(two) == 250).all()
    assert (without_specks(stop) == stop).all()
