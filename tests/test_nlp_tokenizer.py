"""The tokenizer loses nothing, whatever the text."""

from __future__ import annotations

import pickle
import time
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.nlp.tokenizer import PlanTokenizer

SCRAPS = st.sampled_from(
    [
        *(
            "Ủy ban nhân dân",
            "Ủy\nban",
            "uỷ",
            "thoả  thuận",
            "Ðảng",
            "ðơn vị",
            "98/2023/NĐ-CP",
            "34-CT/TW",
            "07/4/2014",
        ),
        *("\t", "\r\n", " ", "  ", "\u00a0", "\u200b", "\u200d", "\ufeff", "\u2028", "\x85", "\x1c", "\x00", "\x07"),
        *("\u0301", "\u0323\u0302", "e\u0302\u0301", "👩‍👩‍👧", "🇻🇳", "…", "–", "“", "http://", "a.vn/", "@", "H'Mông"),
        *("x" * 90, "." * 70, "((((", "\u1100\u1161\u11a8", "ﬁ", "Å", "ǅ", "١٢", "-", "/", "1.", "v.v."),
        unicodedata.normalize("NFD", "nghị quyết hội đồng"),
    ]
)
HOSTILE = st.lists(SCRAPS | st.text(st.characters(exclude_categories=["Cs"]), max_size=6), max_size=25).map("".join)


@pytest.fixture(scope="module")
def tokenize() -> PlanTokenizer:
    return PlanTokenizer(Vocab())


@settings(max_examples=400, deadline=None)
@given(HOSTILE)
@example("")
@example(" \n ")
def test_nothing_is_lost_and_offsets_are_exact(tokenize: PlanTokenizer, text: str) -> None:
    doc = tokenize(text)
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token.text)] == token.text for token in doc)
    assert all(token.text.strip() == token.text or token.text.isspace() for token in doc)


@settings(max_examples=200, deadline=None)
@given(HOSTILE, st.sampled_from(["98/2023/NĐ-CP", "34-CT/TW", "07/4/2014", "274/KH-UBND", "1.250.000"]), HOSTILE)
def test_a_reference_or_date_is_one_token(tokenize: PlanTokenizer, left: str, whole: str, right: str) -> None:
    doc = tokenize(f"{left} số {whole} , {right}")
    place = len(left) + 4
    assert whole in {token.text for token in doc if token.idx == place}


def _words(doc: Doc) -> list[str]:
    return [token.text for token in doc]


def test_words_are_underthesea_s(tokenize: PlanTokenizer) -> None:
    words = _words(tokenize("Căn cứ Nghị định số 98/2023/NĐ-CP ngày 07/4/2014 của Chính phủ;"))
    assert words == [
        *("Căn cứ", "Nghị định", "số", "98/2023/NĐ-CP", "ngày", "07/4/2014", "của", "Chính phủ", ";")
    ]  # fmt: skip


def test_a_text_in_decomposed_letters_is_cut_at_the_same_words(tokenize: PlanTokenizer) -> None:
    text = "Thực hiện Kế hoạch của Sở Giáo dục và Đào tạo, Ðảng ủy đã thoả thuận"
    apart = unicodedata.normalize("NFD", text)
    assert [unicodedata.normalize("NFC", word) for word in _words(tokenize(apart))] == _words(tokenize(text))
    assert len(_words(tokenize(apart))) < len(text.split())


def test_words_end_at_lines_and_cells(tokenize: PlanTokenizer) -> None:
    assert _words(tokenize("Kế\thoạch\nthi đua")) == ["Kế", "\t", "hoạch", "\n", "thi đua"]


@pytest.mark.parametrize(
    "text",
    [
        "http://" + "!" * 60_000,
        "http:" + "!(" * 26,
        "a.b-" * 14 + "!",
        "\u0301" * 60_000,
        " " * 200_000,
        "x" * 200_000,
        "1.2" * 20_000,
        "(" * 60_000,
        "98/2023/" * 8_000,
    ],
    ids=lambda text: repr(text[:8]),
)
def test_a_very_long_run_costs_little(tokenize: PlanTokenizer, text: str) -> None:
    started = time.process_time()
    assert tokenize(text).text == text
    assert time.process_time() - started < 3


def test_it_can_be_sent_to_another_process(tokenize: PlanTokenizer) -> None:
    again = pickle.loads(pickle.dumps(tokenize))  # noqa: S301
    assert _words(again("Kế hoạch thi đua")) == _words(tokenize("Kế hoạch thi đua"))
