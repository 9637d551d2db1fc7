"""The samples: made again they are the same; their gold is whole; the program reads them as the gold says."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path

import numpy as np
import pypdfium2
import pytest

from pipeline.evaluate.score import Score, score
from tests.samples.build import GOLD, RAW, built
from tests.samples.make import gold_bytes, sample_bytes
from tests.samples.spec import Sample, read_samples

SAMPLES = read_samples()
NAMES = [sample.stem for sample in SAMPLES]
SIZE_LIMIT = 1_500_000
SCAN_LIMIT = 400_000
PIXEL_DIFFERENCE = 1.0
"""Mean of 255: another build of the JPEG library rounds otherwise."""

FLOORS = {
    "citations": 0.95,
    "tasks": 0.93,
    "tasks (strict row)": 0.85,
    "task units with role": 0.90,
    "recipients": 0.97,
}
HEADER_FLOOR = 0.97


@pytest.mark.parametrize("sample", SAMPLES, ids=NAMES)
def test_made_again_it_is_the_committed_file(sample: Sample) -> None:
    made = sample_bytes(sample)
    assert made == sample_bytes(sample)
    committed = (RAW / sample.file_name).read_bytes()
    assert made == committed or same_content(sample.form, made, committed)
    assert gold_bytes(sample) == (GOLD / f"{sample.stem}.json").read_bytes()


def same_content(form: str, made: bytes, committed: bytes) -> bool:
    """Where another zlib packs the same content into other bytes: members, words with places, pixels."""
    if form == "docx":
        return members(made) == members(committed)
    if form == "pdf":
        return words(made) == words(committed)
    return form == "scan" and float(np.abs(pixels(made) - pixels(committed)).mean()) < PIXEL_DIFFERENCE


def members(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def words(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_range() for page in document]


def pixels(pdf: bytes) -> np.ndarray:
    document = pypdfium2.PdfDocument(pdf)
    return np.stack([page.render(scale=1).to_numpy().astype(np.int16) for page in document])


def test_folder_holds_the_samples_and_no_gold() -> None:
    assert {path.name for path in RAW.iterdir()} >= {sample.file_name for sample in SAMPLES}
    assert not list(RAW.glob("**/*.json"))
    assert sorted(path.stem for path in GOLD.iterdir()) == NAMES


def test_files_are_small_enough_to_commit() -> None:
    sizes = {sample.form: (RAW / sample.file_name).stat().st_size for sample in SAMPLES}
    assert sizes["scan"] < SCAN_LIMIT
    assert sum((RAW / sample.file_name).stat().st_size for sample in SAMPLES) < SIZE_LIMIT


@pytest.mark.parametrize("sample", SAMPLES, ids=NAMES)
def test_gold_says_everything_the_scorer_asks(sample: Sample) -> None:
    gold = json.loads((GOLD / f"{sample.stem}.json").read_text(encoding="utf-8"))
    assert gold["source"] == sample.file_name
    assert gold["document"]["title"] in sample.text
    assert gold["tasks"]
    assert gold["citations"]
    for task in gold["tasks"]:
        assert task["starts"] in sample.text
        assert task["units"] or task["kind"] == "scheduled"
        assert bool(task["period_start"]) == bool(task["quarters"])
    for mention in gold["citations"]:
        assert mention["text"] in sample.text


def measured(factory: pytest.TempPathFactory, folder: Path, scans: bool) -> Score:
    """Scores of the scans or of all other samples: their gold alone is put into `folder`."""
    for sample in SAMPLES:
        if (sample.form == "scan") == scans:
            (folder / f"{sample.stem}.json").write_bytes(gold_bytes(sample))
    return score(folder, built(factory))


def test_samples_with_text_are_read_as_the_gold_says(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> None:
    result = measured(tmp_path_factory, tmp_path, scans=False)
    assert result.without_row == []
    f1 = {name: result.counts[name].f1 for name in FLOORS}
    short = {name: value for name, value in f1.items() if value < FLOORS[name]}
    assert not short, (short, result.differences)
    assert result.header_accuracy >= HEADER_FLOOR, result.differences


def test_scan_comes_through_end_to_end(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> None:
    result = measured(tmp_path_factory, tmp_path, scans=True)
    assert result.without_row == []
    assert result.counts["tasks"].f1 > 0.5, result.differences
    assert result.counts["citations"].f1 > 0.5, result.differences
