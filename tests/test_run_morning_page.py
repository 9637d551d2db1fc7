"""The morning page: one line says how the night went, and nothing a file is called can change the page."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import Kind
from pipeline.run.drift import Level, judge_failed, judge_vanished
from pipeline.run.history import PastRun
from pipeline.run.markup import both, safe, split, time_of
from pipeline.run.morning import report_of
from pipeline.run.morning_page import page
from pipeline.run.verdict import Verdict
from tests.made_builds import made_build
from tests.made_report import busy_report, facts, failed

HELD = Verdict(Level.HOLD, (judge_vanished(30, 100, same_inputs=True),))
LOOK = Verdict(Level.WARN, (judge_failed(3, 9),))
VOID = {"meta", "br", "img", "rect", "polyline", "circle"}


class Tags(HTMLParser):
    """Every tag and attribute of a page; fails where tags do not close in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def html(tmp_path: Path, **changed: Any) -> str:
    build = made_build(tmp_path / "abc")
    return page(report_of(facts(1, **changed), build, None, tmp_path))


@pytest.mark.parametrize(
    ("changed", "level", "words"),
    [
        ({}, "pass", "ỔN: bảng mới đã công bố FINE: the new tables are published"),
        ({"verdict": LOOK}, "warn", "CẦN XEM: đã công bố, có số liệu khác thường"),
        ({"files": [failed("a", Kind.EMPTY)], "exit": 4}, "warn", "CẦN XEM: 1 tệp mới bị lỗi"),
        ({"interrupted": True, "exit": 130}, "warn", "BỊ NGẮT: phần đã đọc được giữ lại"),
        ({"exit": 5}, "hold", "LỖI: không tệp nào đọc được FAILED: no file could be read"),
        ({"verdict": HELD, "published": False}, "hold", "GIỮ LẠI: bảng mới chưa công bố HELD"),
    ],
)
def test_the_first_line_says_how_the_night_went(
    changed: dict[str, Any], level: str, words: str, tmp_path: Path
) -> None:
    top = re.search(r'<header class="top (\w+)">(.*?)</h1>', html(tmp_path, **changed))
    assert top is not None
    assert top[1] == level
    assert re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", top[2])).replace(" :", ":").strip().startswith(words)


@pytest.mark.parametrize("verdict", [Verdict(Level.PASS), Verdict(Level.WARN)])
def test_a_night_without_a_new_build_says_nothing_is_new(verdict: Verdict, tmp_path: Path) -> None:
    build = made_build(tmp_path / "abc")
    shown = page(report_of(facts(1, verdict=verdict), build, build, tmp_path))
    assert '<header class="top pass"><h1 id="verdict"><span class="word">ỔN</span>: không có gì mới' in shown


def test_a_held_build_shows_its_reason_and_the_command(tmp_path: Path) -> None:
    shown = html(tmp_path, verdict=HELD, published=False)
    assert "The files of 30 of 100 documents are gone" in shown
    assert f"kehoach builds use abc --out {tmp_path}" in shown


def test_a_quiet_night_asks_for_nothing_and_shows_no_empty_parts(tmp_path: Path) -> None:
    shown = html(tmp_path)
    assert "Không có việc gì." in shown
    assert 'id="failures"' not in shown
    assert 'id="unknown"' not in shown
    assert 'id="lists"' not in shown


def test_a_file_that_fails_as_before_is_no_task_of_this_morning(tmp_path: Path) -> None:
    night = facts(1, files=[failed("a", Kind.EMPTY)], exit=4)
    last = PastRun("r", "", None, None, True, "pass", {}, {("a", "empty"): "2026-01-01T00:00:00Z"})
    shown = page(report_of(night, None, None, tmp_path, last))
    todo = shown.partition('id="next"')[2].partition("</section>")[0]
    assert "Không có việc gì." in todo
    assert "Still failing as before: 1." in todo
    assert '<header class="top pass">' in shown


def test_each_failure_shows_its_cure_once_and_its_detail(tmp_path: Path) -> None:
    part = html(tmp_path, files=[failed("a", Kind.TIMEOUT, "> 900 s.")]).partition('id="failures"')[2]
    assert part.count("Took too long") == 1
    assert "&gt; 900 s." in part


def test_counts_that_are_not_known_here_are_shown_by_their_own_name(tmp_path: Path) -> None:
    assert "<dt><bdi>a&lt;b</bdi></dt><dd>12\u202f345</dd>" in html(tmp_path, counts={"a<b": 12_345})


def test_the_policy_forbids_everything_but_the_page_s_own_style(tmp_path: Path) -> None:
    shown = html(tmp_path)
    style = re.search("<style>(.*?)</style>", shown, re.DOTALL)
    assert style is not None
    key = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{key}'" in shown
    assert "url(" not in style[1]
    assert "@import" not in style[1]


def test_hostile_names_everywhere_are_only_text(tmp_path: Path) -> None:
    shown = busy_report(tmp_path, nights=3).read_text(encoding="utf-8")
    found = Tags(shown)
    assert not {"script", "img", "b>", "iframe", "a", "link"} & set(found.tags)
    assert not {name for name in found.attributes if name.startswith("on") or name in ("src", "href", "style")}
    assert "<script>document.body" in found.text
    assert "\u202e" not in shown
    assert "\\u202egpj.exe" in shown
    assert "<b>Khen" not in shown


@given(st.text(st.characters(), max_size=60))
def test_any_name_stays_inside_its_place(name: str) -> None:
    found = Tags(safe(name))
    assert found.tags == ["bdi"]
    assert not set(found.text) & {"\u202e", "\u2066", "\u200f", "\n", "\x1b", "\x00"}


@given(st.lists(st.text(max_size=30), max_size=4), st.text(max_size=30))
def test_any_report_is_a_page_whose_tags_close(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], odd: str
) -> None:
    rows = [failed(name, Kind.DAMAGED, odd) for name in names]
    night = facts(1, files=rows, waiting=names, moved=[(odd, odd)], inputs=names, versions={odd: odd}, counts={odd: 1})
    Tags(page(report_of(night, None, None, Path("/out"))))


def test_both_languages_are_told_apart() -> None:
    assert split("Một. / One.") == both("Một.", "One.") == 'Một. <span class="en" lang="en">One.</span>'
    assert split("a < b") == "a &lt; b"


def test_times_are_those_of_vietnam() -> None:
    assert time_of("2026-03-02T19:05:00Z") == "03/03/2026 02:05 (UTC+7)"
    assert time_of("<b>") == "<bdi>&lt;b&gt;</bdi>"
