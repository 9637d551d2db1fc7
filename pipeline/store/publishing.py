"""Which build readers see: `OUT/latest` is a link, and one rename puts another in its place."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from pipeline.store.durable import sync_folder
from pipeline.store.manifest import Verdict, write_manifest
from pipeline.store.shelf import BUILDS, LATEST, Build, build_named, verified


def publish(build: Build, out: Path) -> Path:
    """Let `out/latest` point to this build; a reader sees the old build or this one, never half of one.

    The caller holds the run's lock. A kill in the middle leaves the old build published.

    Returns:
        `out/latest`.

    Raises:
        OSError: the folder is not writable; the old build stays published.
    """
    latest, aside = out / LATEST, out / f".{LATEST}.new"
    aside.unlink(missing_ok=True)
    aside.symlink_to(Path(BUILDS, build.name), target_is_directory=True)
    os.replace(aside, latest)
    sync_folder(out)
    return latest


def use(out: Path, name: str) -> Build:
    """Publish an older build, or one on hold, after its files were compared with its manifest.

    Raises:
        NoSuchBuild: no build's name begins so, or several do.
        DamagedBuild: its files are not what its manifest says.
    """
    build = verified(build_named(out, name))
    publish(build, out)
    return build


def with_verdict(build: Build, verdict: Verdict) -> Build:
    """The build with this verdict in its manifest, replaced in one step."""
    manifest = replace(build.manifest, verdict=verdict)
    write_manifest(build.folder, manifest)
    return replace(build, manifest=manifest)
