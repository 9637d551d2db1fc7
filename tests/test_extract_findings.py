"""Warnings: raised when true, silent when not."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.extract.findings import find_warnings
from pipeline.extract.header import read_header
from pipeline.extract.signature import read_signature
from pipeline.extract.zones import find_zones
from pipeline.ingest.limits import Limits
from pipeline.ingest.textfile.plain import read_text
from pipeline.nlp import load_nlp, read
from pipeline.records import Citation, Evidence, Finding, PlanRecord, SourceDocument
from pipeline.text import compose

PLAN = """UBND TỈNH BẾN TRE

SỞ Y TẾ

Số: 85/KH-SYT

Bến Tre, ngày 14 tháng 02 năm 2024

KẾ HOẠCH

Phòng, chống bệnh dại năm 2024

Căn cứ Luật Thú y năm 2015;

I. MỤC ĐÍCH

1. Giảm số ca mắc.

Nơi nhận:
- Lưu: VT.

GIÁM ĐỐC

Lê Minh Khôi
"""


def warned(text: str, citations: tuple[Citation, ...] = ()) -> list[Finding]:
    pages = read_text(text, Limits())
    plan = compose(SourceDocument("0" * 16, "0" * 64, "a.txt", "text/plain", len(text), pages))
    reading = read(plan, load_nlp())
    zones = find_zones(reading)
    fields = read_header(reading, zones, "a.txt") + read_signature(reading, zones)
    return list(find_warnings(reading, zones, PlanRecord(fields=fields, citations=citations)))


def codes(text: str, citations: tuple[Citation, ...] = ()) -> set[str]:
    return {finding.code for finding in warned(text, citations)}


def citation(ref: str, date: str, status: str = "unknown") -> Citation:
    evidence = Evidence(0, 4, "citation.test", 0.9)
    return Citation("Quyết định", evidence, "Quyết định", ref, date, None, None, None, "basis", None, None, status)


def test_a_whole_paper_raises_nothing() -> None:
    assert codes(PLAN, (citation("4/QĐ-UBND", "2024-02-14", "in_force"),)) == set()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("Số: 85/KH-SYT", "Số:      /KH-SYT", "missing_number"),
        ("Bến Tre, ngày 14 tháng 02 năm 2024\n", "", "missing_date"),
        ("ngày 14 tháng", "ngày     tháng", "incomplete_date"),
        ("Lê Minh Khôi", "", "missing_signer"),
        ("Số: 85/KH-SYT", "Số: 85/KH-SYT\n\n(Dự thảo)", "draft"),
        ("1. Giảm số ca mắc.", "1. Giảm số ca mắc (có phụ lục chỉ tiêu kèm theo).", "missing_appendix"),
        ("1. Giảm số ca mắc.", "1. Kỷ niệm ngày truyền thống (27/2/1955 - 272/2024).", "suspect_date"),
        ("1. Giảm số ca mắc.", "1. Chỉ tiêu năm 2014 kèm theo Kế hoạch này.", "suspect_year"),
        ("1. Giảm số ca mắc.", "1. Phong trào “Vì sức khỏe cộng đồng năm 2024.", "unbalanced_quote"),
        ("Số: 85/KH-SYT", "Số: 85/QĐ-SYT", "conflicting_values"),
    ],
)
def test_each_warning_when_true(old: str, new: str, code: str) -> None:
    assert codes(PLAN.replace(old, new)) == {code}


def test_an_appendix_that_follows_is_not_missing() -> None:
    text = PLAN.replace("mắc.", "mắc (có phụ lục chỉ tiêu kèm theo).") + "\nPHỤ LỤC\n\n1. Chỉ tiêu\n"
    assert "missing_appendix" not in codes(text)


def test_a_ground_dated_after_the_paper() -> None:
    assert codes(PLAN, (citation("4/QĐ-UBND", "2024-02-15"),)) == {"suspect_date"}


def test_one_paper_cited_with_two_dates() -> None:
    both = (citation("4/QĐ-UBND", "2024-01-15"), citation("4/QĐ-UBND", "2023-01-15"))
    assert "conflicting_values" in codes(PLAN, both)


def test_an_expired_ground() -> None:
    assert codes(PLAN, (citation("15/2003/QH11", str(dt.date(2003, 11, 26)), "expired"),)) == {"expired_basis"}


def test_two_provinces_as_frequent_are_ambiguous() -> None:
    text = PLAN.replace("UBND TỈNH BẾN TRE\n\n", "").replace("Bến Tre, ngày", "Xóm Mới, ngày")
    assert "ambiguous_province" in codes(text.replace("ca mắc", "ca mắc ở tỉnh Gia Lai và tỉnh Kon Tum"))


def test_messages_speak_both_languages_and_name_the_page() -> None:
    found = next(f for f in warned(PLAN.replace("Số: 85/KH-SYT", "Số:      /KH-SYT")) if f.code == "missing_number")
    assert " / " in found.message
    assert found.page == 1
