"""Stamps of incoming mail, marks of haste and secrecy: beside the paper's own number, day and title, never in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.ingest.limits import Limits
from pipeline.ingest.page.words import PageWord, rows_of
from pipeline.ingest.scan.stamps import is_incoming, mark_of, part_stamps, seems_stamped
from pipeline.records import Run, SourceDocument, SourcePage, SourceParagraph
from pipeline.run.document import read_plan
from pipeline.text import compose
from tests.fonts import FONTS

STAMP = [
    (60, "SỞ NỘI VỤ TỈNH HÀ NAM"),
    (74, "ĐẾN"),
    (88, "Số: 1234"),
    (102, "Ngày: 05/3/2024"),
    (116, "Chuyển: Phòng 2"),
]
HEADER = [
    (60, 330, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (74, 360, "Độc lập - Tự do - Hạnh phúc"),
    (102, 350, "Hà Nam, ngày 01 tháng 3 năm 2024"),
    (150, 240, "KẾ HOẠCH"),
    (166, 180, "Phát triển kinh tế tập thể đến năm 2030"),
]


def words(*lines: tuple[float, float, str]) -> list[PageWord]:
    """Each line's top, left and text; 6 points a letter, 10 high."""
    found = []
    for top, x0, text in lines:
        for word in text.split():
            found.append(PageWord(word, x0, top, x0 + 6 * len(word), top + 10))
            x0 += 6 * len(word) + 4
    return found


def texts(found: Sequence[PageWord]) -> list[str]:
    return [word.text for word in found]


def test_an_incoming_stamp_leaves_the_page_with_its_number_and_day() -> None:
    header = words(*HEADER)
    page = [*words(*((top, 60.0, text) for top, text in STAMP[1:])), *header]
    kept, aside = part_stamps(page, rows_of(page), 842)
    assert kept == header
    assert [(found.kind, found.text) for found in aside] == [
        ("stamp", "ĐẾN Số: 1234 Ngày: 05/3/2024 Chuyển: Phòng 2"),
    ]
    assert aside[0].bbox == (60, 74, 148, 126)


def test_a_papers_own_number_and_day_are_no_stamp() -> None:
    own = words((60, 60, "ỦY BAN NHÂN DÂN"), (88, 60, "Số: 12/KH-UBND"), (88, 330, "Hà Nam, ngày 5 tháng 3 năm 2024"))
    form = words((300, 60, "Số: ......"), (314, 60, "Ngày: 05/3/2024"))
    page = [*own, *form]
    assert part_stamps(page, rows_of(page), 842) == (page, [])


@pytest.mark.parametrize("mark", ["HỎA TỐC", "KHẨN", "MẬT", "THƯỢNG KHẨN"])
def test_a_mark_by_itself_stands_aside_and_one_in_a_sentence_stays(mark: str) -> None:
    header = words(*HEADER)
    page = [*words((88, 60, mark)), *header]
    kept, aside = part_stamps(page, rows_of(page), 842)
    assert kept == header
    assert [(found.kind, found.text) for found in aside] == [("urgency", mark)]
    inside = words((250, 60, f"Đóng dấu {mark} trên phong bì theo đúng quy định"))
    assert part_stamps(inside, rows_of(inside), 842) == (inside, [])


def test_marks_and_copies_are_told_from_titles() -> None:
    assert (mark_of("TUYỆT MẬT"), mark_of("SAO Y BẢN CHÍNH")) == ("urgency", "stamp")
    assert {mark_of(text) for text in ("BẢO VỆ BÍ MẬT NHÀ NƯỚC", "ĐẾN NĂM 2030", "KHẨN TRƯƠNG", "Mật")} == {None}


def test_a_drawn_frame_is_a_stamps_when_it_names_its_way_and_a_label() -> None:
    assert is_incoming(words((10, 10, "| CV"), (24, 10, "ĐEN Ngày :2{3")))
    assert not is_incoming(words((10, 10, "TT Nội dung"), (24, 10, "1 Ngày hội")))
    assert seems_stamped(words((100, 10, "Chuyên:........-ppng thời gian qua")), 842)
    assert not seems_stamped(words((100, 10, "Chuyển đổi số đến năm 2030")), 842)


@given(st.lists(st.tuples(st.sampled_from([60, 74, 88, 102, 700]), st.sampled_from([60, 64, 300]),
                          st.sampled_from([text for _, text in STAMP] + ["MẬT", "Số: 9/KH-UBND", "Kính gửi:"]))))  # fmt: skip
def test_no_word_is_lost(lines: list[tuple[int, int, str]]) -> None:
    page = words(*((float(top), float(x0), text) for top, x0, text in set(lines)))
    kept, aside = part_stamps(page, rows_of(page), 842)
    assert Counter(texts(kept)) + Counter(" ".join(a.text for a in aside).split()) == Counter(texts(page))


def test_a_text_pdf_with_stamp_and_mark_keeps_its_number_date_and_title(tmp_path: Path) -> None:
    pdfmetrics.registerFont(TTFont("DejaVuSans", FONTS / "DejaVuSans.ttf"))
    canvas = Canvas(str(tmp_path / "plan.pdf"), pagesize=A4)
    canvas.setFont("DejaVuSans", 9)
    lines = [
        (74.0, 60.0, "ỦY BAN NHÂN DÂN"),
        (88.0, 60.0, "TỈNH HÀ NAM"),
        (102.0, 60.0, "Số: 15/KH-UBND"),
        (116.0, 80.0, "HỎA TỐC"),
    ]
    stamp = [(top + 70, 60.0, text) for top, text in STAMP[1:]]
    body = [
        (230.0 + 14 * at, 60.0, "Thực hiện chương trình công tác, Ủy ban nhân dân tỉnh tổ chức như sau.")
        for at in range(9)
    ]
    for top, x0, text in [*lines, *stamp, *HEADER, *body]:
        canvas.drawString(x0, A4[1] - top, text)
    canvas.save()
    _, plan, record = read_plan(tmp_path / "plan.pdf", "plan.pdf", Limits())
    values = {found.name: found.value for found in record.fields}
    assert (values["number"], str(values["issue_date"])) == ("15", "2024-03-01")
    assert values["title"] == "Phát triển kinh tế tập thể đến năm 2030"
    assert {(found.kind, found.text) for found in plan.pages[0].aside} == {
        ("urgency", "HỎA TỐC"),
        ("stamp", "ĐẾN Số: 1234 Ngày: 05/3/2024 Chuyển: Phòng 2"),
    }


def test_a_mark_typed_into_a_word_document_is_no_text() -> None:
    blocks = tuple(SourceParagraph((Run(text),)) for text in ("MẬT", "KẾ HOẠCH", "Bảo vệ bí mật nhà nước"))
    plan = compose(SourceDocument("0" * 16, "0" * 64, "a.doc", "application/msword", 1, (SourcePage(1, blocks),)))
    assert plan.text == "KẾ HOẠCH\nBảo vệ bí mật nhà nước\n"
    assert [(found.kind, found.text, found.bbox) for found in plan.pages[0].aside] == [("urgency", "MẬT", None)]
