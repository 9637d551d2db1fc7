"""Roman numerals alone in a cell, told by their column."""

from __future__ import annotations

import pytest

from pipeline.ingest.page.words import PageWord
from pipeline.ingest.repair.cells import Box, repair_cells


def table(*columns: list[str]) -> tuple[list[PageWord], list[Box]]:
    """A table of columns 100 wide and rows 20 high."""
    words, cells = [], []
    for across, column in enumerate(columns):
        for row, text in enumerate(column):
            left, top = 100.0 * across, 20.0 * row
            cells.append((left, top, left + 98, top + 18))
            for at, word in enumerate(text.split()):
                words.append(PageWord(word, left + 10 + 20 * at, top + 4, left + 25 + 20 * at, top + 14, False, 0.9))
    return words, cells


def repaired(*columns: list[str]) -> list[str]:
    words, cells = table(*columns)
    return [word.text for word in repair_cells(words, [cells])]


@pytest.mark.parametrize(
    ("read", "right"),
    [
        (["Quý", "1", "H", "HI", "lV"], ["Quý", "I", "II", "III", "IV"]),
        (["Quý", "I", "II", "LII", "IV"], ["Quý", "I", "II", "III", "IV"]),
        (["STT", "I", "1", "H", "1", "HI", "IV"], ["STT", "I", "1", "II", "1", "III", "IV"]),
    ],
)
def test_the_column_tells_the_numeral(read: list[str], right: list[str]) -> None:
    assert repaired(read, ["Nội"] * len(read))[: len(right)] == right


@pytest.mark.parametrize(
    "column",
    [
        ["STT", "1", "2", "11"],
        ["Hạng", "H", "L", "1"],
        ["STT", "I", "1", "II", "1", "11"],
        ["Trong quý này các đơn vị nộp", "1"],
        ["Quý", "H tổng kết", "V", "2"],
    ],
)
def test_other_cells_are_left_alone(column: list[str]) -> None:
    assert repaired(column) == [word for text in column for word in text.split()]


def test_the_raw_reading_is_kept_and_words_outside_tables_stay() -> None:
    words, cells = table(["Quý", "H"])
    outside = PageWord("H", 500.0, 500.0, 510.0, 512.0, False, 0.9)
    _, quarter, other = repair_cells([*words, outside], [cells])
    assert (quarter.text, quarter.raw, quarter.repair) == ("II", "H", "repair.quarter")
    assert other is outside
    assert repair_cells(words, []) == words
