"""The document function: a reading that is sound and the same wherever the file lies, or a failure of one line."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from pipeline.errors import CURE, Kind
from pipeline.ingest.limits import Limits
from pipeline.link.near_duplicates import shingles
from pipeline.run import reading_job
from pipeline.run.engine import Job
from pipeline.run.reading_job import read_job
from pipeline.store.packing import unpacked_rows

SAMPLE = Path(__file__).parents[1] / "data" / "raw" / "kh-ubnd-tinh-vinh-phuc-2021.txt"


def job(path: Path, source_path: str) -> Job:
    return Job(source_path, str(path), hashlib.sha256(path.read_bytes()).hexdigest())


def test_a_move_to_another_folder_is_no_other_reading() -> None:
    here = read_job(job(SAMPLE, "2021/kh.txt"), Limits(), None)
    there = read_job(job(SAMPLE, "kho.zip!/Vĩnh Phúc/kh.txt"), Limits(), None)
    assert here.kind is None
    assert (here.rows, here.file_name, here.facts) == (there.rows, there.file_name, there.facts)


def test_a_reading_says_what_the_ledger_asks_for() -> None:
    packed = read_job(job(SAMPLE, "kh.txt"), Limits(), None)
    assert packed.rows is not None
    rows = unpacked_rows(packed.rows)
    text = rows["pages"]["text"][0].as_py()
    facts = json.loads(packed.facts)
    assert packed.pages == len(rows["pages"]) == 1
    assert (facts["province"], facts["plan_year"]) == ("Vĩnh Phúc", 2021)
    assert packed.shingles == shingles(text)
    assert not packed.used_ocr


def test_rows_that_are_not_sound_fail_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.store.checks.check_rows", lambda rows: ["tasks: hỏng.\n/ broken."])
    packed = read_job(job(SAMPLE, "kh.txt"), Limits(), None)
    assert (packed.kind, packed.rows) == (Kind.INTERNAL, None)
    assert packed.message == f"tasks: hỏng. / broken. {CURE[Kind.INTERNAL]}"


def test_a_failure_is_one_line_of_bounded_length(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise ValueError("dòng một\nhai\x1b[2J " + "dài " * 10_000)

    monkeypatch.setattr(reading_job, "_read", fails)
    packed = read_job(job(SAMPLE, "kh.txt"), Limits(), None)
    assert packed.kind is Kind.INTERNAL
    assert len(packed.message) < 600
    assert packed.message.isprintable()
