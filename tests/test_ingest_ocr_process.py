"""A program started by a worker ends when the worker is killed, with its own children."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux binds a child to its parent's life")
LONG = "{ echo $$ >> pids; exec tail -f /dev/null; }"
TESSERACT = f"""#!/bin/sh
case "$1" in --version) echo "tesseract 5.3.0"; exit 0;; esac
{LONG}
"""
OFFICE = f"#!/bin/sh\n(sh -c '{LONG}') &\n{LONG}\n"
READS = {
    "tesseract": (
        "import numpy; from pipeline.ingest.ocr.tesseract import read_words;"
        "read_words(numpy.full((90, 90), 255, numpy.uint8), 500.0)"
    ),
    "soffice": (
        "from pathlib import Path; from pipeline.ingest.limits import Limits;"
        "from pipeline.ingest.word.office import read_office; read_office(Path('a.rtf'), Limits(office_seconds=500))"
    ),
}


@pytest.mark.parametrize(("name", "script", "count"), [("tesseract", TESSERACT, 1), ("soffice", OFFICE, 2)])
def test_it_ends_with_a_killed_worker(tmp_path: Path, name: str, script: str, count: int) -> None:
    (tmp_path / name).write_text(script, encoding="utf-8")
    (tmp_path / name).chmod(0o755)
    (tmp_path / "a.rtf").write_text(r"{\rtf1 x}", encoding="ascii")
    paths = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHONPATH": str(Path(__file__).parents[1])}
    command = [sys.executable, "-c", READS[name]]
    worker = subprocess.Popen(command, cwd=tmp_path, env={**os.environ, **paths})
    try:
        wait_until(lambda: len(pids(tmp_path)) == count)
        assert all(map(is_running, pids(tmp_path)))
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        wait_until(lambda: not any(map(is_running, pids(tmp_path))))
    finally:
        worker.kill()
        for pid in filter(is_running, pids(tmp_path)):
            os.kill(pid, signal.SIGKILL)


def pids(folder: Path) -> list[int]:
    written = folder / "pids"
    return [int(line) for line in written.read_text().split()] if written.exists() else []


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def wait_until(reached: Callable[[], bool], seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < deadline, "not reached in time"
        os.sched_yield()
