"""The setting that travels to workers, and what a run makes of it."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest

from pipeline.ingest.limits import Limits
from pipeline.ingest.ocr import choice as ocr_choice
from pipeline.ingest.ocr import setup as ocr_setup
from pipeline.ingest.ocr.cache import OcrCache
from pipeline.ingest.ocr.setup import OcrSetup, settings_now
from tests.test_ingest_ocr_cache import PICTURE, WORDS, Engine


@pytest.fixture(autouse=True)
def _fresh() -> None:
    ocr_setup._opened.cache_clear()


def use(monkeypatch: pytest.MonkeyPatch, engine: Engine) -> None:
    choice = ocr_choice.Choice(engine, "pytesseract", "told to")
    monkeypatch.setattr(ocr_choice, "chosen_engine", lambda: choice)


def test_a_setting_that_travelled_reads_and_keeps(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    engine = Engine(WORDS)
    use(monkeypatch, engine)
    monkeypatch.setattr(ocr_setup, "settings_now", lambda: "told")
    setup: OcrSetup = pickle.loads(pickle.dumps(OcrSetup(tmp_path / "cache" / "ocr.sqlite")))  # noqa: S301 - our own
    read = setup.engine(Limits())
    assert not (tmp_path / "cache").exists()
    assert [read(PICTURE, 1.0), setup.engine(Limits())(PICTURE, 1.0)] == [WORDS, WORDS]
    assert engine.asked == 1
    assert OcrCache(tmp_path / "cache" / "ocr.sqlite", 10**6).get(b"") is None


def test_an_engine_nothing_is_known_of_is_asked_each_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    engine = Engine(WORDS)
    use(monkeypatch, engine)
    monkeypatch.setattr(ocr_setup, "settings_now", lambda: None)
    read = OcrSetup(tmp_path / "ocr.sqlite").engine(Limits())
    assert [read(PICTURE, 1.0), read(PICTURE, 1.0)] == [WORDS, WORDS]
    assert engine.asked == 2


def program(folder: Path, version: str, data: bytes) -> None:
    """A `tesseract` that says where its data are."""
    folder.mkdir()
    (folder / "vie.traineddata").write_bytes(data)
    script = folder / "tesseract"
    listed = f'List of available languages in "{folder}/" (1):'
    said = f"case $1 in --version) echo 'tesseract {version}'; echo ' leptonica-1.82.0';; *) echo '{listed}'; esac"
    script.write_text(f"#!/bin/sh\n{said}\n", encoding="utf-8")
    script.chmod(0o755)


def test_version_and_data_are_part_of_what_a_reading_hangs_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = set()
    for at, (version, data) in enumerate([("5.3.0", b"one"), ("5.3.1", b"one"), ("5.3.0", b"two"), ("5.3.0", b"one")]):
        program(tmp_path / str(at), version, data)
        monkeypatch.setenv("PATH", str(tmp_path / str(at)))
        found.add(settings_now())
    assert len(found) == 3
    assert all(version in json.loads(text or "[]")[2] for version, text in zip(["5.3"] * 3, found, strict=True))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert settings_now() is None
