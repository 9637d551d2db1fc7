"""What is no print goes, print stays, and a page without stains comes back untouched."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from pipeline.ingest.scan.image import has_ink
from pipeline.ingest.scan.stains import evened, without_back, without_edges, without_holes, without_stamps
from tests.fonts import SERIF
from tests.made_pages import DPI, HEIGHT, PAPER, PRINT, WIDTH, coloured, page, written

Grey = NDArray[np.uint8]
INSIDE = (slice(120, HEIGHT - 120), slice(120, WIDTH - 120))


def drawn(grey: Grey) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = Image.fromarray(grey)
    return picture, ImageDraw.Draw(picture)


def back(page_: Grey, strength: float) -> Grey:
    """The page with another one's print shining through from behind, mirrored, blurred and shifted."""
    behind = Image.fromarray(255 - np.roll(page(28), 17, axis=0)[:, ::-1]).filter(ImageFilter.GaussianBlur(2))
    return np.clip(page_ - strength * (np.asarray(behind, np.float32) - (255 - PAPER)), 0, 255).astype(np.uint8)


@pytest.mark.parametrize("ink", [PRINT, 90, 150])
def test_a_clean_page_comes_back_as_it_went_in(ink: int) -> None:
    clean = page(ink=ink)
    assert evened(clean, DPI) is clean
    assert without_edges(clean, DPI) is clean
    assert without_holes(clean, DPI) is clean
    assert without_back(clean) is clean
    assert np.array_equal(without_stamps(coloured(clean), DPI), clean)


@given(slant=st.integers(0, 70), broad=st.integers(18, 60))
@settings(max_examples=8, deadline=None)
def test_black_borders_go_and_print_beside_them_stays(slant: int, broad: int) -> None:
    clean = page()
    picture, draw = drawn(clean)
    draw.rectangle((0, 0, WIDTH, broad), 15)
    draw.polygon([(0, 0), (broad, 0), (broad + slant, HEIGHT), (0, HEIGHT)], 15)
    seen = without_edges(np.asarray(picture, np.uint8), DPI)
    assert np.array_equal(seen[INSIDE][:, 20:], clean[INSIDE][:, 20:])
    assert (seen < 100).sum() == pytest.approx((clean < 100).sum(), rel=0.01)


def test_a_thin_black_line_along_an_edge_goes() -> None:
    picture, draw = drawn(page())
    draw.rectangle((0, 200, 5, HEIGHT - 300), 20)
    assert without_edges(np.asarray(picture, np.uint8), DPI)[:, :8].min() > 200


def test_a_table_keeps_its_rules_beside_a_border_and_where_one_runs_into_it() -> None:
    picture, draw = drawn(page())
    draw.rectangle((90, 1400, WIDTH - 90, 1600), outline=PRINT, width=3)
    table = np.asarray(picture, np.uint8).copy()
    assert without_edges(table, DPI) is table
    draw.rectangle((0, 0, 40, HEIGHT), 15)
    draw.line((40, 1500, WIDTH - 90, 1500), PRINT, 3)
    seen = without_edges(np.asarray(picture, np.uint8), DPI)
    assert seen[700, :35].min() == 255
    assert seen[1500, 70 : WIDTH - 100].max() == PRINT


def test_punch_holes_go_and_letters_and_bullets_stay() -> None:
    picture, draw = drawn(page())
    draw.text((60, 300), "● O", PRINT)
    clean = np.asarray(picture, np.uint8).copy()
    radius = round(3 / 25.4 * DPI)
    for y in (600, 1100):
        draw.ellipse((70 - radius, y - radius, 70 + radius, y + radius), 40)
    seen = without_holes(np.asarray(picture, np.uint8), DPI)
    assert seen[550:1150, :120].min() > 200
    assert np.array_equal(seen[INSIDE], clean[INSIDE])
    assert np.array_equal(seen[290:330], clean[290:330])


def test_a_dark_disc_inside_the_text_is_no_hole() -> None:
    picture, draw = drawn(page())
    draw.ellipse((600, 800, 636, 836), 20)
    dark = np.asarray(picture, np.uint8)
    assert without_holes(dark, DPI) is dark


@pytest.mark.parametrize("depth", [0.3, 0.6])
def test_a_fold_s_shadow_is_lit_and_print_in_it_stays_dark(depth: float) -> None:
    clean = page()
    light = 1 - depth * np.exp(-(((np.arange(HEIGHT) - 800) / 90) ** 2))
    seen = evened((clean * light[:, None]).astype(np.uint8), DPI)
    assert np.median(seen[790:810]) > 0.9 * PAPER
    assert (seen[700:900] < 120).sum() == pytest.approx((clean[700:900] < 120).sum(), rel=0.1)


@pytest.mark.parametrize("strength", [0.4, 0.6])
def test_the_back_s_print_goes_and_print_stays(strength: float) -> None:
    clean = page()
    seen = without_back(back(clean, strength))
    beside = np.asarray(Image.fromarray(clean).filter(ImageFilter.MinFilter(9))) > 200
    before = (back(clean, strength)[beside] < PAPER - 30).mean()
    assert (seen[beside] < PAPER - 30).mean() < 0.1 * before
    assert (seen[clean < 80] < 80).all()


def test_faint_print_beside_dark_print_is_not_taken_for_the_back() -> None:
    half = page(ink=PRINT)
    half[HEIGHT // 2 :] = page(ink=165)[HEIGHT // 2 :]
    assert without_back(half) is half


def test_a_blank_back_is_blank_with_borders_holes_and_the_front_shining_through() -> None:
    picture, draw = drawn(back(np.full((HEIGHT, WIDTH), PAPER, np.uint8), 0.35))
    draw.rectangle((0, 0, 60, HEIGHT), 15)
    draw.ellipse((100, 600, 136, 636), 40)
    grey = without_holes(without_edges(evened(np.asarray(picture, np.uint8), DPI), DPI), DPI)
    assert not has_ink(grey)


@pytest.mark.parametrize("ink", [PRINT, 120, 160])
def test_a_few_words_are_ink_even_when_faint(ink: int) -> None:
    assert has_ink(written(["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Người soạn thảo"], left=700, ink=ink))


RED, VIOLET, BLUE = (200, 30, 40), (110, 60, 190), (40, 60, 190)


def stamp(picture: Image.Image, colour: tuple[int, int, int], x: int = 700, y: int = 900) -> None:
    draw = ImageDraw.Draw(picture)
    radius = round(17 / 25.4 * DPI)
    for inner, width in ((0, 4), (26, 2)):
        draw.ellipse(
            (x - radius + inner, y - radius + inner, x + radius - inner, y + radius - inner),
            outline=colour,
            width=width,
        )
    draw.regular_polygon((x, y, 22), 5, fill=colour)


@pytest.mark.parametrize("colour", [RED, VIOLET, BLUE])
def test_round_stamps_go_and_black_print_under_them_stays(colour: tuple[int, int, int]) -> None:
    clean = page()
    picture = Image.fromarray(coloured(np.full_like(clean, PAPER)))
    stamp(picture, colour)
    over = np.minimum(np.asarray(picture, np.uint8), coloured(clean))
    seen = without_stamps(over[:, :, ::-1].copy(), DPI)
    assert (seen[clean < 60] < 110).all()
    assert np.percentile(seen[clean == PAPER], 0.1) > 180


def test_blue_writing_stays_also_where_it_loops() -> None:
    picture = Image.fromarray(coloured(page()))
    draw = ImageDraw.Draw(picture)
    turns = np.linspace(0, 14, 300)
    loops = [(500 + 28 * t + 60 * np.cos(2 * t), 1500 + 70 * np.sin(2 * t)) for t in turns]
    draw.line(loops, BLUE, 4)
    bgr = np.asarray(picture, np.uint8)[:, :, ::-1].copy()
    grey = np.asarray(picture.convert("L"), np.uint8)
    assert np.abs(without_stamps(bgr, DPI).astype(int) - grey).max() <= 1


def test_thin_strokes_of_a_red_stamp_go_whose_colour_was_smeared() -> None:
    """JPEG keeps colour in half the resolution: a stamp's small print is left half grey."""
    picture = Image.fromarray(coloured(np.full((HEIGHT, WIDTH), PAPER, np.uint8)))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((200, 200, 520, 380), outline=RED, width=4)
    for at, text in enumerate(("Số: 418", "Ngày: 12/3", "Chuyển: Văn thư")):
        draw.text((220, 220 + 45 * at), text, RED, ImageFont.truetype(str(SERIF), 18))
    smeared = np.asarray(picture.filter(ImageFilter.GaussianBlur(1)), np.uint8)
    jpeg = io.BytesIO()
    Image.fromarray(smeared).save(jpeg, "JPEG", quality=55, subsampling=2)
    seen = without_stamps(np.asarray(Image.open(jpeg), np.uint8)[:, :, ::-1].copy(), DPI)
    assert seen.min() > 170
