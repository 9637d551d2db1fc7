"""What an engine says is held to be words in a place before it is used."""

from __future__ import annotations

import math

import pytest

from pipeline.ingest.page.words import PageWord, sound


def word(text: str, x0: float = 1.0, confidence: float | None = 0.9) -> PageWord:
    return PageWord(text, x0, 2.0, 3.0, 4.0, False, confidence)


@pytest.mark.parametrize("text", ["", " ", "\u00a0\n", "\ud800", "Sở\udfff"])
def test_a_word_without_text_or_with_half_a_sign_is_none(text: str) -> None:
    assert sound([word(text), word("Sở")]) == [word("Sở")]


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_a_word_without_a_place_or_a_confidence_is_none(number: float) -> None:
    assert sound([word("Sở", x0=number), word("Nội", confidence=number), word("vụ", confidence=None)]) == [
        word("vụ", confidence=None)
    ]
