"""The syllable table is made from the counts of models/words, and says what it is to say."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.ingest.language.build_syllables import build
from pipeline.ingest.language.vietnamese import SYLLABLES_FILE, syllable_count, unknown_words, word_count
from pipeline.rulebook import models_dir


def test_the_table_is_the_one_its_command_makes(tmp_path: Path) -> None:
    assert build(models_dir() / "words", tmp_path) > 7000
    made = (tmp_path / SYLLABLES_FILE).read_text("utf-8")
    assert made == (models_dir() / "syllables" / SYLLABLES_FILE).read_text("utf-8")


def test_both_placings_of_the_tone_mark_are_known(tmp_path: Path) -> None:
    (tmp_path / "pairs.tsv").write_text("khoẻ\t3.0\t\nhoạch\t2.0\t\nquý\t1.0\t\nxyz\t9.0\t\n", "utf-8")
    build(tmp_path, tmp_path)
    assert (tmp_path / SYLLABLES_FILE).read_text("utf-8") == "hoạch\t2.0\nkhoẻ\t3.0\nkhỏe\t3.0\nquý\t1.0\n"


@pytest.mark.parametrize(
    ("text", "words", "unknown"),
    [("Kế hoạch năm 2024", 3, 0), ("kế hoqch, QĐ-UBND", 2, 1), ("12/2024", 0, 0), ("Đăng-ten Xyz", 3, 1)],
)
def test_words_and_unknown_words(text: str, words: int, unknown: int) -> None:
    assert (word_count(text), unknown_words(text)) == (words, unknown)


def test_commoner_syllables_count_more() -> None:
    assert syllable_count("của") > syllable_count("quých") > 0 == syllable_count("hoqch")
    assert syllable_count("Của") == syllable_count("CỦA") == syllable_count("của")
