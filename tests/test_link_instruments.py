"""The register of instruments: what is linked, and how it stood on a day."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.link.instruments import law_names, link_instrument
from pipeline.rulebook import load_rulebook

DAY = dt.date(2023, 1, 30)


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (dt.date(2017, 8, 1), "not_yet"),
        (dt.date(2023, 1, 30), "in_force"),
        (dt.date(2024, 1, 1), "expired"),
        (None, "unknown"),
    ],
)
def test_status_on_a_day(day: dt.date | None, status: str) -> None:
    link = link_instrument("Nghị định", "91/2017/NĐ-CP", None, "2017-07-31", day)
    assert (link.instrument_id, link.status) == ("nd-91-2017-nd-cp", status)


def test_amended_law() -> None:
    link = link_instrument("Luật", None, "Thi đua, Khen thưởng", "2003", DAY)
    assert (link.instrument_id, link.status, link.replaced_by) == ("luat-15-2003-qh11", "amended", "luat-06-2022-qh15")


def test_law_without_a_year_is_the_one_in_force() -> None:
    assert link_instrument("Luật", None, "Thanh tra", None, DAY).instrument_id == "luat-56-2010-qh12"
    assert link_instrument("Luật", None, "Thanh tra", None, None).instrument_id is None


def test_blanks_in_a_reference_do_not_count() -> None:
    assert link_instrument("Chỉ thị", "34 - CT/TW", None, "2014-04-07", DAY).instrument_id == "ct-34-ct-tw-2014"


def test_another_year_or_type_is_another_instrument() -> None:
    assert link_instrument("Chỉ thị", "34-CT/TW", None, "2009", DAY).instrument_id is None
    assert link_instrument("Quyết định", "91/2017/NĐ-CP", None, None, DAY).instrument_id is None
    assert link_instrument("Thông tư", "15/2025/TT-BXD", None, None, DAY).instrument_id == "tt-15-2025-tt-bxd"


def test_every_law_of_the_register_is_a_name_the_rules_know() -> None:
    known = {name.casefold() for name in load_rulebook("citations").words("law_names")}
    missing = [name for name in law_names() if name.casefold() not in known and not name.startswith("Sửa đổi")]
    assert missing == []
