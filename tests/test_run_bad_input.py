"""None of the bad files stops a run; each has its own row with its kind and a message that says what to do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipeline.errors import CURE, Exit, Kind
from tests.bad_files import make_bad_files


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Path]:
    """One run over all of them, as a user would."""
    folder, out = tmp_path_factory.mktemp("bad"), tmp_path_factory.mktemp("out")
    make_bad_files(folder)
    command = [sys.executable, "-m", "pipeline", "run", str(folder), "--out", str(out)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False), out / "latest"


@pytest.fixture(scope="module")
def files(done: tuple[Any, Path]) -> dict[str, dict[str, Any]]:
    return {row["source_path"]: row for row in pq.read_table(done[1] / "files.parquet").to_pylist()}


FAILURES = {
    "empty.pdf": Kind.EMPTY,
    "junk.pdf": Kind.UNSUPPORTED,
    "english.txt": Kind.NOT_VIETNAMESE,
    "truncated.pdf": Kind.DAMAGED,
    "encrypted.pdf": Kind.ENCRYPTED,
    "many_pages.pdf": Kind.TOO_LARGE,
    "nothing.png": Kind.NO_TEXT,
    "huge.png": Kind.TOO_LARGE,
    "climbing.zip!/../outside.txt": Kind.UNSAFE_PATH,
    "bomb.zip!/bomb.txt": Kind.TOO_LARGE,
    "broken.zip": Kind.DAMAGED,
    "dangling.pdf": Kind.UNREADABLE,
}


@pytest.mark.parametrize(("path", "kind"), FAILURES.items())
def test_it_fails_in_its_own_way(files: dict[str, dict[str, Any]], path: str, kind: Kind) -> None:
    row = files[path]
    assert row["error_kind"] == kind.value
    assert CURE[kind] in row["message"]
    assert row["doc_id"] is None


GOOD = [
    "good.txt",
    "really_text.pdf",
    "climbing.zip!/inside/kế hoạch.txt",
    "bomb.zip!/beside.txt",
    "tên có dấu và khoảng trắng.txt",
    "xuống\\ndòng.txt",
    "huyện A/kh.txt",
    "huyện B/kh.txt",
]


@pytest.mark.parametrize("path", GOOD)
def test_the_rest_goes_on(files: dict[str, dict[str, Any]], path: str) -> None:
    assert files[path]["status"] == "ok"


def test_the_same_file_twice_is_one_document(files: dict[str, dict[str, Any]]) -> None:
    assert files["same_again.txt"]["status"] == "duplicate"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read any file")
def test_an_unreadable_file_is_said_to_be_one(files: dict[str, dict[str, Any]]) -> None:
    assert files["locked.txt"]["error_kind"] == Kind.UNREADABLE.value


def test_the_run_says_that_some_failed_and_shows_no_traceback(
    done: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    process, latest = done
    assert process.returncode == Exit.SOME_FAILED
    assert process.stdout.strip() == str(latest)
    assert "Traceback" not in process.stderr


def test_a_link_back_to_the_folder_is_not_followed(files: dict[str, dict[str, Any]]) -> None:
    assert not any(path.startswith("loop/again/") for path in files)


def test_nothing_was_written_beside_the_output(done: tuple[Any, Path]) -> None:
    assert not (done[1].parent.parent / "outside.txt").exists()
    ours = ["builds", "latest", "ledger.sqlite", "logs", "reports", "run.lock"]
    assert sorted(p.name for p in done[1].parent.iterdir()) == ours
