"""The run report: what happened last night, for programs (JSON) and for people (`morning_page`)."""

from __future__ import annotations

import datetime as dt
import json
import shlex
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pipeline.run.drift import Drifted, Level
from pipeline.run.failures import FailedKind, as_text, failed_before, failures_by_kind
from pipeline.run.history import LATEST, PastRun, past_runs
from pipeline.run.measures import Measure
from pipeline.run.shelf import prune, written
from pipeline.run.unknown_names import UnknownNames, unknown_campaigns, unknown_units
from pipeline.run.verdict import Verdict

VERSION = 1
"""Of the JSON; it only grows by adding. Described in docs/nightly.md."""
LISTED = 500
"""Paths listed of one sort; the rest is counted."""


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What a run knows of itself, handed over once it is done."""

    run_id: str
    started: dt.datetime
    finished: dt.datetime
    inputs: Sequence[str]
    versions: Mapping[str, str]
    fingerprints: Mapping[str, str]
    counts: Mapping[str, int]
    """How many files, documents and pages; a report shows any name, and has words for those of `morning_page`."""
    due: Mapping[str, int]
    """Files read, by why they were due: one of `due.REASONS` each."""
    files: Sequence[Mapping[str, Any]]
    """The rows of `files`, all or those alone that have an `error_kind`."""
    fresh: Collection[str]
    """doc_ids read tonight."""
    verdict: Verdict
    published: bool
    """The newest build is the published one, by this run or already before."""
    exit: int
    waiting: Sequence[str] = ()
    """Half-written files that are left for the next run."""
    removed: Sequence[str] = ()
    moved: Sequence[tuple[str, str]] = ()
    """From, to."""
    duplicates: Sequence[tuple[str, str]] = ()
    """A file of tonight, and the one whose bytes it has."""
    near_duplicates: Sequence[tuple[str, str]] = ()
    """A document linked tonight, and the one it repeats, by their paths."""
    alone: Sequence[str] = ()
    """Files read a second time, by themselves, after their worker was lost."""
    interrupted: bool = False
    """A signal ended the run; what had been read is kept and the rest is due next time."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The first paths of a list, each alone or as a pair, and how many there are in all."""

    items: tuple[tuple[str, ...], ...]
    total: int


@dataclass(frozen=True, slots=True)
class RunReport:
    """One JSON file. Times are ISO, UTC; paths are those of `files.source_path`."""

    report: int
    run_id: str
    started: str
    finished: str
    seconds: float
    exit: int
    interrupted: bool
    verdict: str
    published: bool
    build: str | None
    build_before: str | None
    publish_command: str | None
    """For a build that is held."""
    undo_command: str | None
    """For a build that was published with a warning: back to the build before."""
    diff_command: str | None
    """For both."""
    inputs: tuple[str, ...]
    versions: dict[str, str]
    fingerprints: dict[str, str]
    counts: dict[str, int]
    due: dict[str, int]
    failures: tuple[FailedKind, ...]
    unknown_campaigns: UnknownNames
    unknown_units: UnknownNames
    drift: tuple[Drifted, ...]
    measures: dict[str, Measure]
    lists: dict[str, Listed] = field(default_factory=dict)
    """waiting, removed, moved, duplicates, near_duplicates, alone."""


def written_report(facts: RunFacts, build: Path | None, before: Path | None, out: Path) -> Path:
    """Write `out/reports/<run_id>.json` and `.html`, and both again as `latest`.

    Args:
        facts: the run.
        build: the folder of the newest build, published or held; None where there is none.
        before: the folder of the build that was published when the run began.
        out: the output folder.

    Returns:
        The page.

    Raises:
        OSError, pa.ArrowInvalid: a build can't be read, or the report not written; the last report stays.
    """
    from pipeline.run.morning_page import page

    reports = out / "reports"
    runs = past_runs(reports)
    report = report_of(facts, build, before, out, runs[0] if runs else None)
    as_json, as_page = json_bytes(report), page(report, runs).encode("utf-8", "replace")
    for stem in (facts.run_id, LATEST):
        written(reports / f"{stem}.json", as_json)
        written(reports / f"{stem}.html", as_page)
    prune(reports, spare={LATEST, facts.run_id})
    return reports / f"{facts.run_id}.html"


def report_of(
    facts: RunFacts, build: Path | None, before: Path | None, out: Path, last: PastRun | None = None
) -> RunReport:
    """The report; `last` is the run before, which knows since when files fail. OSError, pa.ArrowInvalid."""
    started = as_text(facts.started.astimezone(dt.UTC))
    known = failed_before(before) | (dict(last.failures) if last else {})
    fresh = facts.fresh if build else ()
    commands = _commands(facts, build, before, out) if build else _Commands()
    return RunReport(
        report=VERSION,
        run_id=facts.run_id,
        started=started,
        finished=as_text(facts.finished.astimezone(dt.UTC)),
        seconds=round(max((facts.finished - facts.started).total_seconds(), 0.0), 1),
        exit=int(facts.exit),
        interrupted=facts.interrupted,
        verdict=facts.verdict.level.value,
        published=facts.published,
        build=build.name if build else None,
        build_before=before.name if before else None,
        publish_command=commands.publish,
        undo_command=commands.undo,
        diff_command=commands.diff,
        inputs=tuple(facts.inputs),
        versions=dict(facts.versions),
        fingerprints=dict(facts.fingerprints),
        counts=dict(facts.counts),
        due=dict(facts.due),
        failures=failures_by_kind(facts.files, known, started),
        unknown_campaigns=unknown_campaigns(build, fresh, before) if build and fresh else UnknownNames(),
        unknown_units=unknown_units(build, fresh, before) if build and fresh else UnknownNames(),
        drift=facts.verdict.drifted,
        measures=dict(facts.verdict.measures),
        lists=_lists(facts),
    )


@dataclass(frozen=True, slots=True)
class _Commands:
    """What a person may call in the morning; None where there is no cause."""

    publish: str | None = None
    undo: str | None = None
    diff: str | None = None


def _commands(facts: RunFacts, build: Path, before: Path | None, out: Path) -> _Commands:
    where = f"--out {shlex.quote(str(out))}"
    level, other = facts.verdict.level, before.name if before and before.name != build.name else None
    held = level is Level.HOLD and not facts.published
    odd = held or (level is not Level.PASS and other is not None)
    return _Commands(
        publish=f"kehoach builds use {build.name} {where}" if held else None,
        undo=f"kehoach builds use {other} {where}" if odd and other and not held else None,
        diff=f"kehoach builds diff {other} {build.name} {where}" if odd and other else None,
    )


def json_bytes(report: RunReport) -> bytes:
    """The report as JSON; a name that is no Unicode is written as JSON's own escapes."""
    text = json.dumps(asdict(report), ensure_ascii=False, indent=1)
    return text.encode("utf-8", "backslashreplace") + b"\n"


def _lists(facts: RunFacts) -> dict[str, Listed]:
    single = {"waiting": facts.waiting, "removed": facts.removed, "alone": facts.alone}
    paired = {"moved": facts.moved, "duplicates": facts.duplicates, "near_duplicates": facts.near_duplicates}
    found = {name: Listed(tuple((path,) for path in paths[:LISTED]), len(paths)) for name, paths in single.items()}
    return found | {name: Listed(tuple(pairs[:LISTED]), len(pairs)) for name, pairs in paired.items()}
