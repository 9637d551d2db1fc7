"""Signature blocks in the forms offices print them."""

from __future__ import annotations

import pytest

from pipeline.extract.signature import read_signature
from pipeline.extract.zones import find_zones
from pipeline.ingest.limits import Limits
from pipeline.ingest.plain import read_text
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
