"""The `files` table: the public face of the ledger, one row a file ever offered.

A row changes only with news of its file, so that a run without any leaves every byte of the tables as it was.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.errors import Kind
from pipeline.store.sightings import Reading, Sighting

Face = dict[str, Any]
_TIMES = ("first_seen", "last_seen")
_COUNTED = ("attempts", "seconds")
"""No news by themselves: a tool that is missing for weeks is told once, and not by a new build every night."""
_WAITS = (
    "Chưa đọc, hoặc còn đang được ghi; lượt sau sẽ đọc. / Not read yet, or still being written: the next run reads it."
)
_GONE = "Không còn ở chỗ cũ. / No longer where it was."
_OPENS = "Kho nén nay mở được: xem các tệp bên trong. / The archive opens now: see the files in it."
_STANDS = "Đọc lại không xong, kết quả trước còn dùng. / Reading it again failed, the earlier result stands."


def primaries(
    sightings: Iterable[Sighting], readings: Mapping[str, Reading], faces: Mapping[str, Face]
) -> dict[str, str]:
    """Content hash → the source path under which its document stands; the others are its exact duplicates.

    It is one whose name the reading knows, and of these the first ever seen, so that a copy never takes its place.
    """
    paths: dict[str, list[Sighting]] = defaultdict(list)
    for seen in sightings:
        reading = readings.get(seen.sha256) if seen.sha256 else None
        if reading and reading.is_good and seen.kind is None and seen.state != "gone":
            paths[reading.sha256].append(seen)

    def order(seen: Sighting) -> tuple[bool, str, str]:
        face = faces.get(seen.source_path)
        new = readings[seen.sha256 or ""].file_name != seen.file_name
        return new, face["first_seen"] if face else "~", seen.source_path

    return {sha: min(found, key=order).source_path for sha, found in paths.items()}


def files_table(
    sightings: Mapping[str, Sighting],
    readings: Mapping[str, Reading],
    faces: Mapping[str, Face],
    run_id: str,
    now: str,
) -> dict[str, Face]:
    """The face of every path, in the order of source paths; those without news are the old ones.

    Args:
        faces: as last published, `now`: ISO time.
    """
    standing = primaries(sightings.values(), readings, faces)
    moved_to = moves(sightings)
    table: dict[str, Face] = {}
    for path in sorted(sightings):
        seen, old = sightings[path], faces.get(path)
        if _is_only_a_container(seen) and old is None:
            continue
        told = _told(seen, readings.get(seen.sha256 or ""), standing, moved_to)
        if old and all(old[name] == told[name] for name in told if name not in _COUNTED):
            table[path] = old
        else:
            first = old["first_seen"] if old else now
            table[path] = told | {"first_seen": first, "last_seen": now, "run_id": run_id}
    return table


def file_rows(faces: Iterable[Face]) -> list[dict[str, Any]]:
    """Faces as rows of the table: times become times."""
    return [face | {name: dt.datetime.fromisoformat(face[name]) for name in _TIMES} for face in faces]


def _told(seen: Sighting, reading: Reading | None, standing: Mapping[str, str], moved_to: Mapping[str, str]) -> Face:
    """All of a row but when it was news."""
    status, kind, message = _outcome(seen, reading, standing, moved_to)
    has_document = status in ("ok", "partial", "duplicate")
    return {
        "source_path": seen.source_path,
        "file_sha256": seen.sha256,
        "doc_id": seen.sha256[:16] if has_document and seen.sha256 else None,
        "status": status,
        "error_kind": kind.value if kind else None,
        "message": message or None,
        "attempts": seen.tries + (reading.attempts if reading else 0),
        "seconds": reading.seconds if reading else 0.0,
    }


def _outcome(
    seen: Sighting, reading: Reading | None, standing: Mapping[str, str], moved_to: Mapping[str, str]
) -> tuple[str, Kind | None, str]:
    if seen.state == "gone":
        to = moved_to.get(seen.source_path)
        return "removed", None, f"Đã chuyển tới {to}. / Moved to {to}." if to else _GONE
    if seen.kind is not None:
        return _failed(seen.kind), seen.kind, seen.message
    if seen.is_archive:
        return "removed", None, _OPENS
    if reading is None:
        return "waiting", None, _WAITS
    if not reading.is_good:
        if reading.loss is None:
            return "waiting", None, _WAITS
        return _failed(reading.loss.kind), reading.loss.kind, reading.loss.message
    first = standing[reading.sha256]
    if first != seen.source_path:
        return "duplicate", None, f"Trùng từng byte với {first}. / The same bytes as {first}."
    status = "partial" if reading.unreadable else "ok"
    return status, None, f"{_STANDS} {reading.loss.message}" if reading.loss else ""


def _is_only_a_container(seen: Sighting) -> bool:
    """An archive that opens is told by its members; it has a row of its own only if it once did not."""
    return seen.is_archive and seen.kind is None


def _failed(kind: Kind) -> str:
    return "unsupported" if kind is Kind.UNSUPPORTED else "failed"


def moves(sightings: Mapping[str, Sighting]) -> dict[str, str]:
    """Path that is gone → a path where the same bytes are now."""
    here: dict[str, list[str]] = defaultdict(list)
    for path, seen in sightings.items():
        if seen.state != "gone" and seen.sha256:
            here[seen.sha256].append(path)
    gone = [seen for seen in sightings.values() if seen.state == "gone" and seen.sha256]
    return {seen.source_path: min(found) for seen in gone if (found := here.get(seen.sha256 or ""))}
