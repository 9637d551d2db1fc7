"""Where the gaps of printed frames begin and end, told from the engine's words, merged with what the pen wrote or not."""

from __future__ import annotations

import pytest

from pipeline.ingest.hand.frames import find_gaps
from pipeline.ingest.page.words import PageWord


def row(*words: tuple[str, float, float]) -> list[PageWord]:
    return [PageWord(text, x0, 100.0, x1, 112.0, False, 0.95) for text, x0, x1 in words]


NUMBER = (("Số:", 100.0, 116.0), ("#‡", 120.0, 140.0), ("/KH-UBND", 150.0, 217.0))
DATE = (("ngày", 300.0, 326.0), ("4†", 330.0, 345.0), ("tháng", 350.0, 380.5), ("3", 384.0, 390.0))
YEAR = (("năm", 395.0, 418.0), ("2024", 422.0, 449.0))


def test_the_gaps_stand_between_the_printed_words() -> None:
    number, day, month = find_gaps(row(*NUMBER, *DATE, *YEAR))
    assert (number.kind, day.kind, month.kind) == ("number", "day", "month")
    assert 114 < number.left < 120
    assert number.right == pytest.approx(150, abs=1)
    assert (day.left, day.right) == pytest.approx((326, 350), abs=1)
    assert (month.left, month.right) == pytest.approx((380.5, 395), abs=1)
    assert 12 < day.em < 15


def test_a_word_merged_with_handwriting_is_measured_from_its_printed_end() -> None:
    merged = row(("ngày4†tháng", 300.0, 380.5), ("01", 384.0, 396.0), ("năm", 400.0, 423.0), ("2024", 427.0, 454.0))
    day = find_gaps(merged)[0]
    assert day.kind == "day"
    assert day.left == pytest.approx(326, abs=3)
    assert day.right == pytest.approx(350, abs=3)


def test_a_number_with_its_colon_comes_before_a_cited_one() -> None:
    cited = row(("SỐ", 100.0, 118.0), ("1050/QĐ-SCT", 122.0, 206.0))
    own = [word._replace(top=140.0, bottom=152.0) for word in row(*NUMBER)]
    (number,) = find_gaps([*cited, *own])
    assert number.base > 130


@pytest.mark.parametrize("words", [(), (("Số", 1.0, 9.0), ("trang", 12.0, 40.0)), (("2024", 1.0, 30.0),)])
def test_other_lines_have_no_gaps(words: tuple[tuple[str, float, float], ...]) -> None:
    assert find_gaps(row(*words)) == ()
