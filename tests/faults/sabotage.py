"""Faults of our own making, put into a run to see that they are found."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.errors import Kind
from pipeline.run import publication, taking_in
from pipeline.run.engine import Job
from pipeline.store import builds, durable, manifest, publishing, writing
from pipeline.store.builds import Build
from pipeline.store.packing import Packed
from pipeline.store.shelf import BUILDS, LATEST
from pipeline.store.sightings import after


def _no_sync() -> None:
    """Tables and names are left to the disk's leisure: a loss of power takes them."""
    for module in (durable, builds, publishing, writing, manifest):
        for name in ("sync_file", "sync_folder"):
            if hasattr(module, name):
                setattr(module, name, lambda path: None)


def _no_sync_of_the_ledger() -> None:
    class Careless(sqlite3.Connection):
        def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
            return super().execute(sql.replace("= FULL", "= OFF").replace("= NORMAL", "= OFF"), *values)

    _in_the_ledger(Careless)


def _no_transaction() -> None:
    """A reading and its rows enter the ledger one after the other."""

    class Loose(sqlite3.Connection):
        def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
            return super().execute("SELECT 1" if sql in ("BEGIN IMMEDIATE", "COMMIT") else sql, *values)

    _in_the_ledger(Loose)


def _in_the_ledger(connection: type[sqlite3.Connection]) -> None:
    real = sqlite3.connect

    def connect(path: Path, **more: Any) -> sqlite3.Connection:
        return real(path, factory=connection if path.name == "ledger.sqlite" else sqlite3.Connection, **more)

    sqlite3.connect = connect  # type: ignore[assignment]


def _publish_in_two_steps() -> None:
    """The old link goes before the new one is there."""

    def publish(build: Build, out: Path) -> Path:
        (out / LATEST).unlink(missing_ok=True)
        (out / LATEST).symlink_to(Path(BUILDS, build.name), target_is_directory=True)
        return out / LATEST

    setattr(publication, "publish", publish)  # noqa: B010 - the module does not export it


def _done_before_read() -> None:
    """A document is entered as read when it begins."""
    real = taking_in._Keeper._start

    def start(self: taking_in._Keeper, job: Job) -> Job:
        blank = Packed(job.sha256, "", kind=Kind.DAMAGED, message="?")
        self._ledger.record(after(None, blank, job.sha256, self._known.prints, self._known.bounds, 1, ""), None)
        return real(self, job)

    taking_in._Keeper._start = start  # type: ignore[method-assign]


SABOTAGES: dict[str, Callable[[], None]] = {
    "no-sync": _no_sync,
    "no-sync-of-the-ledger": _no_sync_of_the_ledger,
    "no-transaction": _no_transaction,
    "publish-in-two-steps": _publish_in_two_steps,
    "done-before-read": _done_before_read,
}
