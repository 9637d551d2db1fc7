"""The signer's column read again: red names, offices under a stamp, and what a second reading must not spoil."""

from __future__ import annotations

import shutil

import pytest
from PIL import ImageDraw, ImageFont

from pipeline.ingest.limits import Limits
from pipeline.ingest.ocr.tesseract import read_words
from pipeline.ingest.page.words import PageWord, rows_of
from pipeline.ingest.scan.image import Grey
from pipeline.ingest.scan.layout import read_picture_page
from pipeline.ingest.scan.pieces import Piece
from pipeline.ingest.scan.signature import find_foot, part_scrawl
from pipeline.ingest.scan.signature_again import merged, read_signer_again
from tests.fonts import SERIF
from tests.test_ingest_scan_signature import HEAD, WHOLE, bgr, grey, page, word

needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
FONT = ImageFont.truetype(str(SERIF), 34)


@needs_tesseract
def test_a_name_printed_in_red_is_read_and_the_seal_is_not() -> None:
    picture = page(stamp="red")
    draw = ImageDraw.Draw(picture)
    draw.rectangle([1000, 1540, 1654, 1640], fill="white")
    draw.text((930, 1350), "SỞ Y TẾ", "red", FONT)
    draw.text((1040, 1560), "Đặng Thị Hòa", (200, 20, 40), FONT)
    seen = read_picture_page(bgr(picture), (595, 842), Limits(), read_words)
    read = " ".join(found.text for found in seen.words)
    assert "Đặng Thị Hòa" in read
    assert "TẾ" not in read


def test_sure_words_fill_gaps_and_never_replace_sure_ones() -> None:
    first = [word("CHỦ", 1050, 1208, 0.9), word("#@", 1150, 1208, 0.1), word("Hsång", 1050, 1560, 0.4)]
    again = [word("CHÚ", 1050, 1208, 0.95), word("TỊCH", 1145, 1208, 0.9), word("Hoäng", 1050, 1560, 0.5)]
    assert [found.text for found in merged(first, again)] == ["CHỦ", "TỊCH", "Hoäng"]


def test_words_made_of_specks_fill_nothing() -> None:
    speck = PageWord("CHỦ", 1200, 1208, 1214, 1216, False, 0.96)
    assert merged([word("TỊCH", 1050, 1208)], [speck]) == [word("TỊCH", 1050, 1208)]


def test_a_column_without_doubt_is_read_once() -> None:
    def no_reader(part: Grey, pieces: list[Piece]) -> list[PageWord]:
        raise AssertionError("read again for nothing")

    read = [*HEAD, word("GIÁM", 1050, 1208), word("ĐỐC", 1130, 1208), word("Lê", 1050, 1560), word("Minh", 1100, 1560)]
    foot = find_foot(grey(page()), read, WHOLE, [])
    assert foot is not None
    assert read_signer_again(grey(page()), read, foot, no_reader, lambda: grey(page())) == read


def test_two_lines_that_end_in_one_office_are_its_deputys() -> None:
    foot = find_foot(grey(page()), [*HEAD, word("KT.", 1050, 1208)], WHOLE, [])
    assert foot is not None
    read = [
        *HEAD,
        word("=J{", 1050, 1208, 0.1),
        word("TỊCH", 1160, 1208),
        word("đệ", 900, 1228, 0.2),
        word("Ð`}", 1040, 1254, 0.1),
        word("TỊCH", 1160, 1254),
    ]
    kept, _ = part_scrawl(read, foot)
    assert [found.text for found in kept if found.x0 > 900] == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    assert rows_of(kept)[-1][0].confidence == 0.7


def test_a_slash_in_the_short_form_is_kept_as_printed() -> None:
    foot = find_foot(grey(page()), [*HEAD, word("KT.", 1050, 1208)], WHOLE, [])
    assert foot is not None
    read = [
        *HEAD,
        word("T/M.", 950, 1208, 0.9),
        word("ĐOÀN", 1050, 1208),
        word("KIÊM", 1150, 1208),
        word("TRA", 1250, 1208),
    ]
    kept, _ = part_scrawl(read, foot)
    assert [(found.text, found.raw) for found in kept if found.x0 > 900] == [
        ("T/M. ĐOÀN KIỂM TRA", "T/M. ĐOÀN KIÊM TRA")
    ]
