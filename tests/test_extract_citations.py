"""Citations in sentences: what is one, how far it reaches, who issued it, what part it plays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from pipeline.extract.citations import read_citations
from pipeline.extract.context import Context
from pipeline.extract.zones import find_zones
from pipeline.nlp import Reading
from pipeline.records import Citation

HOME = Context("Sơn La", "Sở Y tế tỉnh Sơn La", "department", 2024, dt.date(2024, 2, 5), 2024)
SCHOOL = Context("Sơn La", "Trường Đại học Tây Bắc", "school", 2024, dt.date(2024, 2, 5), 2024)
FRAME = (
    "SỞ Y TẾ\nSố: 15/KH-SYT\nKẾ HOẠCH\nCông tác năm 2024\n{recital}\nI. MỤC ĐÍCH, YÊU CẦU\n{body}\n"
    "II. TỔ CHỨC THỰC HIỆN\nCác đơn vị thực hiện./."
)

Cite = Callable[..., list[Citation]]


@pytest.fixture(scope="module")
def cite(reading_of: Callable[[str], Reading]) -> Cite:
    def run(body: str = "1. Mục đích", recital: str = "", context: Context = HOME) -> list[Citation]:
        reading = reading_of(FRAME.format(recital=recital, body=body))
        found = list(read_citations(reading, find_zones(reading), context))
        for row in found:
            assert row.text == " ".join(reading.plan.text[row.evidence.start : row.evidence.end].split())
        return found

    return run


REFERENCES = [
    ("Thực hiện Nghị định số 15/2020/NĐ-CP của Chính phủ", "Nghị định", "15/2020/NĐ-CP"),
    ("theo Chỉ thị 21-CT/TW", "Chỉ thị", "21-CT/TW"),
    ("theo Kế hoạch số 88 /KH-ĐKT", "Kế hoạch", "88/KH-ĐKT"),
    ("theo Nghị quyết số 06 - NQ/HU", "Nghị quyết", "06-NQ/HU"),
    ("theo Nghị quyết 09/TU", "Nghị quyết", "09/TU"),
    ("theo Công văn số: 77/UBND-VX,", "Công văn", "77/UBND-VX"),
    ("theo văn bản số 12/VPCP-KSTT", "Văn bản", "12/VPCP-KSTT"),
    ("theo Chương trình hành động số 7/CTr-UBND", "Chương trình hành động", "7/CTr-UBND"),
    ("theo Quy định số 30-QĐ/TW", "Quy định", "30-QĐ/TW"),
    ("theo Luật số 06/2022/QH15", "Luật", "06/2022/QH15"),
    ("theo Luật Đất đai số 31/2024/QH15", "Luật", "31/2024/QH15"),
    ("theo tinh thần Chỉ thị 21 của Đảng", "Chỉ thị", "21"),
    ("theo Tờ trình số 2100 ngày 02/3/2022", "Tờ trình", "2100"),
    ("theo Kế hoạch số /KH-UBND", "Kế hoạch", None),
    ("theo Kế hoạch số …/KH-UBND", "Kế hoạch", None),
    ("tiếp tục triển khai Đề án 06", "Đề án", None),
    ("theo Quyết định số 866/QĐ-Tg", "Quyết định", "866/QĐ-Tg"),
    ("theo Quyêt định sô 12/QĐ-UBND", "Quyết định", "12/QĐ-UBND"),
]


@pytest.mark.parametrize(("text", "kind", "ref"), REFERENCES)
def test_reference_is_read(cite: Cite, text: str, kind: str, ref: str | None) -> None:
    assert [(row.cited_type, row.cited_ref) for row in cite(text)] == [(kind, ref)]


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch này thay thế các kế hoạch trước",
        "theo các Nghị quyết, Chỉ thị của Đảng",
        "Xây dựng Kế hoạch kiểm tra công tác y tế năm 2024",
        "thực hiện kế hoạch 5 năm 2021 - 2025",
        "theo quy định của pháp luật thi đua, khen thưởng",
        "giữ nghiêm kỷ luật lao động",
        "mời các luật sư; Trường Đại học Luật Hà Nội",
        "ban hành quyết định khen thưởng",
        "(Kèm theo Kế hoạch số 15/KH-SYT ngày 05/02/2024 của Sở Y tế)",
        "(Kèm theo Kế hoạch số /KH-SYT)",
    ],
)
def test_look_alikes_are_none(cite: Cite, text: str) -> None:
    assert cite(text) == []


LAWS = [
    ("theo Luật Thi đua, khen thưởng năm 2003", "Luật Thi đua, khen thưởng năm 2003", "2003"),
    ("chấp hành luật Tố tụng hành chính", "luật Tố tụng hành chính", None),
    ("Luật PCTN năm 2018 và các văn bản", "Luật PCTN năm 2018", "2018"),
    ("Bộ luật Lao động quy định", "Bộ luật Lao động", None),
    ("Luật Tài nguyên, môi trường biển và hải đảo ngày 25/6/2015;", None, "2015-06-25"),
    ("Luật Phát triển đô thị thông minh về hạ tầng", None, None),
    ("Hiến pháp năm 2013", "Hiến pháp năm 2013", "2013"),
    ("Luật Đất đai (sửa đổi)", "Luật Đất đai", None),
]


@pytest.mark.parametrize(("text", "whole", "date"), LAWS)
def test_law_by_name(cite: Cite, text: str, whole: str | None, date: str | None) -> None:
    (row,) = cite(text)
    assert row.cited_ref is None
    assert row.cited_date == date
    assert row.cited_issuer is None
    if whole:
        assert row.text == whole


def test_amending_law_is_one_row_with_the_laws_it_amends(cite: Cite) -> None:
    recital = (
        "Căn cứ Luật Thanh tra ngày 15 tháng 11 năm 2010; Luật sửa đổi, bổ sung một số điều của Luật Thanh tra "
        "ngày 14 tháng 6 năm 2012 và Luật sửa đổi, bổ sung một số điều của Luật Đầu tư công và Luật Nhà ở năm 2014;"
    )
    rows = cite(recital=recital)
    assert [(row.cited_date, row.role) for row in rows] == [
        ("2010-11-15", "basis"),
        ("2012-06-14", "basis"),
        ("2014", "basis"),
    ]
    assert rows[2].text.endswith("Luật Đầu tư công và Luật Nhà ở năm 2014")


CONGRESSES = [
    ("Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XV", "Đại hội Đảng bộ tỉnh lần thứ XV"),
    (
        "Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIV của Đảng",
        "Đại hội đại biểu toàn quốc lần thứ XIV của Đảng",
    ),
    ("Nghị quyết Đại hội XIV của Đảng", "Đại hội XIV của Đảng"),
]


@pytest.mark.parametrize(("text", "issuer"), CONGRESSES)
def test_congress_is_the_issuer(cite: Cite, text: str, issuer: str) -> None:
    (row,) = cite(f"Năm thứ ba thực hiện {text}.")
    assert (row.cited_type, row.cited_ref, row.cited_issuer) == ("Nghị quyết", None, issuer)


ISSUERS = [
    ("Kế hoạch số 5/KH-UBND ngày 02/01/2024 của UBND tỉnh về", "Ủy ban nhân dân tỉnh Sơn La"),
    ("Quyết định số 5/QĐ-UBND của Chủ tịch UBND tỉnh về", "Chủ tịch Ủy ban nhân dân tỉnh Sơn La"),
    ("Quyết định số 5/QĐ-UBND của Ủy ban nhân dân tỉnh Sơn La Ban hành Quy chế", "Ủy ban nhân dân tỉnh Sơn La"),
    ("Quyết định số 5/QĐ-SCT của Giám đốc Sở Công Thương (kèm theo)", "Giám đốc Sở Công Thương tỉnh Sơn La"),
    ("Kế hoạch số 5/KH-SGDĐT của Sở Giáo dục và Đào tạo Sơn La về", "Sở Giáo dục và Đào tạo tỉnh Sơn La"),
    ("Kế hoạch số 5/KH-BDT của Ban Dân tộc.", "Ban Dân tộc tỉnh Sơn La"),
    ("Chỉ thị số 5-CT/TU của Ban Thường vụ Tỉnh ủy về", "Ban Thường vụ Tỉnh ủy Sơn La"),
    ("Nghị quyết số 5-NQ/TU của Ban Chấp hành Đảng bộ tỉnh về", "Ban Chấp hành Đảng bộ tỉnh Sơn La"),
    ("Thông tư số 5/2022/TT-BYT của Bộ LĐTBXH hướng dẫn", "Bộ Lao động - Thương binh và Xã hội"),
    ("Thông tư số 5/2022/TT-BVHTTDL của Bộ Văn hóa, Thể thao và Du lịch quy định", "Bộ Văn hóa, Thể thao và Du lịch"),
    ("Chỉ thị số 5-CT/TW, ngày 07/4/2014 của Bộ chính trị về", "Bộ Chính trị"),
    ("Quyết định số 5/QĐ-TTg ngày 01/02/2023", None),
    ("Kế hoạch số 5/KH-UBND của UBND huyện Mai Sơn về", "Ủy ban nhân dân huyện Mai Sơn, tỉnh Sơn La"),
    ("UBND tỉnh đã ban hành Quyết định số 5/QĐ-UBND chọn", "Ủy ban nhân dân tỉnh Sơn La"),
    ("đã được Thủ tướng Chính phủ phê duyệt tại Quyết định số 5/QĐ-TTg", "Thủ tướng Chính phủ"),
    ("Theo đề nghị của Giám đốc Sở Tư pháp tại Tờ trình số 5/TTr-STP", "Sở Tư pháp tỉnh Sơn La"),
    ("Đoàn kiểm tra của Bộ Y tế yêu cầu tại Công văn số 5/BYT-KCB", None),
    ("Nghị quyết của Hội đồng nhân dân tỉnh số 60/NQ-HĐND ngày 08/12/2023", "Hội đồng nhân dân tỉnh Sơn La"),
    ("Kế hoạch số 5/KH-UBND của UBND thành phố Sơn La về", "Ủy ban nhân dân thành phố Sơn La, tỉnh Sơn La"),
    ("hướng dẫn của Bộ Y tế và Chỉ thị số 01/CT-TTg", None),
    ("Quyết định số 17/QĐ-UBQG của Ủy ban Quốc gia về chuyển đổi số ban hành", "Ủy ban Quốc gia về chuyển đổi số"),
]


@pytest.mark.parametrize(("text", "issuer"), ISSUERS)
def test_issuer_in_full(cite: Cite, text: str, issuer: str | None) -> None:
    (row,) = cite(text)
    assert row.cited_issuer == issuer


def test_school_bodies_take_the_schools_name(cite: Cite) -> None:
    (row,) = cite("theo Quyết định số 9/QĐ-HĐT ngày 22 tháng 9 năm 2021 của Chủ tịch Hội đồng trường", context=SCHOOL)
    assert row.cited_issuer == "Chủ tịch Hội đồng trường Trường Đại học Tây Bắc"


DATES = [
    ("Kế hoạch số 9/KH-BYT của Bộ Y tế (BYT) ngày 05 tháng 02 năm 2023 về", "2023-02-05"),
    ("Tờ trình số 53/TTr-STP 28/9/2022", "2022-09-28"),
    ("Công văn số 9/BYT-KCB, ngày 07/3/2020 của Bộ Y tế", "2020-03-07"),
    ("Ngày 26/3/2021, UBND tỉnh đã ban hành Nghị quyết số 6/NQ-UBND về", "2021-03-26"),
    ("Kế hoạch số 9/KH-SYTngày 02/02/2023 của Sở Y tế", "2023-02-02"),
    ("Nghị quyết 9/TU - ngày 26/3 hằng năm", None),
    ("Nghị quyết số 9/NQ-HĐND trước ngày 30/6/2024", None),
]


@pytest.mark.parametrize(("text", "date"), DATES)
def test_date_that_belongs(cite: Cite, text: str, date: str | None) -> None:
    assert cite(text)[0].cited_date == date


def test_list_shares_type_and_issuer(cite: Cite) -> None:
    rows = cite("theo các Nghị định số 65/2014/NĐ-CP và số 85/2014/NĐ-CP của Chính phủ")
    assert [(row.cited_type, row.cited_ref, row.cited_issuer) for row in rows] == [
        ("Nghị định", "65/2014/NĐ-CP", "Chính phủ"),
        ("Nghị định", "85/2014/NĐ-CP", "Chính phủ"),
    ]
    rows = cite("theo Nghị quyết số 01, 02/NQ-CP ngày 05/01/2024 của Chính phủ")
    assert [(r.cited_ref, r.cited_date) for r in rows] == [("01/NQ-CP", "2024-01-05"), ("02/NQ-CP", "2024-01-05")]


def test_description_nests_and_a_list_does_not(cite: Cite) -> None:
    rows = cite(
        recital="Căn cứ Nghị định số 9/2017/NĐ-CP của Chính phủ quy định chi tiết thi hành "
        "một số điều của Luật Trẻ em; "
        "Thông tư số 8/2019/TT-BYT quy định chi tiết Nghị định số 9/2017/NĐ-CP của Chính phủ "
        "quy định chi tiết Luật Trẻ em;"
    )
    assert [(row.role, row.parent) for row in rows] == [
        ("basis", None),
        ("nested", 0),
        ("basis", None),
        ("nested", 2),
        ("nested", 3),
    ]


def test_and_joins_siblings_but_implemented_laws_stay_nested(cite: Cite) -> None:
    rows = cite(
        "Chỉ thị số 9/CT-TTg về phát động thi đua theo Nghị quyết Đại hội XIV của Đảng và Kế hoạch số 5/KH-UBND"
    )
    assert [row.role for row in rows] == ["mention", "nested", "mention"]
    rows = cite(
        "Thông tư số 9/2025/TT-BNV hướng dẫn thi hành Luật Thanh tra và Nghị định số 1/2025/NĐ-CP của Chính phủ"
    )
    assert [row.role for row in rows] == ["mention", "nested", "nested"]


def test_recital_is_basis_unless_it_tells_how_things_stand(cite: Cite) -> None:
    assert cite(recital="Thực hiện Kế hoạch số 5/KH-UBND của UBND tỉnh;")[0].role == "basis"
    recital = (
        "Năm 2024 là năm thứ tư thực hiện Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XV, Sở xây dựng Kế hoạch như sau:"
    )
    assert cite(recital=recital)[0].role == "mention"


def test_quoted_subject_ends_the_description(cite: Cite) -> None:
    rows = cite("Chỉ thị 05-CT/TW về “Học tập và làm theo Bác” gắn với Nghị quyết Trung ương 4 khóa XII, XIII.")
    assert [(row.role, row.cited_issuer) for row in rows] == [
        ("mention", None),
        ("mention", "Trung ương 4 khóa XII, XIII"),
    ]
    assert rows[0].cited_title == "Học tập và làm theo Bác"


def test_list_of_implemented_decrees_is_nested_whole(cite: Cite) -> None:
    rows = cite(
        recital="Căn cứ Thông tư số 7/2014/TT-BNV của Bộ Nội vụ hướng dẫn thi hành một số điều của Nghị định số "
        "42/2010/NĐ-CP, Nghị định số 39/2012/NĐ-CP và Nghị định số 65/2014/NĐ-CP của Chính phủ;"
    )
    assert [row.parent for row in rows] == [None, 0, 0, 0]


def test_joint_papers_join_their_issuers(cite: Cite) -> None:
    (row,) = cite("Thông tư liên tịch số 5/2016/TTLT-BNV-BTC của Bộ Nội vụ và Bộ Tài chính hướng dẫn")
    assert row.cited_issuer == "Bộ Nội vụ; Bộ Tài chính"
    (row,) = cite("Chương trình phối hợp số 5/CTrPH giữa Sở Nội vụ và Liên đoàn Lao động tỉnh")
    assert row.cited_issuer == "Sở Nội vụ tỉnh Sơn La; Liên đoàn Lao động tỉnh Sơn La"


def test_locator_and_title(cite: Cite) -> None:
    (row,) = cite("theo khoản 2 Điều 5 Nghị định số 9/2025/NĐ-CP của Chính phủ về hoạt động kiểm tra.")
    assert (row.locator, row.cited_title) == ("khoản 2 Điều 5", "hoạt động kiểm tra")
    assert cite("theo quy định tại Điều 108, Luật Đất đai.")[0].locator == "Điều 108"


def test_register_gives_status_at_the_day_of_issue(cite: Cite) -> None:
    (row,) = cite("theo Nghị định số 91/2017/NĐ-CP của Chính phủ")
    assert (row.status_at_issue, row.replaced_by) == ("expired", "nd-98-2023-nd-cp")
    (row,) = cite("theo Luật Thi đua, khen thưởng năm 2022")
    assert (row.instrument_id, row.status_at_issue) == ("luat-06-2022-qh15", "in_force")
    (row,) = cite("theo Kế hoạch số 01/KH-UBND của UBND tỉnh")
    assert (row.instrument_id, row.status_at_issue) == (None, "unknown")


@pytest.mark.parametrize(
    ("sentence", "kind", "ref", "issuer"),
    [
        (
            "Nghị quyết HĐND tỉnh số 15/2023/NQ-HĐND ngày 8/12/2023",
            "Nghị quyết",
            "15/2023/NQ-HĐND",
            "Hội đồng nhân dân",
        ),
        ("Kế hoạch số 31/KH-BCĐ389 ngày 02/01/2024 của BCĐ 389 tỉnh", "Kế hoạch", "31/KH-BCĐ389", "Ban Chỉ đạo 389"),
        ("Nghị quyết số 12-NQ/ĐU ngày 3/2/2024 của Đảng ủy xã", "Nghị quyết", "12-NQ/ĐU", "Đảng ủy xã"),
        ("Quyết định số 61/QĐ-TTg ngày 06/01/2022 của Thủ tướng", "Quyết định", "61/QĐ-TTg", "Thủ tướng Chính phủ"),
        ("QĐ số 12/QĐ-SYT ngày 5/1/2023 của Sở Y tế", "Quyết định", "12/QĐ-SYT", "Sở Y tế"),
        (
            "Nghị quyết số 33-NQ/TW ngày 9/6/2014 Hội nghị lần thứ chín Ban Chấp hành Trung ương khóa XI",
            "Nghị quyết",
            "33-NQ/TW",
            "Hội nghị lần thứ chín Ban Chấp hành Trung ương khóa XI",
        ),
    ],
)
def test_odd_shapes(cite: Cite, sentence: str, kind: str, ref: str, issuer: str) -> None:
    (found,) = cite(recital=f"Căn cứ {sentence};")
    assert found.role == "basis"
    assert (found.cited_type, found.cited_ref) == (kind, ref)
    assert (found.cited_issuer or "").startswith(issuer)


def test_two_bodies_table_one_paper(cite: Cite) -> None:
    (found,) = cite(
        recital="Theo đề nghị của Bộ trưởng Bộ Y tế và Bộ trưởng Bộ Tài chính tại Tờ trình số 9/TTr-BYT-BTC ngày 2/3/2023;"
    )
    assert found.cited_issuer == "Bộ trưởng Bộ Y tế; Bộ trưởng Bộ Tài chính"


def test_the_other_placing_of_the_tone_mark_gets_the_province_too(cite: Cite) -> None:
    (found,) = cite(recital="Thực hiện Kế hoạch số 83-KH/TU, ngày 12/6/2023 của Ban Thường vụ Tỉnh uỷ;")
    assert found.cited_issuer == "Ban Thường vụ Tỉnh uỷ Sơn La"


def test_a_law_to_be_amended_describes_nothing(cite: Cite) -> None:
    found = cite("1. Xây dựng Luật Viên chức (sửa đổi) theo hướng đổi mới, theo tinh thần Nghị quyết số 57-NQ/TW.")
    assert [row.role for row in found] == ["mention", "mention"]


@pytest.mark.parametrize(
    ("text", "kind", "ref", "issuer"),
    [
        (
            "Căn cứ Quy chế làm việc số 02-QC/ĐU, ngày 05/8/2025 của Ban Chấp hành Đảng bộ xã Mường Bú khóa I;",
            "Quy chế",
            "02-QC/ĐU",
            "Ban Chấp hành Đảng bộ xã Mường Bú khóa I",
        ),
        (
            "Căn cứ Quy định số 22-QĐ/TW ngày 28/7/2021 của Ban Chấp hành Trung ương Đảng khóa XIII về kiểm tra;",
            "Quy định",
            "22-QĐ/TW",
            "Ban Chấp hành Trung ương Đảng khóa XIII",
        ),
        (
            "Thực hiện Nghị quyết chuyên đề số 05-NQ/TU của Ban Chấp hành Đảng bộ tỉnh khóa XIX;",
            "Nghị quyết",
            "05-NQ/TU",
            "Ban Chấp hành Đảng bộ tỉnh Sơn La khóa XIX",
        ),
        ("Thực hiện Chỉ thị số 05-CT/TW của Bộ Chính trị khóa XII;", "Chỉ thị", "05-CT/TW", "Bộ Chính trị"),
        (
            "Thực hiện Nghị quyết Đại hội Đảng bộ phường nhiệm kỳ 2025 - 2030;",
            "Nghị quyết",
            None,
            "Đại hội Đảng bộ phường nhiệm kỳ 2025 - 2030",
        ),
        ("Bộ Chính trị ban hành Quyết định số 217-QĐ/TW;", "Quyết định", "217-QĐ/TW", "Bộ Chính trị"),
    ],
)
def test_party_papers(cite: Cite, text: str, kind: str, ref: str | None, issuer: str) -> None:
    rows = cite(recital=text)
    assert [(row.cited_type, row.cited_ref, row.cited_issuer) for row in rows] == [(kind, ref, issuer)]


def test_the_issuer_behind_a_series_is_that_of_all_its_papers(cite: Cite) -> None:
    rows = cite("Giám sát theo Quyết định số 217-QĐ/TW, Quyết định số 218-QĐ/TW của Bộ Chính trị.")
    assert [row.cited_issuer for row in rows] == ["Bộ Chính trị", "Bộ Chính trị"]
    rows = cite("Theo Quyết định số 21/QĐ-UBND, Quyết định số 22-QĐ/TW của Bộ Chính trị.")
    assert [row.cited_issuer for row in rows] == [None, "Bộ Chính trị"]


@pytest.mark.parametrize(
    "form", ["Mẫu số 01/PLI Phụ lục I", "Mâu số 01/PLI", "Biểu mẫu số 03/BC-TH", "Phiếu số 2/PL-SYT", "Bảng số 4/TK-YT"]
)
def test_the_number_of_a_form_is_none(cite: Cite, form: str) -> None:
    rows = cite(f"theo Nghị định số 9/2025/NĐ-CP của Chính phủ, báo cáo theo {form} và số 7/2025/NĐ-CP")
    assert [row.cited_ref for row in rows] == ["9/2025/NĐ-CP", "7/2025/NĐ-CP"]


def test_the_own_number_is_none_where_a_hand_wrote_it(reading_of: Callable[[str], Reading]) -> None:
    """The number line of a scan may be unreadable while the document's number is known from elsewhere."""
    body = "Theo Văn bản số 871/UBND-VX ngày 05/02/2024 của UBND tỉnh và Văn bản số 872/UBND-VX"
    reading = reading_of(f"ỦY BAN NHÂN DÂN\nSố: #% 1/UB\nKính gửi: Các sở\n{body}\nI. NỘI DUNG\n1. Việc một")
    known = Context("Sơn La", reference="871/UBND-VX")
    for context, refs in ((known, ["872/UBND-VX"]), (HOME, ["871/UBND-VX", "872/UBND-VX"])):
        assert [row.cited_ref for row in read_citations(reading, find_zones(reading), context)] == refs
