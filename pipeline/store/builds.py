"""A build is a complete set of tables. It is written aside, synced, then `latest` points to it.

`OUT/latest` is a symbolic link to `OUT/builds/<hash of the tables>`, replaced by one rename: a reader sees the
old build or the new one, never half of one. Identical rows give identical bytes and thus the same build.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.tables.schemas import SCHEMAS

KEPT_BUILDS = 2
"""The published build and the one before it, so that a reader in the middle keeps its files."""


def write_build(rows: Mapping[str, list[dict[str, Any]]], out: Path) -> Path:
    """Write every table of the contract and publish them.

    Args:
        rows: table name to its rows, columns as declared; a missing table is written empty.
        out: the output folder; made if absent.

    Returns:
        The published folder (`out/latest`).

    Raises:
        OSError: the disk is full or not writable; the last build stays as it was.
    """
    builds = out / "builds"
    builds.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".writing-", dir=builds))
    try:
        digest = hashlib.sha256()
        for name, schema in SCHEMAS.items():
            digest.update(write_table(rows.get(name, []), schema, aside / f"{name}.parquet"))
        return _publish(aside, builds / digest.hexdigest()[:16], out / "latest")
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def write_table(rows: list[dict[str, Any]], schema: pa.Schema, path: Path) -> bytes:
    """Write one table (zstd, dictionaries) and return the SHA-256 of its bytes."""
    table = pa.Table.from_pylist(rows, schema=schema)
    pq.write_table(table, path, compression="zstd", use_dictionary=True, write_statistics=True)
    with path.open("rb") as file:
        os.fsync(file.fileno())
        return hashlib.file_digest(file, "sha256").digest()


def _publish(aside: Path, build: Path, latest: Path) -> Path:
    aside.chmod(0o755)  # mkdtemp made it private; the tables are for every reader
    if not build.exists():
        aside.rename(build)
    _sync_folder(build.parent)
    link = latest.with_name(f".latest-{os.getpid()}")
    link.unlink(missing_ok=True)
    link.symlink_to(build.relative_to(latest.parent), target_is_directory=True)
    os.replace(link, latest)
    _sync_folder(latest.parent)
    os.utime(build)
    _prune(build.parent, keep=build)
    return latest


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _prune(builds: Path, keep: Path) -> None:
    old = sorted((b for b in builds.iterdir() if b != keep and not b.name.startswith(".")), key=_age, reverse=True)
    for build in old[KEPT_BUILDS - 1 :]:
        shutil.rmtree(build, ignore_errors=True)


def _age(build: Path) -> float:
    return build.stat().st_mtime
