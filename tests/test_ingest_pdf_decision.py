"""Text layer or OCR, page by page; how Vietnamese a text is."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.language.vietnamese import is_syllable, vietnamese_share
from pipeline.ingest.pdf.decision import decide_page
from pipeline.ingest.pdf.findings import Fault

GOOD = (
    "Ủy ban nhân dân tỉnh giao Sở Nội vụ chủ trì, phối hợp với các sở, ban, ngành và địa phương tổ chức thực hiện "
    "Kế hoạch này; định kỳ hằng quý tổng hợp kết quả, báo cáo Chủ tịch Ủy ban nhân dân tỉnh xem xét, chỉ đạo kịp thời."
)
ENGLISH = (
    "This annex lists the items of work to be done by the department in the year and the time at which each of them "
    "is to be reported to the people's committee of the province for approval."
)
WRONG_LANGUAGE = "UY BAN NHAN DAN TiNH CQNG HOA xA HQI CHU NGHiA VIJ;!T NAM D{>c l~p - Tv do - H~nh phuc KE HO~CH nam"
BROKEN_CODES = "6Ӣ C‘NG 7+ѬѪ1* &Ӝ1* H“A XÃ +Ӝ, &+Ӫ 1*+Ƭ$ 9,ӊ7 Vѫ WKLӃW NӃ v‡ c·c YăQ EҧQ ph·p l˝ liÍn quan ĐRjQ NLӇP"


SYLLABLES = """quý quốc khuya ngoèo gì giếng nghiêng hoà hòa uỷ ủy thuở khuỷu Đảng CHỨC yêu ý"""


@pytest.mark.parametrize("word", SYLLABLES.split())
def test_syllables_in_both_spellings(word: str) -> None:
    assert is_syllable(word)
    assert is_syllable(unicodedata.normalize("NFD", word))


NO_SYLLABLES = """CQNG HQI department cấpp tướcx át̀ map2 Ӝ câp tấcc"""


@pytest.mark.parametrize("word", NO_SYLLABLES.split())
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_share_tells_vietnamese_from_the_rest() -> None:
    assert vietnamese_share(GOOD) > 0.95
    assert vietnamese_share(GOOD.upper()) > 0.95
    assert vietnamese_share(ENGLISH) < 0.1
    assert vietnamese_share(WRONG_LANGUAGE) < 0.3
    assert vietnamese_share(BROKEN_CODES) < 0.3
    assert vietnamese_share("12/2024 (3) - 45%") == 0.0


def test_references_and_abbreviations_do_not_lower_the_share() -> None:
    assert vietnamese_share("Căn cứ Quyết định số 12/QĐ-UBND của UBND tỉnh; KH&ĐT, HĐND, STTTT") > 0.85


@given(st.text(max_size=300))
def test_share_is_a_share(text: str) -> None:
    assert 0.0 <= vietnamese_share(text) <= 1.0


def test_good_text_layers_are_read_as_they_are() -> None:
    assert decide_page((GOOD * 2).split(), lambda: True).source == "native"
    assert decide_page(ENGLISH.split(), lambda: False).source == "native"


@pytest.mark.parametrize(
    ("text", "scan", "fault"),
    [
        (WRONG_LANGUAGE, True, Fault.WRONG_LANGUAGE),
        (WRONG_LANGUAGE, False, Fault.NOT_VIETNAMESE),
        (BROKEN_CODES, False, Fault.BROKEN_CODES),
    ],
)
def test_lying_text_layers_go_to_ocr(text: str, scan: bool, fault: Fault) -> None:
    decision = decide_page((text * 3).split(), lambda: scan)
    assert (decision.source, decision.fault) == ("ocr", fault)


def test_a_scan_with_a_few_words_over_it_goes_to_ocr() -> None:
    words = ["Ngày", "ký:", "24.02.2020"]
    assert decide_page(words, lambda: True).source == "ocr"
    assert decide_page(words, lambda: True).fault == Fault.FEW_WORDS
    assert decide_page(words, lambda: False).source == "native"
    assert decide_page([], lambda: False).source == "ocr"
