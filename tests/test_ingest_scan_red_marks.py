"""Red stamps of a scan: taken out of its text, and read by themselves."""

from __future__ import annotations

import shutil
from functools import partial

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.ingest.limits import Limits
from pipeline.ingest.ocr.tesseract import read_words
from pipeline.ingest.page.words import PageWord, row_text, rows_of
from pipeline.ingest.scan.image import Grey
from pipeline.ingest.scan.layout import read_picture_page
from pipeline.ingest.scan.pieces import Piece
from pipeline.ingest.scan.red_marks import read_red_marks
from tests.fonts import FONTS
from tests.test_ingest_scan_frames import page, pixels

needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
BOLD = ImageFont.truetype(str(FONTS / "DejaVuSans-Bold.ttf"), 48)
RED = (215, 40, 50)


def stamped(text: str, degrees: float) -> Image.Image:
    """A page with `text` in a red frame, slanted, in its upper left."""
    patch = Image.new("RGB", (430, 110), "white")
    draw = ImageDraw.Draw(patch)
    draw.rectangle([6, 6, 424, 104], outline=RED, width=5)
    draw.text((40, 24), text, RED, BOLD)
    picture = page(frame=False)
    picture.paste(patch.rotate(degrees, expand=True, fillcolor="white", resample=Image.Resampling.BICUBIC), (90, 180))
    return picture


@needs_tesseract
@pytest.mark.parametrize("degrees", [0, 7])
def test_a_red_mark_is_recorded_and_no_text(degrees: float) -> None:
    seen = read_picture_page(pixels(stamped("HỎA TỐC", degrees)), (595, 842), Limits(), read_words)
    assert row_text(rows_of(seen.words)[0]) == "KẾ HOẠCH"
    marks = [found for found in seen.aside if found.kind == "urgency"]
    assert [found.text for found in marks] == ["HỎA TỐC"]
    assert marks[0].bbox is not None
    assert marks[0].bbox[0] < 40 < 150 < marks[0].bbox[2] < 200


def read_as(text: str, part: Grey, pieces: list[Piece]) -> list[PageWord]:
    return [PageWord(word, 20 + 90 * at, 20, 100 + 90 * at, 60, False, 0.9) for at, word in enumerate(text.split())]


@pytest.mark.parametrize(
    ("read", "said"),
    [("HOR TÔC", ["HỎA TỐC"]), ("THƯQNG KHẦN", ["THƯỢNG KHẨN"]), ("MẬT", ["MẬT"]), ("HỘI NÔNG DÂN", []), ("v z", [])],
)
def test_a_mark_is_known_by_most_of_its_letters(read: str, said: list[str]) -> None:
    found = read_red_marks(pixels(stamped("X", 0)), (595, 842), partial(read_as, read))
    assert [aside.text for aside in found] == said


def test_round_seals_and_pages_without_red_are_not_looked_into() -> None:
    def no_reader(part: Grey, pieces: list[Piece]) -> list[PageWord]:
        raise AssertionError("nothing to read")

    picture = page(frame=False)
    ImageDraw.Draw(picture).ellipse([200, 150, 500, 450], outline=RED, width=9)
    assert read_red_marks(pixels(picture), (595, 842), no_reader) == []
    assert read_red_marks(np.full((2339, 1654, 3), 255, np.uint8), (595, 842), no_reader) == []
