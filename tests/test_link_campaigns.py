"""The register of campaigns: own name, alias, pattern, near name."""

from __future__ import annotations

import pytest

from pipeline.link.campaigns import campaign_key, link_campaign


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("Cả nước chung sức xây dựng nông thôn mới", "exact"),
        ("CẢ NƯỚC  chung sức xây dựng Nông thôn mới", "exact"),
        ("Hà Giang chung sức xây dựng nông thôn mới", "alias"),
        ("Cả nước chung sức xây dụng nông thôn mơi", "fuzzy"),
    ],
)
def test_link(name: str, method: str) -> None:
    link = link_campaign(name)
    assert link is not None
    assert (link.campaign_id, link.method) == ("ca-nuoc-chung-suc-xay-dung-nong-thon-moi", method)
    assert (link.score == 1.0) is (method != "fuzzy")


@pytest.mark.parametrize("name", ["Xanh hóa trường học", "Hai", ""])
def test_unknown_campaign_has_no_link(name: str) -> None:
    assert link_campaign(name) is None


def test_dashes_blanks_and_case_do_not_make_another_name() -> None:
    assert campaign_key("Covid - 19.") == campaign_key("COVID–19")
