"""What earlier runs measured, out of their reports: what is usual, and the curves of the morning page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.run.drift import Level
from pipeline.run.measures import Measure, measures

LATEST = "latest"
"""The stem under which the last report lies beside those named after their runs."""
RUNS = 60
"""How many earlier runs are looked at: two months of nights."""


@dataclass(frozen=True, slots=True)
class PastRun:
    """One earlier run; `build` is what it made, `before` what was published when it began."""

    run_id: str
    started: str
    build: str | None
    before: str | None
    published: bool
    verdict: str
    measures: dict[str, Measure]
    failures: dict[tuple[str, str], str]
    """(source path, kind) to the time since when it fails so."""


def past_runs(reports: Path, limit: int = RUNS) -> list[PastRun]:
    """Runs by their reports, newest first; a report that can't be read is passed over."""
    stems = sorted((file.stem for file in reports.glob("*.json") if file.stem != LATEST), reverse=True)
    found = (_past_run(reports / f"{stem}.json") for stem in stems[:limit])
    return [run for run in found if run is not None]


def _past_run(path: Path) -> PastRun | None:
    try:
        report = json.loads(path.read_bytes())
        return PastRun(
            report["run_id"],
            report["started"],
            report["build"],
            report["build_before"],
            report["published"],
            report["verdict"],
            {name: Measure(**found) for name, found in report["measures"].items()},
            {(row["source_path"], kind["kind"]): row["since"] for kind in report["failures"] for row in kind["files"]},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def earlier_measures(runs: Sequence[PastRun], before: Path | None) -> list[dict[str, Measure]]:
    """Measures of the builds that were published, newest first; the first is that of `before`, published now.

    A build that was held and then published by hand was looked at by a person: it is the new usual, and what was
    usual before it no longer counts.

    Raises:
        OSError, pa.ArrowInvalid: `before` can't be read, and no report tells its measures.
    """
    if before is None:
        return []
    by_hand = {run.before for run in runs} | {before.name}
    found: dict[str, dict[str, Measure]] = {}
    for run in runs:
        if run.build is None or not run.measures or not (run.published or run.build in by_hand):
            continue
        found.setdefault(run.build, run.measures)
        if run.verdict == Level.HOLD:
            break
    first = found.pop(before.name, None) or measures(before)
    return [first, *found.values()]
