"""Provinces by name at a date."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.link.provinces import find_province, province_by_name, provinces

BEFORE, AFTER = dt.date(2025, 6, 30), dt.date(2025, 7, 1)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sở Nội vụ tỉnh An Giang", "An Giang"),
        ("UBND TỈNH BẮC GIANG", "Bắc Giang"),
        ("Bà Rịa – Vũng Tàu, ngày 5", "Bà Rịa - Vũng Tàu"),
        ("TP.Hồ Chí Minh", "Hồ Chí Minh"),
        ("Hồ Chí Minh, ngày 5 tháng 2", "Hồ Chí Minh"),
        ("tỉnh Thừa Thiên Huế", "Thừa Thiên Huế"),
        ("Hoà Bình, ngày 5", "Hòa Bình"),
        ("học tập phong cách Hồ Chí Minh tại Hà Nam", "Hà Nam"),
        ("Trường Đại học Tây Đô, thành phố Cần Thơ", "Cần Thơ"),
    ],
)
def test_name_is_found(text: str, name: str) -> None:
    found = find_province(text, BEFORE)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("text", ["Chủ tịch Hồ Chí Minh", "vì hòa bình", "chiến thắng Điện Biên Phủ", "giang sơn", ""])
def test_look_alikes_are_none(text: str) -> None:
    assert find_province(text, BEFORE) is None


def test_code_changes_with_the_merger() -> None:
    before, after = province_by_name("Lào Cai", BEFORE), province_by_name("tỉnh Lào Cai", AFTER)
    assert before is not None
    assert after is not None
    assert (before.code, before.code_2025, after.code) == ("10", "15", "15")


def test_a_merged_province_names_its_heir() -> None:
    found = province_by_name("Hà Giang")
    assert found is not None
    assert (found.name_2025, found.code_2025, found.full_name) == ("Tuyên Quang", "08", "tỉnh Hà Giang")


def test_sixty_three_then_thirty_four() -> None:
    assert sum(row.valid(BEFORE) for row in provinces()) == 63
    assert sum(row.valid(AFTER) for row in provinces()) == 34


@given(st.sampled_from([row for row in provinces() if row.valid(BEFORE)]), st.sampled_from(["UBND ", "Sở Y tế "]))
def test_full_name_always_leads_back(row: object, before: str) -> None:
    name = row.full_name  # type: ignore[attr-defined]
    assert find_province(f"{before}{name.upper()} ban hành", BEFORE) == row
