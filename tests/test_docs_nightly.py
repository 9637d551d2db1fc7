"""docs/nightly.md and its files for systemd and cron: what they call exists, and the cron line works."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import typer.main

from pipeline.cli import app
from pipeline.ingest.limits import Limits
from pipeline.run.morning import RunReport

DOCS = Path(__file__).parents[1] / "docs"
DEPLOY = DOCS / "deploy"
PROGRAM = "/opt/kehoach/.venv/bin/kehoach"
SAMPLE = Path(__file__).parents[1] / "data" / "raw" / "kh-btgtu-son-la-2022.md"


def unit(name: str) -> dict[str, list[str]]:
    """Keys of a unit file, as "Service.ExecStart", with all their values; fails on a line that is neither."""
    found: dict[str, list[str]] = {}
    section = ""
    for line in (DEPLOY / name).read_text(encoding="utf-8").splitlines():
        if head := re.fullmatch(r"\[(\w+)\]", line):
            section = head[1]
        elif line and not line.startswith("#"):
            key, equals, value = line.partition("=")
            assert equals, line
            assert re.fullmatch(r"[A-Z][A-Za-z]+", key), line
            found.setdefault(f"{section}.{key}", []).append(value)
    return found


def cron() -> tuple[dict[str, str], str, str]:
    """Environment, schedule and command of the crontab."""
    lines = [line for line in (DEPLOY / "kehoach.crontab").read_text(encoding="utf-8").splitlines() if line]
    lines = [line for line in lines if not line.startswith("#")]
    environment = dict(line.split("=", 1) for line in lines[:-1])
    *schedule, command = lines[-1].split(" ", 5)
    return environment, " ".join(schedule), command


def check_call(words: list[str]) -> None:
    """Fails where a call of kehoach names a command or an option that does not exist."""
    command: Any = typer.main.get_command(app)
    while hasattr(command, "commands"):
        assert words[0] in command.commands, words
        command, words = command.commands[words[0]], words[1:]
    known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    assert {word for word in words if word.startswith("--")} <= known, words


def calls_in(text: str) -> list[list[str]]:
    """Every `kehoach …` in the code of a Markdown text."""
    code = re.findall(r"```bash\n(.*?)```", text, re.DOTALL) + re.findall(r"`(kehoach [^`]+)`", text)
    lines = [line for part in code for line in part.splitlines() if line.startswith("kehoach ")]
    return [shlex.split(line, comments=True)[1:] for line in lines]


def test_the_service_calls_a_command_that_exists() -> None:
    (start,) = unit("kehoach.service")["Service.ExecStart"]
    program, *words = shlex.split(start)
    assert program == PROGRAM
    check_call(words)


def test_a_stop_waits_longer_than_the_longest_document() -> None:
    (stop,) = unit("kehoach.service")["Service.TimeoutStopSec"]
    assert int(stop.removesuffix("min")) * 60 > Limits().document_seconds
    assert unit("kehoach.service")["Service.KillMode"] == ["mixed"]


def test_out_is_the_only_place_the_service_may_write() -> None:
    service = unit("kehoach.service")
    words = shlex.split(service["Service.ExecStart"][0])
    assert service["Service.ReadWritePaths"] == [words[words.index("--out") + 1]]
    assert service["Service.ProtectSystem"] == ["strict"]


def test_the_timer_makes_up_for_a_night_that_was_missed() -> None:
    timer = unit("kehoach.timer")
    assert timer["Timer.Persistent"] == ["true"]
    assert timer["Install.WantedBy"] == ["timers.target"]


def test_systemd_itself_finds_no_fault(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("KHÔNG CÓ systemd-analyze: the unit files were not verified")
    for name in ("kehoach.service", "kehoach.timer"):
        text = (DEPLOY / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace(PROGRAM, sys.executable), encoding="utf-8")
    command = ["systemd-analyze", "verify", str(tmp_path / "kehoach.service"), str(tmp_path / "kehoach.timer")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    ours = [line for line in done.stderr.splitlines() if "kehoach" in line]
    assert (done.returncode, ours) == (0, [])


def test_the_cron_line_runs_without_any_environment_but_its_own(tmp_path: Path) -> None:
    environment, schedule, command = cron()
    assert schedule == "0 2 * * *"
    check_call(shlex.split(command.partition(">")[0])[4:])
    (tmp_path / "kho").mkdir()
    (tmp_path / "out").mkdir()
    shutil.copy(SAMPLE, tmp_path / "kho")
    here = {PROGRAM: f"{shlex.quote(sys.executable)} -m pipeline", "/srv/kho": f"{tmp_path}/kho"}
    for place, ours in (here | {"/var/lib/kehoach": f"{tmp_path}/out"}).items():
        command = command.replace(place, ours)
    words = [f"{name}={value}" for name, value in environment.items()] + [f"HOME={tmp_path}", "/bin/sh", "-c", command]
    done = subprocess.run(["env", "-i", *words], capture_output=True, text=True, check=True, cwd=SAMPLE.parents[2])
    assert (done.stdout, done.stderr) == ("", "")
    assert (tmp_path / "out" / "latest" / "documents.parquet").is_file()


def test_the_cron_line_says_so_when_the_run_can_t_work(tmp_path: Path) -> None:
    environment, _, command = cron()
    command = command.replace(PROGRAM, f"{shlex.quote(sys.executable)} -m pipeline")
    command = command.replace("/srv/kho", f"{tmp_path}/none").replace("/var/lib/kehoach", str(tmp_path))
    words = [f"{name}={value}" for name, value in environment.items()] + ["/bin/sh", "-c", command]
    done = subprocess.run(["env", "-i", *words], capture_output=True, text=True, check=True, cwd=SAMPLE.parents[2])
    assert done.stdout == f"kehoach: exit 2, see {tmp_path}/reports/latest.html\n"


def test_every_call_in_the_text_exists() -> None:
    calls = calls_in((DOCS / "nightly.md").read_text(encoding="utf-8"))
    assert len(calls) > 5
    for words in calls:
        check_call(words)


def test_every_key_of_the_report_is_described() -> None:
    text = (
        (DOCS / "nightly.md")
        .read_text(encoding="utf-8")
        .partition("## The report as JSON")[2]
        .partition("## The log")[0]
    )
    described = {word.removesuffix("[]") for word in re.findall(r"`\"?([a-z_]+(?:\[\])?)\"?(?:: 1)?`", text)}
    assert {field.name for field in fields(RunReport)} <= described
