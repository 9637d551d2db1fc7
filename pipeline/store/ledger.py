"""The ledger: every file ever offered and every reading of its bytes, in one SQLite file that one run at a time writes.

Each reading is committed and synced as it comes, so a kill or a power cut costs the documents under way and no other.
Builds are made from it alone; removing it loses no document, but every one is read again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.errors import CannotRun, Kind
from pipeline.store.sightings import Fingerprints, Loss, Reading, Sighting

EDITION = 1
_TABLES = """
CREATE TABLE IF NOT EXISTS sightings (
    source_path TEXT PRIMARY KEY, stamp TEXT, sha256 TEXT, container TEXT, kind TEXT, message TEXT NOT NULL,
    state TEXT NOT NULL, tries INTEGER NOT NULL, is_archive INTEGER NOT NULL, under TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS faces (source_path TEXT PRIMARY KEY, row TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS readings (
    sha256 TEXT PRIMARY KEY, attempts INTEGER NOT NULL, seconds REAL NOT NULL, file_name TEXT NOT NULL,
    fingerprints TEXT, pages INTEGER NOT NULL, unreadable INTEGER NOT NULL, rows_sha256 TEXT NOT NULL,
    facts TEXT NOT NULL, shingles BLOB NOT NULL, extracted_at TEXT NOT NULL, loss TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS blocks (sha256 TEXT PRIMARY KEY, rows BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS under_way (sha256 TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS runs (run INTEGER PRIMARY KEY, run_id TEXT NOT NULL, notes TEXT NOT NULL);
"""
_SIGHTING = "source_path, stamp, sha256, container, kind, message, state, tries, is_archive, under"
_READING = (
    "sha256, attempts, seconds, file_name, fingerprints, pages, unreadable, rows_sha256, facts, shingles, "
    "extracted_at, loss"
)


class LedgerError(CannotRun):
    """The ledger can't be used as it is: it is damaged, or of another edition."""


class Ledger:
    """An open ledger. Every method may raise `sqlite3.Error` (disk full, not writable): nothing is half done then."""

    def __init__(self, path: Path) -> None:
        """Opens or makes the file. LedgerError when it is damaged or of another edition; sqlite3.Error."""
        self._file = sqlite3.connect(path, isolation_level=None)
        try:
            self._prepare(path)
        except sqlite3.DatabaseError as error:
            self._file.close()
            if isinstance(error, sqlite3.OperationalError):
                raise
            raise LedgerError(
                f"{path}: sổ tệp hỏng ({error}); khôi phục từ bản sao, hoặc xóa để đọc lại tất cả. "
                f"/ The ledger is damaged: restore it from a copy, or remove it to read everything again."
            ) from error

    def _prepare(self, path: Path) -> None:
        edition = self._file.execute("PRAGMA user_version").fetchone()[0]
        if edition not in (0, EDITION):
            self._file.close()
            raise LedgerError(
                f"{path}: sổ tệp của phiên bản khác ({edition}). / The ledger is of another edition of kehoach: "
                f"use that version, or remove the file to read everything again."
            )
        self._file.execute("PRAGMA journal_mode = WAL")
        self._file.execute("PRAGMA synchronous = FULL")  # a power cut must not take back what was said to be done
        self._file.executescript(_TABLES)
        self._file.execute(f"PRAGMA user_version = {EDITION}")

    def close(self) -> None:
        self._file.close()

    # --- runs -----------------------------------------------------------------------------------

    def begin(self, run_id: str) -> int:
        """Enter a new run; its number, which grows whatever the clock says."""
        return int(
            self._file.execute("INSERT INTO runs (run_id, notes) VALUES (?, '{}') RETURNING run", [run_id]).fetchone()[
                0
            ]
        )

    def note_run(self, run: int, notes: Mapping[str, Any]) -> None:
        """Keep what later runs compare themselves with."""
        self._file.execute("UPDATE runs SET notes = ? WHERE run = ?", [json.dumps(notes, ensure_ascii=False), run])

    def earlier_runs(self, most: int) -> list[dict[str, Any]]:
        """Notes of the last runs that left any, newest first."""
        rows = self._file.execute("SELECT notes FROM runs WHERE notes != '{}' ORDER BY run DESC LIMIT ?", [most])
        return [json.loads(notes) for (notes,) in rows]

    # --- files ----------------------------------------------------------------------------------

    def sightings(self) -> dict[str, Sighting]:
        """Every path ever offered."""
        rows = self._file.execute(f"SELECT {_SIGHTING} FROM sightings ORDER BY source_path")  # noqa: S608 - our columns
        return {row[0]: _sighting(row) for row in rows}

    def faces(self) -> dict[str, dict[str, Any]]:
        """The rows of `files` as they were last published, times as ISO text."""
        return {path: json.loads(row) for path, row in self._file.execute("SELECT source_path, row FROM faces")}

    def see(self, sightings: Iterable[Sighting]) -> None:
        """Enter or replace what was seen, all of it or nothing."""
        rows = [
            (s.source_path, s.stamp, s.sha256, s.container, s.kind, s.message, s.state, s.tries, s.is_archive, s.under)
            for s in sightings
        ]
        with self._whole():
            self._file.executemany(f"REPLACE INTO sightings ({_SIGHTING}) VALUES ({_marks(10)})", rows)  # noqa: S608

    def show(self, faces: Mapping[str, Mapping[str, Any]]) -> None:
        """Enter the public rows that changed, all of them or none."""
        rows = [(path, json.dumps(row, ensure_ascii=False)) for path, row in faces.items()]
        with self._whole():
            self._file.executemany("REPLACE INTO faces (source_path, row) VALUES (?, ?)", rows)

    # --- readings -------------------------------------------------------------------------------

    def readings(self) -> dict[str, Reading]:
        """What was read of all bytes ever offered, without the rows."""
        rows = self._file.execute(f"SELECT {_READING} FROM readings")  # noqa: S608 - our columns
        return {row[0]: _reading(row) for row in rows}

    def start(self, sha256: str) -> None:
        """Note that these bytes are being read. Not synced by itself: a power cut says nothing against a document."""
        self._file.execute("PRAGMA synchronous = NORMAL")
        try:
            self._file.execute("INSERT OR IGNORE INTO under_way VALUES (?)", [sha256])
        finally:
            self._file.execute("PRAGMA synchronous = FULL")

    def suspects(self) -> frozenset[str]:
        """What was under way when an earlier run died: one of these may have killed it."""
        return frozenset(sha for (sha,) in self._file.execute("SELECT sha256 FROM under_way"))

    def calm(self, sha256s: Iterable[str]) -> None:
        """They are no longer under way, without having been read."""
        with self._whole():
            self._file.executemany("DELETE FROM under_way WHERE sha256 = ?", [(sha,) for sha in sha256s])

    def record(self, reading: Reading, rows: bytes | None) -> None:
        """Keep what came of some bytes, with their rows where they were read well: whole and synced, or not at all."""
        prints = None if reading.fingerprints is None else json.dumps(reading.fingerprints.as_dict())
        values = (
            *(reading.sha256, reading.attempts, reading.seconds, reading.file_name, prints, reading.pages),
            *(reading.unreadable, reading.rows_sha256, reading.facts, reading.shingles, reading.extracted_at),
            _loss_text(reading.loss),
        )
        with self._whole():
            self._file.execute(f"REPLACE INTO readings ({_READING}) VALUES ({_marks(12)})", values)  # noqa: S608
            if rows is not None:
                self._file.execute("REPLACE INTO blocks (sha256, rows) VALUES (?, ?)", [reading.sha256, rows])
            self._file.execute("DELETE FROM under_way WHERE sha256 = ?", [reading.sha256])

    def forget(self, sha256: str) -> None:
        """These bytes count as never read well: their rows can't be relied on."""
        self._file.execute("UPDATE readings SET fingerprints = NULL, loss = NULL WHERE sha256 = ?", [sha256])

    def blocks(self, sha256s: Sequence[str]) -> Iterator[bytes]:
        """The packed rows of each, in this order; nothing for bytes that were never read well."""
        for sha in sha256s:
            row = self._file.execute("SELECT rows FROM blocks WHERE sha256 = ?", [sha]).fetchone()
            yield row[0] if row else b""

    def _whole(self) -> _Whole:
        return _Whole(self._file)


class _Whole:
    """A transaction: committed at the end, taken back at an exception."""

    def __init__(self, file: sqlite3.Connection) -> None:
        self._file = file

    def __enter__(self) -> None:
        self._file.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        try:
            if kind is None:
                self._file.execute("COMMIT")
        finally:
            if self._file.in_transaction:  # also where COMMIT itself failed, as on a full disk
                self._file.execute("ROLLBACK")


def _marks(count: int) -> str:
    return ", ".join("?" * count)


def _sighting(row: Sequence[Any]) -> Sighting:
    path, stamp, sha, container, kind, message, state, tries, is_archive, under = row
    why = Kind(kind) if kind else None
    return Sighting(path, stamp, sha, container, why, message, state, tries, bool(is_archive), under)


def _reading(row: Sequence[Any]) -> Reading:
    sha, attempts, seconds, name, prints, *plain, loss = row
    read_by = None if prints is None else Fingerprints(**json.loads(prints))
    pages, unreadable, digest, facts, shingles, since = plain
    return Reading(
        sha, attempts, seconds, name, read_by, pages, unreadable, digest, facts, shingles, since, _loss(loss)
    )


def _loss_text(loss: Loss | None) -> str | None:
    if loss is None:
        return None
    return json.dumps([loss.kind, loss.message, loss.fingerprints.as_dict(), loss.bounds, loss.times])


def _loss(text: str | None) -> Loss | None:
    if text is None:
        return None
    kind, message, prints, bounds, times = json.loads(text)
    return Loss(Kind(kind), message, Fingerprints(**prints), bounds, times)
