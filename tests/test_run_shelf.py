"""Small files: whole or not at all, and only the newest kept."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.run import shelf
from pipeline.run.shelf import prune, written


def test_a_file_is_written_and_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.json"
    assert written(path, b"1") == path
    written(path, b"22")
    assert [file.name for file in path.parent.iterdir()] == ["a.json"]
    assert path.read_bytes() == b"22"


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_write_that_fails_leaves_what_stood_there(step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "a.json", b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(OSError, match="No space"):
        written(path, b"new")
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["a.json"]


def test_the_oldest_runs_go_with_all_their_files(tmp_path: Path) -> None:
    for name in ("20260101", "20260102", "20260103", "latest"):
        for kind in ("json", "html"):
            (tmp_path / f"{name}.{kind}").touch()
    prune(tmp_path, keep=2, spare={"latest"})
    left = {file.stem for file in tmp_path.iterdir()}
    assert left == {"20260102", "20260103", "latest"}
    assert len(list(tmp_path.iterdir())) == 6


def test_a_run_spared_stays_though_the_clock_went_back(tmp_path: Path) -> None:
    for name in ("20260101", "20260102", "20190101"):
        (tmp_path / f"{name}.json").touch()
    prune(tmp_path, keep=2, spare={"20190101"})
    assert (tmp_path / "20190101.json").exists()


def test_what_cannot_be_removed_stays_without_complaint(tmp_path: Path) -> None:
    (tmp_path / "1.json").mkdir()
    (tmp_path / "2.json").touch()
    prune(tmp_path, keep=0)
    assert [file.name for file in tmp_path.iterdir()] == ["1.json"]


def test_four_hundred_are_kept() -> None:
    assert shelf.KEPT == 400
