"""A build is a complete set of tables and a manifest, made aside, checked, synced, and then given its name.

`OUT/builds/<hash of the tables>` never holds half a build: the folder is made as `.writing-*` and renamed when all of
it is on the disk. The same rows give the same bytes and thus the same build. `OUT/latest` is a link to one of them.

Where the rest of the story stands: tables are written (`writing`), checked (`checks`), described (`manifest`), found
again (`shelf`), published (`publishing`), compared (`diff`) and removed (`pruning`).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path

from pipeline import __version__
from pipeline.rulebook import rules_version
from pipeline.store.build_faults import DamagedBuild, NoSuchBuild, UnsoundBuild
from pipeline.store.checks import check_tables
from pipeline.store.diff import BuildDiff, diff
from pipeline.store.durable import sync_folder
from pipeline.store.manifest import Manifest, TableFacts, sha256_of, table_facts, write_manifest
from pipeline.store.pruning import prune
from pipeline.store.publishing import publish, use, with_verdict
from pipeline.store.shelf import BUILDS, Build, build_named, builds_of, latest_build, verified
from pipeline.store.writing import Rows, Shelved, write_tables
from pipeline.tables.schemas import SCHEMAS

__all__ = [
    "About", "Build", "BuildDiff", "DamagedBuild", "NoSuchBuild", "Shelved", "UnsoundBuild", "build_named", "builds_of",
    "diff", "latest_build", "prune", "publish", "use", "verified", "with_verdict", "write_build",
]  # fmt: skip

_ASIDE = ".writing-"


@dataclass(frozen=True, slots=True)
class About:
    """Why a build is made, for its manifest."""

    run_id: str
    made_at: dt.datetime
    state: str
    fingerprints: Mapping[str, str] = field(default_factory=dict)
    fresh: Set[str] = frozenset()
    """Documents read anew since the last build: their evidence is re-read from the written files."""


def write_build(
    documents: Iterable[Shelved], files: Rows, dimensions: Mapping[str, Rows], out: Path, about: About
) -> Build:
    """Write every table of the contract as one build; it is not published. The caller holds the run's lock.

    Where these very tables are a build already, that one stands and gets the new manifest.

    Args:
        documents: in the order in which they shall stand; memory does not grow with them.
        files: rows of `files`, one a file ever offered.
        dimensions: rows of the tables made from `rules/`.
        out: the output folder; made if absent.

    Raises:
        UnsoundBuild: rows are damaged or the written tables failed a check.
        pa.ArrowInvalid, pa.ArrowTypeError: a value does not fit its column.
        OSError: the disk is full or not writable.
        In each case nothing has changed but for what lies aside.
    """
    builds = _builds_folder(out)
    aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=builds))
    try:
        aside.chmod(0o755)  # mkdtemp made it private; the tables are for every reader
        written = write_tables(documents, {**dimensions, "files": files}, aside)
        check_tables(aside, written, about.fresh)
        facts = {name: table_facts(aside / f"{name}.parquet", rows) for name, rows in written.items()}
        return _named(aside, out, _manifest(out, about, facts))
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _builds_folder(out: Path) -> Path:
    """OUT/builds, without what dead runs left aside."""
    builds = out / BUILDS
    builds.mkdir(parents=True, exist_ok=True)
    sync_folder(out)
    for left in builds.glob(f"{_ASIDE}*"):
        shutil.rmtree(left, ignore_errors=True)
    return builds


def _manifest(out: Path, about: About, tables: Mapping[str, TableFacts]) -> Manifest:
    return Manifest(
        number=1 + max((build.manifest.number for build in builds_of(out)), default=0),
        made_at=about.made_at,
        run_id=about.run_id,
        contract=SCHEMAS["documents"].metadata[b"contract"].decode(),
        pipeline_version=__version__,
        rules_version=rules_version(),
        state=about.state,
        fingerprints=dict(about.fingerprints),
        tables=tables,
    )


def _named(aside: Path, out: Path, manifest: Manifest) -> Build:
    """Give the finished folder its name; where a build has it already, mend and describe that one."""
    digest = hashlib.sha256(b"".join(bytes.fromhex(facts.sha256) for facts in manifest.tables.values()))
    folder = out / BUILDS / digest.hexdigest()[:16]
    if folder.exists():
        _mend(folder, aside, manifest)
    else:
        write_manifest(aside, manifest)
        os.rename(aside, folder)
    sync_folder(folder.parent)
    return Build(folder.name, folder, manifest)


def _mend(folder: Path, aside: Path, manifest: Manifest) -> None:
    """The same tables again: a file that was damaged since is replaced by its whole twin, then the manifest."""
    for name, facts in manifest.tables.items():
        path = folder / f"{name}.parquet"
        if not path.is_file() or sha256_of(path) != facts.sha256:
            os.replace(aside / path.name, path)
    write_manifest(folder, manifest)
