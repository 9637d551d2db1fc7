"""Quoted names, also where quote signs are missing, doubled or of the wrong kind."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.campaign_quotes import find_quotes


def _names(text: str) -> list[str]:
    return [text[quote.name_start : quote.name_end] for quote in find_quotes(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("phong trào “Hai tốt”; “Ba sạch”", ["Hai tốt", "Ba sạch"]),
        ('phong trào "Hai tốt" và "Ba sạch"', ["Hai tốt", "Ba sạch"]),
        ("«Hai tốt», „Ba sạch”", ["Hai tốt", "Ba sạch"]),
        ('“Hai tốt", ”Ba sạch”', ["Hai tốt", "Ba sạch"]),
        ("“Hai tốt” giai đoạn 2021 - 2025”. Sau “Ba sạch”", ["Hai tốt", "Ba sạch"]),
        ("“Bỏ dở “Ba sạch”", ["Ba sạch"]),
        ("“ Hai tốt ”", ["Hai tốt"]),
        ("“Dở dang\nHai tốt”", []),
        ("“abc”", []),
        ("màn hình 15\" và 17\"", []),
    ],
)  # fmt: skip
def test_names(text: str, names: list[str]) -> None:
    assert _names(text) == names


@given(st.text(alphabet="“”„«»\"'a b.\n\tđ", max_size=200))
def test_spans_are_ordered_and_inside(text: str) -> None:
    last = 0
    for quote in find_quotes(text):
        assert last <= quote.start < quote.name_start <= quote.name_end < quote.end <= len(text)
        assert "\n" not in text[quote.start : quote.end]
        last = quote.end


def test_long_hostile_text_is_read_in_one_pass() -> None:
    started = time.process_time()
    assert list(find_quotes("“a" * 200_000)) == []
    assert time.process_time() - started < 2
