"""The issuer's lines read once more: the surer line stays, a line with a number is left to its own reader."""

from __future__ import annotations

import numpy as np

from pipeline.ingest.page.words import PageWord
from pipeline.ingest.scan.header_again import read_issuer_again
from pipeline.ingest.scan.image import Grey
from pipeline.ingest.scan.pieces import Piece

GREY = np.full((2339, 1654), 255, np.uint8)
PIECES = [Piece(0, 150, 700, 400), Piece(700, 150, 1654, 400), Piece(0, 450, 1654, 2000)]


def line(top: float, *found: tuple[str, float]) -> list[PageWord]:
    return [
        PageWord(text, 200 + 120.0 * at, top, 300 + 120.0 * at, top + 30, False, sure)
        for at, (text, sure) in enumerate(found)
    ]


FIRST = [
    *line(160, ("ỦY", 0.9), ("BAN", 0.9)),
    *line(210, ("TỈNH", 0.9), ("HÁI", 0.3), ("NAM", 0.9)),
    *line(280, ("Số:", 0.9), ("#‡", 0.2), ("/KH-UBND", 0.5)),
]
AGAIN = [
    *line(160, ("ỦY", 0.5), ("BẠN", 0.5)),
    *line(212, ("TỈNH", 0.9), ("HÀ", 0.8), ("NAM", 0.9)),
    *line(280, ("Số:", 0.9), ("14", 0.9), ("/KH-UBND", 0.9)),
]


def texts(words: list[PageWord]) -> list[str]:
    return [word.text for word in sorted(words, key=lambda word: (word.top // 20, word.x0))]


def test_each_line_comes_from_the_surer_reading() -> None:
    asked: list[list[Piece]] = []

    def reader(part: Grey, pieces: list[Piece]) -> list[PageWord]:
        asked.append(pieces)
        return AGAIN

    read = read_issuer_again(GREY, FIRST, PIECES, reader)
    assert texts(read) == ["ỦY", "BAN", "TỈNH", "HÀ", "NAM", "Số:", "#‡", "/KH-UBND"]
    assert asked == [[PIECES[0]]]


def test_nothing_is_read_again_without_doubt_or_without_two_columns() -> None:
    def no_reader(part: Grey, pieces: list[Piece]) -> list[PageWord]:
        raise AssertionError("read again for nothing")

    sure = [word._replace(confidence=0.9) for word in FIRST]
    assert read_issuer_again(GREY, sure, PIECES, no_reader) == sure
    assert read_issuer_again(GREY, FIRST, PIECES[2:], no_reader) == FIRST


def test_a_line_with_other_words_is_no_second_reading_of_it() -> None:
    other = line(212, ("CỘNG", 0.9), ("HÒA", 0.9))
    assert texts(read_issuer_again(GREY, FIRST, PIECES, lambda part, pieces: other)) == texts(FIRST)
