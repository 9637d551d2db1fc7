"""Papers of several bodies: which kinds they are, and who of the header's bodies issues them."""

from __future__ import annotations

import pytest

from pipeline.extract.issuer_joint import is_joint_paper, joint_name, names_several
from pipeline.link.provinces import province_by_name


@pytest.mark.parametrize(
    ("kind", "symbol", "joint"),
    [
        ("Kế hoạch liên tịch", None, True),
        ("Kế hoạch", "KHLN-SYT-CAT", True),
        ("Kế hoạch", "KHPH-STP-SNV", True),
        ("Kế hoạch", "KH-STP", False),
        (None, None, False),
    ],
)
def test_kind_or_symbol_make_a_joint_paper(kind: str | None, symbol: str | None, joint: bool) -> None:
    assert is_joint_paper(kind, symbol) is joint


def test_a_line_of_two_bodies_counts_when_the_symbol_has_both() -> None:
    assert names_several(["Sở Y tế - Sở Nội vụ"], "KH-SYT-SNV")
    assert not names_several(["Sở Y tế - Sở Nội vụ"], "KH-SYT")
    assert not names_several(["Ban Thi đua - Khen thưởng"], "KH-BTĐ-KT")
    assert not names_several(["Khối thi đua Ngân hàng - Kho bạc"], "KH-KTĐ-NH")


def test_the_parent_of_joint_bodies_is_left_out_unless_the_symbol_has_it() -> None:
    home = province_by_name("Sơn La")
    names = ["Ủy ban nhân dân tỉnh Sơn La", "Sở Y tế - Công an tỉnh"]
    assert joint_name(names, home, "KHLT-SYT-CAT") == "Sở Y tế tỉnh Sơn La; Công an tỉnh Sơn La"
    three = "Ủy ban nhân dân tỉnh Sơn La; Sở Y tế tỉnh Sơn La; Công an tỉnh Sơn La"
    assert joint_name(names, home, "KHLT-UBND-SYT-CAT") == three


def test_bodies_of_a_lead_in_are_parted_at_the_words_between() -> None:
    home = province_by_name("Sóc Trăng")
    joined = joint_name(["Sở Y tế và Bảo hiểm xã hội tỉnh"], home, "KHLT-SYT-BHXH")
    assert joined == "Sở Y tế tỉnh Sóc Trăng; Bảo hiểm xã hội tỉnh Sóc Trăng"


def test_one_word_for_several_departments_goes_to_each() -> None:
    home = province_by_name("Long An")
    joined = joint_name(["Liên Sở Tài chính - Xây dựng"], home, "HDLS-STC-SXD")
    assert joined == "Sở Tài chính tỉnh Long An; Sở Xây dựng tỉnh Long An"


def test_the_district_above_two_offices_is_said_with_each() -> None:
    home = province_by_name("Kiên Giang")
    names = ["Ủy ban nhân dân huyện Giồng Riềng", "Phòng Nội vụ - Huyện đoàn"]
    joined = joint_name(names, home, "KHPH-PNV-HĐ")
    assert joined == ("Phòng Nội vụ huyện Giồng Riềng, tỉnh Kiên Giang; Huyện đoàn Giồng Riềng, tỉnh Kiên Giang")
