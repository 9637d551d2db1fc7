"""The run report: JSON and page, written whole, for a program and for a person."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import Kind
from pipeline.run import morning
from pipeline.run.drift import Level, judge_vanished
from pipeline.run.morning import LISTED, written_report
from pipeline.run.shelf import prune
from pipeline.run.verdict import Verdict
from tests.made_builds import documents, each, made_build
from tests.made_report import HOSTILE, busy_report, facts, failed

HELD = Verdict(Level.HOLD, (judge_vanished(30, 100, same_inputs=True),))


def report(out: Path, build: Path | None = None, before: Path | None = None, **changed: Any) -> dict[str, Any]:
    written_report(facts(1, **changed), build, before, out)
    found: dict[str, Any] = json.loads((out / "reports" / "latest.json").read_bytes())
    return found


def test_a_report_lies_under_its_run_and_as_the_latest(tmp_path: Path) -> None:
    page = written_report(facts(1), None, None, tmp_path)
    names = {file.name for file in page.parent.iterdir()}
    assert names == {f"{facts(1).run_id}.json", f"{facts(1).run_id}.html", "latest.json", "latest.html"}
    assert page.read_bytes() == (page.parent / "latest.html").read_bytes()


def test_times_are_utc_and_a_clock_set_back_gives_no_negative_seconds(tmp_path: Path) -> None:
    start = dt.datetime(2026, 3, 3, 2, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))
    found = report(tmp_path, started=start, finished=start - dt.timedelta(hours=1))
    assert (found["report"], found["started"], found["seconds"]) == (1, "2026-03-02T19:00:00Z", 0.0)


def test_a_held_build_says_how_to_compare_and_publish_it(tmp_path: Path) -> None:
    build, before = made_build(tmp_path / "new"), made_build(tmp_path / "old")
    found = report(tmp_path / "kho bảng", build, before, verdict=HELD, published=False, exit=4)
    where = f"--out '{tmp_path}/kho bảng'"
    assert found["publish_command"] == f"kehoach builds use new {where}"
    assert found["diff_command"] == f"kehoach builds diff old new {where}"
    assert (found["verdict"], found["published"], found["exit"]) == ("hold", False, 4)


def test_a_published_build_asks_for_nothing(tmp_path: Path) -> None:
    found = report(tmp_path, made_build(tmp_path / "new"))
    assert (found["publish_command"], found["undo_command"], found["diff_command"]) == (None, None, None)


def test_a_build_published_with_a_warning_says_how_to_go_back(tmp_path: Path) -> None:
    build, before = made_build(tmp_path / "new"), made_build(tmp_path / "old")
    found = report(tmp_path, build, before, verdict=Verdict(Level.WARN))
    assert (found["publish_command"], found["undo_command"]) == (None, f"kehoach builds use old --out {tmp_path}")
    assert found["diff_command"] == f"kehoach builds diff old new --out {tmp_path}"


def test_an_old_warning_asks_for_nothing_on_a_night_without_a_new_build(tmp_path: Path) -> None:
    build = made_build(tmp_path / "new")
    found = report(tmp_path, build, build, verdict=Verdict(Level.WARN))
    assert (found["undo_command"], found["diff_command"]) == (None, None)


def test_a_failure_is_new_once_and_then_known_since_that_night(tmp_path: Path) -> None:
    files = [failed("a.pdf", Kind.DAMAGED)]
    for night in (1, 2, 3):
        written_report(facts(night, files=files), None, None, tmp_path)
    (kind,) = json.loads((tmp_path / "reports" / "latest.json").read_bytes())["failures"]
    assert (kind["new"], kind["files"][0]["since"]) == (0, "2026-03-03T19:00:00Z")


def test_names_nobody_knows_come_from_documents_read_tonight(tmp_path: Path) -> None:
    rows = documents(2)
    build = made_build(tmp_path / "b", documents=rows, task_units=each(rows, unit="Sở Lạ", page=2))
    assert report(tmp_path, build, fresh={"d1"})["unknown_units"]["names"][0]["source_path"] == "kho/1.pdf"
    assert report(tmp_path, build)["unknown_units"]["total"] == 0


def test_long_lists_are_bounded_and_counted(tmp_path: Path) -> None:
    found = report(tmp_path, removed=[str(n) for n in range(LISTED + 1)], moved=[("a", "b")])["lists"]
    assert (found["removed"]["total"], len(found["removed"]["items"])) == (LISTED + 1, LISTED)
    assert found["moved"] == {"items": [["a", "b"]], "total": 1}


def test_hostile_names_make_sound_json(tmp_path: Path) -> None:
    found = report(tmp_path, waiting=HOSTILE, files=[failed(name, Kind.CRASHED) for name in HOSTILE])
    assert [items[0] for items in found["lists"]["waiting"]["items"]] == list(HOSTILE)


def test_a_disk_that_is_full_leaves_the_last_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = report(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        written_report(facts(2), None, None, tmp_path)
    assert json.loads((tmp_path / "reports" / "latest.json").read_bytes()) == before


def test_the_newest_reports_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(morning, "prune", lambda folder, spare: prune(folder, 3, spare))
    for night in range(6):
        written_report(facts(night), None, None, tmp_path)
    kept = sorted(file.stem for file in (tmp_path / "reports").glob("*.json") if file.stem != "latest")
    assert kept == [facts(night).run_id for night in (2, 3, 4, 5)]


def test_thirty_quiet_nights_pass_and_the_bad_one_is_held(tmp_path: Path) -> None:
    page = busy_report(tmp_path, nights=30)
    verdicts = [json.loads(file.read_bytes())["verdict"] for file in sorted(page.parent.glob("2*.json"))]
    assert verdicts == ["pass"] * 30 + ["hold"]
