"""Two readings of a page made one; what of a page has words; letters typed apart."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.page.words import PageWord
from pipeline.ingest.pdf.coverage import is_covered, unseen_words
from pipeline.ingest.pdf.reconcile import fill_gaps, is_doubtful, is_sure, word_by_word
from pipeline.ingest.pdf.spacing import join_spaced


def word(text: str, x0: float, top: float = 100.0, confidence: float | None = None, width: float = 30.0) -> PageWord:
    return PageWord(text, x0, top, x0 + width, top + 12, confidence=confidence)


def texts(words: list[PageWord]) -> list[str]:
    return [own.text for own in words]


@pytest.mark.parametrize(
    ("own", "doubtful", "sure"),
    [
        (word("hoạch", 0), False, True),
        (word("hoạch,", 0, confidence=0.95), False, True),
        (word("hoạch", 0, confidence=0.7), False, False),
        (word("hoạch", 0, confidence=0.3), True, False),
        (word("hoqch", 0), True, False),
        (word("2024", 0), False, False),
    ],
)
def test_doubtful_and_sure_words(own: PageWord, doubtful: bool, sure: bool) -> None:
    assert (is_doubtful(own), is_sure(own)) == (doubtful, sure)


def test_a_doubtful_word_takes_the_sure_one_at_its_place() -> None:
    layer = [word("kế", 10), word("hoqch", 50), word("kiẻem", 90), word("27", 130)]
    engine = [
        word("kể", 11, 101, 0.99),
        word("hoạch", 51, 101, 0.95),
        word("kiểm", 91, 101, 0.5),
        word("21", 131, 101, 0.99),
    ]
    assert texts(word_by_word(layer, engine)) == ["kế", "hoạch", "kiẻem", "27"]


def test_only_what_stands_at_no_word_fills_gaps() -> None:
    own = [word("kế", 10), word("hoạch", 50)]
    other = [word("kê", 12, 102), word("năm", 90), word("dưới", 10, 130)]
    assert texts(fill_gaps(own, other)) == ["kế", "hoạch", "năm", "dưới"]


PLACES = st.tuples(st.integers(0, 12), st.integers(0, 40))
READINGS = st.dictionaries(PLACES, st.sampled_from(["kế", "hoqch", "27"]), max_size=12).map(
    lambda found: [word(text, 40.0 * x, 20.0 * y) for (x, y), text in found.items()]
)


@given(READINGS)
def test_a_reading_put_together_with_itself_stays(words: list[PageWord]) -> None:
    assert word_by_word(words, words) == words
    assert fill_gaps(words, words) == words
    assert fill_gaps([], words) == words


def test_lines_without_words_are_seen_and_a_scrawl_is_not_one() -> None:
    line = [(60.0 + 8 * at, 100.0, 65.0 + 8 * at, 108.0) for at in range(40)]
    page = [(x0, top + 20 * row, x1, bottom + 20 * row) for row in range(10) for x0, top, x1, bottom in line]
    words = [PageWord("chữ", 60, 98 + 20.0 * row, 380, 112 + 20.0 * row) for row in range(10)]
    scrawl = [(300.0 + 3 * at, 400.0 + 2 * at, 305.0 + 3 * at, 408.0 + 2 * at) for at in range(70)]
    assert is_covered(words, page)
    assert not is_covered(words[:5], page)
    assert not is_covered([], page)
    assert is_covered(words, page + scrawl)


def test_words_on_flat_paper_or_of_no_height_are_unseen() -> None:
    drawn = np.full((200, 200), 255, np.uint8)
    drawn[20:30, 20:60:3] = 0
    seen, blank, tiny = word("mực", 20, 18), word("trắng", 100, 100), PageWord("nhỏ", 20, 20, 30, 21)
    outside = word("ngoài", 400, 400)
    assert unseen_words([seen, blank, tiny, outside], drawn, 200) == {blank, tiny, outside}


def spaced(text: str, blank: float = 4.0, wide: float = 12.0) -> list[PageWord]:
    """Letters one by one; a "|" in the text is a wider blank."""
    words, x = [], 10.0
    for sign in text:
        if sign == "|":
            x += wide - blank
        else:
            words.append(PageWord(sign, x, 100, x + 7, 112))
            x += 7 + blank
    return words


@pytest.mark.parametrize("text", ["KẾ|HOẠCH|NĂM", "KẾHOẠCH", "QUYẾT|ĐỊNH"])
def test_letters_apart_become_words(text: str) -> None:
    joined = join_spaced([word("Số", 0, 50), *spaced(text), word("năm", 300)])
    assert "".join(texts(joined)) == "Số" + text.replace("|", "") + "năm"
    assert texts(joined)[1:-1] == (text.split("|") if "|" in text else ["KẾ", "HOẠCH"])
    assert (joined[1].x0, joined[-2].x1) == (spaced(text)[0].x0, spaced(text)[-1].x1)


@pytest.mark.parametrize("text", ["ABCDE", "XYZ", "a|b|c|d"])
def test_letters_that_make_no_words_stay(text: str) -> None:
    assert texts(join_spaced(spaced(text))) == [sign for sign in text if sign != "|"]
