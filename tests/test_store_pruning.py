"""Pruning: old builds go, the published one and those that wait for a person stay, half a removal is finished."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.store.builds import builds_of, latest_build, prune, publish, verified, with_verdict
from tests.made_build import made_build, published


def names_of(out: Path) -> list[str]:
    return [build.name for build in builds_of(out)]


def test_the_newest_are_kept_and_the_removed_are_told(tmp_path: Path) -> None:
    builds = [published(tmp_path, name) for name in "abcd"]
    assert prune(tmp_path, keep=2) == [builds[1], builds[0]]
    assert names_of(tmp_path) == [builds[3].name, builds[2].name]
    assert prune(tmp_path, keep=2) == []


def test_the_published_build_is_kept_however_old_it_is(tmp_path: Path) -> None:
    builds = [made_build(tmp_path, name) for name in "abcd"]
    publish(builds[0], tmp_path)
    prune(tmp_path, keep=1)
    assert names_of(tmp_path) == [builds[0].name]
    assert latest_build(tmp_path) == builds[0]


def test_a_build_on_hold_stays_while_it_is_younger_than_the_published(tmp_path: Path) -> None:
    old_hold = with_verdict(made_build(tmp_path, "a"), "hold")
    before, now = made_build(tmp_path, "b"), published(tmp_path, "c")
    waiting = with_verdict(made_build(tmp_path, "d"), "hold")
    assert prune(tmp_path, keep=2) == [old_hold]
    assert names_of(tmp_path) == [waiting.name, now.name, before.name]


@pytest.mark.parametrize("keep", [0, 1, 5])
def test_nothing_published_is_ever_lost_for_want_of_room(keep: int, tmp_path: Path) -> None:
    held = with_verdict(made_build(tmp_path, "a"), "hold")
    made_build(tmp_path, "b")
    prune(tmp_path, keep=keep)
    assert held.name in names_of(tmp_path)
    assert len(names_of(tmp_path)) == 1 + (keep > 0)


def test_a_removal_cut_short_leaves_no_half_build_and_is_finished_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, now = published(tmp_path, "a"), published(tmp_path, "b")
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", lambda *_, **__: None)
        prune(tmp_path, keep=1)
    assert (tmp_path / "builds" / f".pruned-{old.name}").is_dir()
    assert names_of(tmp_path) == [now.name]
    assert verified(now) is now
    assert prune(tmp_path, keep=1) == []
    assert [path.name for path in (tmp_path / "builds").iterdir()] == [now.name]
