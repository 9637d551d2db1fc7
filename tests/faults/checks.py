"""What must hold after any fault: whole builds, a sound ledger, every file with its right status."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.faults.papers import Expected

Row = dict[str, Any]
Tables = dict[str, list[Row]]
NEWS = {
    "documents": {"extracted_at"},
    "files": {"attempts", "seconds", "first_seen", "last_seen", "run_id"},
}
"""Columns that tell when and how often something was tried: a disturbed night may differ in them."""


def published(out: Path) -> str | None:
    """The name of the build that readers see; None before the first."""
    try:
        return os.path.basename(os.readlink(out / "latest"))
    except FileNotFoundError:
        return None


def torn(out: Path) -> list[str]:
    """What is wrong with the published build: files that are absent, or not what its manifest says."""
    if published(out) is None:
        return []
    folder = out / "latest"
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        return [f"manifest: {error}"]
    found = []
    for name, facts in manifest["tables"].items():
        path = folder / f"{name}.parquet"
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != facts["sha256"]:
            found.append(f"{name}.parquet is not what the manifest says")
    return found


def unsound_ledger(out: Path) -> list[str]:
    """What SQLite says against the ledger; a ledger that was never made is sound."""
    path = out / "ledger.sqlite"
    if not path.exists():
        return []
    try:
        file = sqlite3.connect(path)
        said = [row[0] for row in file.execute("PRAGMA integrity_check")]
        file.close()
    except sqlite3.Error as error:
        return [str(error)]
    return [] if said == ["ok"] else said


def settled(out: Path, names: Mapping[str, set[str]]) -> set[str]:
    """SHA-256 of all bytes whose reading was recorded under a name they still have: none of them is due again."""
    path = out / "ledger.sqlite"
    if not path.exists():
        return set()
    file = sqlite3.connect(path)
    try:
        rows = file.execute("SELECT sha256, file_name, fingerprints IS NOT NULL FROM readings").fetchall()
    except sqlite3.OperationalError:  # killed before the tables were made
        return set()
    finally:
        file.close()
    return {sha for sha, name, is_good in rows if not is_good or name in names.get(sha, ())}


def attempts(out: Path) -> dict[str, int]:
    """SHA-256 of what was read, whatever came of it → how often it was; nothing while there is no ledger."""
    try:
        with closing(sqlite3.connect(f"file:{out / 'ledger.sqlite'}?mode=ro", uri=True)) as ledger:
            return dict(ledger.execute("SELECT sha256, attempts FROM readings").fetchall())
    except sqlite3.OperationalError:
        return {}


def tables_of(out: Path) -> Tables:
    """Every table of the published build."""
    import pyarrow.parquet as pq

    paths = sorted((out / "latest").glob("*.parquet"))
    return {path.stem: pq.ParquetFile(path).read(use_threads=False).to_pylist() for path in paths}


def without_times(tables: Tables) -> dict[str, list[str]]:
    """Rows as text, in any order, without what tells of times."""
    return {
        name: sorted(
            json.dumps({k: v for k, v in row.items() if k not in NEWS.get(name, ())}, default=str) for row in rows
        )
        for name, rows in tables.items()
    }


def different(found: Tables, wanted: Tables) -> list[str]:
    """The tables that are not as those of an undisturbed night."""
    one, two = without_times(found), without_times(wanted)
    return [f"{name} differs" for name in sorted(one.keys() | two.keys()) if one.get(name) != two.get(name)]


def lost(tables: Tables, expected: Mapping[str, Expected], contents: set[str]) -> list[str]:
    """Files without a row, and contents that must be a document and are none, or two."""
    paths = {row["source_path"] for row in tables["files"]}
    found = [f"{path}: no row in files" for path in expected.keys() - paths]
    documents = Counter(row["file_sha256"] for row in tables["documents"])
    found += [f"{sha[:16]}: {documents[sha]} documents" for sha in contents if documents[sha] != 1]
    return found + [f"{sha[:16]}: a document of no file" for sha in documents.keys() - contents]


def wrong_statuses(tables: Tables, expected: Mapping[str, Expected]) -> list[str]:
    """Rows of `files` that say something else than the model; of the paths with the same bytes one is ok."""
    same: dict[str, list[str]] = defaultdict(list)
    found = []
    for row in tables["files"]:
        want = expected.get(row["source_path"])
        status = "ok" if row["status"] == "duplicate" else row["status"]
        if want is None or (status, row["error_kind"]) != (want.status, want.kind):
            found.append(f"{row['source_path']}: {row['status']} {row['error_kind']}, expected {want}")
        if status == "ok":
            same[row["file_sha256"]].append(row["status"])
    return found + [f"{sha[:16]}: {statuses}" for sha, statuses in same.items() if statuses.count("ok") != 1]
