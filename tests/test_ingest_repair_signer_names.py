"""Names under a signature: what is one, and a first word whose letters are one family name's alone."""

from __future__ import annotations

import pytest

from pipeline.ingest.page.words import PageWord
from pipeline.ingest.repair.signer_names import is_name, with_family_name


def row(*found: str) -> list[PageWord]:
    return [PageWord(text, 100.0 * at, 0, 100.0 * at + 80, 30, False, 0.5) for at, text in enumerate(found)]


def test_a_name_begins_with_a_family_name() -> None:
    assert is_name("Nguyễn Thị Lan")
    assert not any(map(is_name, ("TRẦN VĂN BÌNH", "Tây Đô", "Sở Y Tế", "Trần", "Trần văn Bình", "Shờu ông Đuận")))


@pytest.mark.parametrize(("read", "meant"), [("Hoäng", "Hoàng"), ("'Nguyën", "Nguyễn"), ("Trån", "Trần")])
def test_a_first_word_that_is_no_syllable_is_spelled_by_the_only_family_name_of_its_letters(
    read: str, meant: str
) -> None:
    repaired = with_family_name(row(read, "Văn", "Bình"))
    assert [word.text for word in repaired] == [meant, "Văn", "Bình"]
    assert (repaired[0].raw, repaired[0].confidence) == (read, 0.5)


@pytest.mark.parametrize("read", ["Hoằng", "Xyzäng", "Vöng", "Lüu"])
def test_what_leaves_none_or_several_readings_stays(read: str) -> None:
    line = row(read, "Văn", "Bình") if read != "Lüu" else row("Lüu", "trữ", "hồ")
    assert with_family_name(line) == line
