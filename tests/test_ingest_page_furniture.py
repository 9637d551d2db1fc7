"""furniture: a page's own number, also where OCR misread it."""

from __future__ import annotations

import pytest

from pipeline.ingest.page.furniture import _is_number
from pipeline.ingest.page.words import PageWord

HEIGHT = 842.0


def row(text: str, top: float, confidence: float | None = 0.4) -> list[PageWord]:
    return [PageWord(word, 290.0, top, 300.0, top + 10, False, confidence) for word in text.split()]


@pytest.mark.parametrize("text", ["5", "- 5 -", "t9)", "S5", "12:"])
def test_number_above_the_text_goes(text: str) -> None:
    assert _is_number(row(text, 32), HEIGHT)


@pytest.mark.parametrize(
    ("text", "top", "confidence"),
    [("t9)", 60, 0.4), ("t9)", 32, None), ("25/11/2022.", 60, 0.9), ("ở", 32, 0.4), ("Mục 5 này", 32, 0.4)],
)
def test_text_and_what_the_file_itself_says_stay(text: str, top: float, confidence: float | None) -> None:
    assert not _is_number(row(text, top, confidence), HEIGHT)
