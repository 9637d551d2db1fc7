"""The fit: it finds what was put in, leans on the wider group where rows are few, and is honest about new papers."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from pipeline.evaluate.calibrate import leave_one_out, main, write_model
from pipeline.evaluate.first_readings import first_readings, note
from pipeline.evaluate.fit import fit
from pipeline.evaluate.pairs import Pair, read_pairs
from pipeline.evaluate.reliability import ALL, Said, reliability
from pipeline.extract.confidence import confidence, fitted
from pipeline.extract.signs import Signs
from pipeline.text.places import Seen
from tests.samples.build import GOLD, RAW
from tests.samples.spec import read_samples

WITH_TEXT = (
    "kh-sgddt-dongthap-362-stem-pdf.pdf",
    "kh-stttt-haiduong-339-2022.doc",
    "kh-stttt-haiduong-hatangso-2022.docx",
    "kh-thptcaolanh2-58-pdf.pdf",
)


def pairs(signs: Signs, right: int, wrong: int, tuned: bool = False, papers: int = 4) -> list[Pair]:
    truth = [True] * right + [False] * wrong
    random.Random(4).shuffle(truth)
    return [Pair(f"paper {at % papers}", signs, ok, tuned) for at, ok in enumerate(truth)]


def test_many_rows_are_believed_as_they_are() -> None:
    weights = fit(pairs(Signs("tasks", 0.97), 600, 400) + pairs(Signs("citations", 0.7), 950, 50))
    assert confidence(Signs("tasks", 0.97), weights) == pytest.approx(0.6, abs=0.05)
    assert confidence(Signs("citations", 0.7), weights) == pytest.approx(0.95, abs=0.03)


def test_few_rows_lean_on_the_wider_group() -> None:
    weights = fit(pairs(Signs("fields", 0.95, "number"), 380, 20) + pairs(Signs("fields", 0.95, "title"), 0, 3))
    assert (
        0.8 < confidence(Signs("fields", 0.95, "title"), weights) < confidence(Signs("fields", 0.95, "number"), weights)
    )


def test_what_contradicts_sense_is_not_learned() -> None:
    """Strong rules wrong, weak ones right; scans right, text wrong: nothing is said to be surer for being worse."""
    text, scan = Signs("tasks", 0.9), Signs("tasks", 0.9, seen=Seen(0.8, 0.5, 0.3))
    weights = fit(pairs(Signs("tasks", 0.97), 50, 50) + pairs(Signs("tasks", 0.6), 100, 0) + pairs(scan, 100, 0))
    assert confidence(Signs("tasks", 0.6), weights) <= confidence(Signs("tasks", 0.97), weights)
    assert confidence(scan, weights) <= confidence(text, weights)


def test_doubtful_print_is_learned() -> None:
    sharp, blurred = (
        Signs("citations", 0.97, seen=Seen(0.96, 0.95, 0.0)),
        Signs("citations", 0.97, seen=Seen(0.8, 0.2, 0.0)),
    )
    weights = fit(pairs(sharp, 198, 2) + pairs(blurred, 140, 60))
    assert confidence(blurred, weights) < 0.8
    assert confidence(sharp, weights) > 0.94


def test_papers_that_were_tuned_on_do_not_make_new_ones_sure() -> None:
    row = Signs("tasks", 0.95, "scheduled", "table")
    told = confidence(row, fit(pairs(row, 200, 0, tuned=True) + pairs(row, 80, 20)))
    assert 0.8 < told < 0.97
    assert told < confidence(row, fit(pairs(row, 200, 0, tuned=True)))


def test_leaving_a_paper_out_leaves_its_rows_out() -> None:
    row = Signs("tasks", 0.9)
    mixed = [Pair("good", row, True)] * 60 + [Pair("bad", row, False)] * 30
    without = leave_one_out(mixed)
    assert confidence(row, without["bad"]) > 0.9
    assert confidence(row, without["good"]) < 0.5


def test_nothing_to_fit_on_is_said() -> None:
    with pytest.raises(ValueError, match="no pairs"):
        fit([])


def test_a_first_reading_is_noted_once_and_reads_back(tmp_path: Path) -> None:
    file = tmp_path / "first.tsv"
    seen = pairs(Signs("fields", 0.95, "number", "header", Seen(0.9, 0.8, 0.25), True), 2, 1)
    plain = [Pair("another", Signs("recipients", 0.95), True, False)]
    assert note(seen, file) == 3
    assert note([*seen, *plain], file) == 1
    back = first_readings(file)
    assert [(p.signs, p.right, p.tuned) for p in back] == [(p.signs, p.right, False) for p in [*seen, *plain]]
    assert "paper" not in file.read_text(encoding="utf-8").split("\n", 1)[1]


def test_the_model_says_what_it_was_made_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = Signs("tasks", 0.95)
    write_model({"gold": pairs(row, 40, 1, tuned=True)}, pairs(row, 20, 5), tmp_path)
    made = json.loads((tmp_path / "weights.json").read_text(encoding="utf-8"))
    assert made["made of"]["tuned"] == {"papers": 4, "rows": 41, "right": 40}
    assert made["made of"]["first readings"] == {"papers": 4, "rows": 25, "right": 20}
    told = capsys.readouterr().out
    assert "gold, in the fit: 41 rows" in told
    assert "first readings, paper left out: 25 rows" in told


def test_the_command_reads_documents_itself(tmp_path: Path) -> None:
    """Fitted twice on the same documents it gives the same weights: no fit builds on an earlier one."""
    gold, documents = tmp_path / "gold", tmp_path / "documents"
    gold.mkdir()
    documents.mkdir()
    name = next(sample.file_name for sample in read_samples() if sample.file_name.endswith(".txt"))
    (documents / name).write_bytes((RAW / name).read_bytes())
    record = (GOLD / name).with_suffix(".json")
    (gold / record.name).write_bytes(record.read_bytes())
    main([str(gold), str(documents), "--out", str(tmp_path / "model"), "--first-reading"])
    noted = first_readings(tmp_path / "model" / "first_readings.tsv")
    assert [pair.signs for pair in noted] == [pair.signs for pair in read_pairs(gold, documents)]
    assert sum(pair.right for pair in noted) > 30
    made = []
    for _ in range(2):
        main([str(gold), str(documents), "--out", str(tmp_path / "model")])
        made.append((tmp_path / "model" / "weights.json").read_bytes())
    assert made[0] == made[1]


def test_documents_without_gold_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}", encoding="utf-8")
    (tmp_path / "docs").mkdir()
    with pytest.raises(FileNotFoundError, match="no document"):
        read_pairs(tmp_path, tmp_path / "docs")


def test_on_real_documents_with_text_it_means_what_it_says(shared: Path, tmp_path: Path) -> None:
    gold, documents = tmp_path / "gold", tmp_path / "documents"
    gold.mkdir()
    documents.mkdir()
    for name in WITH_TEXT:
        (documents / name).symlink_to(shared / "corpus" / name)
        record = (shared / "gold_dev" / name).with_suffix(".json")
        (gold / record.name).symlink_to(record)
    found = reliability(Said(p.signs.table, fitted(p.signs), p.right) for p in read_pairs(gold, documents))[ALL]
    assert found.rows > 100
    assert found.error <= 0.05
    assert found.sure_rows > 30
    assert found.sure_right is not None
    assert found.sure_right >= 0.93
