"""The samples run through the whole program, once a test session."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.samples.spec import read_samples

ROOT = Path(__file__).parents[2]
RAW, GOLD = ROOT / "data" / "raw", ROOT / "tests" / "gold"
RUN_SECONDS = 300


def built(factory: pytest.TempPathFactory, name: str = "samples") -> Path:
    """The samples' tables, written by `python -m pipeline run`; a second call with the same name reuses them."""
    out = factory.getbasetemp() / name
    if not (out / "latest").exists():
        files = [f"data/raw/{sample.file_name}" for sample in read_samples()]
        command = [sys.executable, "-m", "pipeline", "run", *files, "--out", str(out)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=RUN_SECONDS, check=False)
        assert done.returncode == 0, done.stderr
    return out / "latest"
