"""The packed wording of a text."""

from __future__ import annotations

import hashlib
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.link.shingles import bare_words, shingles, wordings

WORDS = st.lists(
    st.sampled_from(["kế", "hoạch", "thi", "đua", "khen", "thưởng", "năm", "2023", "của", "Sở", "Nội", "vụ"]),
    max_size=60,
)
PLAN = " ".join(f"Nhiệm vụ {n} do đơn vị {n * 7} chủ trì, hoàn thành trong quý {n % 4}." for n in range(120))


def likeness(one: str, two: str) -> float:
    return wordings([shingles(one), shingles(two)]).likeness(0, [1])[0]


def test_the_bytes_are_the_same_on_every_machine() -> None:
    digest = hashlib.sha256(shingles("Kế hoạch công tác thi đua, khen thưởng năm 2023")).hexdigest()
    assert digest == "e32c6ff47c6c8622ae3d8e3c896c1258e4f1048b5ce7109f8c288c6edc0667c0"


@given(st.text(max_size=300))
def test_any_text_gives_one_size(text: str) -> None:
    assert len(shingles(text)) == 524


@given(WORDS)
def test_case_tones_marks_and_composition_do_not_count(words: list[str]) -> None:
    text = " ".join(words)
    bare = "".join(c for c in unicodedata.normalize("NFD", text.replace("đ", "d")) if not unicodedata.combining(c))
    assert shingles(text) == shingles(bare.upper().replace(" ", " - ")) == shingles(unicodedata.normalize("NFD", text))


def test_a_letter_misread_in_a_hundred_syllables_leaves_nearly_all() -> None:
    words = PLAN.split()
    worn = " ".join("xi" if at % 100 == 50 else word for at, word in enumerate(words))
    assert 0.9 < likeness(PLAN, worn) < 1.0


def test_likeness_is_near_the_true_share_of_triples() -> None:
    words = [f"tu{n}" for n in range(3000)]
    for share in (0.9, 0.5, 0.1):
        same = int(3000 * 2 * share / (1 + share))
        assert likeness(" ".join(words), " ".join(words[:same] + [w + "x" for w in words[same:]])) == pytest.approx(
            share, abs=0.12
        )


def test_empty_and_foreign_signatures_are_like_nothing() -> None:
    table = wordings([shingles(""), shingles(""), b"", b"of another version", shingles(PLAN)])
    assert table.likeness(0, [1, 2, 3, 4]) == [0, 0, 0, 0]
    assert wordings([]).bands(5).shape == (0, 25)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("năm 2023, năm 2023 và năm 2022, từ 2023", 2023),
        ("năm 2023 và năm 2024: 2023, 2024, 2023", 0),
        ("số 2023/QĐ-UBND", 0),
        ("không nêu", 0),
    ],
)
def test_the_year_a_text_is_about_stands_out(text: str, year: int) -> None:
    assert wordings([shingles(text)]).heads[0, 2] == year


def test_words_are_bare() -> None:
    assert " ".join(bare_words("Đoàn KIỂM TRA số 5/KH-ĐKT; “Quý II”")) == "doan kiem tra so 5 kh dkt quy ii"


def test_five_pages_take_a_few_milliseconds() -> None:
    text = PLAN * 2
    assert len(text.split()) > 2500
    took = []
    for _ in range(5):
        started = time.process_time()
        shingles(text)
        took.append(time.process_time() - started)
    assert min(took) < 0.02  # 1 to 2 ms of processor time where nothing else runs
