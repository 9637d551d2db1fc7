"""Labels of a page, repaired by their sequence."""

from __future__ import annotations

import pytest

from pipeline.ingest.repair.labels import repair_labels
from tests.test_ingest_repair_page import page


def labels(*lines: str) -> list[str]:
    """The first words of the lines after the repair."""
    return [line[0].text for line in repair_labels([page(line) for line in lines])]


@pytest.mark.parametrize(
    ("read", "right"),
    [
        (["I. MỤC ĐÍCH", "H. NỘI DUNG", "III. TỔ CHỨC"], ["I.", "II.", "III."]),
        (["I. MỤC ĐÍCH", "HH. NỘI DUNG", "III. TỔ CHỨC"], ["I.", "II.", "III."]),
        (["II. NỘI DUNG", "HI. TỔ CHỨC"], ["II.", "III."]),
        (["HI. TỔ CHỨC THỰC HIỆN"], ["III."]),
        (["III. NỘI DUNG", "lV. KINH PHÍ"], ["III.", "IV."]),
        (["4.2. Nội dung", "43. Thời gian", "4.4. Kinh phí"], ["4.2.", "4.3.", "4.4."]),
        (["4.3. Thời gian", "44. Kinh phí"], ["4.3.", "4.4."]),
        (["l) Nội dung", "2) Thời gian"], ["1)", "2)"]),
        (["II. NỘI DUNG", "l. Nội dung", "2. Thời gian"], ["II.", "1.", "2."]),
        (["ä) Sở Y tế", "b) Sở Nội vụ"], ["a)", "b)"]),
        (["a) Mục đích", "b) Yêu cầu", "e) Nội dung", "d) Kinh phí"], ["a)", "b)", "c)", "d)"]),
        (["c) Nội dung", "d) Kinh phí", "d) Tiến độ", "e) Thời hạn"], ["c)", "d)", "đ)", "e)"]),
        (["~ Sở Y tế", "« Sở Nội vụ", ". Sở Tư pháp", "_ Các huyện"], ["-", "-", "-", "-"]),
    ],
)
def test_the_sequence_leaves_one_reading(read: list[str], right: list[str]) -> None:
    assert labels(*read) == right


@pytest.mark.parametrize(
    "lines",
    [
        ["I. MỤC ĐÍCH", "II. NỘI DUNG", "III. TỔ CHỨC", "IV. KINH PHÍ"],
        ["I. PHẦN MỘT", "1. Nội dung", "2. Kinh phí", "II. PHẦN HAI"],
        ["I. CHUNG", "II. RIÊNG", "I. CHUNG", "II. RIÊNG"],
        ["H. Nội dung", "K. Kinh phí"],
        ["L. Hồ sơ"],
        ["42. Đơn vị", "43. Đơn vị", "44. Đơn vị"],
        ["4.2. Nội dung", "42. Đơn vị", "43. Đơn vị"],
        ["4.2. Nội dung", "15. Đơn vị"],
        ["11. Nội dung", "12. Kinh phí"],
        ["43 đơn vị", "4.4. Kinh phí"],
        ["k) Nội dung", "l) Kinh phí", "m) Thời hạn"],
        ["k) Nội dung", "l) Kinh phí", "2) Thời hạn"],
        ["a) Nội dung", "b) Kinh phí", "c) Thời hạn", "d) Khác", "e) Còn lại"],
        ["b) Nội dung", "c) Kinh phí", "b) Thời hạn"],
        ["- Sở Y tế", "+ Phòng y tế", "– Hội Nông dân", "* Ghi chú"],
        ["= 5 + 6", "~ 200 người", ". . . Ghi chú"],
        ["«Nội dung»", "_"],
    ],
)
def test_other_labels_are_left_alone(lines: list[str]) -> None:
    assert labels(*lines) == [line.split()[0] for line in lines]


def test_the_raw_label_is_kept() -> None:
    word = repair_labels([page("II. NỘI DUNG"), page("HI. TỔ CHỨC")])[1][0]
    assert (word.text, word.raw) == ("III.", "HI.")
