"""The table of neighbouring syllables is built from named sources and read back."""

from __future__ import annotations

from pathlib import Path

from pipeline.ingest.language.build_words import PAIRS_FILE, build
from pipeline.ingest.repair.table import NUMBER, WordTable, word_table


def test_the_command_builds_a_table_that_reads_back(tmp_path: Path) -> None:
    pairs = build(tmp_path)
    lines = (tmp_path / PAIRS_FILE).read_text("utf-8").splitlines()
    table = WordTable(lines)
    assert pairs == sum(len(line.split("\t")[2].split()) for line in lines) > 50_000
    assert table.pair("kiểm", "tra") > 10 > table.pair("kiêm", "tra") == 0
    assert table.pair("năm", NUMBER) > table.pair("nằm", NUMBER)
    assert not table.knows("câp")


def test_known_neighbours_score_above_unknown_ones() -> None:
    table = word_table()
    assert table.score("kế", "hoạch") > table.score("kê", "hoạch")
    assert table.score(None, "của") > table.score(None, "cúa") > table.score(None, "câp")
