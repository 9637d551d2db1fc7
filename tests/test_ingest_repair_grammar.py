"""Numbers, symbols, dates and quarters of OCR, repaired where the grammar leaves one reading."""

from __future__ import annotations

import pytest

from pipeline.ingest.repair.grammar import repair_numbers, strokes
from tests.test_ingest_repair_page import page


def repaired(text: str, confidence: float = 0.9) -> str:
    """One line after the repair of its numbers."""
    return " ".join(word.text for line in repair_numbers([page(text, confidence=confidence)]) for word in line)


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("Nghị định số 9l/2017/NĐ-CP", "Nghị định số 91/2017/NĐ-CP"),
        ("Nghị định số 98/2O23/NĐ-CP", "Nghị định số 98/2023/NĐ-CP"),
        ("Quyết định số 12/QĐĐ-UBND", "Quyết định số 12/QĐ-UBND"),
        ("Nghị định 91/2017/ND-CP", "Nghị định 91/2017/NĐ-CP"),
        ("ngày 25\u204412/2024", "ngày 25/12/2024"),
        ("ngày l2/1O/2023", "ngày 12/10/2023"),
        ("Tờ trình số 345TTr-SINMT", "Tờ trình số 345/TTr-STNMT"),
        ("Công văn số 63\u2044/SNV-TCBC", "Công văn số 63/SNV-TCBC"),
        ("Công văn số 1 28/UBND", "Công văn số 128/UBND"),
        ("Quý LII/2023", "Quý III/2023"),
        ("trong quý H năm 2024", "trong quý II năm 2024"),
        ("Quý lV/2023", "Quý IV/2023"),
        ("Nghị định số 9l/20l7/NĐ-CP", "Nghị định số 91/2017/NĐ-CP"),
        ("Quyết định số 15/ỌĐ-UBNĐ", "Quyết định số 15/QĐ-UBND"),
        ("Quyết định số 15/QD-SNV", "Quyết định số 15/QĐ-SNV"),
        ("Nghị quyết số 2O/NQ-HDND", "Nghị quyết số 20/NQ-HĐND"),
        ("Chỉ thị số 17/CT-TIg", "Chỉ thị số 17/CT-TTg"),
        ("Chủ tịch ƯBND xã", "Chủ tịch UBND xã"),
        ("ngày l5 tháng l2 năm 2O23", "ngày 15 tháng 12 năm 2023"),
        ("Hải Hà, ngày01tháng 02 năm2021", "Hải Hà, ngày 01 tháng 02 năm 2021"),
        ("trước tháng lO/2O24", "trước tháng 10/2024"),
        ("ngày 0l/01/2024", "ngày 01/01/2024"),
        ("ngày 16/1 1/2013", "ngày 16/11/2013"),
        ("điểm l Khoản l Điều l2", "điểm l Khoản 1 Điều 12"),
        ("khoản I Điều 9", "khoản 1 Điều 9"),
        ("hoàn thành đợt L", "hoàn thành đợt I"),
        ("học kỳ H năm học", "học kỳ II năm học"),
        ("Đại hội lần thứ XIH", "Đại hội lần thứ XIII"),
        ("khóa XlV, kỳ họp", "khóa XIV, kỳ họp"),
    ],
)
def test_one_reading_is_taken(read: str, right: str) -> None:
    assert repaired(read) == right


@pytest.mark.parametrize(
    "text",
    [
        "Nghị định số 91/2017/NĐ-CP ngày 31/7/2017",
        "Kế hoạch số 12/KH-UBND, 12/HD-UBND",
        "Quý I, quý II, Quý III/2023 và quý IV, quý 1",
        "ngày 4† tháng 5",
        "Phụ lục I/KH-UBND",
        "quý vị đại biểu; ông Quý Hòa",
        "https://hanam.gov.vn//van-ban",
        "mục 1 28/2/2023",
        "máy biến áp 2000TB-220",
        "749/QĐ-TTg, 12/GĐ-SNV, NQ-HĐND, UBMTTQ",
        "tháng I, tháng II; điểm l khoản 2; Điều I",
        "đợt 1 và đợt I, khóa 11, lần thứ XII",
        "hạng L của giai đoạn 2021",
    ],
)
def test_right_numbers_are_left_alone(text: str) -> None:
    assert repaired(text) == text


@pytest.mark.parametrize("text", ["Số 1I9/KH-UBND", "Công văn số 1 28/UBND"])
def test_digits_the_engine_doubts_are_not_made_up(text: str) -> None:
    assert repaired(text, confidence=0.3) == text


def test_a_torn_number_becomes_one_word_with_both_boxes() -> None:
    read = page("Số 12 5/KH-UBND")
    (line,) = repair_numbers([read])
    assert [word.text for word in line] == ["Số", "125/KH-UBND"]
    assert (line[1].x0, line[1].x1, line[1].raw) == (read[1].x0, read[2].x1, "12 5/KH-UBND")


def test_words_run_together_share_their_box() -> None:
    read = page("ngày01tháng 02")
    (line,) = repair_numbers([read])
    assert [(word.text, word.raw, word.repair) for word in line[:3]] == [
        ("ngày", "ngày", "repair.date.blank"),
        ("01", "01", "repair.date.blank"),
        ("tháng", "tháng", "repair.date.blank"),
    ]
    assert read[0].x0 == line[0].x0 < line[0].x1 == line[1].x0 < line[2].x1 == read[0].x1


def test_a_repaired_word_says_which_rules_did_it() -> None:
    (line,) = repair_numbers([page("số 2O/NQ-HDND ngày 12/10/2023")])
    assert line[1].repair == "repair.body.council+repair.reference.number"
    assert line[1].raw == "2O/NQ-HDND"
    assert line[3].repair is None


def test_strokes_are_counted() -> None:
    assert [strokes(text) for text in ("I", "H", "LII", "HI")] == [1, 2, 3, 3]
