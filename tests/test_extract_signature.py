"""Signature blocks in the forms offices print them."""

from __future__ import annotations

import pytest

from pipeline.extract.signature import read_signature
from pipeline.extract.zones import find_zones
from pipeline.ingest.limits import Limits
from pipeline.ingest.textfile.plain import read_text
from pipeline.nlp import load_nlp, read
from pipeline.records import FieldValue, SourceDocument
from pipeline.text import compose

HEAD = """KẾ HOẠCH

Công tác văn thư năm 2024

I. MỤC ĐÍCH

1. Làm tốt công tác văn thư./.

Nơi nhận:
- Lưu: VT.

"""


def signed(*block: str) -> dict[str, FieldValue]:
    text = HEAD + "\n\n".join(block) + "\n"
    pages = read_text(text, Limits())
    plan = compose(SourceDocument("0" * 16, "0" * 64, "a.txt", "text/plain", len(text), pages))
    reading = read(plan, load_nlp())
    fields = read_signature(reading, find_zones(reading))
    for field in fields:
        assert field.evidence is not None
    return {field.name: field.value for field in fields}


@pytest.mark.parametrize(
    ("block", "name", "title", "authority"),
    [
        (("GIÁM ĐỐC", "Lê Minh Khôi"), "Lê Minh Khôi", "Giám đốc", None),
        (("KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "Lê Minh Khôi"), "Lê Minh Khôi", "Phó Trưởng Ban", "KT. Trưởng Ban"),
        (
            ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "(Đã ký)", "Y Thông Niê"),
            "Y Thông Niê",
            "Phó Chủ tịch",
            "TM. Ủy ban nhân dân, KT. Chủ tịch",
        ),
        (("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lê Minh Khôi"), "Lê Minh Khôi", "Chủ tịch", "TM. Ủy ban nhân dân"),
        (
            ("KT.HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG", "TS. Lê Minh Khôi"),
            "Lê Minh Khôi",
            "Phó Hiệu trưởng",
            "KT. Hiệu trưởng",
        ),
        (
            ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "(Ký tên, đóng dấu)", "Nguyễn Trường Giang"),
            "Nguyễn Trường Giang",
            "Chánh Văn phòng",
            "TL. Chủ tịch",
        ),
        (("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Lê Minh Khôi"), "Lê Minh Khôi", "Phó Bí thư", "T/M Ban Thường vụ"),
        (("TUQ. CHỦ TỊCH", "GIÁM ĐỐC SỞ Y TẾ", "Lê Minh Khôi"), "Lê Minh Khôi", "Giám đốc Sở Y tế", "TUQ. Chủ tịch"),
        (("GIÁM ĐỐC", "Thượng tá Lê Minh Khôi"), "Lê Minh Khôi", "Giám đốc", None),
        (("KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC", "Lê Minh Khôi"), "Lê Minh Khôi", "Phó Giám đốc", "KT. Giám đốc"),
        (("TRƯỞNG KHỐI", "Lê Minh Khôi", "Ủy viên Ban Thường vụ Tỉnh ủy"), "Lê Minh Khôi", "Trưởng Khối", None),
        (("GIÁM ĐỐC",), None, "Giám đốc", None),
        (
            ("BÍ THƯ", "Lê Minh Khôi", "GIÁM ĐỐC", "Trần Văn Bình"),
            "Lê Minh Khôi; Trần Văn Bình",
            "Bí thư; Giám đốc",
            None,
        ),
    ],
)
def test_signature(block: tuple[str, ...], name: str | None, title: str | None, authority: str | None) -> None:
    found = signed(*block)
    assert found.get("signer_name") == name
    assert found.get("signer_title") == title
    assert found.get("sign_authority") == authority


def test_no_signature_block_gives_no_fields() -> None:
    assert signed() == {}


@pytest.mark.parametrize(
    ("block", "name", "title", "authority"),
    [
        ("DUYỆT CỦA PHÒNG GD&ĐT HIỆU TRƯỞNG\n\nLê Minh Khôi", "Lê Minh Khôi", "Hiệu trưởng", None),
        ("GIÁM ĐỐC\n\nĐã ký: Lê Minh Khôi", "Lê Minh Khôi", "Giám đốc", None),
        ("Q. GIÁM ĐỐC\n\nLê Minh Khôi", "Lê Minh Khôi", "Q. Giám đốc", None),
        ("QUYỀN GIÁM ĐỐC\n\nLê Minh Khôi", "Lê Minh Khôi", "Quyền Giám đốc", None),
        ("TUQ. CHỦ TỊCH\nGIÁM ĐỐC SỞ NỘI VỤ\n\nLê Minh Khôi", "Lê Minh Khôi", "Giám đốc Sở Nội vụ", "TUQ. Chủ tịch"),
        ("KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\n\nLê Minh Khôi", "Lê Minh Khôi", "Thứ trưởng", "KT. Bộ trưởng"),
        ("T.M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\n\nLê Minh Khôi", "Lê Minh Khôi", "Phó Bí thư", "T.M Ban Thường vụ"),
        (
            "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ THƯỜNG TRỰC\n\nLê Minh Khôi",
            "Lê Minh Khôi",
            "Phó Bí thư Thường trực",
            "T/M Ban Thường vụ",
        ),
        (
            "TL. HIỆU TRƯỞNG\nTRƯỞNG PHÒNG ĐÀO TẠO\n\nTS. Lê Minh Khôi",
            "Lê Minh Khôi",
            "Trưởng phòng đào tạo",
            "TL. Hiệu trưởng",
        ),
        ("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n(đã ký)\nThượng tá Lê Minh Khôi", "Lê Minh Khôi", "Phó Giám đốc", "KT. Giám đốc"),
        (
            "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n[đã ký]\nĐại tá, ThS. Lê Minh Khôi",
            "Lê Minh Khôi",
            "Phó Giám đốc",
            "KT. Giám đốc",
        ),
        (
            "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nLÊ MINH KHÔI",
            "LÊ MINH KHÔI",
            "Phó Chủ tịch",
            "TM. Ủy ban nhân dân, KT. Chủ tịch",
        ),
        ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nLê Minh Khôi", "Lê Minh Khôi", "Chủ tịch", "TM. Ủy ban nhân dân"),
        (
            "TM. BAN CHỈ ĐẠO\nTRƯỞNG BAN\nPHÓ CHỦ TỊCH UBND TỈNH\n\nLê Minh Khôi",
            "Lê Minh Khôi",
            "Trưởng Ban",
            "TM. Ban Chỉ đạo",
        ),
        ("TRƯỞNG BAN CHỈ ĐẠO\n\nLê Minh Khôi", "Lê Minh Khôi", "Trưởng Ban chỉ đạo", None),
        ("TM. BAN CHẤP HÀNH\nCHỦ TỊCH\n\nLê Minh Khôi", "Lê Minh Khôi", "Chủ tịch", "TM. Ban Chấp hành"),
        ("TM. HỘI ĐỒNG NHÂN DÂN\nCHỦ TỊCH\n\nLê Minh Khôi", "Lê Minh Khôi", "Chủ tịch", "TM. Hội đồng nhân dân"),
        ("CHÁNH VĂN PHÒNG\n\nLê Minh Khôi", "Lê Minh Khôi", "Chánh Văn phòng", None),
        (
            "TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG\n\nLê Minh Khôi",
            "Lê Minh Khôi",
            "Chánh Văn phòng",
            "TL. Chủ tịch",
        ),
        (
            "TL. CHỦ TỊCH\nKT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG\n\nLê Minh Khôi",
            "Lê Minh Khôi",
            "Phó Chánh Văn phòng",
            "TL. Chủ tịch, KT. Chánh Văn phòng",
        ),
        ("THỦ TRƯỞNG ĐƠN VỊ\n(Ký, ghi rõ họ tên, đóng dấu)\n\nLê Minh Khôi", "Lê Minh Khôi", "Thủ trưởng đơn vị", None),
        ("KT. VIỆN TRƯỞNG\nPHÓ VIỆN TRƯỞNG\n\nLê Minh Khôi", "Lê Minh Khôi", "Phó Viện trưởng", "KT. Viện trưởng"),
        ("TM. CHI BỘ\nBÍ THƯ\n\nLê Minh Khôi", "Lê Minh Khôi", "Bí thư", "TM. Chi bộ"),
        (
            "KT. TỔNG GIÁM ĐỐC\nPHÓ TỔNG GIÁM ĐỐC\n\nLê Minh Khôi",
            "Lê Minh Khôi",
            "Phó Tổng Giám đốc",
            "KT. Tổng Giám đốc",
        ),
        (
            "KT. CHI CỤC TRƯỞNG\nPHÓ CHI CỤC TRƯỞNG\n\nLê Minh Khôi",
            "Lê Minh Khôi",
            "Phó Chi cục trưởng",
            "KT. Chi cục trưởng",
        ),
        ("TM. UBND XÃ\nCHỦ TỊCH\n\nLê Minh Khôi", "Lê Minh Khôi", "Chủ tịch", "TM. UBND xã"),
        (
            "KT. TRƯỞNG PHÒNG\nPHÓ TRƯỞNG PHÒNG\n\n\n\nLê Thị Hồng  Khôi",
            "Lê Thị Hồng Khôi",
            "Phó Trưởng phòng",
            "KT. Trưởng phòng",
        ),
        (
            "TM. BAN THƯỜNG TRỰC\nPHÓ CHỦ TỊCH THƯỜNG TRỰC\n\nH'Yim Kđoh",
            "H'Yim Kđoh",
            "Phó Chủ tịch Thường trực",
            "TM. Ban Thường trực",
        ),
        (
            "KT. CHỈ HUY TRƯỞNG\nPHÓ CHỈ HUY TRƯỞNG\n\nThượng tá Lê Minh Khôi",
            "Lê Minh Khôi",
            "Phó Chỉ huy trưởng",
            "KT. Chỉ huy trưởng",
        ),
        ("HIỆU TRƯỞNG\n\n(Đã ký và đóng dấu)\n\nLê Minh Khôi", "Lê Minh Khôi", "Hiệu trưởng", None),
        ("NGƯỜI LẬP KẾ HOẠCH\n\nTrần Thị Bé\n\nHIỆU TRƯỞNG\n\nLê Minh Khôi", "Lê Minh Khôi", "Hiệu trưởng", None),
        ("GIÁM ĐỐC", None, "Giám đốc", None),
        ("PHÓ CHỦ TỊCH PHỤ TRÁCH\n\nLê Minh Khôi", "Lê Minh Khôi", "Phó Chủ tịch phụ trách", None),
        ("PHỤ TRÁCH KẾ TOÁN", None, "Phụ trách kế toán", None),
    ],
)
def test_titles_and_authorities_of_many_offices(
    block: str, name: str | None, title: str, authority: str | None
) -> None:
    found = signed(*block.split("\n"))
    assert found.get("signer_name") == name
    assert found["signer_title"] == title
    assert found.get("sign_authority") == authority
