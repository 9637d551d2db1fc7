"""Numbers that a file's name tells."""

from __future__ import annotations

import pytest

from pipeline.extract.file_name import number_in_name, plain_name


@pytest.mark.parametrize(
    ("name", "symbol", "number"),
    [
        ("QD_so_412_Vv_thanh_lap_to.pdf", "QĐ-ĐHHN", "412"),
        ("1987 ( 08-CT-UBND).signed_20250221_092046.pdf", "CT-UBND", "08"),
        ("62 QĐ UB.signed_20250219.pdf", "QĐ-UBND", "62"),
        ("05CT.signed_20250513_154052.pdf", "CT-UBND", "05"),
        ("di-88-TB-UBND.signed.pdf", "TB-UBND", "88"),
        ("di-1777-UBND-VX.signed.pdf", "UBND-VX", "1777"),
        ("kh-hanam-512-laodong-2024.pdf", "KH-UBND", "512"),
        ("kh-daihoc-1206-2025.pdf", "KH-ĐHHN", "1206"),
        ("folder/KH-2024.pdf", "KH-UBND", None),
        ("KH 20-11-2023.pdf", "KH-UBND", None),
        ("ke hoach thang 4-2024.pdf", "KH-UBND", None),
        ("1690440212-kh-chuyen-doi-so.pdf", "KH-UBND", None),
        ("KH trien khai 11-CT-TU.pdf", "KH-UBND", None),
        ("kh-phong-chong-covid-19.pdf", "KH-UBND", None),
        ("kh-cong-tac-6-thang.pdf", "KH-UBND", None),
        ("scan0001.pdf", "KH-UBND", None),
    ],
)
def test_the_number_stands_beside_the_papers_own_kind(name: str, symbol: str, number: str | None) -> None:
    found = number_in_name(name, symbol)
    assert (found.number if found else None) == number


def test_the_name_is_the_last_part_of_a_path_without_marks() -> None:
    assert plain_name("gửi đi/tệp.zip!Quyết định số 3.signed.pdf") == "quyet-dinh-so-3"
