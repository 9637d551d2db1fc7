"""The second half of a run: what the ledger now holds becomes a build, is judged, and is published unless held."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.run.drift import Level
from pipeline.run.standing import Standing, doc_id
from pipeline.run.verdict import Losses, Verdict, verdict_on
from pipeline.store.builds import About, Build, Shelved, builds_of, latest_build, publish, with_verdict, write_build
from pipeline.store.dimensions import dimension_rows
from pipeline.store.files_table import file_rows
from pipeline.store.ledger import Ledger, LedgerError
from pipeline.store.sightings import Fingerprints

REPORTS = "reports"
_DAMAGED = "bản đọc trong sổ bị hỏng; lượt sau đọc lại. / its rows in the ledger are damaged: the next run reads it."


@dataclass(frozen=True, slots=True)
class Night:
    """What a build is judged by, besides its tables."""

    run_id: str
    now: dt.datetime
    prints: Fingerprints
    losses: Losses
    published: str | None
    """The build that a run published last: what a person chose since is not overruled while nothing is new."""


@dataclass(frozen=True, slots=True)
class Published:
    """What came of it."""

    build: Build
    before: Build | None
    """What was published before."""
    made: bool
    """False where nothing was new since the newest build."""
    published: bool
    verdict: Verdict
    fresh: frozenset[str]
    """doc_ids whose rows the build before had not, or had otherwise."""


def published(ledger: Ledger, standing: Standing, out: Path, night: Night) -> Published:
    """Make the build of this state unless it is there already, judge it, and publish it unless it is to be held.

    Raises:
        UnsoundBuild: the tables failed their checks; LedgerError: a document's rows are damaged, and forgotten;
        OSError: disk full or not writable. The last build stands.
    """
    before, newest = latest_build(out), next(iter(builds_of(out)), None)
    made = newest is None or newest.manifest.state != standing.state
    fresh = _fresh(standing, before)
    build = _written(ledger, standing, out, night, fresh) if made or newest is None else newest
    if build.manifest.verdict:
        verdict = Verdict(Level(build.manifest.verdict))
    else:
        verdict = verdict_on(build.folder, before.folder if before else None, out / REPORTS, fresh, night.losses)
        build = with_verdict(build, verdict.level.value)
    chosen = not made and before is not None and build.name == night.published
    if verdict.level is not Level.HOLD and not chosen and (before is None or before.name != build.name):
        publish(build, out)
    shown = latest_build(out)
    is_published = shown is not None and shown.name == build.name
    return Published(build, before, made, is_published, verdict, fresh)


def _written(ledger: Ledger, standing: Standing, out: Path, night: Night, fresh: frozenset[str]) -> Build:
    about = About(night.run_id, night.now, standing.state, night.prints.as_dict(), fresh)
    files = file_rows(standing.faces.values())
    return write_build(_shelved(ledger, standing), files, dimension_rows(), out, about)


def _shelved(ledger: Ledger, standing: Standing) -> Iterator[Shelved]:
    blocks = ledger.blocks([reading.sha256 for _, reading in standing.documents])
    for (path, reading), rows in zip(standing.documents, blocks, strict=True):
        if hashlib.sha256(rows).hexdigest() != reading.rows_sha256:
            ledger.forget(reading.sha256)
            raise LedgerError(f"{path}: {_DAMAGED}")
        name, since = doc_id(reading), dt.datetime.fromisoformat(reading.extracted_at)
        yield Shelved(name, path, since, standing.links.get(name), rows)


def _fresh(standing: Standing, before: Build | None) -> frozenset[str]:
    now = {doc_id(r): _milliseconds(r.extracted_at) for _, r in standing.documents}
    known = _extracted(before)
    return frozenset(name for name, since in now.items() if known.get(name) != since)


def _extracted(build: Build | None) -> dict[str, int]:
    """When the documents of a build were first read so, in milliseconds: as dates they would ask for pandas."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    if build is None:
        return {}
    try:
        table = pq.read_table(build.folder / "documents.parquet", columns=["doc_id", "extracted_at"])
    except (OSError, pa.ArrowInvalid):  # damaged: all are looked at again
        return {}
    return dict(zip(table["doc_id"].to_pylist(), table["extracted_at"].cast("int64").to_pylist(), strict=True))


def _milliseconds(time: str) -> int:
    return round(1000 * dt.datetime.fromisoformat(time).timestamp())
