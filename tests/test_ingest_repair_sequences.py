"""Numbers of headings repaired by the document's numbering, and left alone wherever more than one reading is left."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest.repair.sequences import counted, repair_sequences
from pipeline.records import Run, SourceBlock, SourceCell, SourceLine, SourceRow, SourceTable


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ([1, 2, 2, 4], [1, 2, 3, 4]),
        ([1, 2, 2], [1, 2, 3]),
        ([2, 2, 3], [1, 2, 3]),
        ([1, 3, 3], [1, 2, 3]),
        ([1, 2, 3, 4, 5, 7, 7, 8], [1, 2, 3, 4, 5, 6, 7, 8]),
        ([1, 2, 2, 4, 1, 2, 2, 4], [1, 2, 3, 4, 1, 2, 3, 4]),
    ],
)
def test_a_lost_or_added_stroke_is_found(read: list[int], right: list[int]) -> None:
    assert counted(read) == right


@pytest.mark.parametrize(
    "read", [[], [1], [3], [1, 3], [2, 4], [1, 2, 1, 2, 3], [1, 1, 2], [1, 2, 4, 5], [1, 2, 3, 1, 2, 1], [5, 1, 2, 3]]
)
def test_more_than_one_reading_changes_nothing(read: list[int]) -> None:
    assert counted(read) == read


@settings(deadline=None)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=6))
def test_series_that_count_are_never_changed(lengths: list[int]) -> None:
    read = [number for length in lengths for number in range(1, length + 1)]
    assert counted(read) == read


@given(st.integers(3, 9), st.data())
def test_one_doubled_number_in_a_series_is_the_next(length: int, data: st.DataObject) -> None:
    at = data.draw(st.sampled_from([n for n in (2, 6, 7) if n < length] or [2]))
    read = list(range(1, length + 1))
    read[at] = at
    assert counted(read) == list(range(1, length + 1))


def line(text: str, confidence: float | None = 0.95) -> SourceLine:
    words = text.split(" ")
    runs = tuple(Run(word + (" " if at < len(words) - 1 else ""), 1, None, confidence) for at, word in enumerate(words))
    return SourceLine(runs, 0, 100, 0, 10, 0, 100)


def text_of(block: SourceBlock) -> str:
    assert isinstance(block, SourceLine)
    return "".join(run.text for run in block.runs)


def repaired(*pages: Sequence[SourceBlock]) -> list[SourceBlock]:
    return [block for page in repair_sequences(pages) for block in page]


def test_headings_are_counted_over_pages() -> None:
    blocks = repaired(
        [line("I. MỤC ĐÍCH"), line("Nội dung thứ nhất"), line("II. NỘI DUNG")],
        [line("II.TỔ CHỨC"), line("IV. KINH PHÍ")],
    )
    assert [text_of(block) for block in blocks] == [
        "I. MỤC ĐÍCH", "Nội dung thứ nhất", "II. NỘI DUNG", "III.TỔ CHỨC", "IV. KINH PHÍ",
    ]  # fmt: skip


def test_the_reading_and_the_rule_are_kept() -> None:
    *_, third = repaired([line("I. A"), line("II. B"), line("II. C")])
    assert isinstance(third, SourceLine)
    assert (third.runs[0].text, third.runs[0].raw, third.runs[0].repair) == ("III. ", "II. ", "repair.sequence")
    assert third.runs[0].confidence == 0.9


def test_quarters_of_headings_and_of_rows_over_all_columns() -> None:
    lines = repaired(
        [line("1. Nhiệm vụ Quý I/2024"), line("2. Quý II/2024"), line("3. Quý II/2024"), line("4. Quý IV/2024")]
    )
    assert text_of(lines[2]) == "3. Quý III/2024"
    rows = tuple(
        SourceRow((SourceCell(((Run(f"Quý {number}/2024", 1, None, 0.9),),), 0, 3),))
        for number in ("I", "II", "II", "IV")
    )
    (table,) = repaired([SourceTable(rows, 3)])
    assert isinstance(table, SourceTable)
    assert table.rows[2].cells[0].paragraphs[0][0].text == "Quý III/2024"


def test_a_text_layer_and_times_in_prose_are_left_alone() -> None:
    native = [line("I. A", None), line("II. B", None), line("II. C", None)]
    prose = [line("Hoàn thành trong Quý II/2024"), line("Báo cáo trước Quý II/2024 và cuối năm")]
    assert repaired(native, prose) == [*native, *prose]
