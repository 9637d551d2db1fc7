"""The ledger: what is said to be kept is there after a kill, and what is wrong with it is said kindly."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import Kind
from pipeline.store.ledger import Ledger, LedgerError
from pipeline.store.sightings import Fingerprints, Loss, Reading, Sighting

PRINTS = Fingerprints("c", "r", "o")
TEXT = st.text(max_size=20)
PRINT = st.builds(Fingerprints, TEXT, TEXT, TEXT)
SIGHTINGS = st.builds(
    Sighting,
    source_path=st.text(min_size=1, max_size=20),
    stamp=st.none() | TEXT,
    sha256=st.none() | TEXT,
    container=st.none() | TEXT,
    kind=st.none() | st.sampled_from(Kind),
    message=TEXT,
    state=st.sampled_from(["here", "waiting", "gone"]),
    tries=st.integers(0, 9),
    is_archive=st.booleans(),
    under=TEXT,
)
READINGS = st.builds(
    Reading,
    sha256=st.text(min_size=1, max_size=8),
    attempts=st.integers(1, 9),
    seconds=st.floats(0, 1e6),
    file_name=TEXT,
    fingerprints=st.none() | PRINT,
    pages=st.integers(0, 2000),
    unreadable=st.integers(0, 2000),
    rows_sha256=TEXT,
    facts=TEXT,
    shingles=st.binary(max_size=32),
    extracted_at=TEXT,
    loss=st.none() | st.builds(Loss, st.sampled_from(Kind), TEXT, PRINT, TEXT, st.integers(1, 9)),
)


@settings(max_examples=50, deadline=None)
@given(st.lists(SIGHTINGS, max_size=5), st.lists(READINGS, max_size=5))
def test_what_goes_in_comes_out_also_when_it_is_opened_again(
    tmp_path_factory: pytest.TempPathFactory, sightings: list[Sighting], readings: list[Reading]
) -> None:
    path = tmp_path_factory.mktemp("ledger") / "ledger.sqlite"
    ledger = Ledger(path)
    ledger.see(sightings)
    for reading in readings:
        ledger.record(reading, b"rows of " + reading.sha256.encode("utf-8", "replace"))
    ledger.close()
    ledger = Ledger(path)
    assert ledger.sightings() == {seen.source_path: seen for seen in sightings}
    assert ledger.readings() == {reading.sha256: reading for reading in readings}
    shas = [reading.sha256 for reading in readings]
    assert list(ledger.blocks(shas)) == [b"rows of " + sha.encode("utf-8", "replace") for sha in shas]
    ledger.close()


def test_a_failure_leaves_the_rows_that_were_read_before(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    ledger.record(Reading("a", 1, 0.1, fingerprints=PRINTS, rows_sha256="x"), b"rows")
    ledger.record(Reading("a", 2, 0.1, fingerprints=PRINTS, loss=Loss(Kind.TIMEOUT, "", PRINTS, "")), None)
    assert list(ledger.blocks(["a"])) == [b"rows"]


def test_bytes_never_read_have_no_rows(tmp_path: Path) -> None:
    assert list(Ledger(tmp_path / "ledger.sqlite").blocks(["a"])) == [b""]


def test_what_was_recorded_survives_kill_9_and_what_was_under_way_is_suspect(tmp_path: Path) -> None:
    program = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from pipeline.store.ledger import Ledger\n"
        "from pipeline.store.sightings import Reading\n"
        "ledger = Ledger(Path(sys.argv[1]))\n"
        "for sha in ('a', 'b', 'c'): ledger.start(sha)\n"
        "ledger.record(Reading('a', 1, 0.5), b'rows')\n"
        "ledger.calm(['b'])\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    path = tmp_path / "ledger.sqlite"
    done = subprocess.run([sys.executable, "-c", program, str(path)], check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    ledger = Ledger(path)
    assert list(ledger.blocks(["a"])) == [b"rows"]
    assert ledger.suspects() == {"c"}


def test_a_half_done_entry_is_taken_back(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    broken = Sighting("b", stamp=object())  # type: ignore[arg-type]
    with pytest.raises(sqlite3.Error):
        ledger.see([Sighting("a", "s"), broken])
    assert ledger.sightings() == {}
    ledger.see([Sighting("a", "s")])
    assert set(ledger.sightings()) == {"a"}


def test_runs_are_numbered_in_order_and_keep_their_notes(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    numbers = [ledger.begin(name) for name in ("monday", "tuesday", "wednesday")]
    assert numbers == sorted(set(numbers))
    ledger.note_run(numbers[0], {"inputs": ["kho"]})
    ledger.note_run(numbers[2], {"inputs": ["kho", "tỉnh"]})
    assert ledger.earlier_runs(5) == [{"inputs": ["kho", "tỉnh"]}, {"inputs": ["kho"]}]


def test_a_damaged_ledger_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(b"not a database " * 1000)
    with pytest.raises(LedgerError, match="remove it to read everything again"):
        Ledger(path)


def test_a_ledger_of_another_edition_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    file = sqlite3.connect(path)
    file.execute("PRAGMA user_version = 99")
    file.close()
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="another edition"):
        Ledger(path)
    assert path.read_bytes() == before


@pytest.mark.skipif(os.getuid() == 0, reason="root may write any file")
def test_a_folder_that_is_not_writable_is_an_error_of_sqlite(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(sqlite3.OperationalError):
        Ledger(tmp_path / "ledger.sqlite")
