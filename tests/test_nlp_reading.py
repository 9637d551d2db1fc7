from __future__ import annotations

import pytest

from pipeline.fold import fold
from pipeline.nlp import Reading, load_nlp, read
from pipeline.records import PlanText
from pipeline.rulebook import RuleError

TEXT = "Từ 01/3/2023 đến 31/5/2023, ngày 3/2, trong năm 2024"


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(PlanText(TEXT, fold(TEXT), (), (), ()), load_nlp())


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (0, None, ["01/3/2023", "31/5/2023", "ngày 3/2", "năm 2024"]),
        (3, 12, ["01/3/2023"]),
        (4, 26, ["31/5/2023"]),
        (3, 25, ["01/3/2023"]),
        (27, None, ["ngày 3/2", "năm 2024"]),
        (13, 13, []),
        (60, None, []),
    ],
)
def test_only_what_lies_wholly_in_the_range(reading: Reading, start: int, end: int | None, words: list[str]) -> None:
    assert [TEXT[match.start : match.end] for match in reading.find("date", start, end)] == words


def test_an_unknown_group_is_an_error(reading: Reading) -> None:
    with pytest.raises(RuleError, match="nothing"):
        reading.find("nothing")


def test_a_text_beyond_spacy_s_own_limit_is_read() -> None:
    text = ("x" * 999 + "\n") * 1_040 + "năm 2024"
    long = read(PlanText(text, text, (), (), ()), load_nlp())
    assert long.doc.text == text
    assert [match.start for match in long.find("date")] == [1_040_000]
