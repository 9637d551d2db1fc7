"""`manifest.json` of a build: what it was made from, and rows, bytes and hash of each table."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from pipeline.store.build_faults import DamagedBuild
from pipeline.store.durable import replace_bytes

MANIFEST = "manifest.json"
Verdict = Literal["pass", "warn", "hold"]
"""What drift against the last runs says: a build on hold is not published unless a person says so."""


@dataclass(frozen=True, slots=True)
class TableFacts:
    """One table file as it was written."""

    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is known of a build beside its tables."""

    number: int
    """One more than that of the newest build before it: tells which is newer, whatever the clock says."""
    made_at: dt.datetime
    run_id: str
    contract: str
    pipeline_version: str
    rules_version: str
    state: str
    """Of the ledger, hashed: the same state needs no new build."""
    fingerprints: Mapping[str, str]
    tables: Mapping[str, TableFacts] = field(default_factory=dict)
    verdict: Verdict | None = None
    """None until the build has been judged."""

    def as_json(self) -> str:
        return json.dumps(asdict(self) | {"made_at": self.made_at.isoformat()}, ensure_ascii=False, indent=1) + "\n"


def table_facts(path: Path, rows: int) -> TableFacts:
    """Size and hash of a table file as it now lies on the disk."""
    return TableFacts(rows, path.stat().st_size, sha256_of(path))


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Put the manifest in its build, or another in its place, in one step."""
    replace_bytes(folder / MANIFEST, manifest.as_json().encode())


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a build.

    Raises:
        DamagedBuild: it is absent or is not a manifest.
    """
    try:
        return _manifest(json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        why = f"{folder.name}: {MANIFEST} không đọc được. / {folder.name}: {MANIFEST} can't be read ({error})."
        raise DamagedBuild(why) from error


def _manifest(values: dict[str, Any]) -> Manifest:
    tables = {name: TableFacts(**facts) for name, facts in values["tables"].items()}
    return Manifest(**values | {"tables": tables, "made_at": dt.datetime.fromisoformat(values["made_at"])})
