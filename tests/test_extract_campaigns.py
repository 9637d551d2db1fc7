"""Campaigns in sentences: cues, lists, periods, quotes that are broken, and look-alikes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from pipeline.extract.campaigns import read_campaigns
from pipeline.extract.context import Context
from pipeline.extract.zones import find_zones
from pipeline.nlp import Reading
from pipeline.records import Campaign

HOME = Context("Sơn La", "Sở Y tế tỉnh Sơn La", "department", 2024, dt.date(2024, 2, 5), 2024)
Named = Callable[[str], list[Campaign]]


@pytest.fixture(scope="module")
def named(reading_of: Callable[[str], Reading]) -> Named:
    def run(text: str) -> list[Campaign]:
        reading = reading_of(f"KẾ HOẠCH\nCông tác năm 2024\nI. NỘI DUNG\n{text}")
        return list(read_campaigns(reading, find_zones(reading), HOME))

    return run


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("hưởng ứng phong trào thi đua “Sơn La học tập suốt đời”", "Sơn La học tập suốt đời", "campaign"),
        ("phong trào thi đua đặc biệt \"Ba nhất\" trong toàn tỉnh", "Ba nhất", "campaign"),
        ("cuộc vận động “Ngày vì người nghèo”,", "Ngày vì người nghèo", "movement"),
        ("Với chủ đề xuyên suốt của Khối “Kỷ cương, sáng tạo”, các đơn vị", "Kỷ cương, sáng tạo", "theme"),
        ("khẩu hiệu thi đua: «Nói đi đôi với làm»", "Nói đi đôi với làm", "theme"),
        ("phong trào “Toàn dân hiến máu\" hằng năm", "Toàn dân hiến máu", "campaign"),
        ("phong trào thi đua ”Xanh hóa trường học” năm học", "Xanh hóa trường học", "campaign"),
    ],
)  # fmt: skip
def test_cue_gives_kind(named: Named, text: str, name: str, kind: str) -> None:
    assert [(row.name, row.kind) for row in named(text)] == [(name, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "xét tặng danh hiệu “Chiến sĩ thi đua cấp tỉnh”",
        "Trình “Cờ thi đua của Chính phủ” cho tập thể dẫn đầu phong trào thi đua",
        "trong phong trào thi đua, tặng “Tập thể lao động xuất sắc”",
        "biểu dương gương “Người tốt - việc tốt” trong phong trào thi đua",
        "Chỉ thị số 34-CT/TW của Bộ Chính trị về “Tiếp tục đổi mới công tác thi đua, khen thưởng”",
        "tổ chức phong trào thi đua; phát động cuộc thi “Nét đẹp học đường”",
        "tổ chức hội thảo với chủ đề “Y tế số”",
        "triển khai chương trình “Sóng và máy tính cho em”",
    ],
)
def test_look_alikes_are_none(named: Named, text: str) -> None:
    assert named(text) == []


def test_cue_extends_over_its_list(named: Named) -> None:
    rows = named("các phong trào thi đua: “Hai tốt”; “Ba đảm đang”, “Bốn cùng” và các phong trào khác")
    assert [row.name for row in rows] == ["Hai tốt", "Ba đảm đang", "Bốn cùng"]


def test_list_goes_on_behind_parentheses_and_owners(named: Named) -> None:
    rows = named("các phong trào: “Hai tốt” (Công đoàn); “Ba sạch” của Hội Phụ nữ; “Bốn cùng” và việc khác")
    assert [row.name for row in rows] == ["Hai tốt", "Ba sạch", "Bốn cùng"]


def _years(rows: list[Campaign]) -> list[tuple[int | None, int | None]]:
    return [(row.period_start_year, row.period_end_year) for row in rows]


def test_period_behind_each_name(named: Named) -> None:
    rows = named("phong trào thi đua “Hai tốt” giai đoạn 2021 - 2025; “Ba đảm đang” giai đoạn 2019 – 2024…")
    assert _years(rows) == [(2021, 2025), (2019, 2024)]


def test_period_behind_the_list_is_shared(named: Named) -> None:
    rows = named("các phong trào thi đua “Hai tốt”, “Ba đảm đang” và “Bốn cùng” giai đoạn 2021 - 2025.")
    assert _years(rows) == [(2021, 2025)] * 3


def test_year_and_school_year_inside_the_name(named: Named) -> None:
    assert _years(named("chủ đề “Quyết tâm hoàn thành nhiệm vụ năm 2024”")) == [(2024, 2024)]
    assert _years(named("phong trào thi đua “Dạy giỏi năm học 2023 - 2024”")) == [(2023, 2024)]
    assert _years(named("phong trào thi đua “Hai tốt” trong năm 2024")) == [(None, None)]


def test_mentions_are_counted_under_one_name(named: Named) -> None:
    rows = named("phong trào “Vui - khỏe” ở xã.\nSơ kết phong trào thi đua “Vui – Khỏe” giai đoạn 2021 - 2025”.")
    assert [(row.name, row.mentions) for row in rows] == [("Vui - khỏe", 2)]
    assert _years(rows) == [(2021, 2025)]


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Phát động phong trào thi đua “Hai tốt”", "launch"),
        ("Tiếp tục triển khai phong trào thi đua “Hai tốt”", "continue"),
        ("Hội nghị tổng kết phong trào thi đua “Hai tốt”", "review"),
        ("nội dung phong trào thi đua “Hai tốt”", "mention"),
    ],
)
def test_action(named: Named, text: str, action: str) -> None:
    assert named(text)[0].action == action


def test_register_links_own_name_alias_and_slips(named: Named) -> None:
    own, alias, slip = named(
        "các phong trào thi đua “Cả nước chung sức xây dựng nông thôn mới”; "
        "“Sơn La chung sức xây dựng nông thôn mới”; “Cán bộ, công chức, viên chức thi đua thực hiện văn hoá công sỏ”"
    )
    assert (own.link_method, alias.link_method, slip.link_method) == ("exact", "alias", "fuzzy")
    assert own.campaign_id == alias.campaign_id
    assert alias.scope == "province"
    assert slip.link_score is not None
    assert 0.9 <= slip.link_score < 1


def test_known_name_without_quotes(named: Named) -> None:
    (row,) = named("thực hiện cuộc vận động Người Việt Nam ưu tiên dùng hàng Việt Nam trên địa bàn")
    assert (row.kind, row.link_method) == ("movement", "exact")


def test_year_between_the_word_for_it_and_its_name(named: Named) -> None:
    assert _years(named("Chủ đề thi đua năm 2024 là “Nhanh, gọn, đúng hẹn”.")) == [(2024, 2024)]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Phát động phong trào thi đua năm 2026 với chủ đề “Đoàn kết, sáng tạo”.", (2026, 2026)),
        ("Năm học 2025 - 2026, thực hiện chủ đề “Kỷ cương, sáng tạo”.", (2025, 2026)),
        ("Thực hiện khẩu hiệu “Đoàn kết, liêm chính” của Cụm trong năm 2023.", (2023, 2023)),
        ("Từ năm 2021 do tỉnh phát động với chủ đề “Đoàn kết, liêm chính”.", (None, None)),
    ],
)
def test_the_year_of_a_theme(named: Named, text: str, years: tuple[int | None, int | None]) -> None:
    assert [(row.period_start_year, row.period_end_year) for row in named(text)] == [years]
