"""Two pages side by side are two; a landscape table, a heading across and a standing page are one."""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from pipeline.ingest.limits import Limits
from pipeline.ingest.scan.halves import find_gutter
from pipeline.ingest.scan.picture_file import read_image
from pipeline.records import SourceLine
from tests.made_pages import HEIGHT, PAPER, PRINT, WIDTH, page, prose, written

LYING = (2 * WIDTH, HEIGHT)


def table(columns: list[int], rows: int = 24, ruled: bool = False) -> NDArray[np.uint8]:
    """A landscape table whose cells are short lines."""
    picture = Image.fromarray(np.full((HEIGHT, 2 * WIDTH), PAPER, np.uint8))
    draw = ImageDraw.Draw(picture)
    for left, right in pairwise(columns):
        cells = written(prose(rows, right - left - 60), left=20, top=20, size=(right - left, 40 * rows))
        picture.paste(Image.fromarray(cells), (left, 200))
        if ruled:
            for row in range(rows + 1):
                draw.line((left, 200 + 38 * row, right, 200 + 38 * row), PRINT, 3)
            draw.line((right, 200, right, 200 + 38 * rows), PRINT, 3)
    return np.asarray(picture, np.uint8).copy()


def test_two_pages_of_prose_part_at_the_gutter() -> None:
    assert find_gutter(np.hstack([page(30), page(22)])) == pytest.approx(WIDTH, abs=20)


def test_the_shadow_of_the_fold_is_no_print() -> None:
    two = np.hstack([page(30), page(22)])
    two[:, WIDTH - 6 : WIDTH + 6] = 60
    assert find_gutter(two) == pytest.approx(WIDTH, abs=20)


@pytest.mark.parametrize(
    "columns", [[150, 900, 1240, 1800, 2300], [150, 620, 1240, 1850, 2300], [150, 800, 1600, 2300]]
)
@pytest.mark.parametrize("ruled", [True, False])
def test_a_landscape_table_is_one_page(columns: list[int], ruled: bool) -> None:
    assert find_gutter(table(columns, ruled=ruled)) is None


def test_a_heading_across_the_middle_makes_one_page() -> None:
    two = np.hstack([page(30), page(30)])
    two[60:140] = written(["DANH MỤC CÁC NỘI DUNG THỰC HIỆN TRONG NĂM"], left=900, top=20, size=(2 * WIDTH, 80))
    assert find_gutter(two) is None


def test_a_standing_page_and_an_empty_one_are_one() -> None:
    assert find_gutter(page()) is None
    assert find_gutter(np.full((HEIGHT, 2 * WIDTH), PAPER, np.uint8)) is None


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
def test_the_left_page_is_read_before_the_right_one_and_each_is_turned_upright(tmp_path: Path) -> None:
    left, right = (
        written(["Kỳ họp " + line for line in prose(8, 800)]),
        written(["Hội nghị " + line for line in prose(8, 800)]),
    )
    halves = [
        np.asarray(Image.fromarray(half).rotate(turn, fillcolor=PAPER)) for half, turn in ((left, 0.9), (right, -0.9))
    ]
    Image.fromarray(np.hstack(halves)).save(tmp_path / "two.png")
    pages, _ = read_image(tmp_path / "two.png", Limits())
    assert len(pages) == 1
    lines = [block for block in pages[0].blocks if isinstance(block, SourceLine)]
    starts = ["".join(run.text for run in line.runs).split()[:2] for line in lines]
    assert [start for start in starts if start in (["Kỳ", "họp"], ["Hội", "nghị"])] == [["Kỳ", "họp"]] * 8 + [
        ["Hội", "nghị"]
    ] * 8
    middle = (pages[0].width or 0) / 2
    assert all((run.bbox[0] < middle) == (at < 8) for at, line in enumerate(lines) for run in line.runs if run.bbox)
