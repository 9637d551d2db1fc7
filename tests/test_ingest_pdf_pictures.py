"""Which pictures on a page of text are worth reading."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from pipeline.ingest.page.words import PageWord
from pipeline.ingest.pdf.pictures import Picture, shows_writing
from tests.fonts import FONTS

BOX = (100.0, 100.0, 300.0, 220.0)


def page(text: str, ink: tuple[int, int, int]) -> Picture:
    """A page of A4, 100 dots an inch, with text in a ring of the same ink inside the box."""
    drawn = Image.new("RGB", (827, 1169), "white")
    pen = ImageDraw.Draw(drawn)
    pen.ellipse((150, 145, 300, 295), outline=ink, width=4)
    pen.text((160, 200), text, ink, ImageFont.truetype(str(FONTS / "DejaVuSans.ttf"), 15))
    return np.ascontiguousarray(np.asarray(drawn)[:, :, ::-1])


def test_a_red_seal_shows_no_writing_and_black_print_does() -> None:
    text = "Nhận giấy tờ tại phòng một cửa"
    assert not shows_writing(page(text, (200, 20, 30)), [BOX], [], 595.0)
    assert shows_writing(page(text, (0, 0, 0)), [BOX], [], 595.0)


def test_words_of_the_text_layer_over_a_picture_are_no_writing_of_it() -> None:
    known = [PageWord("Nhận", 100.0, 95.0, 320.0, 225.0)]
    assert not shows_writing(page("Nhận giấy tờ", (0, 0, 0)), [BOX], known, 595.0)
