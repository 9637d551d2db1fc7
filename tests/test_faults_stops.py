"""Runs as programs of their own, stopped by signals or met by another run: nothing is lost, nothing read twice."""

from __future__ import annotations

import signal
from pathlib import Path
from signal import SIGINT, SIGKILL, SIGTERM

import pytest

from tests.archive.forms import as_text
from tests.archive.plan import made_plan
from tests.faults.findings import Findings
from tests.faults.stops import KEHOACH, Trial, stopped, two_at_once


def trial_in(folder: Path, program: str = "tests.faults.program") -> Trial:
    return Trial(folder, Findings(), "suite", program)


def short(number: int) -> bytes:
    return f"Kế hoạch số {number}\n".encode()


@pytest.mark.parametrize("signals", [[SIGTERM], [SIGTERM, SIGTERM], [SIGINT]], ids=str)
def test_a_stopped_run_keeps_what_it_read_and_the_next_one_goes_on(
    signals: list[signal.Signals], tmp_path: Path
) -> None:
    trial = trial_in(tmp_path)
    trial.archive(short)
    stopped(trial, signals, after=5, pause=0.1)
    assert trial.findings.wrong == {}
    assert trial.findings.met == {"exit 130": 1}


def test_the_real_reader_s_workers_end_with_a_run_that_is_killed(tmp_path: Path) -> None:
    trial = trial_in(tmp_path, KEHOACH)
    trial.archive(lambda number: as_text(made_plan(7, number)), documents=16)
    stopped(trial, [SIGKILL], after=2, pause=0.1)
    assert trial.findings.wrong == {}


def test_of_two_runs_at_once_one_wins_and_the_other_says_who(tmp_path: Path) -> None:
    trial = trial_in(tmp_path)
    trial.archive(short)
    two_at_once(trial, 0.0)
    assert trial.findings.wrong == {}
