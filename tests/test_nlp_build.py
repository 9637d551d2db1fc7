from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.nlp.build import build
from pipeline.nlp.load import load_nlp
from pipeline.rulebook import RuleError, models_dir

ROOT = Path(__file__).parents[1]


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_stands_in_models_is_what_the_source_builds(tmp_path: Path) -> None:
    (tmp_path / "plan.cfg").write_bytes((models_dir() / "plan.cfg").read_bytes())
    build(tmp_path / "plan")
    assert _files(tmp_path / "plan") == _files(models_dir() / "plan")


def test_a_rule_file_that_is_absent_is_left_out_and_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = (models_dir() / "plan.cfg").read_text("utf-8").replace("dates =", "not_there = []\ndates =")
    (tmp_path / "plan.cfg").write_text(source, "utf-8")
    doc = build(tmp_path / "plan")("ngày 3/2")
    assert "not_there" in capsys.readouterr().err
    assert [span.text for span in doc.spans["date"]] == ["ngày 3/2"]


def test_it_is_loaded_once() -> None:
    assert load_nlp() is load_nlp()


def test_a_pipeline_that_was_not_built_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.nlp.load.models_dir", lambda: tmp_path)
    with pytest.raises(RuleError, match="not built"):
        load_nlp.__wrapped__()


def test_importing_the_room_loads_no_library() -> None:
    code = (
        "import sys, pipeline.nlp, pipeline.nlp.dates; print({'spacy', 'underthesea', 'dateparser'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
