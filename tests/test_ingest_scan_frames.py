"""A stamp of incoming mail drawn over the title of a scan: read by itself, wiped out, and the title read whole."""

from __future__ import annotations

import shutil

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.ingest.limits import Limits
from pipeline.ingest.ocr.tesseract import read_words
from pipeline.ingest.page.words import PageWord, row_text, rows_of
from pipeline.ingest.scan.frames import read_beside_stamps
from pipeline.ingest.scan.image import Grey
from pipeline.ingest.scan.layout import read_picture_page
from pipeline.ingest.scan.pieces import Piece
from tests.fonts import SERIF

needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
WIDTH, HEIGHT = 1654, 2339
FONT, SMALL = ImageFont.truetype(str(SERIF), 34), ImageFont.truetype(str(SERIF), 26)
BODY = "Thực hiện chương trình công tác, các huyện tổ chức hội nghị như sau"


def page(frame: bool = True) -> Image.Image:
    """A title with a boxed stamp close to its left, body lines below."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), "white")
    draw = ImageDraw.Draw(picture)
    draw.text((760, 400), "KẾ HOẠCH", "black", FONT)
    draw.text((600, 460), "Phát triển kinh tế tập thể năm 2024", "black", FONT)
    for at in range(6):
        draw.text((170, 640 + 60 * at), BODY, "black", FONT)
    if frame:
        draw.rectangle([110, 400, 560, 570], outline="black", width=4)
        draw.line([230, 400, 230, 570], "black", 4)
        draw.text((125, 465), "ĐẾN", "black", FONT)
        for at, text in enumerate(("Số: 1234", "Ngày: 05/3/2024", "Chuyển:............")):
            draw.text((250, 412 + 50 * at), text, "black", SMALL)
    return picture


def pixels(picture: Image.Image) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.asarray(picture, np.uint8)[:, :, ::-1].copy()


@needs_tesseract
def test_a_framed_stamp_beside_the_title_stands_aside() -> None:
    seen = read_picture_page(pixels(page()), (595, 842), Limits(), read_words)
    rows = [row_text(row) for row in rows_of(seen.words)]
    assert rows[:2] == ["KẾ HOẠCH", "Phát triển kinh tế tập thể năm 2024"]
    assert not any("1234" in row for row in rows)
    assert [found.kind for found in seen.aside] == ["stamp"]
    assert "05/3/2024" in seen.aside[0].text
    assert seen.tables == ()


def test_only_pieces_under_the_stamp_are_read_again() -> None:
    asked: list[list[Piece]] = []

    def reader(part: Grey, pieces: list[Piece]) -> list[PageWord]:
        asked.append(pieces)
        text = "ĐẾN Ngày" if len(asked) == 1 else "KẾ HOẠCH"
        return [
            PageWord(word, 300 + 90 * at, 420, 380 + 90 * at, 450, False, 0.9) for at, word in enumerate(text.split())
        ]

    grey = np.asarray(page().convert("L"), np.uint8)
    touched, below = Piece(0, 380, WIDTH, 600), Piece(0, 620, WIDTH, 1100)
    words = [PageWord("mixed", 300, 420, 380, 450, False, 0.5), PageWord("Thực", 170, 640, 250, 670, False, 0.9)]
    clean, kept, stamps = read_beside_stamps(grey, words, [touched, below], reader)
    assert [word.text for word in kept] == ["Thực", "KẾ", "HOẠCH"]
    assert [[word.text for word in stamp] for stamp in stamps] == [["ĐẾN", "Ngày"]]
    assert asked[1] == [touched]
    assert (clean[400:570, 110:560] == 255).all()


def test_a_frame_of_something_else_stays() -> None:
    grey = np.asarray(page().convert("L"), np.uint8)
    words = [PageWord("Thực", 170, 640, 250, 670, False, 0.9)]
    clean, kept, stamps = read_beside_stamps(grey, words, [Piece(0, 380, WIDTH, 600)], lambda part, pieces: [])
    assert (kept, stamps) == (words, [])
    assert np.array_equal(clean, grey)
