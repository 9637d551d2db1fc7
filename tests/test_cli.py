"""The command line: exit codes, streams, and help that costs nothing."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.errors import Exit
from tests.bad_files import ENGLISH, GOOD
from tests.faults.stops import heed_interrupts

HEAVY = ("spacy", "underthesea", "pandas", "pyarrow", "cv2", "pdfplumber", "numpy", "pytesseract", "lxml")


def kehoach(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, timeout=120, check=False)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "kh hà nam.txt"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_help_lists_the_exit_codes_and_imports_nothing_heavy() -> None:
    code = (
        "import sys; from pipeline.cli import main\ntry: main()\nfinally: print(sorted(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, "--help"], capture_output=True, text=True, check=True)
    for code_number in Exit:
        assert str(code_number.value) in done.stdout
    loaded = done.stderr.split("'")
    assert not [name for name in HEAVY if name in loaded]


def test_run_reads_tells_on_stderr_and_prints_only_the_folder_on_stdout(good: Path, tmp_path: Path) -> None:
    done = kehoach("run", good, "--out", tmp_path / "out", "--jobs", "1")
    assert done.returncode == Exit.OK, done.stderr
    assert done.stdout.strip() == str(tmp_path / "out" / "latest")
    assert "Kết quả" in done.stderr
    row = pq.read_table(tmp_path / "out" / "latest" / "documents.parquet").to_pylist()[0]
    assert (row["number"], row["province"], row["plan_year"]) == ("15", "Hà Nam", 2023)


def test_the_same_input_twice_gives_the_same_bytes(good: Path, tmp_path: Path) -> None:
    for _ in range(2):
        kehoach("run", good, "--out", tmp_path / "out", "--jobs", "1")
    assert len(list((tmp_path / "out" / "builds").iterdir())) == 1


def test_all_failed_is_5(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(ENGLISH, encoding="utf-8")
    done = kehoach("run", tmp_path / "report.txt", "--out", tmp_path / "out")
    assert done.returncode == Exit.ALL_FAILED
    assert "not_vietnamese" in done.stderr


def test_a_missing_input_is_a_usage_error(tmp_path: Path) -> None:
    done = kehoach("run", tmp_path / "gone")
    assert done.returncode == Exit.USAGE
    assert "Traceback" not in done.stderr


def test_show_names_values_with_page_and_evidence(good: Path) -> None:
    done = kehoach("show", good)
    assert done.returncode == Exit.OK
    assert "34-CT/TW" in done.stdout
    assert "Hà Nam" in done.stdout


def test_show_json_points_into_its_own_text(good: Path) -> None:
    record = json.loads(kehoach("show", good, "--json").stdout)
    citation = record["citations"][0]
    evidence = citation["evidence"]
    assert record["text"][evidence["start"] : evidence["end"]] == citation["text"]


def test_show_says_what_is_wrong_with_a_bad_file(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"")
    done = kehoach("show", tmp_path / "a.pdf")
    assert done.returncode == Exit.ALL_FAILED
    assert done.stderr.startswith("empty:")


def test_check_looks_at_everything(good: Path) -> None:
    done = kehoach("check")
    assert done.returncode in (Exit.OK, Exit.TOOL_MISSING)
    for name in ("Tesseract", "vie", "LibreOffice", "Rules", "Models"):
        assert name in done.stdout


def test_check_says_what_to_install_when_tesseract_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.run.check import run_checks

    monkeypatch.setenv("PATH", "")
    engine = next(check for check in run_checks() if check.name == "Tesseract")
    assert not engine.ok
    assert "apt-get install tesseract-ocr" in engine.cure


def test_eval_without_tables_is_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    done = kehoach("eval", tmp_path / "gold", tmp_path / "tables")
    assert done.returncode == Exit.USAGE
    assert "Traceback" not in done.stderr


def test_an_interrupted_run_leaves_the_last_build_and_says_so(good: Path, tmp_path: Path) -> None:
    kehoach("run", good, "--out", tmp_path / "out", "--jobs", "1")
    before = (tmp_path / "out" / "latest").resolve()
    many = tmp_path / "many"
    many.mkdir()
    for number in range(300):
        (many / f"{number}.txt").write_text(f"{GOOD}\n{number}", encoding="utf-8")
    command = [sys.executable, "-m", "pipeline", "run", str(many), "--out", str(tmp_path / "out"), "--jobs", "1"]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, preexec_fn=heed_interrupts
    ) as process:
        assert process.stderr is not None
        process.stderr.readline()  # the first document is read: the run is under way
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert process.returncode == Exit.INTERRUPTED
    assert "Traceback" not in told
    assert (tmp_path / "out" / "latest").resolve() == before
