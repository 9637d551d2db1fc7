"""Failures by kind, new or known."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pipeline.errors import CURE, Kind
from pipeline.run.failures import LISTED, failed_before, failures_by_kind
from tests.made_builds import made_build
from tests.made_report import failed

TONIGHT = "2026-03-02T19:00:00Z"


def test_each_kind_comes_with_its_cure_and_the_newest_trouble_first() -> None:
    rows = [failed("a", Kind.EMPTY), failed("b", Kind.EMPTY), failed("c", Kind.DAMAGED)]
    known = {("a", "empty"): "2025-01-01T00:00:00Z", ("b", "empty"): "2025-01-01T00:00:00Z"}
    damaged, empty = failures_by_kind(rows, known, TONIGHT)
    assert (damaged.kind, damaged.total, damaged.new, damaged.cure) == ("damaged", 1, 1, CURE[Kind.DAMAGED])
    assert (empty.kind, empty.total, empty.new) == ("empty", 2, 0)


def test_a_file_that_fails_in_another_way_is_new() -> None:
    (found,) = failures_by_kind([failed("a", Kind.TIMEOUT)], {("a", "damaged"): "2025"}, TONIGHT)
    assert (found.files[0].new, found.files[0].since) == (True, TONIGHT)


def test_a_known_failure_says_since_when() -> None:
    (found,) = failures_by_kind([failed("a", Kind.TIMEOUT)], {("a", "timeout"): "2025"}, TONIGHT)
    assert (found.files[0].new, found.files[0].since) == (False, "2025")


def test_files_that_did_not_fail_or_are_gone_are_left_out() -> None:
    rows = [{"source_path": "a", "error_kind": None, "message": None}, failed("b", Kind.EMPTY) | {"status": "removed"}]
    assert failures_by_kind(rows, {}, TONIGHT) == ()


def test_long_lists_are_bounded_and_new_files_stand_first() -> None:
    rows = [failed(f"{n:05}", Kind.EMPTY) for n in range(LISTED + 7)]
    known = {(f"{n:05}", "empty"): "2025" for n in range(LISTED + 6)}
    (found,) = failures_by_kind(rows, known, TONIGHT)
    assert (found.total, found.new, len(found.files)) == (LISTED + 7, 1, LISTED)
    assert found.files[0].source_path == f"{LISTED + 6:05}"


def test_an_unknown_kind_of_a_later_version_is_no_fault() -> None:
    (found,) = failures_by_kind([{"source_path": "a", "error_kind": "melted", "message": None}], {}, TONIGHT)
    assert (found.kind, found.cure) == ("melted", "")


def test_the_build_before_knows_what_failed(tmp_path: Path) -> None:
    time = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)
    rows = [
        {"source_path": "a", "status": "failed", "error_kind": "empty", "last_seen": time},
        {"source_path": "b", "status": "ok", "last_seen": time},
    ]
    assert failed_before(made_build(tmp_path, files=rows)) == {("a", "empty"): "2026-01-05T00:00:00Z"}
    assert failed_before(None) == {}
