"""A run's failures for people: by kind, each with its cure, and whether they are new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import CURE, Kind

LISTED = 1000
"""Files listed of one kind, new ones first; all of them stand in `files`."""
Known = Mapping[tuple[str, str], str]
"""(source path, kind) to the time since when a file fails so, ISO."""


@dataclass(frozen=True, slots=True)
class FailedFile:
    source_path: str
    message: str
    since: str
    """When it was first seen to fail so, ISO, UTC."""
    new: bool
    """It failed so for the first time in this run."""


@dataclass(frozen=True, slots=True)
class FailedKind:
    """All failures of one kind; `total` and `new` count those too that are not listed."""

    kind: str
    cure: str
    total: int
    new: int
    files: tuple[FailedFile, ...]


def failures_by_kind(rows: Iterable[Mapping[str, Any]], known: Known, started: str) -> tuple[FailedKind, ...]:
    """Failed rows of `files` by kind, the kind with most new failures first; a file that is gone fails no more."""
    by_kind: dict[str, list[FailedFile]] = {}
    for row in rows:
        kind = row["error_kind"]
        if kind is None or row.get("status") == "removed":
            continue
        since = known.get((row["source_path"], kind))
        found = FailedFile(row["source_path"], row["message"] or "", since or started, since is None)
        by_kind.setdefault(kind, []).append(found)
    kinds = (_kind(kind, files) for kind, files in by_kind.items())
    return tuple(sorted(kinds, key=lambda found: (-found.new, -found.total, found.kind)))


def _kind(kind: str, files: list[FailedFile]) -> FailedKind:
    files.sort(key=lambda file: (not file.new, file.source_path))
    cure = CURE[Kind(kind)] if kind in set(Kind) else ""
    return FailedKind(kind, cure, len(files), sum(file.new for file in files), tuple(files[:LISTED]))


def failed_before(before: Path | None) -> dict[tuple[str, str], str]:
    """What failed in the build before, and since when. OSError, pa.ArrowInvalid: it can't be read."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    if before is None:
        return {}
    columns = ["source_path", "error_kind", "last_seen"]
    rows = pq.read_table(before / "files.parquet", columns=columns)
    rows = rows.filter(pc.is_valid(rows["error_kind"])).to_pylist()
    return {(row["source_path"], row["error_kind"]): as_text(row["last_seen"]) for row in rows}


def as_text(time: Any) -> str:
    """A time as the report writes it: ISO, UTC, whole seconds; "" where there is none."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ") if time else ""
