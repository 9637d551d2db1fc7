"""The last words of a run, as a person sees them on a terminal."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from rich.console import Console

from pipeline.errors import Kind
from pipeline.run.closing import print_closing
from pipeline.run.drift import Level, judge_vanished
from pipeline.run.morning import report_of
from pipeline.run.verdict import Verdict
from tests.made_builds import made_build
from tests.made_report import facts, failed


def said(tmp_path: Path, **changed: Any) -> str:
    build, before = made_build(tmp_path / "new"), made_build(tmp_path / "old")
    console = Console(file=io.StringIO(), width=100)
    print_closing(report_of(facts(1, **changed), build, before, Path("/out")), Path("/out/reports/r.html"), console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_a_quiet_night_ends_with_its_verdict_and_page(tmp_path: Path) -> None:
    words = said(tmp_path)
    assert "Văn bản / documents" in words
    assert "10215" in words
    assert words.endswith("ỔN: bảng mới đã công bố / FINE: the new tables are published\n/out/reports/r.html\n")


def test_a_held_build_says_why_and_how_to_publish_it(tmp_path: Path) -> None:
    held = Verdict(Level.HOLD, (judge_vanished(30, 100, same_inputs=True),))
    words = said(tmp_path, verdict=held, published=False)
    assert "The files of 30 of 100 documents are gone" in words
    assert "kehoach builds diff old new --out /out\nkehoach builds use new --out /out\n" in words


def test_new_failures_are_named_and_many_are_counted(tmp_path: Path) -> None:
    words = said(tmp_path, files=[failed(f"{n:03}.pdf", Kind.TIMEOUT, "> 900 s.") for n in range(25)])
    assert "000.pdf: timeout: > 900 s." in words
    assert "019.pdf" in words
    assert "020.pdf" not in words
    assert "… +5\n" in words


def test_a_name_cannot_write_on_the_terminal(tmp_path: Path) -> None:
    words = said(tmp_path, files=[failed("a\x1b[2J[bold]\n.pdf", Kind.EMPTY)])
    assert "a\\u001b[2J[bold]\\u000a.pdf: empty" in words
    assert "\x1b" not in words
