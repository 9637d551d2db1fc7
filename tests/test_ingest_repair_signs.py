"""Specks read as signs before a line's first word."""

from __future__ import annotations

import pytest

from pipeline.ingest.repair.signs import without_specks_before
from tests.test_ingest_repair_page import page


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("_- Phối hợp với xã", "- Phối hợp với xã"),
        ("__- Lập danh sách", "- Lập danh sách"),
        ("'TRƯỞNG PHÒNG", "TRƯỞNG PHÒNG"),
        ("_bản và tổ dân phố", "bản và tổ dân phố"),
        (".UBND", "UBND"),
        (".V. KINH PHÍ", "V. KINH PHÍ"),
        ("`Trên đây là kế hoạch", "Trên đây là kế hoạch"),
    ],
)
def test_a_speck_goes_and_is_kept_as_read(read: str, right: str) -> None:
    (line,) = without_specks_before([page(read)])
    assert " ".join(word.text for word in line) == right
    assert (line[0].raw, line[0].repair) == (read.split()[0], "repair.speck")


@pytest.mark.parametrize(
    "text",
    [
        "'Xanh' là tên đợt",
        "- Phối hợp",
        ".",
        "..đồng",
        ".đ",
        "“Xanh” là tên",
        "(Xanh)",
        "",
    ],
)
def test_other_signs_stay(text: str) -> None:
    assert without_specks_before([page(text)] if text else [[]]) == ([page(text)] if text else [[]])
