"""Doubted words are read again by themselves; only what is clearly better, and a syllable, takes their place."""

from __future__ import annotations

import time

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.ingest.ocr.engine import OcrError
from pipeline.ingest.ocr.second import with_second
from pipeline.ingest.page.words import PageWord

PICTURE = np.full((400, 900), 255, np.uint8)
PICTURE[100:130, 100:200] = 0


def word(text: str, confidence: float, x0: float = 100, top: float = 100) -> PageWord:
    return PageWord(text, x0, top, x0 + 100, top + 30, False, confidence)


class Second:
    """Finds the black word on the sheet it is given, and reads it as it is told to."""

    def __init__(self, answer: str | Exception | None, confidence: float = 0.95) -> None:
        self.answer, self.confidence = answer, confidence
        self.sheets: list[NDArray[np.uint8]] = []

    def __call__(self, picture: NDArray[np.uint8], seconds: float) -> list[PageWord]:
        self.sheets.append(picture)
        if isinstance(self.answer, Exception):
            raise self.answer
        places = np.argwhere(picture == 0)
        if self.answer is None or not len(places):
            return []
        (top, left), (bottom, right) = places.min(axis=0).tolist(), (places.max(axis=0) + 1).tolist()
        return [PageWord(self.answer, left, top, right, bottom, False, self.confidence)]


def read(first: list[PageWord], second: Second, seconds: float = 60.0) -> list[PageWord]:
    return with_second(lambda picture, seconds: first, second)(PICTURE, seconds)


@pytest.mark.parametrize(
    ("once", "again", "text"),
    [
        ("kiểêm", "kiểm", "kiểm"),
        ("“huâân.", "huấn", "“huấn."),
        ("TRUÖNG", "TRƯỞNG", "TRƯỞNG"),
        ("cập", "cấp", "cập"),  # a syllable already
        ("kiểêm", "ki§m", "kiểêm"),  # no word
        ("kiểêm", "kxểm", "kiểêm"),  # no syllable
        ("dâân", "Thời", "dâân"),  # another word's case
        ("kiểêm", "", "kiểêm"),
    ],
)
def test_the_better_reading_of_a_doubted_word_is_kept(once: str, again: str, text: str) -> None:
    (found,) = read([word(once, 0.6)], Second(again))
    assert found == word(text, 0.9 if text != once else 0.6)


@pytest.mark.parametrize("sure", [0.85, 0.1])
def test_sure_words_and_scrawl_are_not_read_again(sure: float) -> None:
    second = Second("kiểm")
    assert read([word("kiểêm", sure)], second) == [word("kiểêm", sure)]
    assert second.sheets == []


@pytest.mark.parametrize("text", ["44.", "II", "15/KH-UBND", "15/3/2024", "a)", "-"])
def test_numbers_labels_and_references_stay_as_they_were_read_in_their_line(text: str) -> None:
    (found,) = read([word(text, 0.5)], Second("thi"))
    assert found.text == text


@pytest.mark.parametrize("second", [Second("kiểm", 0.65), Second(None), Second(OcrError("> 60 s"))])
def test_a_reading_hardly_surer_none_and_a_failure_change_nothing(second: Second) -> None:
    first = [word("kiểêm", 0.6), word("tra", 0.95, 220)]
    assert read(first, second) == first
    assert len(second.sheets) == 1


def test_only_the_doubted_words_are_on_the_sheet() -> None:
    second = Second("kiểm")
    first = [word("công", 0.95, 300), word("kiểêm", 0.6), word("tác", 0.95, 450)]
    assert [found.text for found in read(first, second)] == ["công", "kiểm", "tác"]
    (sheet,) = second.sheets
    assert sheet.shape[0] < 120
    assert sheet.shape[1] < 200


def test_a_word_of_another_place_is_not_taken() -> None:
    far = lambda picture, seconds: [PageWord("kiểm", 0.0, 0.0, 20.0, 10.0, False, 0.95)]  # noqa: E731
    assert with_second(lambda picture, seconds: [word("kiểêm", 0.6)], far)(PICTURE, 60.0) == [word("kiểêm", 0.6)]


def test_both_readings_share_the_time_of_the_page() -> None:
    given: list[float] = []

    def first(picture: NDArray[np.uint8], seconds: float) -> list[PageWord]:
        started = time.monotonic()
        while time.monotonic() - started < 0.05:
            pass
        return [word("kiểêm", 0.6)]

    def second(picture: NDArray[np.uint8], seconds: float) -> list[PageWord]:
        given.append(seconds)
        return []

    with_second(first, second)(PICTURE, 2.0)
    assert 0 < given[0] <= 1.95
