"""What earlier reports tell: which builds were published, and what is usual."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.run.history import PastRun, earlier_measures, past_runs
from pipeline.run.measures import Measure
from tests.made_builds import documents, made_build


def report(reports: Path, name: str, build: str, **changed: Any) -> None:
    """A report with the keys that are read again."""
    reports.mkdir(exist_ok=True)
    number = len(list(reports.glob("*.json")))
    content = {
        "run_id": name,
        "started": "2026-01-01T00:00:00Z",
        "build": build,
        "build_before": None,
        "published": True,
        "verdict": "pass",
        "measures": {"documents": {"value": float(number), "support": number, "error": 0.0}},
        "failures": [],
    } | changed
    (reports / f"{name}.json").write_text(json.dumps(content))


def counts(runs: list[PastRun], before: Path) -> list[float | None]:
    return [build["documents"].value for build in earlier_measures(runs, before)]


def test_runs_come_newest_first_and_latest_is_no_run_of_its_own(tmp_path: Path) -> None:
    for name in ("20260102", "20260101", "latest"):
        report(tmp_path, name, "b")
    assert [run.run_id for run in past_runs(tmp_path)] == ["20260102", "20260101"]
    assert [run.run_id for run in past_runs(tmp_path, limit=1)] == ["20260102"]


def test_reports_that_cannot_be_read_are_passed_over(tmp_path: Path) -> None:
    report(tmp_path, "1", "b")
    for name, content in {"2": "", "3": "[]", "4": "{}", "5": '{"run_id": 1, "failures": 3}', "6": "\x00"}.items():
        (tmp_path / f"{name}.json").write_text(content)
    report(tmp_path, "7", "b", measures={"documents": {"odd": 1}})
    assert [run.run_id for run in past_runs(tmp_path)] == ["1"]
    assert past_runs(tmp_path / "not there") == []


def test_the_build_before_comes_first_and_is_measured_where_no_report_tells(tmp_path: Path) -> None:
    before = made_build(tmp_path / "unknown", documents=documents(7))
    report(tmp_path / "r", "1", "a")
    assert counts(past_runs(tmp_path / "r"), before) == [7.0, 0.0]


def test_a_build_counts_once_however_many_nights_it_stood(tmp_path: Path) -> None:
    for name in "123":
        report(tmp_path, name, "same")
    assert counts(past_runs(tmp_path), tmp_path / "same") == [2.0]


def test_a_held_build_says_nothing_about_what_is_usual(tmp_path: Path) -> None:
    report(tmp_path, "1", "good")
    report(tmp_path, "2", "bad", published=False, verdict="hold", build_before="good")
    assert counts(past_runs(tmp_path), tmp_path / "good") == [0.0]


def test_a_held_build_that_a_person_published_is_the_new_usual(tmp_path: Path) -> None:
    report(tmp_path, "1", "old")
    report(tmp_path, "2", "accepted", published=False, verdict="hold", build_before="old")
    report(tmp_path, "3", "next", build_before="accepted")
    assert counts(past_runs(tmp_path), tmp_path / "next") == [2.0, 1.0]


def test_without_a_build_before_nothing_is_usual(tmp_path: Path) -> None:
    report(tmp_path, "1", "a")
    assert earlier_measures(past_runs(tmp_path), None) == []


def test_since_when_files_fail_is_remembered(tmp_path: Path) -> None:
    files = [{"source_path": "a.pdf", "message": "", "since": "2025", "new": False}]
    report(tmp_path, "1", "b", failures=[{"kind": "damaged", "files": files}])
    (run,) = past_runs(tmp_path)
    assert run.failures == {("a.pdf", "damaged"): "2025"}
    assert run.measures == {"documents": Measure(0.0, 0)}
