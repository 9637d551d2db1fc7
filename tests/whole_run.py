"""One run as the command line does it, in the process of the test; files made a moment ago count as whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from pipeline.ingest.limits import Limits
from pipeline.run import engines
from pipeline.run.batch import RunEnd, RunOptions, run_archive


def run_over(inputs: Sequence[Path], out: Path, jobs: int = 1) -> RunEnd:
    """Read `inputs` into `out/latest`."""
    options = RunOptions(out, Limits(), engines.local(jobs), settle=0.0)
    return run_archive(inputs, options, Console(quiet=True))
