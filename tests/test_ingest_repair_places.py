"""Provinces in capitals, written right by the list."""

from __future__ import annotations

import pytest

from pipeline.ingest.repair.places import repair_provinces
from tests.test_ingest_repair_page import page


def repaired(text: str) -> str:
    """One line after the repair."""
    return " ".join(word.text for word in repair_provinces([page(text)])[0])


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("ỦY BAN NHÂN DÂN TINH QUANG NGAI", "ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI"),
        ("TĨNH PHU THO", "TỈNH PHÚ THỌ"),
        ("THÀNH PHÓ HÀI PHÒNG", "THÀNH PHỐ HẢI PHÒNG"),
        ("THANH PHO HO CHI MINH", "THÀNH PHỐ HỒ CHÍ MINH"),
        ("TINH DAK LAK", "TỈNH ĐẮK LẮK"),
        ("THÀNH PHỐ HÁAI PHÒNG", "THÀNH PHỐ HẢI PHÒNG"),
    ],
)
def test_letters_that_fit_one_province(read: str, right: str) -> None:
    assert repaired(read) == right


@pytest.mark.parametrize(
    "text", ["TINH THẦN ĐOÀN KẾT", "tinh quang ngai", "TỈNH HÀ NAM", "QUANG NGAI", "TINH Quang NGAI", "TINH"]
)
def test_others_are_left_alone(text: str) -> None:
    assert repaired(text) == text
