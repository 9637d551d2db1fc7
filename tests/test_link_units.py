"""Units by name, and names of many."""

from __future__ import annotations

import pytest

from pipeline.link.units import find_unit, is_collective


def test_one_unit_under_all_its_names() -> None:
    ids = {find_unit(name) for name in ("Sở Nội vụ", "sở nội vụ", "Sở Nội vụ tỉnh Sơn La")}
    assert len(ids) == 1
    assert None not in ids


def test_abbreviation_is_spelled_out() -> None:
    assert find_unit("Sở GDĐT") == find_unit("Sở Giáo dục và Đào tạo") is not None


def test_unknown_unit_has_no_id() -> None:
    assert find_unit("Tổ đan lát thôn Bản Mạt") is None


@pytest.mark.parametrize(
    "name", ["các sở, ban, ngành", "Các đơn vị trực thuộc", "Sở, ban, ngành", "UBND các huyện", "UBND cấp xã"]
)
def test_collective(name: str) -> None:
    assert is_collective(name)


@pytest.mark.parametrize("name", ["Sở Nội vụ", "Văn phòng", "UBND huyện Mai Sơn", "Ban Dân tộc"])
def test_single(name: str) -> None:
    assert not is_collective(name)
