"""`kehoach check` asks every model for something it must know, and says what to do where it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.ingest.hand import glyph as hand_glyph
from pipeline.ingest.language import vietnamese
from pipeline.run.check import Check, run_checks


def models() -> dict[str, Check]:
    return {check.name.removeprefix("Models: "): check for check in run_checks() if check.name.startswith("Models: ")}


def test_every_model_is_asked() -> None:
    found = models()
    assert set(found) == {"plan", "confidence", "words", "syllables", "digits"}
    assert all(check.ok and check.needed for check in found.values()), found


def test_a_table_that_does_not_know_plain_words_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vietnamese, "_table", lambda: {"kế": 3.0, "hoạch": 2.0})
    found = models()
    assert [name for name, check in found.items() if not check.ok] == ["syllables"]
    assert "khen" in found["syllables"].found
    assert "hoạch" not in found["syllables"].found
    assert "make models" in found["syllables"].cure


def test_a_missing_digit_reader_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    hand_glyph._nets.cache_clear()
    monkeypatch.setattr(hand_glyph, "models_dir", lambda: tmp_path)
    found = models()
    assert [name for name, check in found.items() if not check.ok] == ["digits"]
    assert "digits.npz" in found["digits"].found
