"""Digits by pen in a printed frame: cut out, told from blanks, read; made-up headers, seeded."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from pipeline.ingest.hand.page import read_hands
from pipeline.records import HandReading
from tests.pen_frames import SIZE, PenFrame, pen_frame

MANY = 16


@cache
def made(seed: int) -> tuple[PenFrame, dict[str, HandReading]]:
    frame = pen_frame(seed, "" if seed % 5 == 4 else None, "" if seed % 7 == 6 else None)
    return frame, {hand.kind: hand for hand in read_hands(frame.picture, SIZE, frame.words)}


@pytest.mark.parametrize("kind", ["number", "day"])
def test_a_blank_gap_is_told_from_a_written_one_dots_or_not(kind: str) -> None:
    told = [(hands[kind].written, bool(frame.truth[kind])) for frame, hands in map(made, range(MANY))]
    assert {written for _, written in told} == {True, False}
    assert all(seen == written for seen, written in told)


@pytest.mark.parametrize(("kind", "least"), [("number", 0.7), ("day", 0.8)])
def test_most_of_what_a_pen_wrote_is_read(kind: str, least: float) -> None:
    pairs = [(hands[kind].digits, frame.truth[kind]) for frame, hands in map(made, range(MANY)) if frame.truth[kind]]
    assert sum(read == wrote for read, wrote in pairs) >= least * len(pairs)


def test_sure_readings_are_seldom_wrong() -> None:
    sure = [
        hand.digits == frame.truth[kind]
        for frame, hands in map(made, range(MANY))
        for kind, hand in hands.items()
        if kind != "month" and hand.confidence >= 0.9
    ]
    assert len(sure) >= 5
    assert sum(sure) >= 0.9 * len(sure)


def test_the_month_in_print_is_read_too_and_the_box_is_the_gaps() -> None:
    hands = made(2)[1]
    assert hands["month"].digits == "3"
    left, top, right, bottom = hands["number"].bbox
    words = {word.text: word for word in made(2)[0].words}
    assert left < words["Số:"].x1 < words["/KH-UBND"].x0 < right
    assert top < words["Số:"].top < words["Số:"].bottom < bottom


def test_a_stamp_over_a_blank_gap_is_no_writing() -> None:
    frame = pen_frame(3, "", "")
    stamped = frame.picture.copy()
    stamped[250:290, 330:340] = (90, 90, 215)
    assert not any(hand.written for hand in read_hands(stamped, SIZE, frame.words) if hand.kind != "month")


def test_blackness_is_written_and_not_read() -> None:
    frame = pen_frame(3, "", "")
    black = frame.picture.copy()
    black[200:320, 280:400] = 0
    number = next(hand for hand in read_hands(black, SIZE, frame.words) if hand.kind == "number")
    assert not number.chances or number.confidence < 0.5


def test_a_page_without_a_frame_has_no_hands() -> None:
    frame = pen_frame(0)
    assert read_hands(frame.picture, SIZE, [word for word in frame.words if "/" not in word.text][:1]) == ()
    assert read_hands(np.full((9, 9, 3), 255, np.uint8), SIZE, ()) == ()


def test_the_same_page_gives_the_same_reading() -> None:
    frame, hands = made(1)
    assert {hand.kind: hand for hand in read_hands(frame.picture, SIZE, frame.words)} == hands


@pytest.mark.parametrize("width", [0.0, 0.01, 0.5, -3.0])
def test_words_of_no_width_cost_nothing(width: float) -> None:
    frame = pen_frame(3)
    words = [word._replace(x1=word.x0 + width) for word in frame.words]
    assert read_hands(frame.picture, SIZE, words) == ()


def test_a_gap_as_wide_as_a_book_is_not_cut_out() -> None:
    frame = pen_frame(3)
    words = [
        word._replace(x0=word.x0 + 9e6, x1=word.x1 + 9e6) if word.text[0] in "/t" else word for word in frame.words
    ]
    assert all(hand.bbox[2] - hand.bbox[0] < 1000 for hand in read_hands(frame.picture, SIZE, words))


@pytest.mark.parametrize("shape", [(1, 1, 3), (900, 1, 3), (1, 900, 3)])
def test_a_picture_of_one_dot_is_blank(shape: tuple[int, int, int]) -> None:
    hands = read_hands(np.zeros(shape, np.uint8), SIZE, pen_frame(3).words)
    assert [hand.written for hand in hands] == [False, False, False]


def test_a_number_with_a_letter_is_none_the_reader_knows() -> None:
    hand = HandReading("number", True, (0, 0, 1, 1), ((0.1,) * 10,) * 3, 1.0)
    assert hand.chance("12a") == 0.0
    assert hand.chance("123") == pytest.approx(0.001)
