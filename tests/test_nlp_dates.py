from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.fold import fold
from pipeline.nlp.dates import PartialDate, read_date
from pipeline.rulebook import load_rulebook


def _dates(text: str) -> list[tuple[str, PartialDate]]:
    found = load_rulebook("dates").find("date", fold(text))
    return [(text[match.start : match.end], read_date(match)) for match in found]


@pytest.mark.parametrize(
    ("text", "iso", "precision"),
    [
        ("ngày 30 tháng 01 năm 2023", "2023-01-30", "day"),
        ("ngày 07/4/2014", "2014-04-07", "day"),
        ("30/6/2024", "2024-06-30", "day"),
        ("07.4.2014", "2014-04-07", "day"),
        ("ngày10 /3/2026", "2026-03-10", "day"),
        ("tháng 4 năm 2023", "2023-04", "month"),
        ("ngày   tháng 4 năm 2023", "2023-04", "month"),
        ("ngày … tháng … năm 2022", "2022", "year"),
        ("ngày……tháng……năm 2022", "2022", "year"),
        ("năm 2003", "2003", "year"),
        ("ngày 3/2", None, None),
        ("ngày 15 tháng … năm 2022", "2022", "year"),
        ("ngày … tháng … năm 20…", None, None),
        ("ngày 31/02/2023", "2023-02", "month"),
        ("ngày … / … /2022", "2022", "year"),
        ("ngày /3/2023", "2023-03", "month"),
    ],
)
def test_one_date_as_far_as_it_goes(text: str, iso: str | None, precision: str | None) -> None:
    ((words, date),) = _dates(text)
    assert words == text
    assert (date.iso, date.precision) == (iso, precision)
    assert (date.date is None) == (precision != "day")


def test_a_range_is_two_dates() -> None:
    found = _dates("Từ ngày 15/3 đến ngày 20/4/2024 và 01/5/2024 – 31/5/2024.")
    assert [(date.day, date.month, date.year) for _, date in found] == [
        *((15, 3, None), (20, 4, 2024), (1, 5, 2024), (31, 5, 2024))
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Nghị định số 91/2017/NĐ-CP",
        "QCVN 01/2017",
        "Luật số 80/2015/QH13",
        "1/5 hộ",
        "điện thoại 0203.3.835.687",
        "mục 10.10",
        "kỳ 5-10 hằng tháng",
        "Quyết định số 12/10/2023/QĐ-UBND",
    ],
)
def test_look_alikes_are_no_dates(text: str) -> None:
    assert _dates(text) == []


def test_an_impossible_day_keeps_its_parts_and_says_so() -> None:
    ((_, date),) = _dates("ngày 31 tháng 02 năm 2023")
    assert (date.day, date.month, date.year, date.date) == (31, 2, 2023, None)
    assert date.is_impossible
    assert not PartialDate(2023, 2).is_impossible
    assert not PartialDate(2024, 2, 29).is_impossible


@settings(max_examples=150, deadline=None)
@given(
    st.dates(dt.date(1930, 1, 1), dt.date(2099, 12, 31)),
    st.sampled_from(["ngày {0.day} tháng {0.month:02} năm {0.year}", "{0.day:02}/{0.month}/{0.year}"]),
)
def test_every_day_of_the_calendar_comes_back(day: dt.date, form: str) -> None:
    ((_, date),) = _dates(form.format(day))
    assert date.date == day
    assert date.iso == day.isoformat()
