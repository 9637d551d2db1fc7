"""Words of OCR with lost marks: what is put back, and what must be left alone."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest.page.words import PageWord
from pipeline.ingest.repair.page import repair_page


def page(*lines: str, confidence: float = 0.96) -> list[PageWord]:
    """Words in lines below one another, boxes in points."""
    words = []
    for row, line in enumerate(lines):
        for column, text in enumerate(line.split()):
            x0, top = 72.0 + 30 * column, 72.0 + 20 * row
            words.append(PageWord(text, x0, top, x0 + 25, top + 12, False, confidence))
    return words


def repaired(*lines: str, confidence: float = 0.96) -> str:
    """The repaired page as one text."""
    return " ".join(word.text for word in repair_page(page(*lines, confidence=confidence)))


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("kiêm tra việc châp hành", "kiểm tra việc chấp hành"),
        ("phôi hợp triên khai kê hoạch", "phối hợp triển khai kế hoạch"),
        ("Giám đôc các sở, các tô chức, đoàn thê của tỉnh", "Giám đốc các sở, các tổ chức, đoàn thể của tỉnh"),
        ("cơ quan có thâm quyên", "cơ quan có thẩm quyền"),
        ("đê xuât khen thưởng", "đề xuất khen thưởng"),
        ("Nghị định sô 91/2017/NĐ-CP", "Nghị định số 91/2017/NĐ-CP"),
        ("huyện, thành phô trong tỉnh", "huyện, thành phố trong tỉnh"),
        ("ban hành Kê hoạch này", "ban hành Kế hoạch này"),
        ("QUYÉT ĐỊNH", "QUYẾT ĐỊNH"),
        ("quy định chỉ tiết", "quy định chi tiết"),
        ("TỎ CHỨC THỰC HIỆN", "TỔ CHỨC THỰC HIỆN"),
        ("KT. GIAM ĐÓC PHO GIAM ĐÓC", "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC"),
        ("phong trào thí đua yêu nước", "phong trào thi đua yêu nước"),
    ],
)
def test_lost_marks_are_put_back(read: str, right: str) -> None:
    assert repaired(read) == right


@pytest.mark.parametrize(
    "text",
    [
        "đê điều và hồ đập",
        "kê khai tài sản, thống kê số liệu",
        "ông Lê Văn Tân, bà Trần Thị Kiên",
        "Nguyễn Đình Tôn",
        "cô giáo, tô điểm, nêu gương",
        "kiêm nhiệm chức vụ",
        "UBND phường 5 và 7 đơn vị",
        "Make in Viet Nam",
        "Phó Trưởng phòng; khu phố 3",
        "tên miền https://ngoaivu.example.vn",
        "sông Sê Pôn, xã Đăk Pék",
    ],
)
def test_right_words_are_left_alone(text: str) -> None:
    assert repaired(text) == text


def test_the_raw_reading_and_the_doubt_are_kept() -> None:
    word, other = repair_page(page("kiêm tra"))
    assert (word.text, word.raw, word.confidence) == ("kiểm", "kiêm", 0.9)
    assert (other.text, other.raw, other.confidence) == ("tra", None, 0.96)
    assert word[1:5] == page("kiêm tra")[0][1:5]


def test_a_doubted_word_stays_doubted() -> None:
    assert repair_page(page("kiêm tra", confidence=0.5))[0].confidence == 0.5


def test_a_phrase_goes_on_in_the_next_line_but_not_in_a_new_sentence() -> None:
    assert repaired("đã mua sô", "sách theo dõi") == "đã mua sổ sách theo dõi"
    assert repaired("đã mua sô.", "Sách theo dõi") != "đã mua sổ. Sách theo dõi"


def test_a_page_read_without_marks_needs_less_proof() -> None:
    bad = "kiêm tra, châp hành, câp huyện, phôi hợp"
    assert repaired("(nêu ra)") == "(nêu ra)"
    assert repaired(bad, "(nêu có)").endswith("(nếu có)")


@pytest.mark.parametrize("text", ["câp", "Kiên", "vô", "lô"])
def test_one_unclear_word_alone_is_left(text: str) -> None:
    assert repaired(f"{text}.") in (f"{text}.", "cấp.")


def test_an_empty_page() -> None:
    assert repair_page([]) == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Z", "C"]), min_size=1, max_size=9), max_size=25)
)
def test_any_words_keep_their_boxes_and_settle(texts: list[str]) -> None:
    words = [PageWord(text, 10.0 * at, 10.0, 10.0 * at + 9, 20.0, False, 0.96) for at, text in enumerate(texts)]
    once = repair_page(words)
    assert len(once) <= len(words)
    assert {word.x0 for word in once} <= {word.x0 for word in words}
    assert all(word.raw is not None or word in words for word in once)


def test_a_page_is_fast() -> None:
    lines = ["Các sở, ban, ngành phôi hợp triên khai kê hoạch kiêm tra, báo cáo kêt quả theo quy định"] * 25
    repair_page(page(*lines))
    started = time.perf_counter()
    repair_page(page(*lines))
    assert time.perf_counter() - started < 0.1
