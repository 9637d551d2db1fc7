"""Dashes that the engine passed over, seen in the picture; nothing else becomes one."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.ingest.page.words import PageWord
from pipeline.ingest.scan.dashes import whole_dashes, with_dashes
from pipeline.ingest.scan.image import Grey

TOP, BOTTOM = 100.0, 130.0
FIRST = PageWord("Tổ", 200, TOP, 240, BOTTOM, confidence=0.95)
SECOND = PageWord("chức", 300, TOP, 360, BOTTOM, confidence=0.95)


def picture(*marks: tuple[int, int, int, int]) -> Grey:
    """White, with black boxes left, top, right, bottom; the words' own ink too."""
    grey = np.full((300, 600), 255, np.uint8)
    for left, top, right, bottom in (*marks, (200, 104, 238, 128), (300, 104, 358, 128)):
        grey[top:bottom, left:right] = 20
    return grey


def read(*marks: tuple[int, int, int, int]) -> list[str]:
    return [word.text for word in with_dashes([FIRST, SECOND], picture(*marks))]


def test_a_bullet_before_the_line_is_put_back_with_its_box() -> None:
    dash, *others = with_dashes([FIRST, SECOND], picture((170, 116, 184, 120)))
    assert (dash.text, dash.x0, dash.top, dash.x1, dash.bottom) == ("-", 170, 116, 184, 120)
    assert others == [FIRST, SECOND]
    assert dash.confidence is not None
    assert dash.confidence < 0.95


def test_a_dash_between_two_words_is_put_back() -> None:
    assert read((262, 116, 276, 120)) == ["Tổ", "-", "chức"]


@pytest.mark.parametrize(
    "mark",
    [(170, 101, 184, 104), (170, 127, 184, 130), (174, 112, 182, 122), (60, 116, 74, 120), (90, 116, 190, 120)],
    ids=["a mark above letters", "an underscore", "a dot", "far away", "a rule"],
)
def test_other_ink_is_no_dash(mark: tuple[int, int, int, int]) -> None:
    assert read(mark) == ["Tổ", "chức"]


def test_two_strokes_are_no_dash() -> None:
    assert read((262, 116, 270, 119), (276, 116, 284, 119)) == ["Tổ", "chức"]


def test_a_dash_that_was_read_is_not_doubled() -> None:
    dash = PageWord("-", 170, 116, 184, 120, confidence=0.8)
    words = [dash, FIRST, SECOND]
    assert with_dashes(words, picture((170, 116, 184, 120))) == words


def test_doubted_words_stay_as_they_are() -> None:
    doubted = [FIRST._replace(confidence=0.3), SECOND]
    assert with_dashes(doubted, picture((170, 116, 184, 120))) == doubted
    assert with_dashes([], picture()) == []


def test_a_dash_cut_into_two_halves_is_one() -> None:
    left = PageWord("-", 262, 116, 268, 120, confidence=0.9)
    right = PageWord("-", 268, 116, 275, 120, confidence=0.9)
    (dash,) = whole_dashes([left, right])
    assert (dash.x0, dash.x1) == (262, 275)
    assert [word.text for word in whole_dashes([left, SECOND, right, FIRST])] == ["-", "chức", "Tổ"]


def test_two_dashes_apart_or_on_two_lines_stay_two() -> None:
    left = PageWord("-", 262, 116, 268, 120, confidence=0.9)
    apart = [left, left._replace(x0=274, x1=280)]
    lines = [left, left._replace(top=156, bottom=160)]
    assert whole_dashes(apart) == apart
    assert whole_dashes(lines) == lines
