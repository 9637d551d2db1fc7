"""Header fields, read from papers of our own invention in the shapes that offices really use."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.extract.header import read_header
from pipeline.extract.zones import find_zones
from pipeline.ingest.limits import Limits
from pipeline.ingest.textfile.plain import read_text
from pipeline.nlp import load_nlp, read
from pipeline.records import FieldValue, SourceDocument
from pipeline.text import compose

BODY = """
I. MỤC ĐÍCH, YÊU CẦU

1. Nâng cao chất lượng công tác trong năm.

Nơi nhận:
- Như trên;
- Lưu: VT.

GIÁM ĐỐC

Lê Minh Khôi
"""


def values(text: str, name: str = "ke-hoach.txt") -> dict[str, FieldValue]:
    pages = read_text(text, Limits())
    plan = compose(SourceDocument("0" * 16, "0" * 64, name, "text/plain", len(text), pages))
    reading = read(plan, load_nlp())
    return {field.name: field.value for field in read_header(reading, find_zones(reading), name)}


def header(left: str, number: str, place_date: str, title: str = "Công tác văn thư năm 2024") -> str:
    motto = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    lines = [*left.split(" / "), number, *motto, place_date]
    return "\n\n".join([*lines, "KẾ HOẠCH", title]) + "\n" + BODY


@pytest.mark.parametrize(
    ("left", "place", "issuer", "level", "province"),
    [
        ("ỦY BAN NHÂN DÂN / TỈNH NGHỆ AN", "Nghệ An", "Ủy ban nhân dân tỉnh Nghệ An", "province", "Nghệ An"),
        ("UBND TỈNH BẾN TRE / SỞ Y TẾ", "Bến Tre", "Sở Y tế tỉnh Bến Tre", "department", "Bến Tre"),
        ("SỞ TƯ PHÁP", "Long An", "Sở Tư pháp tỉnh Long An", "department", "Long An"),
        (
            "UBND TP. CẦN THƠ / SỞ VĂN HÓA, THỂ THAO / VÀ DU LỊCH",
            "Cần Thơ",
            "Sở Văn hóa, Thể thao và Du lịch thành phố Cần Thơ",
            "department",
            "Cần Thơ",
        ),
        ("UBND HUYỆN MƯỜNG LA", "Mường La", "Ủy ban nhân dân huyện Mường La, tỉnh Sơn La", "district", "Sơn La"),
        (
            "ỦY BAN NHÂN DÂN / THÀNH PHỐ THÁI BÌNH / TỈNH THÁI BÌNH",
            "Thái Bình",
            "Ủy ban nhân dân thành phố Thái Bình, tỉnh Thái Bình",
            "district",
            "Thái Bình",
        ),
        (
            "UBND HUYỆN YÊN MINH / PHÒNG GD&ĐT",
            "Hà Giang",
            "Phòng Giáo dục và Đào tạo huyện Yên Minh, tỉnh Hà Giang",
            "district",
            "Hà Giang",
        ),
        (
            "HUYỆN BA TRI / ỦY BAN NHÂN DÂN / XÃ AN ĐỨC",
            "Bến Tre",
            "Ủy ban nhân dân xã An Đức, huyện Ba Tri, tỉnh Bến Tre",
            "commune",
            "Bến Tre",
        ),
        ("TỈNH ỦY THANH HÓA / BAN TỔ CHỨC", "Thanh Hóa", "Ban Tổ chức Tỉnh ủy Thanh Hóa", "party", "Thanh Hóa"),
        (
            "ĐẢNG BỘ TỈNH LẠNG SƠN / ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH",
            "Lạng Sơn",
            "Đảng ủy Khối các cơ quan tỉnh Lạng Sơn",
            "party",
            "Lạng Sơn",
        ),
        (
            "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM / LIÊN ĐOÀN LAO ĐỘNG / TỈNH HÀ TĨNH",
            "Hà Tĩnh",
            "Liên đoàn Lao động tỉnh Hà Tĩnh",
            "other",
            "Hà Tĩnh",
        ),
        (
            "SỞ GD&ĐT TỈNH PHÚ YÊN / TRƯỜNG THPT TRẦN SUYỀN",
            "Phú Yên",
            "Trường Trung học phổ thông Trần Suyền",
            "school",
            "Phú Yên",
        ),
        ("BỘ NỘI VỤ", "Hà Nội", "Bộ Nội vụ", "central", None),
        (
            "UBND TỈNH TUYÊN QUANG / VĂN PHÒNG",
            "Tuyên Quang",
            "Văn phòng Ủy ban nhân dân tỉnh Tuyên Quang",
            "department",
            "Tuyên Quang",
        ),
        (
            "SỞ XÂY DỰNG / THANH TRA",
            "Kon Tum",
            "Thanh tra Sở Xây dựng tỉnh Kon Tum",
            "department",
            "Kon Tum",
        ),
        (
            "HỘI ĐỒNG / THI ĐUA - KHEN THƯỞNG / TỈNH QUẢNG NAM",
            "Quảng Nam",
            "Hội đồng Thi đua - Khen thưởng tỉnh Quảng Nam",
            "province",
            "Quảng Nam",
        ),
        (
            "CỤM THI ĐUA SỐ 2 / TỈNH TRÀ VINH",
            "Trà Vinh",
            "Cụm thi đua số 2 tỉnh Trà Vinh",
            "bloc",
            "Trà Vinh",
        ),
    ],
)
def test_issuer(left: str, place: str, issuer: str, level: str, province: str | None) -> None:
    text = header(left, "Số: 85/KH-VP", f"{place}, ngày 14 tháng 02 năm 2024")
    found = values(text.replace("trong năm.", "trên địa bàn tỉnh Sơn La."))
    assert found["issuer"] == issuer
    assert found["issuer_level"] == level
    assert found.get("province") == province


@pytest.mark.parametrize(
    ("printed", "number", "symbol", "reference"),
    [
        ("Số: 85/KH-SYT", "85", "KH-SYT", "85/KH-SYT"),
        ("Số:        /KH-SYT", None, "KH-SYT", None),
        ("Số: ....../KH - SYT", None, "KH-SYT", None),
        ("Số 17-KH/HU", "17", "KH/HU", "17-KH/HU"),
        ("Số      -KH/BTG", None, "KH/BTG", None),
        ("Số: 12/2024/NQ-HĐND", "12", "NQ-HĐND", "12/2024/NQ-HĐND"),
        ("Số: 3021", "3021", None, None),
        ("Số: 07 /KH–SNN&PTNT", "07", "KH-SNN&PTNT", "07/KH-SNN&PTNT"),
    ],
)
def test_number(printed: str, number: str | None, symbol: str | None, reference: str | None) -> None:
    found = values(header("UBND TỈNH BẾN TRE / SỞ Y TẾ", printed, "Bến Tre, ngày 14 tháng 02 năm 2024"))
    assert (found.get("number"), found.get("symbol"), found.get("reference")) == (number, symbol, reference)


@pytest.mark.parametrize(
    ("printed", "place", "date", "precision"),
    [
        ("Bến Tre, ngày 14 tháng 02 năm 2024", "Bến Tre", dt.date(2024, 2, 14), "day"),
        ("TP. Bến Tre, ngày tháng 02 năm 2024", "TP. Bến Tre", None, "month"),
        ("Bến Tre, ngày      tháng      năm 2024", "Bến Tre", None, "year"),
        ("Bến Tre, ngày ... tháng ... năm ...", "Bến Tre", None, None),
    ],
)
def test_place_and_date(printed: str, place: str, date: dt.date | None, precision: str | None) -> None:
    found = values(header("UBND TỈNH BẾN TRE / SỞ Y TẾ", "Số: 85/KH-SYT", printed))
    assert (found.get("issue_place"), found.get("issue_date")) == (place, date)
    assert found.get("issue_date_precision") == precision


@pytest.mark.parametrize(
    ("title", "value", "year", "first", "last"),
    [
        ("Công tác dân vận năm 2024", "Công tác dân vận năm 2024", 2024, 2024, 2024),
        ("Kế hoạch phát triển du lịch năm 2024", "phát triển du lịch năm 2024", 2024, 2024, 2024),
        ("Kế hoạch hóa gia đình năm 2024", "Kế hoạch hóa gia đình năm 2024", 2024, 2024, 2024),
        ("Chuyển đổi số giai đoạn 2021 - 2025", "Chuyển đổi số giai đoạn 2021 - 2025", None, 2021, 2025),
        ("Thi hành Chỉ thị 9-CT/TU ngày 04/01/2024", "Thi hành Chỉ thị 9-CT/TU ngày 04/01/2024", None, None, None),
        ("Thi hành Luật Đất đai năm 2024", "Thi hành Luật Đất đai năm 2024", None, None, None),
        ("Kỷ niệm (01/4/1991 - 01/4/2026)", "Kỷ niệm (01/4/1991 - 01/4/2026)", None, None, None),
        ("Tiếp công dân tháng 02 năm 2020", "Tiếp công dân tháng 02 năm 2020", None, None, None),
    ],
)
def test_title_and_its_years(title: str, value: str, year: int | None, first: int | None, last: int | None) -> None:
    found = values(header("SỞ Y TẾ", "Số: 85/KH-SYT", "Bến Tre, ngày 14 tháng 02 năm 2024", title))
    assert found["title"] == value
    assert found.get("plan_year") == year
    assert (found.get("plan_start_year"), found.get("plan_end_year")) == (first, last)


def test_official_letter_takes_its_title_from_the_subject_line() -> None:
    text = (
        "UBND TỈNH BẾN TRE\n\nSố: 915/UBND-VX\n\nV/v tăng cường quản lý lễ hội\n\n"
        "Bến Tre, ngày 14 tháng 02 năm 2024\n\n"
        "Kính gửi: Các sở, ban, ngành tỉnh.\n\nThực hiện Công văn số 12/BVHTTDL-VP của Bộ Văn hóa, "
        "Thể thao và Du lịch, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:\n" + BODY
    )
    found = values(text)
    assert found["doc_type"] == "Công văn"
    assert found["title"] == "V/v tăng cường quản lý lễ hội"
    assert found["issuer"] == "Ủy ban nhân dân tỉnh Bến Tre"


def test_a_joint_paper_names_both_issuers() -> None:
    text = header("SỞ NỘI VỤ - / LIÊN ĐOÀN LAO ĐỘNG TỈNH", "Số: 3/KHLT-SNV-LĐLĐ", "Bến Tre, ngày 14 tháng 02 năm 2024")
    found = values(text.replace("KẾ HOẠCH\n", "KẾ HOẠCH LIÊN TỊCH\n"))
    assert found["issuer"] == "Sở Nội vụ tỉnh Bến Tre; Liên đoàn Lao động tỉnh Bến Tre"


def test_issuer_of_a_paper_without_header_comes_from_the_lead_in() -> None:
    text = (
        "KẾ HOẠCH\n\nCông tác dân vận năm 2024\n\nCăn cứ chương trình công tác năm 2024, Sở Nội vụ xây dựng Kế hoạch "
        "công tác dân vận như sau:\n" + BODY + "\nTỉnh Gia Lai và tỉnh Gia Lai.\n"
    )
    found = values(text.replace("trong năm.", "trong năm trên địa bàn tỉnh Gia Lai."))
    assert (found["issuer"], found["issuer_source"]) == ("Sở Nội vụ tỉnh Gia Lai", "body")
    assert (found["province"], found["province_code"]) == ("Gia Lai", "64")


def test_province_code_is_that_of_the_day_of_signing() -> None:
    before = values(header("SỞ Y TẾ", "Số: 1/KH-SYT", "Đồng Tháp, ngày 14 tháng 02 năm 2024"))
    after = values(header("SỞ Y TẾ", "Số: 1/KH-SYT", "Đồng Tháp, ngày 14 tháng 02 năm 2026"))
    assert (before["province_code"], after["province_code"]) == ("87", "82")
    assert before["province_code_2025"] == after["province_code_2025"] == "82"


def test_two_provinces_as_frequent_give_none() -> None:
    text = "KẾ HOẠCH\n\nGiao lưu năm 2024\n" + BODY.replace("trong năm.", "của tỉnh Gia Lai và tỉnh Kon Tum.")
    assert "province" not in values(text)


@pytest.mark.parametrize(
    ("mark", "name", "draft"),
    [("(Dự thảo)", "a.txt", True), ("", "KH dự thảo 2024.docx", True), ("", "ke-hoach-2024.docx", False)],
)
def test_draft(mark: str, name: str, draft: bool) -> None:
    number = "Số:      /KH-SYT" + (f"\n\n{mark}" if mark else "")
    found = values(header("SỞ Y TẾ", number, "Bến Tre, ngày tháng 02 năm 2024"), name)
    assert found["is_draft"] is draft


def test_kind_of_a_decision_and_its_authority_line_is_no_title() -> None:
    dated = "Bến Tre, ngày 14 tháng 02 năm 2024"
    text = header("UBND TỈNH BẾN TRE", "Số: 51/QĐ-UBND", dated, "Về việc tặng Bằng khen")
    text = text.replace("KẾ HOẠCH", "QUYẾT ĐỊNH").replace(
        "\nI. MỤC",
        "\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH BẾN TRE\n\nCăn cứ Luật Thi đua, khen thưởng;\n\nQUYẾT ĐỊNH:\n\nI. MỤC",
    )
    found = values(text)
    assert (found["doc_type"], found["title"]) == ("Quyết định", "Về việc tặng Bằng khen")
