"""Lines the engine passed over are read by themselves; rules, specks and what is doubted stay unread."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

import numpy as np
import pytest

from pipeline.ingest.ocr.tesseract import read_words
from pipeline.ingest.page.words import PageWord, row_text, rows_of
from pipeline.ingest.scan.image import Grey
from pipeline.ingest.scan.missed import read_missed_lines
from pipeline.ingest.scan.pieces import Piece, carry_back, make_sheets
from tests.made_pages import HEIGHT, PAPER, PRINT, WIDTH, written

LINES = ["Sở Nội vụ mời các phòng dự họp", "tại hội trường tầng hai của Sở", "vào sáng thứ hai tuần sau"]
WHOLE = [Piece(0, 0, WIDTH, HEIGHT)]
needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")


class Engine:
    """Answers every piece with one word in its middle, and keeps what it was asked."""

    def __init__(self, confidence: float = 0.95) -> None:
        self.confidence = confidence
        self.asked: list[Piece] = []

    def __call__(self, grey: Grey, pieces: Sequence[Piece]) -> list[PageWord]:
        self.asked += pieces
        middles = [(piece.top + piece.bottom) / 2 for piece in pieces]
        return [PageWord("hội", 200, at - 10, 240, at + 10, False, self.confidence) for at in middles]


def word(at: int) -> PageWord:
    """On the line so many below the first."""
    return PageWord("Sở", 150, 152 + 38 * at, 180, 174 + 38 * at, False, 0.95)


def test_a_line_without_words_is_read_and_the_others_are_not() -> None:
    engine = Engine()
    words = read_missed_lines(written(LINES), [word(0), word(2)], WHOLE, engine)
    assert len(engine.asked) == 1
    assert engine.asked[0].top < 190 < 212 < engine.asked[0].bottom
    assert [(w.text, round(w.middle) // 38) for w in words] == [("Sở", 4), ("Sở", 6), ("hội", 5)]


def test_a_page_that_was_read_whole_is_not_read_again() -> None:
    engine, words = Engine(), [word(0), word(1), word(2)]
    assert read_missed_lines(written(LINES), words, WHOLE, engine) == words
    assert read_missed_lines(written(LINES), [], WHOLE, engine) == []
    assert engine.asked == []


def test_what_the_engine_doubts_stays_unread() -> None:
    words = [word(0), word(2)]
    assert read_missed_lines(written(LINES), words, WHOLE, Engine(0.4)) == words


def test_rules_specks_and_blocks_are_no_lines() -> None:
    grey, engine = np.full((HEIGHT, WIDTH), PAPER, np.uint8), Engine()
    grey[300:322, 200:900] = PRINT
    grey[400:402, 200:900] = PRINT
    grey[500:520:4, 200:900:60] = PRINT
    assert read_missed_lines(grey, [word(0)], WHOLE, engine) == [word(0)]
    assert engine.asked == []


@needs_tesseract
def test_the_real_engine_reads_the_line() -> None:
    def read(grey: Grey, pieces: list[Piece]) -> list[PageWord]:
        return [
            word for sheet in make_sheets(grey, pieces) for word in carry_back(read_words(sheet.picture, 60), sheet)
        ]

    words = read_missed_lines(written(LINES), [word(0), word(2)], WHOLE, read)
    assert [row_text(row) for row in rows_of(words)][1] == LINES[1]
