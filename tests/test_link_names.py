"""Abbreviations spelled out."""

from __future__ import annotations

import pytest

from pipeline.link.names import spell_out


@pytest.mark.parametrize(
    ("written", "full"),
    [
        ("UBND tỉnh", "Ủy ban nhân dân tỉnh"),
        ("Bộ LĐTBXH", "Bộ Lao động - Thương binh và Xã hội"),
        ("Trường THPT Mai Sơn", "Trường Trung học phổ thông Mai Sơn"),
        ("Sở GDĐT", "Sở Giáo dục và Đào tạo"),
        ("Chủ tịch HĐND huyện", "Chủ tịch Hội đồng nhân dân huyện"),
    ],
)
def test_spelled_out(written: str, full: str) -> None:
    assert spell_out(written) == full


@pytest.mark.parametrize("kept", ["ubnd", "số 5/KH-UBND2", "XUBNDX", "Hội đồng trường", ""])
def test_only_whole_words_in_capitals(kept: str) -> None:
    assert spell_out(kept) == kept
