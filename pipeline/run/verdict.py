"""The verdict on a build before it is published."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.run.drift import Drifted, Level, judge, judge_failed, judge_vanished, worst
from pipeline.run.history import earlier_measures, past_runs
from pipeline.run.measures import Measure, measures


@dataclass(frozen=True, slots=True)
class Losses:
    """Counts of a run that no table tells."""

    vanished: int = 0
    """Documents of the build before whose last file is gone; those that only moved are not counted."""
    same_inputs: bool = True
    """The inputs are called the same as in the last run."""
    failed: int = 0
    """Files that failed tonight and did not fail like that before."""
    tried: int = 0
    """Files read tonight, failed ones too."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The level, what it rests on, and the measures of the whole build (for the nights to come)."""

    level: Level
    drifted: tuple[Drifted, ...] = ()
    measures: dict[str, Measure] = field(default_factory=dict)


def verdict_on(build: Path, before: Path | None, reports: Path, fresh: Collection[str], losses: Losses) -> Verdict:
    """Judge a build that is written and not yet published.

    Args:
        build: its folder.
        before: the folder of the published build; None on the first run, which passes.
        reports: where the reports of earlier runs lie; it need not exist.
        fresh: doc_ids read tonight.
        losses: what vanished and failed.

    Raises:
        OSError, pa.ArrowInvalid: a build can't be read.
    """
    now = measures(build)
    earlier = earlier_measures(past_runs(reports), before)
    if not earlier:
        return Verdict(Level.PASS, judge(now, []), now)
    drifted = judge(now, earlier)
    if fresh:
        drifted += judge(measures(build, fresh), earlier[:1], "night")
    drifted += (
        judge_vanished(losses.vanished, earlier[0]["documents"].support, same_inputs=losses.same_inputs),
        judge_failed(losses.failed, losses.tried),
    )
    return Verdict(worst(drifted), drifted, now)
