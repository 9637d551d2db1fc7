"""Sections and the outline: numbering, levels, parents, and what is a heading at all."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.labels import DASH, LETTER, NESTED, NUMBER, PLUS, ROMAN, read_label
from pipeline.extract.sections import read_sections
from pipeline.extract.zones import find_zones
from pipeline.fold import fold
from pipeline.nlp import Reading

HEAD = "KẾ HOẠCH\nCông tác văn thư năm 2031\nỦy ban nhân dân huyện ban hành Kế hoạch như sau:\n"


@pytest.mark.parametrize(
    ("line", "text", "rank"),
    [
        ("II. NỘI DUNG", "II", ROMAN),
        ("IV- TỔ CHỨC", "IV", ROMAN),
        ("1. Mục đích", "1", NUMBER),
        ("2/ Yêu cầu", "2", NUMBER),
        ("2.1. Phát triển", "2.1", NESTED),
        ("1.2.3 Phát triển", "1.2.3", NESTED + 1),
        ("đ) Hoạt động", "đ", LETTER),
        ("– Tổ chức", "-", DASH),
        ("+ Đơn vị chủ trì: Văn phòng", "+", PLUS),
    ],
)
def test_a_label(line: str, text: str, rank: int) -> None:
    label = read_label(fold(line))
    assert label is not None
    assert (label.text, label.rank) == (text, rank)


@pytest.mark.parametrize("line", ["30/6/2031 là hạn", "1.077 sản phẩm", "Chương trình công tác", "Phần mềm", "100% xã"])
def test_no_label(line: str) -> None:
    assert read_label(fold(line)) is None


def test_levels_and_parents(reading_of: Callable[[str], Reading]) -> None:
    reading = reading_of(
        HEAD + "I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\n- Nâng cao chất lượng.\n2. Yêu cầu\nThiết thực, tiết kiệm.\n"
        "II. TỔ CHỨC THỰC HIỆN\n1. Phòng Nội vụ\n- Tổng hợp báo cáo.\n2. Căn cứ Kế hoạch, các đơn vị thực hiện.\n"
    )
    sections = read_sections(reading, find_zones(reading))
    assert [(s.label, s.title, s.level, s.parent) for s in sections] == [
        ("I", "MỤC ĐÍCH, YÊU CẦU", 1, None),
        ("1", "Mục đích", 2, 0),
        ("2", "Yêu cầu", 2, 0),
        ("II", "TỔ CHỨC THỰC HIỆN", 1, None),
        ("1", "Phòng Nội vụ", 2, 3),
    ]
    assert all(s.title in reading.plan.text[s.start : s.end] for s in sections)


def test_units_and_periods_without_numbering_are_headings(reading_of: Callable[[str], Reading]) -> None:
    reading = reading_of(
        HEAD + "I. NỘI DUNG\nQuý I:\n- Xây dựng quy chế.\nII. PHÂN CÔNG NHIỆM VỤ\nPhòng Nội vụ:\n- Theo dõi, đôn đốc.\n"
    )
    titles = [s.title for s in read_sections(reading, find_zones(reading))]
    assert titles == ["I. NỘI DUNG"[3:], "Quý I", "PHÂN CÔNG NHIỆM VỤ", "Phòng Nội vụ"]


@given(st.text(max_size=80))
def test_any_line_is_read_without_harm(line: str) -> None:
    label = read_label(fold(line))
    assert label is None or 0 < label.end <= len(line)
