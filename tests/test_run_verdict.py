"""The verdict on a build, from tables on disk."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pipeline.run.drift import Level
from pipeline.run.verdict import Losses, verdict_on
from tests.made_builds import documents, made_build

OLD = documents(100, issue_date=dt.date(2024, 1, 2))


def test_a_first_run_passes_and_hands_its_measures_on(tmp_path: Path) -> None:
    build = made_build(tmp_path / "a", documents=documents(3, title=None))
    found = verdict_on(build, None, tmp_path / "reports", {"d0", "d1", "d2"}, Losses(failed=50, tried=53))
    assert found.level is Level.PASS
    assert found.measures["null_title"].value == 1.0


def test_the_same_documents_pass(tmp_path: Path) -> None:
    before, build = (made_build(tmp_path / name, documents=OLD) for name in "ab")
    assert verdict_on(build, before, tmp_path / "reports", {"d1"}, Losses()).level is Level.PASS


def test_a_bad_rule_is_seen_in_the_whole_build(tmp_path: Path) -> None:
    before = made_build(tmp_path / "a", documents=OLD)
    build = made_build(tmp_path / "b", documents=[row | {"title": None} for row in OLD])
    found = verdict_on(build, before, tmp_path / "reports", (), Losses())
    assert found.level is Level.HOLD
    assert [(one.measure, one.scope) for one in found.drifted if one.level is Level.HOLD] == [("null_title", "build")]


def test_a_bad_scanner_is_seen_in_the_documents_of_the_night_alone(tmp_path: Path) -> None:
    old = OLD * 20
    old = [row | {"doc_id": f"o{n}"} for n, row in enumerate(old)]
    new = documents(30, issue_date=dt.date(2024, 1, 2), title=None)
    before = made_build(tmp_path / "a", documents=old)
    build = made_build(tmp_path / "b", documents=old + new)
    found = verdict_on(build, before, tmp_path / "reports", {row["doc_id"] for row in new}, Losses())
    assert [(one.measure, one.scope) for one in found.drifted if one.level is Level.HOLD] == [("null_title", "night")]


def test_vanished_documents_hold(tmp_path: Path) -> None:
    before, build = made_build(tmp_path / "a", documents=OLD), made_build(tmp_path / "b", documents=OLD[:70])
    assert verdict_on(build, before, tmp_path / "reports", (), Losses(vanished=30)).level is Level.HOLD
    assert verdict_on(build, before, tmp_path / "reports", (), Losses(30, same_inputs=False)).level is Level.WARN
