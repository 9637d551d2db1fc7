"""The foot of a page: two columns that one reading mixed up, a stamp over the signer, an office half hidden."""

from __future__ import annotations

import shutil

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.ingest.limits import Limits
from pipeline.ingest.ocr.tesseract import read_words
from pipeline.ingest.page.words import PageWord, rows_of
from pipeline.ingest.scan.layout import read_picture_page
from pipeline.ingest.scan.pieces import Piece
from pipeline.ingest.scan.signature import find_foot, part_scrawl
from tests.fonts import SERIF

needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
WIDTH, HEIGHT = 1654, 2339
LEFT = ["Nơi nhận:", "- Như trên;", "- Các sở, ban, ngành của tỉnh;", "- Lưu: Văn thư."]


def word(text: str, x0: float, top: float, confidence: float = 0.95) -> PageWord:
    return PageWord(text, x0, top, x0 + 14 * len(text), top + 22, False, confidence)


def page(stamp: str | None = None) -> Image.Image:
    """Recipients left, "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH" and a name right, a stamp over the offices."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), "white")
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype(str(SERIF), 34)
    for at, text in enumerate(LEFT):
        draw.text((170, 1200 + 46 * at), text, "black", font)
    for at, text in enumerate(["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]):
        draw.text((1050, 1205 + 46 * at), text, "black", font)
    draw.text((1040, 1560), "Nguyễn Văn Bình", "black", font)
    if stamp:
        for size in (300, 280, 180):
            middle = (1010, 1370)
            box = [middle[0] - size // 2, middle[1] - size // 2, middle[0] + size // 2, middle[1] + size // 2]
            draw.ellipse(box, outline=stamp, width=7)
    return picture


def bgr(picture: Image.Image) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.asarray(picture, np.uint8)[:, :, ::-1].copy()


def grey(picture: Image.Image) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.asarray(picture.convert("L"), np.uint8)


WHOLE = [Piece(0, 1100, WIDTH, 1700)]
HEAD = [word("Nơi", 170, 1205), word("nhận:", 235, 1205)]


def test_the_foot_is_parted_in_the_white_strip_between_its_columns() -> None:
    foot = find_foot(grey(page()), [*HEAD, word("KT.", 1050, 1208)], WHOLE, [])
    assert foot is not None
    assert foot.mixed
    assert 700 < foot.left.x1 == foot.right.x0 < 1040
    assert foot.left.bottom == HEIGHT


def test_columns_that_were_read_apart_are_not_read_again() -> None:
    halves = [Piece(0, 1100, 900, 1700), Piece(900, 1100, WIDTH, 1700)]
    foot = find_foot(grey(page()), [*HEAD, word("KT.", 1050, 1208)], halves, [])
    assert foot is not None
    assert not foot.mixed


def test_a_page_without_recipients_has_no_foot() -> None:
    assert find_foot(grey(page()), [word("Nơi", 170, 1205), word("ở", 235, 1205)], WHOLE, []) is None
    assert find_foot(grey(page()), [word("Nơi", 1200, 1205), word("nhận", 1265, 1205)], WHOLE, []) is None


def test_scrawl_in_the_signers_column_goes_and_half_hidden_offices_are_spelled_out() -> None:
    foot = find_foot(grey(page()), [*HEAD, word("KT.", 1050, 1208)], WHOLE, [])
    assert foot is not None
    read = [
        *HEAD,
        word("K†;CHỦ", 1050, 1208, 0.2),
        word("TỊCH®#", 1160, 1208, 0.0),
        word("Z⁄", 1100, 1400, 0.3),
        word("đệ", 980, 1560, 0.1),
        word("Bình", 1100, 1560),
    ]
    print_, scrawl = part_scrawl(read, foot)
    rows = rows_of([found for found in print_ if found.x0 > 900])
    assert [[found.text for found in row] for row in rows] == [["KT. CHỦ TỊCH"], ["Bình"]]
    assert [found.text for found in scrawl] == ["Z⁄", "đệ"]
    assert rows[0][0].raw == "K†;CHỦ TỊCH®#"
    assert (rows[0][0].confidence or 1.0) < 0.9


@needs_tesseract
@pytest.mark.parametrize("stamp", [None, "red"])
def test_recipients_and_signer_come_out_whole_under_a_stamp(stamp: str | None) -> None:
    seen = read_picture_page(bgr(page(stamp)), (595.0, 842.0), Limits(), read_words)
    lines = [" ".join(found.text for found in row) for row in rows_of([w for w in seen.words if w.x1 < 330])]
    signer = [" ".join(found.text for found in row) for row in rows_of([w for w in seen.words if w.x0 > 330])]
    assert lines == LEFT
    assert signer[-1] == "Nguyễn Văn Bình"
    assert signer[0].startswith("KT.")
    assert len(signer) == 3


def test_the_foot_ends_above_an_appendix_in_the_middle_of_the_page() -> None:
    annex = [word("PHỤ", 770, 1800), word("LỤC", 830, 1800)]
    foot = find_foot(grey(page()), [*HEAD, word("KT.", 1050, 1208), *annex], WHOLE, [])
    assert foot is not None
    assert foot.left.bottom == foot.right.bottom == 1798
    aside = [word("PHỤ", 1170, 1800), word("LỤC", 1230, 1800)]
    beside = find_foot(grey(page()), [*HEAD, word("KT.", 1050, 1208), *aside], WHOLE, [])
    assert beside is not None
    assert beside.left.bottom == HEIGHT
