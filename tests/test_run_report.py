"""The closing words of a run, as a person sees them on a terminal."""

from __future__ import annotations

import io
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from rich.console import Console

from pipeline.errors import Kind
from pipeline.run.drift import Level, judge_vanished
from pipeline.run.report import print_end
from pipeline.run.verdict import Verdict
from tests.made_report import facts, failed

if TYPE_CHECKING:
    from pipeline.run.batch import RunEnd


def said(**changed: Any) -> str:
    page = Path("/kho bảng/reports/r.html")
    end = cast("RunEnd", SimpleNamespace(facts=facts(1, **changed), build=SimpleNamespace(name="abc"), page=page))
    console = Console(file=io.StringIO(), width=100)
    print_end(end, console)
    return cast(io.StringIO, console.file).getvalue()


def test_a_quiet_night_ends_with_its_counts_and_its_page() -> None:
    words = said()
    assert "10215" in words
    assert words.endswith("\nBáo cáo / report: /kho bảng/reports/r.html\n")
    assert "builds use" not in words


def test_a_held_build_says_why_and_how_to_publish_it() -> None:
    held = Verdict(Level.HOLD, (judge_vanished(30, 100, same_inputs=True),))
    words = said(verdict=held, published=False)
    assert "HOLD: 30 trong 100 văn bản không còn tệp" in words
    assert "kehoach builds use abc --out '/kho bảng'\n" in words


def test_failures_are_named_and_many_are_counted() -> None:
    words = said(files=[failed(f"{n:03}.pdf", Kind.TIMEOUT, "> 900 s.") for n in range(25)])
    assert "000.pdf: timeout: > 900 s." in words
    assert "019.pdf" in words
    assert "020.pdf" not in words
    assert "\n… +5\n" in words


def test_a_file_that_is_gone_fails_no_more() -> None:
    assert "a.pdf" not in said(files=[failed("a.pdf", Kind.EMPTY) | {"status": "removed"}])


def test_a_name_cannot_write_on_the_terminal() -> None:
    words = said(files=[failed("a\x1b[2J[bold]\n.pdf", Kind.EMPTY)])
    assert "a\\u001b[2J[bold]\\u000a.pdf: empty" in words
    assert "\x1b" not in words
