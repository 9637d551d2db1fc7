"""What the ledger knows: of each file ever offered where and when it was seen, of its bytes what was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.errors import Kind
from pipeline.store.packing import Packed

State = Literal["here", "waiting", "gone"]
"""Offered by the last run that walked over its place; still being written then; no longer there."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One path ever offered, as a run last saw it."""

    source_path: str
    stamp: str | None
    """What tells that its bytes can't have changed; None for what has none of its own (members of archives)."""
    sha256: str | None = None
    container: str | None = None
    """The source path of the archive it lies in."""
    kind: Kind | None = None
    """Why it gave no bytes to read, with the words for people in `message`."""
    message: str = ""
    state: State = "here"
    tries: int = 0
    """How often a worker was lost in opening it since its stamp changed; 1 for any other refusal."""
    is_archive: bool = False
    under: str = ""
    """The code and the limits under which it was refused: under others it is opened again."""

    @property
    def file_name(self) -> str:
        return file_name(self.source_path)


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """What a reading hangs on besides bytes and name, each apart, so that a change repeats only what it touches."""

    code: str
    rules: str
    ocr: str

    def as_dict(self) -> dict[str, str]:
        return {"code": self.code, "rules": self.rules, "ocr": self.ocr}


@dataclass(frozen=True, slots=True)
class Loss:
    """The last failure to read some bytes, since they were last read well."""

    kind: Kind
    message: str
    fingerprints: Fingerprints
    bounds: str
    """The limits of time and size under which it failed."""
    times: int = 1
    """How often in a row, under the same fingerprints and bounds."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of some bytes: `fingerprints` None where they were never read well."""

    sha256: str
    attempts: int
    seconds: float
    file_name: str = ""
    fingerprints: Fingerprints | None = None
    pages: int = 0
    unreadable: int = 0
    rows_sha256: str = ""
    facts: str = ""
    shingles: bytes = b""
    extracted_at: str = ""
    """ISO time when these very rows were first read."""
    loss: Loss | None = None

    @property
    def is_good(self) -> bool:
        return self.fingerprints is not None


@dataclass(frozen=True, slots=True)
class Known:
    """The ledger as it was when the run began, and what a reading hangs on now."""

    sightings: Mapping[str, Sighting]
    readings: Mapping[str, Reading]
    prints: Fingerprints
    bounds: str


def after(
    known: Reading | None, packed: Packed, sha256: str, prints: Fingerprints, bounds: str, tried: int, now: str
) -> Reading:
    """The reading as it stands once `packed` came of the same bytes, tried `tried` times.

    A failure never takes away what was read of these bytes before: they are the same, so the fault is not theirs.
    """
    base = known or Reading(sha256, 0, 0.0)
    base = replace(base, attempts=base.attempts + tried, seconds=packed.seconds)
    if packed.kind is not None:
        return replace(base, loss=_loss(base.loss, packed.kind, packed.message, prints, bounds))
    digest = packed.rows_sha256 or ""
    return replace(
        base,
        file_name=packed.file_name,
        fingerprints=replace(prints, ocr=prints.ocr if packed.used_ocr else ""),
        pages=packed.pages,
        unreadable=packed.unreadable,
        rows_sha256=digest,
        facts=packed.facts,
        shingles=packed.shingles,
        extracted_at=base.extracted_at if digest == base.rows_sha256 else now,
        loss=None,
    )


def _loss(before: Loss | None, kind: Kind, message: str, prints: Fingerprints, bounds: str) -> Loss:
    same = before is not None and (before.fingerprints, before.bounds) == (prints, bounds)
    return Loss(kind, message, prints, bounds, before.times + 1 if before and same else 1)


def file_name(source_path: str) -> str:
    """The last part of a source path, inside an archive too: what a file is called is evidence."""
    return source_path.rsplit("/", 1)[-1]
