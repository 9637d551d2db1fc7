"""Faults of our own making, put into a run to see that they are found."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path


def _no_sync() -> None:
    """Tables and names are not synced: a loss of power takes them."""
    from pipeline.store import builds, durable, publishing, writing

    for module in (durable, builds, publishing, writing):
        for name in ("sync_file", "sync_folder"):
            if hasattr(module, name):
                setattr(module, name, lambda path: None)


def _no_sync_of_the_ledger() -> None:
    from pipeline.store import ledger

    connect = sqlite3.connect

    class Careless(sqlite3.Connection):
        def execute(self, sql: str, *values: object) -> sqlite3.Cursor:  # type: ignore[override]
            return super().execute(sql.replace("synchronous = FULL", "synchronous = OFF"), *values)

    ledger.sqlite3 = _With(connect=lambda path, **more: connect(path, factory=Careless, **more))  # type: ignore[assignment]


class _With:
    """The module sqlite3 with another `connect`."""

    def __init__(self, connect: Callable[..., sqlite3.Connection]) -> None:
        self.connect = connect

    def __getattr__(self, name: str) -> object:
        return getattr(sqlite3, name)


def _publish_in_two_steps() -> None:
    """The old link goes before the new one is there."""
    from pipeline.run import publication
    from pipeline.store.shelf import BUILDS, LATEST, Build

    def publish(build: Build, out: Path) -> Path:
        (out / LATEST).unlink(missing_ok=True)
        (out / LATEST).symlink_to(Path(BUILDS, build.name), target_is_directory=True)
        return out / LATEST

    publication.publish = publish


def _write_in_place() -> None:
    """The folder of a build has its name before its tables are in it."""
    from pipeline.store import builds

    def mkdtemp(*, prefix: str, dir: Path) -> str:
        at = dir / f"{len(list(dir.iterdir())):016x}"
        at.mkdir()
        (dir.parent / LATEST).unlink(missing_ok=True)
        (dir.parent / LATEST).symlink_to(Path(BUILDS, at.name))
        return str(at)

    from pipeline.store.shelf import BUILDS, LATEST

    builds.tempfile = _Temporary(mkdtemp)  # type: ignore[assignment]


class _Temporary:
    def __init__(self, mkdtemp: Callable[..., str]) -> None:
        self.mkdtemp = mkdtemp


def _no_transaction() -> None:
    """Reading and rows enter the ledger one after the other."""
    from pipeline.store import ledger

    class Nothing:
        def __init__(self, file: sqlite3.Connection) -> None: ...
        def __enter__(self) -> None: ...
        def __exit__(self, *error: object) -> None: ...

    ledger._Whole = Nothing  # type: ignore[misc, assignment]


def _seen_before_read() -> None:
    """What was seen enters the ledger before it was read, so that a killed run is thought to have read it."""
    from pipeline.run import due
    from pipeline.run import intake as walk
    from pipeline.store.sightings import Fingerprints, Reading

    def reason(reading: Reading | None, now: Fingerprints, bounds: str) -> str | None:
        return None if reading is None else due.reason(reading, now, bounds)

    real = walk.Intake._is_due

    def is_due(self: walk.Intake, offer: object, source_path: str, sha256: str) -> bool:
        known = self._known.sightings.get(source_path)
        if known is not None and known.sha256 == sha256:
            return False
        return real(self, offer, source_path, sha256)  # type: ignore[arg-type]

    walk.Intake._is_due = is_due  # type: ignore[method-assign]


def _success_whatever_happens() -> None:
    """A disk error while a build is written is swallowed, and the run goes on as if all were well."""
    from pipeline.run import publication
    from pipeline.store.builds import Build

    real = publication.publish

    def publish(build: Build, out: Path) -> Path:
        try:
            return real(build, out)
        except OSError:
            return out

    publication.publish = publish


SABOTAGES: dict[str, Callable[[], None]] = {
    "no-sync": _no_sync,
    "no-sync-of-the-ledger": _no_sync_of_the_ledger,
    "publish-in-two-steps": _publish_in_two_steps,
    "write-in-place": _write_in_place,
    "no-transaction": _no_transaction,
    "seen-before-read": _seen_before_read,
    "success-whatever-happens": _success_whatever_happens,
}
