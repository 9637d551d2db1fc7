"""The shelf: builds are found by name, newest first whatever the clock says, and damage is seen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.store.builds import DamagedBuild, NoSuchBuild, build_named, builds_of, latest_build, verified
from pipeline.store.manifest import read_manifest, write_manifest
from pipeline.store.shelf import strays
from tests.made_build import made_build, published


def test_nothing_stands_where_nothing_was_made(tmp_path: Path) -> None:
    assert (builds_of(tmp_path), strays(tmp_path), latest_build(tmp_path)) == ([], [], None)


def test_the_newest_build_comes_first_even_if_the_clock_was_set_back(tmp_path: Path) -> None:
    first = made_build(tmp_path, "a")
    write_manifest(first.folder, replace(first.manifest, made_at=first.manifest.made_at.replace(year=2099)))
    second = made_build(tmp_path, "b")
    assert [build.name for build in builds_of(tmp_path)] == [second.name, first.name]


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    build = made_build(tmp_path, "a")
    assert read_manifest(build.folder) == build.manifest
    assert build.manifest.tables["tasks"].rows == 1
    assert (build.manifest.run_id, build.manifest.contract, build.manifest.verdict) == ("run-1", "1", None)


def test_a_build_is_found_by_the_beginning_of_its_name(tmp_path: Path) -> None:
    build = made_build(tmp_path, "a")
    assert build_named(tmp_path, build.name[:6]) == build


@pytest.mark.parametrize("name", ["", "zz"])
def test_where_no_build_fits_those_that_are_there_are_told(name: str, tmp_path: Path) -> None:
    build = made_build(tmp_path, "a")
    with pytest.raises(NoSuchBuild, match=rf"no build {name}.*{build.name}"):
        build_named(tmp_path, name)


def test_a_beginning_that_fits_several_is_refused_and_they_are_named(tmp_path: Path) -> None:
    build = made_build(tmp_path, "a")
    twin = build.folder.with_name(build.name[:8] + "f" * 8)
    build.folder.joinpath("manifest.json")
    twin.mkdir()
    write_manifest(twin, build.manifest)
    with pytest.raises(NoSuchBuild, match=f"several builds fit.*{build.name}"):
        build_named(tmp_path, build.name[:8])


def test_a_folder_without_manifest_is_a_stray_and_does_not_hide_the_others(tmp_path: Path) -> None:
    whole, broken = made_build(tmp_path, "a"), made_build(tmp_path, "b")
    (broken.folder / "manifest.json").write_text('{"number": 1}', encoding="utf-8")
    assert builds_of(tmp_path) == [whole]
    assert strays(tmp_path) == [broken.folder]


def test_other_bytes_or_a_lost_table_are_damage_that_is_named(tmp_path: Path) -> None:
    build = published(tmp_path, "a")
    assert verified(build) is build
    path = build.folder / "tasks.parquet"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    (build.folder / "units.parquet").unlink()
    with pytest.raises(DamagedBuild, match="wrong tables: tasks, units"):
        verified(build)
