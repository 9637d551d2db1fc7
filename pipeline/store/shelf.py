"""The builds that stand in OUT/builds, and the one that `latest` points to."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.store.build_faults import DamagedBuild, NoSuchBuild
from pipeline.store.manifest import Manifest, read_manifest, sha256_of

BUILDS, LATEST = "builds", "latest"


@dataclass(frozen=True, slots=True)
class Build:
    """A complete set of tables in its own folder, named by the hash of these tables."""

    name: str
    folder: Path
    manifest: Manifest


def builds_of(out: Path) -> list[Build]:
    """Every build in `out`, newest first; folders without a readable manifest are left out (see `strays`)."""
    found = [build for folder in _folders(out) if (build := _build(folder)) is not None]
    return sorted(found, key=lambda build: build.manifest.number, reverse=True)


def strays(out: Path) -> list[Path]:
    """Folders among the builds that have no readable manifest: made by an old version, or damaged."""
    return [folder for folder in _folders(out) if _build(folder) is None]


def latest_build(out: Path) -> Build | None:
    """The published build; None where nothing is published or what is published has no manifest."""
    name = published_name(out)
    return None if name is None else _build(out / BUILDS / name)


def published_name(out: Path) -> str | None:
    """The name of the folder that `latest` points to, whether or not it is whole."""
    try:
        return Path(os.readlink(out / LATEST)).name
    except OSError:
        return None


def build_named(out: Path, name: str) -> Build:
    """The build whose name begins with `name`.

    Raises:
        NoSuchBuild: none does, or several do.
    """
    builds = builds_of(out)
    fitting = [build for build in builds if name and build.name.startswith(name)]
    if len(fitting) == 1:
        return fitting[0]
    why = f"Nhiều bản trùng tên {name} / several builds fit {name}" if fitting else f"Không có bản / no build {name}"
    there = ", ".join(build.name for build in fitting or builds) or "chưa có bản nào / none yet"
    raise NoSuchBuild(f"{why}. Hiện có / there are: {there}")


def verified(build: Build) -> Build:
    """The same build, all its files being what the manifest says.

    Raises:
        DamagedBuild: names the tables that are absent or hold other bytes.
    """
    if damaged := list(_damaged(build)):
        names = ", ".join(damaged)
        why = f"Bản {build.name} hỏng, sai bảng: {names}. / Build {build.name} is damaged, wrong tables: {names}."
        raise DamagedBuild(why)
    return build


def _damaged(build: Build) -> Iterator[str]:
    for table, facts in build.manifest.tables.items():
        path = build.folder / f"{table}.parquet"
        if not path.is_file() or sha256_of(path) != facts.sha256:
            yield table


def _folders(out: Path) -> list[Path]:
    builds = out / BUILDS
    if not builds.is_dir():
        return []
    return sorted(path for path in builds.iterdir() if path.is_dir() and not path.name.startswith("."))


def _build(folder: Path) -> Build | None:
    try:
        return Build(folder.name, folder, read_manifest(folder))
    except DamagedBuild:
        return None
