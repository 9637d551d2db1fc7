"""`python -m tests.fuzz --seconds 600 [--target NAME …]`: every target, or those named, under atheris. 1: a finding."""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.fuzz.targets import TARGETS

_STARTING = 300
"""Seconds that a worker may take to start and to end, on a busy machine too."""


def main() -> int:
    options = _options()
    if importlib.util.find_spec("atheris") is None:
        print("atheris is not installed: pip install atheris (tests/test_fuzz.py works without it)", file=sys.stderr)
        return 3
    out = Path(options.out or tempfile.mkdtemp(prefix="fuzz-"))
    out.mkdir(parents=True, exist_ok=True)
    names = options.target or list(TARGETS)
    found = [_fuzzed(name, options.seconds, options.seed, out) for name in names]
    print(f"{sum(found)} findings in {out}")
    return 1 if any(found) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=int, default=600, help="for each target")
    parser.add_argument("--target", action="append", choices=list(TARGETS), help="only this one; may be repeated")
    parser.add_argument("--seed", type=int, default=int(time.time()) % 1_000_000)
    parser.add_argument("--out", help="where findings and the grown corpus go; else a new temporary folder")
    return parser.parse_args()


def _fuzzed(name: str, seconds: int, seed: int, out: Path) -> int:
    """Fuzz one target in a process of its own and tell what came of it; the number of findings."""
    command = [sys.executable, "-m", "tests.fuzz.worker", name, str(seconds), str(seed), str(out)]
    with (out / f"{name}.log").open("w") as log:
        try:
            code = subprocess.run(command, stdout=log, stderr=log, timeout=seconds + _STARTING, check=False).returncode
        except subprocess.TimeoutExpired:
            code = -1
    told = _told(out / f"{name}.json")
    print(f"{name}: seed {seed}, {told['seconds']} s, {told['executions']} executions, {len(told['faults'])} findings")
    for fault in told["faults"]:
        print(f"  {fault['where']} ({out / fault['file']}): {fault['detail']}")
    if code:
        print(f"  the worker ended with {code}: {out / name}.log")
    return len(told["faults"]) + bool(code)


def _told(path: Path) -> dict[str, Any]:
    nothing: dict[str, Any] = {"seconds": 0, "executions": 0, "faults": []}
    return json.loads(path.read_text("utf-8")) if path.is_file() else nothing


if __name__ == "__main__":
    sys.exit(main())
