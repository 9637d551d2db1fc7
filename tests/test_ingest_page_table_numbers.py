"""Running numbers put back in scanned tables, and only where the rows around leave one reading."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.page.table_cells import GridCell, GridRow, PageTable
from pipeline.ingest.page.table_numbers import with_numbers
from pipeline.records import Run


def table_of(numbers: Sequence[str], confidence: float | None = 0.9) -> PageTable:
    """A table of three columns whose first one holds `numbers`; "=" marks a row over all columns."""

    def cell(text: str, x0: float, x1: float) -> GridCell:
        return GridCell(x0, x1, 1, ((Run(text, 1, None, confidence),),) if text else (), False)

    rows = [
        GridRow((cell("Quý I", 0, 300),), 1)
        if number == "="
        else GridRow((cell(number, 0, 30), cell("Việc", 30, 200), cell("Sở Nội vụ", 200, 300)), 1)
        for number in numbers
    ]
    return PageTable(tuple(rows), (0.0, 30.0, 200.0, 300.0), (0, 0, 300, 100))


def numbers_of(table: PageTable) -> list[str]:
    return [row.cells[0].text for row in table.rows]


@pytest.mark.parametrize(
    ("read", "right"),
    [
        (["TT", "1", "", "3"], ["TT", "1", "2", "3"]),
        (["4", "Si", "6."], ["4", "5", "6."]),
        (["1", "", "]", "4"], ["1", "2", "3", "4"]),
        (["1", "=", "", "=", "3"], ["1", "Quý I", "2", "Quý I", "3"]),
    ],
)
def test_the_only_number_left_is_put_back(read: list[str], right: list[str]) -> None:
    assert numbers_of(with_numbers(table_of(read))) == right


@pytest.mark.parametrize(
    "read",
    [
        ["1", "", "2"],
        ["1", "", "", "3"],
        ["1", "", "4"],
        ["", "2"],
        ["1", "Tổng cộng", "3"],
        ["9", "", "1"],
        ["1", "3"],
    ],
)
def test_no_number_is_made_up(read: list[str]) -> None:
    assert numbers_of(with_numbers(table_of(read))) == read


def test_what_was_read_is_kept_and_the_doubt_said() -> None:
    (run,) = with_numbers(table_of(["1", "Si", "3"])).rows[1].cells[0].paragraphs[0]
    assert (run.text, run.raw, run.confidence) == ("2", "Si", 0.9)


def test_a_text_layer_is_left_alone() -> None:
    table = table_of(["1", "", "3"], confidence=None)
    assert with_numbers(table) == table


@given(st.lists(st.sampled_from(["", "1", "2", "3", "4", "7", "x", "=", "Tổng cộng"]), max_size=12))
def test_numbers_read_stay_and_rows_keep_their_order(read: list[str]) -> None:
    made = numbers_of(with_numbers(table_of(read)))
    for before, after in zip(numbers_of(table_of(read)), made, strict=True):
        assert after == before or (not before.isdigit() and after.isdigit())
