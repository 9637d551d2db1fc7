"""One run at a time, with real second processes."""

from __future__ import annotations

import datetime as dt
import errno
import fcntl
import json
import multiprocessing
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.run.lock import NAME, AnotherRun, NoLocks, Owner, RunLock

NOW = dt.datetime(2026, 3, 2, 19, 0, tzinfo=dt.UTC)
CONTENDER = """
import sys
from pathlib import Path
from pipeline.run.lock import AnotherRun, RunLock
print("ready", flush=True)
sys.stdin.readline()
try:
    with RunLock(Path(sys.argv[1]), sys.argv[2]):
        print("won", flush=True)
        sys.stdin.readline()
except AnotherRun as error:
    print("lost", error.owner.run_id if error.owner else "?", flush=True)
    sys.stdin.readline()
"""


class Contender:
    """A second process that takes the lock when told to, and holds it until told again."""

    def __init__(self, out: Path, run_id: str) -> None:
        command = [sys.executable, "-c", CONTENDER, str(out), run_id]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.answer() == "ready"

    def answer(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def tell(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()


def test_of_two_started_together_exactly_one_wins_every_time(tmp_path: Path) -> None:
    for turn in range(20):
        both = [Contender(tmp_path, f"{turn}-{name}") for name in "ab"]
        for one in both:
            one.tell()
        answers = [one.answer() for one in both]
        winner = [f"{turn}-{name}" for name, answer in zip("ab", answers, strict=True) if answer == "won"]
        loser = [answer for answer in answers if answer != "won"]
        assert len(winner) == 1
        assert loser in ([f"lost {winner[0]}"], ["lost ?"])
        for one in both:
            one.tell()
            assert one.process.wait(30) == 0
            one.end()


def test_an_owner_that_was_killed_is_followed_by_the_next_who_is_told(tmp_path: Path) -> None:
    dead = Contender(tmp_path, "dead-run")
    dead.tell()
    assert dead.answer() == "won"
    with pytest.raises(AnotherRun), RunLock(tmp_path, "too early"):
        pass
    os.kill(dead.process.pid, signal.SIGKILL)
    dead.process.wait(30)
    with RunLock(tmp_path, "next") as lock:
        assert lock.took_over is not None
        assert (lock.took_over.run_id, lock.took_over.pid) == ("dead-run", dead.process.pid)
    dead.end()


def test_a_run_that_ended_well_leaves_nothing_to_take_over(tmp_path: Path) -> None:
    for name in ("one", "two"):
        with RunLock(tmp_path, name) as lock:
            assert lock.took_over is None
    assert (tmp_path / NAME).read_bytes() == b""


def test_a_run_that_fails_frees_the_lock(tmp_path: Path) -> None:
    with pytest.raises(KeyError), RunLock(tmp_path, "one"):
        raise KeyError
    with RunLock(tmp_path, "two") as lock:
        assert lock.took_over is None


def test_the_other_run_is_told_who_since_when_and_what_to_do(tmp_path: Path) -> None:
    started = NOW - dt.timedelta(hours=3, minutes=12)
    with RunLock(tmp_path, "first", lambda: started), pytest.raises(AnotherRun) as caught:
        RunLock(tmp_path, "second", lambda: NOW).__enter__()
    words = str(caught.value)
    assert f"first, pid {os.getpid()}" in words
    assert "đã 3 giờ 12 phút / for 3 h 12 min" in words
    assert "kill PID" in words
    assert caught.value.owner is not None


def test_a_clock_set_back_gives_no_negative_age_and_no_second_run(tmp_path: Path) -> None:
    with RunLock(tmp_path, "first", lambda: NOW), pytest.raises(AnotherRun) as caught:
        RunLock(tmp_path, "second", lambda: NOW - dt.timedelta(days=400)).__enter__()
    assert "đồng hồ đã chỉnh lùi / since 2026-03-02T19:00:00+00:00, the clock was set back" in str(caught.value)
    assert "-" not in Owner(1, "h", "r", NOW.isoformat()).age(NOW).replace("2026-03-02", "")


@pytest.mark.parametrize("started", ["", "yesterday", "2026-03-02T19:00:00"])
def test_a_start_that_can_t_be_read_is_said_to_be_unknown(started: str) -> None:
    assert "not known" in Owner(1, "host", "run", started).age(NOW)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"\xff\x00", b'{"pid": "x"}', b"null", b"[" * 100_000, b'{"pid":1}']
)
def test_whatever_lies_in_the_file_a_free_lock_is_taken(content: bytes, tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(content)
    with RunLock(tmp_path, "run") as lock:
        assert lock.took_over is None
        assert json.loads((tmp_path / NAME).read_bytes())["run_id"] == "run"


def test_a_dead_owner_s_name_is_not_given_to_the_living_one(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    with RunLock(tmp_path, "living"):
        owner = json.loads((tmp_path / NAME).read_bytes()) | {"pid": gone.pid, "run_id": "dead"}
        (tmp_path / NAME).write_text(json.dumps(owner))
        with pytest.raises(AnotherRun) as caught:
            RunLock(tmp_path, "second").__enter__()
    assert caught.value.owner is None


@pytest.mark.parametrize("code", [errno.ENOTSUP, errno.ENOLCK])
def test_a_file_system_without_locks_is_named_as_such(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(code, "no")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(NoLocks, match=r"hệ tệp|no locks \(flock\).*local disk"):
        RunLock(tmp_path, "run").__enter__()


def test_a_full_disk_still_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "pwrite", full)
    with RunLock(tmp_path, "run"), pytest.raises(AnotherRun) as caught:
        RunLock(tmp_path, "second").__enter__()
    assert caught.value.owner is None


def test_a_folder_that_is_not_there_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        RunLock(tmp_path / "none", "run").__enter__()


def test_many_refusals_leave_no_file_open(tmp_path: Path) -> None:
    with RunLock(tmp_path, "run"):
        before = len(os.listdir("/proc/self/fd"))
        for _ in range(20):
            with pytest.raises(AnotherRun):
                RunLock(tmp_path, "second").__enter__()
        assert len(os.listdir("/proc/self/fd")) == before


def wait_for_word(pipe: multiprocessing.connection.Connection) -> None:
    """A worker that outlives its run."""
    pipe.send("up")
    pipe.recv()


def test_a_worker_that_outlives_its_run_does_not_hold_the_lock(tmp_path: Path) -> None:
    context = multiprocessing.get_context("forkserver")
    ours, theirs = context.Pipe()
    worker = context.Process(target=wait_for_word, args=(theirs,))
    child = None
    try:
        with RunLock(tmp_path, "run"):
            worker.start()
            child = subprocess.Popen(["sleep", "60"])
            assert ours.recv() == "up"
        with RunLock(tmp_path, "next") as lock:
            assert lock.took_over is None
        assert worker.is_alive()
    finally:
        ours.send("end")
        worker.join(30)
        if child:
            child.kill()
            child.wait()
