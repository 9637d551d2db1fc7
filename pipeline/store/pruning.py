"""Old builds go, but never the published one, nor one on hold that still waits for a person."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from pipeline.store.durable import sync_folder
from pipeline.store.shelf import BUILDS, Build, builds_of, published_name

_GONE = ".pruned-"


def prune(out: Path, keep: int) -> list[Build]:
    """Remove old builds; the caller holds the run's lock.

    Kept are the published build, those on hold that are younger, and of the others the newest, until `keep` builds
    stand, the published among them. Each goes by one rename before its files do: a kill in the middle leaves no half
    build, and what it left is removed next time.

    Returns:
        The removed builds, newest first.

    Raises:
        OSError: a build could not be renamed; all before it are gone.
    """
    builds = out / BUILDS
    _remove_leftovers(builds)
    doomed = _doomed(builds_of(out), published_name(out), keep)
    for build in doomed:
        os.rename(build.folder, builds / f"{_GONE}{build.name}")
    if doomed:
        sync_folder(builds)
    _remove_leftovers(builds)
    return doomed


def _doomed(builds: list[Build], published: str | None, keep: int) -> list[Build]:
    since = next((build.manifest.number for build in builds if build.name == published), -1)
    waiting = {b.name for b in builds if b.manifest.verdict == "hold" and b.manifest.number > since}
    others = [build for build in builds if build.name != published and build.name not in waiting]
    return others[max(keep - (since >= 0), 0) :]


def _remove_leftovers(builds: Path) -> None:
    for gone in builds.glob(f"{_GONE}*"):
        shutil.rmtree(gone, ignore_errors=True)
