"""The shim: calls below its folder are counted and met by faults, others go through; a loss of power takes what was not synced."""

from __future__ import annotations

import errno
import signal
import sqlite3
from pathlib import Path

import pytest

from tests.faults.shim import COMPILER, Fault, armed_by_environment, built, preloaded

pytestmark = pytest.mark.skipif(COMPILER is None, reason="KHÔNG CÓ trình dịch C / no C compiler")

ARM = """
import os, sqlite3, sys
from pathlib import Path
from tests.faults.shim import Fault, arm, disarm
below = Path(sys.argv[1])
"""
TRIES = """
def tried(act):
    try:
        act()
        print("done")
    except (OSError, sqlite3.Error) as error:
        print(getattr(error, "errno", None) or error)
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("shim"))


@pytest.fixture
def below(tmp_path: Path) -> Path:
    (tmp_path / "below").mkdir()
    return tmp_path / "below"


def ran(library: Path, code: str, *arguments: object, **more: str) -> tuple[int, list[str]]:
    """Exit code and lines of a process with the shim inside."""
    process = preloaded(["-c", ARM + TRIES + code, *map(str, arguments)], library, **more)
    out, err = process.communicate(timeout=60)
    assert process.returncode in (0, -signal.SIGKILL), err
    return process.returncode, out.split("\n")[:-1]


def test_calls_that_change_the_disk_below_the_folder_are_counted(library: Path, below: Path) -> None:
    code = """
arm(below, Fault.COUNT)
(below / "a").write_bytes(b"x")        # open, write
os.rename(below / "a", below / "b")
(below / "c").symlink_to("b")
os.unlink(below / "c")
(below / "b").read_bytes()
(below.parent / "outside").write_bytes(b"x")
(below.parent / "below_not").mkdir()
print(*disarm())
"""
    assert ran(library, code, below) == (0, ["5 4"])


def test_sqlite_and_arrow_are_counted_too(library: Path, below: Path) -> None:
    code = """
import pyarrow as pa, pyarrow.parquet as pq
arm(below, Fault.COUNT)
pq.write_table(pa.table({"a": [1]}), below / "a.parquet")
print(disarm()[0] > 2)
arm(below, Fault.COUNT)
with sqlite3.connect(below / "a.sqlite") as base:
    base.execute("create table t (a)")
print(disarm()[0] > 4)
"""
    assert ran(library, code, below) == (0, ["True", "True"])


def test_a_full_disk_takes_half_of_a_write_and_then_nothing_until_it_is_freed(library: Path, below: Path) -> None:
    code = """
file = open(below / "a", "wb", buffering=0)
arm(below, Fault.FULL, 1)
print(file.write(b"12345678"))
tried(lambda: file.write(b"5678"))
tried(lambda: (below / "new").mkdir())
tried(lambda: os.unlink(below / "a"))
tried(lambda: (below / "new").mkdir())
"""
    full = str(errno.ENOSPC)
    assert ran(library, code, below) == (0, ["4", full, full, "done", full])


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault.FULL_ONCE, ["database or disk is full", "done"]),
        (Fault.SYNC_ERROR, ["disk I/O error", "done"]),
        (Fault.WRITE_ERROR, ["disk I/O error", "done"]),
        (Fault.READ_ONLY, ["disk I/O error", "disk I/O error"]),
    ],
)
def test_sqlite_says_what_the_disk_answered(library: Path, below: Path, fault: Fault, expected: list[str]) -> None:
    code = """
base = sqlite3.connect(below / "a.sqlite", isolation_level=None)
base.execute("pragma journal_mode=wal")
base.execute("pragma synchronous=full")
base.execute("create table t (a)")
arm(below, Fault(int(sys.argv[2])), 1)
tried(lambda: base.execute("insert into t values (1)"))
tried(lambda: base.execute("insert into t values (2)"))
"""
    assert ran(library, code, below, int(fault))[1] == expected


def test_a_process_is_killed_in_place_of_the_call(library: Path, below: Path) -> None:
    code = """
arm(below, Fault.KILL, 3)
(below / "a").write_bytes(b"x")
print("before", flush=True)
(below / "b").write_bytes(b"x")
print("after", flush=True)
"""
    assert ran(library, code, below) == (-signal.SIGKILL, ["before"])
    assert [path.name for path in below.iterdir()] == ["a"]


def test_a_torn_write_leaves_its_first_half(library: Path, below: Path) -> None:
    code = 'arm(below, Fault.TORN, 2)\n(below / "a").write_bytes(b"12345678")'
    assert ran(library, code, below)[0] == -signal.SIGKILL
    assert (below / "a").read_bytes() == b"1234"


def test_the_environment_arms_a_program_that_knows_nothing(library: Path, below: Path) -> None:
    code = '(below / "a").mkdir()\n(below / "b").mkdir()'
    assert ran(library, code, below, **armed_by_environment(Fault.KILL, 2, below))[0] == -signal.SIGKILL
    assert [path.name for path in below.iterdir()] == ["a"]


SYNCED = """
def write(name, text, sync):
    with open(below / name, "w") as file:
        file.write(text)
        file.flush()
        if sync:
            os.fsync(file.fileno())
def sync_folder():
    handle = os.open(below, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)
def lose():
    for _ in range(100):
        os.utime(below)
"""


@pytest.mark.parametrize("seed", range(8))
def test_what_was_synced_outlasts_a_loss_of_power(library: Path, below: Path, seed: int) -> None:
    code = f"""
arm(below, Fault.POWER, 10, {seed})
write("kept", "new", True)             # 3 calls
write("old", "new", True)              # 3
os.rename(below / "old", below / "kept")
sync_folder()
write("open", "new", False)            # 2
"""
    (below / "kept").write_text("old")
    assert ran(library, SYNCED + code, below)[0] == -signal.SIGKILL
    assert (below / "kept").read_text() == "new"
    assert {path.name for path in below.iterdir()} <= {"kept", "open"}


def lost_in_one_of(seeds: int, library: Path, below: Path, code: str, path: str) -> set[str | None]:
    """What a file held after the loss, over some seeds."""
    found = set()
    for seed in range(seeds):
        (below / path).write_text("old")
        code_of_seed = f"{SYNCED}\narm(below, Fault.POWER, 100, {seed})\n{code}\nlose()"
        assert ran(library, code_of_seed, below)[0] == -signal.SIGKILL
        found.add((below / path).read_text() if (below / path).exists() else None)
    return found


def test_a_file_put_in_another_ones_place_without_a_sync_may_turn_out_empty_or_old(library: Path, below: Path) -> None:
    code = 'write("new", "new", False)\nos.rename(below / "new", below / "a")'
    assert lost_in_one_of(8, library, below, code, "a") >= {"old", ""}


def test_bytes_written_over_others_without_a_sync_may_be_the_old_ones(library: Path, below: Path) -> None:
    code = 'file = os.open(below / "a", os.O_WRONLY); os.pwrite(file, b"NEW", 0)'
    assert lost_in_one_of(8, library, below, code, "a") == {"old", "NEW"}


@pytest.mark.parametrize("seed", range(12))
def test_sqlite_with_full_syncs_loses_no_commit(library: Path, below: Path, seed: int) -> None:
    code = """
base = sqlite3.connect(below / "a.sqlite", isolation_level=None)
base.execute("pragma journal_mode=wal")
base.execute("pragma synchronous=full")
base.execute("create table t (a)")
seed = int(sys.argv[2])
arm(below, Fault.POWER, 10 + 7 * seed, seed)
for number in range(1000):
    base.execute("insert into t values (?)", (number,))
    print(number, flush=True)
    if number % 20 == 0:
        base.execute("pragma wal_checkpoint(truncate)")
"""
    _, said = ran(library, code, below, seed)
    base = sqlite3.connect(below / "a.sqlite")
    assert base.execute("pragma integrity_check").fetchone() == ("ok",)
    assert base.execute("select count(*) from t").fetchone()[0] >= len(said) > 0
