"""Unit phrases: where names begin and end, what parts a list, which role an entry says."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.unit_cells import cell_units
from pipeline.extract.units import heading_units, is_unit_name, phrase_end, split_units, unit_name
from pipeline.fold import fold


def names(text: str) -> list[str]:
    folded = fold(text)
    return [text[a:b] for a, b in split_units(folded, 0, len(folded))]


@pytest.mark.parametrize(
    ("phrase", "units"),
    [
        ("UBND các huyện, thị xã, thành phố", 1),
        ("các sở, ban, ngành", 1),
        ("Các Sở, Ban, Ngành", 1),
        ("các đơn vị, địa phương, các ngành liên quan", 1),
        ("Các sở, ban, ngành, UBND các huyện, thị xã", 2),
        ("Báo, Đài Phát thanh - Truyền hình tỉnh, Cổng thông tin điện tử", 3),
        ("Văn phòng, Phòng Tuyên truyền và Địa bàn", 2),
        ("Cục Cảnh sát giao thông, Bộ Công an", 1),
        ("Sở Lao động - Thương binh và Xã hội; Sở Tài chính", 2),
        ("Văn phòng HĐND và UBND huyện", 1),
        ("các sở, ngành, địa phương và các doanh nghiệp bưu chính, viễn thông", 2),
        ("Trưởng các phòng cùng toàn thể công chức, người lao động", 2),
        ("Sở Nội vụ (Ban Thi đua - Khen thưởng, Phòng Tổng hợp)", 1),
        ("Phòng Nội vụ và các cơ quan, đơn vị có liên quan", 2),
        ("Sở Y tế và đơn vị liên quan", 2),
        ("UBND cấp huyện, cấp xã", 1),
    ],
)
def test_a_list_of_units(phrase: str, units: int) -> None:
    assert len(names(phrase)) == units


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Phòng Nội vụ tổ chức hội nghị", "Phòng Nội vụ"),
        ("các tổ chức chính trị - xã hội tổ chức tuyên truyền", "các tổ chức chính trị - xã hội"),
        ("Ban biên tập tổng hợp bài viết", "Ban biên tập"),
        ("Đoàn kiểm tra lập biên bản", "Đoàn kiểm tra"),
        ("các đơn vị tham gia cụm, khối thi đua trong việc giới thiệu", "các đơn vị tham gia cụm, khối thi đua"),
        ("Công an cấp xã có trách nhiệm rà soát", "Công an cấp xã"),
        ("Sở Giáo dục và Đào tạo hướng dẫn các trường", "Sở Giáo dục và Đào tạo"),
    ],
)
def test_a_name_ends_before_its_verb(sentence: str, name: str) -> None:
    folded = fold(sentence)
    assert sentence[: phrase_end(folded, 0)] == name


@pytest.mark.parametrize(
    "title",
    [
        "Thanh tra Sở",
        "SỞ KẾ HOẠCH VÀ ĐẦU TƯ",
        "UBND CÁC XÃ, PHƯỜNG",
        "Đối với Ủy ban nhân dân cấp xã",
        "Ban Quản lý dự án đầu tư xây dựng huyện",
    ],
)
def test_a_heading_that_is_a_unit(title: str) -> None:
    assert is_unit_name(title)


@pytest.mark.parametrize(
    "title",
    [
        "Thanh tra, kiểm tra việc thực hiện",
        "Ban hành Kế hoạch",
        "Phòng, chống dịch bệnh",
        "Hội nghị tổng kết",
        "Báo cáo",
    ],
)
def test_a_heading_that_only_looks_like_a_unit(title: str) -> None:
    assert not is_unit_name(title)
    assert not heading_units(title)


def test_a_heading_may_go_on_with_the_work() -> None:
    title = "Các doanh nghiệp vận tải Đầu tư phát triển đội xe trên địa bàn:"
    assert [title[a:b] for a, b in heading_units(title)] == ["Các doanh nghiệp vận tải"]


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        (
            "- Văn phòng chủ trì. - Các phòng chuyên môn phối hợp thực hiện.",
            [("Văn phòng", "lead"), ("Các phòng chuyên môn", "coordinator")],
        ),
        (
            "Chủ trì: Sở Y tế\nPhối hợp: Sở Tài chính, Kho bạc tỉnh",
            [("Sở Y tế", "lead"), ("Sở Tài chính", "coordinator"), ("Kho bạc tỉnh", "coordinator")],
        ),
        ("Sở Y tế chủ trì, phối hợp với Sở Tài chính", [("Sở Y tế", "lead"), ("Sở Tài chính", "coordinator")]),
        (
            "Sở Thông tin và\nTruyền thông;\nUBND các huyện,\nthị xã",
            [("Sở Thông tin và Truyền thông", "performer"), ("UBND các huyện, thị xã", "performer")],
        ),
        ("Sở Y tế (chủ trì); Sở Nội vụ (phối hợp)", [("Sở Y tế", "lead"), ("Sở Nội vụ", "coordinator")]),
        ("BGH, GVCN, TPT Đội", [("BGH", "performer"), ("GVCN", "performer"), ("TPT Đội", "performer")]),
        ("Các phòng: KHTC, QLNV; Thanh tra", [("Các phòng: KHTC, QLNV", "performer"), ("Thanh tra", "performer")]),
        ("Bộ Tài chính Bộ Nội vụ", [("Bộ Tài chính", "performer"), ("Bộ Nội vụ", "performer")]),
        ("Thầy Nguyễn Văn An, Cô Lê Thị Bình", [("Thầy Nguyễn Văn An", "performer"), ("Cô Lê Thị Bình", "performer")]),
        ("Nguyễn Văn An, Lê Thị Bình", [("Nguyễn Văn An", "performer"), ("Lê Thị Bình", "performer")]),
        (
            "Phòng Y tế chủ trì, các đơn vị phối hợp",
            [("Phòng Y tế", "lead"), ("Các đơn vị", "coordinator")],
        ),
        ("", []),
    ],
)
def test_a_cell_of_units(cell: str, units: list[tuple[str, str]]) -> None:
    assert [(unit_name(cell[m.start : m.end]), m.role) for m in cell_units(cell, "performer", "unit.column")] == units


@given(st.text(alphabet="Sởcácban,;: vàUBND\n().-Phòngchủtrì", max_size=80))
def test_any_cell_gives_ranges_inside_it_in_order(cell: str) -> None:
    found = cell_units(cell, "performer", "unit.column")
    assert all(0 <= m.start < m.end <= len(cell) for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
