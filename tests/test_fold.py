from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.fold import MOST_MARKS, composed, fold

HOSTILE = st.text(st.characters(exclude_categories=["Cs"])) | st.text("oOuUqQàéỷỹÀÉỶòừĐÐ -–\u0301\u00a0“n.")


@settings(max_examples=500, deadline=None)
@given(HOSTILE)
def test_same_length_and_folding_twice_changes_nothing(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("hoà bình, khoẻ, uỷ ban", "hòa bình, khỏe, ủy ban"),
        ("UỶ BAN, Uỷ viên, HOÀ XÃ HỘI", "ỦY BAN, Ủy viên, HÒA XÃ HỘI"),
        ("quỷ, quý, QUỸ, hoàn, thuỳ mị, thoát, ngoèo", "quỷ, quý, QUỸ, hoàn, thùy mị, thoát, ngoèo"),
        ("Ðảng bộ, ðơn vị", "Đảng bộ, đơn vị"),
        ("“Dạy tốt – học tốt” ‘a’ «b»", '"Dạy tốt - học tốt" \'a\' "b"'),
        ("Số:\u00a034–CT/TW\u2011x\u3000y", "Số: 34-CT/TW-x y"),
        ("giữ\tnguyên\ndòng", "giữ\tnguyên\ndòng"),
    ],
)
def test_folds_what_people_write_in_two_ways(text: str, folded: str) -> None:
    assert fold(text) == folded


@settings(max_examples=300, deadline=None)
@given(HOSTILE)
def test_letters_are_composed_as_unicode_says(text: str) -> None:
    assert composed(text) == unicodedata.normalize("NFC", text)


def test_marks_heaped_on_one_letter_are_left_out_from_the_thirty_first_on() -> None:
    assert composed("a" + "\u0323" * MOST_MARKS) == unicodedata.normalize("NFC", "a" + "\u0323" * MOST_MARKS)
    assert composed("a" + "\u0301\u0323" * 100_000 + "b") == composed("a" + "\u0301\u0323" * (MOST_MARKS // 2) + "b")
