"""Pages scanned sideways and upside down."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from pipeline.ingest.limits import Limits
from pipeline.ingest.page.words import PageWord
from pipeline.ingest.scan.page import OcrPage
from pipeline.ingest.scan.picture_file import read_image
from pipeline.ingest.scan.skew import lines_stand
from pipeline.ingest.scan.turn import seems_turned
from pipeline.records import SourceLine
from tests.fonts import SERIF
from tests.made_pages import WIDTH, coloured, page

BODY = [
    "Thực hiện chương trình công tác năm 2024, Sở Nội vụ xây dựng kế hoạch",
    "tập huấn nghiệp vụ cho công chức các huyện với các nội dung như sau.",
    "Văn phòng Sở chuẩn bị tài liệu trước ngày 15 tháng 4 năm 2024 và gửi",
    "cho các phòng, ban, đơn vị trực thuộc cùng giấy mời họp của Sở.",
]


def words(text: str, confidence: float) -> OcrPage:
    found = [
        PageWord(word, 40.0 * at, 10, 40.0 * at + 30, 22, False, confidence) for at, word in enumerate(text.split())
    ]
    return OcrPage(tuple(found), ())


def test_only_a_page_of_doubted_scraps_seems_turned() -> None:
    assert seems_turned(words("xZq hbl tkk " * 10, 0.3))
    assert not seems_turned(words("xZq hbl tkk " * 10, 0.9))
    assert not seems_turned(words("công tác năm " * 10, 0.3))
    assert not seems_turned(words("xZq hbl", 0.3))


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
@pytest.mark.parametrize("degrees", [90, 270, 180])
def test_a_turned_page_is_read_upright(tmp_path: Path, degrees: int) -> None:
    picture = Image.new("RGB", (1654, 2339), "white")
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype(str(SERIF), 36)
    for at in range(16):
        draw.text((150, 300 + 70 * at), BODY[at % 4], "black", font)
    path = tmp_path / "scan.png"
    picture.rotate(degrees, expand=True).save(path)
    pages, _ = read_image(path, Limits())
    assert pages[0].rotation == degrees
    assert (pages[0].width or 0) < (pages[0].height or 0)
    first = next(block for block in pages[0].blocks if isinstance(block, SourceLine))
    assert "".join(run.text for run in first.runs).startswith("Thực hiện chương trình công tác")


def test_lines_that_run_upright_are_seen_and_a_table_s_rules_are_not_taken_for_them() -> None:
    upright = page()
    assert not lines_stand(coloured(upright))
    assert lines_stand(coloured(np.rot90(upright).copy()))
    for column in range(100, WIDTH, 100):
        upright[:, column : column + 4] = 20
    assert not lines_stand(coloured(upright))


def test_a_sideways_page_is_read_in_full_once(tmp_path: Path) -> None:
    sizes: list[tuple[int, ...]] = []

    def engine(picture: NDArray[np.uint8], _: float) -> list[PageWord]:
        sizes.append(picture.shape)
        clockwise = len(sizes) > 1  # the first strip, turned the wrong way, makes no words
        return list(
            words("Thực hiện chương trình công tác năm học này " * 3 if clockwise else "xZq hbl " * 9, 0.9).words
        )

    Image.fromarray(np.rot90(page(), -1)).save(tmp_path / "scan.png")
    pages, _ = read_image(tmp_path / "scan.png", Limits(), engine)
    assert pages[0].rotation == 270
    assert [tall > 1000 for tall, _ in sizes] == [False, False, True]
