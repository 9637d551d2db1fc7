"""Words run together, digits for letters, capitals amid small letters."""

from __future__ import annotations

import pytest

from pipeline.ingest.repair.shapes import repair_shapes
from tests.test_ingest_repair_page import page


def repaired(text: str, confidence: float = 0.93) -> str:
    """One line after the repair."""
    return " ".join(word.text for word in repair_shapes([page(text, confidence=confidence)])[0])


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("Ủy bannhân dân xã", "Ủy ban nhân dân xã"),
        ("báo cáo kịpthời, đầy đủ", "báo cáo kịp thời, đầy đủ"),
        ("(7heo quy định)", "(Theo quy định)"),
        ("Luật 1ổ chức", "Luật Tổ chức"),
        ("phối hợp VỚI các đơn vị", "phối hợp với các đơn vị"),
        ("mỘt số nhiệm vụ", "một số nhiệm vụ"),
        ("Điểều kiện", "Điều kiện"),
        ("UBND huyệẹn Krông", "UBND huyện Krông"),
        ("giáo dục ŠTEM", "giáo dục STEM"),
    ],
)
def test_a_misshapen_word_is_put_right(read: str, right: str) -> None:
    assert repaired(read) == right


@pytest.mark.parametrize(
    "text",
    [
        "Krôngbông, Đăkrông",
        "diện tích 5ha, 10km, 3a",
        "HĐND tỉnh và UBND xã",
        "dòng điện 20mA",
        "thực hiện nghiêm KHÔNG",
        "BÁO CÁO kết quả",
        "quặng xoong",
        "iPhone, eOffice, Make in Viet Nam",
    ],
)
def test_other_words_are_left_alone(text: str) -> None:
    assert repaired(text) == text


def test_a_sure_word_in_capitals_is_meant() -> None:
    read = "người dân KHÔNG được"
    assert repaired(read, confidence=0.97) == read
    assert repaired(read, confidence=0.9) == "người dân không được"


def test_parted_words_share_the_box_and_keep_what_was_read() -> None:
    (read,) = page("bannhân")
    one, two = repair_shapes([[read]])[0]
    assert (one.text, two.text, one.repair, two.repair) == ("ban", "nhân", "repair.blank", "repair.blank")
    assert read.x0 == one.x0 < one.x1 == two.x0 < two.x1 == read.x1
    assert (one.confidence, one.raw, two.raw) == (0.9, "ban", "nhân")


def test_a_repaired_word_keeps_its_raw_reading() -> None:
    word = repair_shapes([page("(7heo quy định)")])[0][0]
    assert (word.text, word.raw, word.repair) == ("(Theo", "(7heo", "repair.letter")
