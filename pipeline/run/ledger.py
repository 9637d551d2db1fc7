"""The `files` table: one row a file offered, and what the last build already knew of it.

Identical input must give identical bytes, so times are news, not clocks: a file whose bytes, outcome and
versions are as in the last build keeps the times of that build.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import Kind
from pipeline.run.document import Outcome

Row = dict[str, Any]
_CARRIED = ("seconds", "first_seen", "last_seen", "run_id", "attempts")
_UNSUPPORTED = {Kind.UNSUPPORTED}


class Ledger:
    """Rows of `files` for one run, in the order of source paths."""

    def __init__(self, previous: Mapping[str, Row], run_id: str, now: dt.datetime) -> None:
        self._previous, self._run_id, self._now = previous, run_id, now
        self._first_of: dict[str, str] = {}

    def row(self, outcome: Outcome) -> Row:
        """The ledger's row of one outcome; call it in the order of source paths."""
        status = self._status(outcome)
        doc_id = outcome.sha256[:16] if outcome.sha256 and status in ("ok", "partial", "duplicate") else None
        row: Row = {
            "source_path": outcome.source_path,
            "file_sha256": outcome.sha256,
            "doc_id": doc_id,
            "status": status,
            "error_kind": outcome.kind.value if outcome.kind else None,
            "message": self._message(outcome, status),
        }
        return self._timed(row, outcome)

    def _status(self, outcome: Outcome) -> str:
        if outcome.kind is not None:
            return "unsupported" if outcome.kind in _UNSUPPORTED else "failed"
        first = self._first_of.setdefault(outcome.sha256 or "", outcome.source_path)
        if first != outcome.source_path:
            return "duplicate"
        return "partial" if outcome.partial else "ok"

    def _message(self, outcome: Outcome, status: str) -> str | None:
        if status == "duplicate":
            first = self._first_of[outcome.sha256 or ""]
            return f"Trùng từng byte với {first}. / The same bytes as {first}."
        return outcome.message or None

    def _timed(self, row: Row, outcome: Outcome) -> Row:
        known = self._previous.get(outcome.source_path)
        if known and all(known[name] == row[name] for name in row):
            return row | {name: known[name] for name in _CARRIED}
        return row | {
            "seconds": outcome.seconds,
            "first_seen": known["first_seen"] if known else self._now,
            "last_seen": self._now,
            "run_id": self._run_id,
            "attempts": (known["attempts"] if known else 0) + 1,
        }


def previous_rows(latest: Path, table: str, key: str) -> dict[str, Row]:
    """Rows of a table of the last build by key; empty where there is none or it can't be read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        rows: list[Row] = pq.read_table(latest / f"{table}.parquet").to_pylist()
    except (OSError, pa.ArrowInvalid):
        return {}
    return {row[key]: row for row in rows}


def date_documents(documents: Iterable[Row], previous: Mapping[str, Row], now: dt.datetime) -> None:
    """Set `extracted_at`: as in the last build where the same versions read the same document the same way."""
    for row in documents:
        known = previous.get(row["doc_id"])
        same = known and all(known[name] == row.get(name) for name in known if name != "extracted_at")
        row["extracted_at"] = known["extracted_at"] if known and same else now
