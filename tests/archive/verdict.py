"""What a run said of an archive against its truth: lost documents and wrong statuses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.archive.make import Truth


def wrong(out: Path, truths: Iterable[Truth]) -> list[str]:
    """One line for each file that is lost, invented or has another status than it must have."""
    rows = {
        row["source_path"]: row for row in _rows(out, "files", ["source_path", "status", "error_kind", "file_sha256"])
    }
    wanted = {truth.source_path: truth for truth in truths}
    found = [f"{path}: no row / lost" for path in wanted.keys() - rows.keys()]
    found += [f"{path}: a row of no file" for path in rows.keys() - wanted.keys()]
    found += [
        _differs(rows[path], wanted[path]) for path in wanted.keys() & rows.keys() if _differs(rows[path], wanted[path])
    ]
    return sorted(found + _not_one_document(out, rows))


def linked_twins(out: Path, truths: Iterable[Truth]) -> tuple[int, int]:
    """Of the plans that lie there in two forms, how many pairs were linked; and how many links there are in all."""
    paths = {truth.source_path: truth.sha256[:16] for truth in truths}
    pairs = [(truth.sha256[:16], paths[truth.twin_of]) for truth in truths if truth.twin_of]
    link = {row["doc_id"]: row["duplicate_of"] for row in _rows(out, "documents", ["doc_id", "duplicate_of"])}
    return sum(_head(link, one) == _head(link, two) for one, two in pairs), sum(of is not None for of in link.values())


def _head(link: dict[str, str | None], doc_id: str) -> str:
    while (of := link.get(doc_id)) is not None:
        doc_id = of
    return doc_id


def _differs(row: dict[str, Any], truth: Truth) -> str:
    status = "ok" if row["status"] in ("duplicate", "partial") else row["status"]
    if (status, row["error_kind"]) == (truth.status, truth.error_kind):
        return ""
    return f"{truth.source_path}: {row['status']} {row['error_kind']}, expected {truth.status} {truth.error_kind}"


def _not_one_document(out: Path, rows: dict[str, dict[str, Any]]) -> list[str]:
    """Bytes that lie at several places are one document: one of its files is ok, and it has one row in documents."""
    standing: dict[str, int] = defaultdict(int)
    for row in rows.values():
        standing[row["file_sha256"]] += row["status"] in ("ok", "partial")
    good = {row["file_sha256"] for row in rows.values() if row["status"] in ("ok", "partial", "duplicate")}
    found = [f"{sha[:16]}: {standing[sha]} files stand for one document" for sha in good if standing[sha] != 1]
    documents = [row["file_sha256"] for row in _rows(out, "documents", ["file_sha256"])]
    if sorted(documents) != sorted(good):
        found.append(f"{len(documents)} documents for {len(good)} contents")
    return found


def _rows(out: Path, table: str, columns: list[str]) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    rows: list[dict[str, Any]] = pq.read_table(out / "latest" / f"{table}.parquet", columns=columns).to_pylist()
    return rows
