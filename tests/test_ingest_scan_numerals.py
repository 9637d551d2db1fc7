"""Roman numerals counted in drawn pictures: strokes with serifs are I, other print stays what the engine read."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.ingest.page.words import PageWord
from pipeline.ingest.scan.image import Grey
from pipeline.ingest.scan.numerals import with_numerals

TOP, HIGH = 40, 24


def picture(*lefts: int, head: bool = True, bar: bool = False, foot: int = 0, slash: int | None = None) -> Grey:
    """White with strokes of three dots, with serifs, that begin at `lefts`; without `head` as a 1: none to its right."""
    grey = np.full((120, 200), 255, np.uint8)
    for left in lefts:
        grey[TOP : TOP + HIGH, left : left + 3] = 20
        grey[TOP + HIGH - 2 : TOP + HIGH, left - 3 : left + 6] = 20
        grey[TOP : TOP + 2, left - 3 : left + (6 if head else 3)] = 20
    if bar:
        grey[TOP + 11 : TOP + 14, lefts[0] : lefts[-1]] = 20
    grey[TOP + HIGH - 2 : TOP + HIGH, lefts[-1] : lefts[-1] + foot] = 20
    for row in range(0 if slash is None else HIGH + 4):
        grey[TOP + row, (slash or 0) + (HIGH - row) // 3] = 20
    return grey


def read(text: str, grey: Grey, right: int = 100) -> PageWord:
    (word,) = with_numerals([PageWord(text, 47, TOP, right, TOP + HIGH, confidence=0.6)], grey)
    return word


@pytest.mark.parametrize("text", ["II", "II.", "H", "HI", "l1;", "Hi", "IH", "TI."])
def test_three_strokes_are_three_whatever_was_read(text: str) -> None:
    assert read(text, picture(50, 62, 74)).text == "III" + text.lstrip("IHl1Ti")


@pytest.mark.parametrize(("text", "right"), [("1", "I"), ("I1.", "I."), ("1/2024", "I/2024"), ("[/2024", "I/2024")])
def test_one_stroke_with_head_and_foot_is_one(text: str, right: str) -> None:
    assert read(text, picture(50)).text == right


def test_what_was_read_is_kept_and_the_answer_no_surer_than_a_repair() -> None:
    word = read("II", picture(50, 62, 74))
    assert (word.raw, word.repair, word.confidence) == ("II", "repair.strokes", 0.6)


def test_a_slash_behind_the_strokes_ends_them() -> None:
    assert read("II/2024", picture(50, 62, 74, slash=84)).text == "III/2024"


@pytest.mark.parametrize(
    ("text", "grey"),
    [
        ("1", picture(50, head=False)),
        ("11", picture(50, 68, head=False)),
        ("11", picture(50, 68)),
        ("H", picture(50, 62, bar=True)),
        ("IH", picture(50, 62, 74, bar=True)),
        ("II", np.full((120, 200), 255, np.uint8)),
        ("II", picture(50, 62, 74, 86)),
        ("I9", picture(50, 62)),
        ("Hội", picture(50, 62, 74)),
        ("TL", picture(50, 74)),
        ("L.", picture(50, foot=15)),
        ("I.K.Nam", picture(50)),
    ],
    ids=[
        "a 1",
        "an 11",
        "far apart",
        "an H",
        "strokes with a bar",
        "no ink",
        "four",
        "a number",
        "a word",
        "two letters",
        "an L",
        "a name",
    ],
)
def test_no_numeral_is_made_of_other_print(text: str, grey: Grey) -> None:
    word = read(text, grey)
    assert (word.text, word.repair) == (text, None)


def test_small_print_gives_no_answer() -> None:
    grey = np.full((120, 200), 255, np.uint8)
    grey[TOP : TOP + 9, 50:52] = grey[TOP : TOP + 9, 55:57] = 20
    assert read("H", grey).text == "H"


def test_words_at_the_picture_s_border_are_read() -> None:
    grey = picture(50, 62, 74)
    word = PageWord("II", -5, -5, 400, 400, confidence=0.6)
    assert with_numerals([word], grey)[0].text == "III"
    assert with_numerals([word._replace(x0=500, x1=600)], grey) == [word._replace(x0=500, x1=600)]
