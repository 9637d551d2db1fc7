"""Periods and due dates: what the words of time mean, and what stays without a day."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.deadlines import read_deadline, split_deadline
from pipeline.extract.periods import bracket_period, heading_period, own_period, read_period, recurrence, run_in_period

D = dt.date


@pytest.mark.parametrize(
    ("words", "kind", "start", "end", "quarters"),
    [
        ("Quý I/2024", "quarter", D(2024, 1, 1), D(2024, 3, 31), ["2024-Q1"]),
        ("Quý II, Quý IV/2024", "quarter", D(2024, 4, 1), D(2024, 12, 31), ["2024-Q2", "2024-Q4"]),
        ("Quý IV/2024 và Quý I/2025", "quarter", D(2024, 10, 1), D(2025, 3, 31), ["2024-Q4", "2025-Q1"]),
        ("Quý I, III", "quarter", D(2030, 1, 1), D(2030, 9, 30), ["2030-Q1", "2030-Q3"]),
        ("Quý LII/2024", "quarter", D(2024, 7, 1), D(2024, 9, 30), ["2024-Q3"]),
        ("Tháng 02/2024", "month", D(2024, 2, 1), D(2024, 2, 29), ["2024-Q1"]),
        ("Tuần cuối tháng 11", "month", D(2030, 11, 1), D(2030, 11, 30), ["2030-Q4"]),
        ("Tuần 3 tháng 6", "month", D(2030, 6, 1), D(2030, 6, 30), ["2030-Q2"]),
        ("Hoàn thành: Tháng 10/2023", "month", D(2023, 10, 1), D(2023, 10, 31), ["2023-Q4"]),
        ("Tháng 6 và tháng 12", "month", D(2030, 6, 1), D(2030, 12, 31), ["2030-Q2", "2030-Q4"]),
        ("Tháng 3 - 5/2024", "range", D(2024, 3, 1), D(2024, 5, 31), ["2024-Q1", "2024-Q2"]),
        ("Từ tháng 11 đến tháng 3/2025", "range", D(2024, 11, 1), D(2025, 3, 31), ["2024-Q4", "2025-Q1"]),
        ("09 - 10/2026", "range", D(2026, 9, 1), D(2026, 10, 31), ["2026-Q3", "2026-Q4"]),
        ("11/2024-02/2025", "range", D(2024, 11, 1), D(2025, 2, 28), ["2024-Q4", "2025-Q1"]),
        ("T3/2025", "month", D(2025, 3, 1), D(2025, 3, 31), ["2025-Q1"]),
        ("nửa đầu tháng 5", "month", D(2030, 5, 1), D(2030, 5, 31), ["2030-Q2"]),
        ("từ tháng 10 đến tháng 4 năm sau", "range", D(2030, 10, 1), D(2031, 4, 30), ["2030-Q4", "2031-Q1", "2031-Q2"]),
        ("Quý ï", "quarter", D(2030, 1, 1), D(2030, 3, 31), ["2030-Q1"]),
        ("06 tháng cuối năm", "half", D(2030, 7, 1), D(2030, 12, 31), ["2030-Q3", "2030-Q4"]),
        ("Cả năm", "year", D(2030, 1, 1), D(2030, 12, 31), [f"2030-Q{n}" for n in (1, 2, 3, 4)]),
        ("Từ ngày 01/02/2024 đến ngày 30/6/2024", "range", D(2024, 2, 1), D(2024, 6, 30), ["2024-Q1", "2024-Q2"]),
        ("15/5/2024-20/5/2024", "range", D(2024, 5, 15), D(2024, 5, 20), ["2024-Q2"]),
        ("Ngày 10-12/5/2024", "range", D(2024, 5, 10), D(2024, 5, 12), ["2024-Q2"]),
        ("09/9", "day", D(2030, 9, 9), D(2030, 9, 9), ["2030-Q3"]),
        ("Hằng năm", "recurring", None, None, []),
        ("Tháng 12 hàng năm", "recurring", None, None, []),
        ("Định kỳ 6 tháng, năm", "recurring", None, None, []),
        ("Thường xuyên, liên tục", "ongoing", None, None, []),
        ("Thường xuyên trong năm 2024", "ongoing", None, None, []),
        ("Thường xuyên khi có vướng mắc", "on_demand", None, None, []),
        ("90 ngày kể từ ngày ban hành", "relative", None, None, []),
        ("Theo quy định", None, None, None, []),
    ],
)
def test_a_phrase_of_time(words: str, kind: str, start: dt.date, end: dt.date, quarters: list[str]) -> None:
    period = read_period(words, 2030)
    assert period is not None
    assert (period.kind, period.start, period.end, list(period.quarters)) == (kind, start, end, quarters)
    assert period.text == words


@pytest.mark.parametrize("words", ["", "02 ngày", "Sở Nội vụ", "năm học 2024 - 2025"])
def test_no_period(words: str) -> None:
    assert read_period(words, 2030) is None


def test_without_any_year_no_day_is_invented() -> None:
    period = read_period("Quý II", None)
    assert period is not None
    assert (period.kind, period.start, period.quarters) == ("quarter", None, ())


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Nhiệm vụ thực hiện trong Quý I", "Quý I"),
        ("Từ ngày 01/01/2024 đến ngày 30/6/2024", "Từ ngày 01/01/2024 đến ngày 30/6/2024"),
        ("6 tháng đầu năm", "6 tháng đầu năm"),
        ("Công tác trọng tâm quý II:", "quý II"),
    ],
)
def test_a_heading_that_names_a_period(title: str, text: str) -> None:
    period = heading_period(title, 2024)
    assert period is not None
    assert period.text == text
    assert period.start is not None


@pytest.mark.parametrize("title", ["Kết quả công tác năm 2023", "Tổ chức Hội nghị 6 tháng đầu năm", "Phòng Nội vụ"])
def test_a_heading_that_names_none(title: str) -> None:
    assert heading_period(title, 2024) is None


def test_words_of_time_at_the_head_and_in_the_sentence() -> None:
    item = "Tháng 11/2024: Phòng Nội vụ tổng hợp"
    head = run_in_period(item, 2030)
    assert head is not None
    assert (head[0].start, item[head[1] :]) == (D(2024, 11, 1), "Phòng Nội vụ tổng hợp")
    assert run_in_period("Năm 2024, toàn huyện tiếp tục thi đua", 2030) is None
    inside = own_period("Khắc phục tồn tại, hoàn thành trong tháng 5/2024.", 2030)
    assert inside is not None
    assert inside.end == D(2024, 5, 31)
    assert own_period("Báo cáo sơ kết 6 tháng đầu năm 2024 và phương hướng", 2030) is None


@pytest.mark.parametrize(
    ("title", "months"),
    [
        ("1. Bước chuẩn bị (từ ngày 01/3 đến ngày 15/4/2031)", (3, 4)),
        ("2. Trong mùa khô (tháng 11 - 12)", (11, 12)),
        ("3. Thực hiện Kế hoạch của tỉnh (ngày 05/5/2031 của Ủy ban nhân dân)", None),
        ("4. Đào tạo nghề (90 lớp)", None),
    ],
)
def test_a_period_in_a_headings_brackets(title: str, months: tuple[int, int] | None) -> None:
    period = bracket_period(title, 2031)
    assert (period and period.start and period.end and (period.start.month, period.end.month)) == months


def test_a_recurrence_counts_where_it_is_the_items_own() -> None:
    said = recurrence("Là đầu mối, định kỳ hàng năm báo cáo kết quả")
    assert said is not None
    assert (said.text, said.kind) == ("định kỳ hàng năm", "recurring")
    assert recurrence("Đưa vào kế hoạch kiểm tra hàng năm của Sở") is None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("gửi về Phòng Nội vụ trước ngày 15 tháng 3 năm 2024 để tổng hợp", D(2024, 3, 15)),
        ("chậm nhất ngày 10/12", D(2030, 12, 10)),
        ("báo cáo định kỳ hằng năm (trước ngày 10/12)", None),
        ("giấy tờ cấp trước ngày 01/7/2014", None),
        ("hoàn thành trước tháng 9/2024", None),
    ],
)
def test_a_due_date(words: str, day: dt.date | None) -> None:
    assert read_deadline(words, 2030, not_before=D(2024, 1, 10)) == day


def test_a_cell_with_only_a_due_date_leaves_no_period() -> None:
    assert split_deadline("Trước ngày 30/6/2024", 2030) == (D(2024, 6, 30), "")
    assert split_deadline("Hoàn thành ngày 30/6/2024", 2030) == (D(2024, 6, 30), "")
    assert split_deadline("Quý I (trước ngày 15/3)", 2030) == (D(2030, 3, 15), "Quý I")
    assert split_deadline("Quý I", 2030) == (None, "Quý I")


@given(st.text(alphabet="0123456789/-. ngàytháquýIVđếnừ,năm", max_size=60), st.none() | st.integers(1, 9999))
def test_any_words_give_sound_periods(words: str, year: int | None) -> None:
    period = read_period(words, year)
    if period is not None and period.start is not None and period.end is not None:
        assert period.start <= period.end
        assert period.quarters
