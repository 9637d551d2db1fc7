"""Districts, towns and communes lead to their province, where their time knows one alone."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.link.provinces import province_by_name
from pipeline.link.seats import province_of_seat
from pipeline.rulebook import read_csv

BEFORE, AFTER = dt.date(2023, 5, 4), dt.date(2025, 9, 1)


@pytest.mark.parametrize(
    ("name", "kind", "day", "province"),
    [
        ("Vân Hồ", "huyện", BEFORE, "Sơn La"),
        ("Vân Hồ", "huyện", None, "Sơn La"),
        ("Vị Thanh", None, BEFORE, "Hậu Giang"),
        ("7", "quận", BEFORE, "Hồ Chí Minh"),
        ("Tà Tổng", "xã", AFTER, "Lai Châu"),
        ("Tà Tổng", "xã", BEFORE, None),
        ("Tân Hưng", "huyện", BEFORE, "Long An"),
        ("Tân Hưng", "xã", BEFORE, None),
        ("Mai Sơn", "huyện", AFTER, None),
        ("Châu Thành", "huyện", BEFORE, None),
        ("Phú Tân", None, BEFORE, None),
        ("Không Có Đâu", "huyện", BEFORE, None),
    ],
)
def test_province_of_seat(name: str, kind: str | None, day: dt.date | None, province: str | None) -> None:
    found = province_of_seat(name, kind, day)
    assert (found.name if found else None) == province


def test_every_row_names_a_known_province_and_one_time() -> None:
    for row in read_csv("seats"):
        assert province_by_name(row["province"]) is not None, row
        assert bool(row["valid_from"]) != bool(row["valid_to"]), row
        assert all(row[column] for column in ("kind", "name", "province", "source")), row
