"""Roman labels of section rows put right by their order, and left alone where the order says nothing."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.ingest.page.table_cells import GridCell, GridRow, PageTable
from pipeline.ingest.page.table_numbers import with_numbers
from pipeline.records import Run


def table_of(labels: Sequence[str], confidence: float | None = 0.8) -> PageTable:
    """Section rows with `labels`, each followed by a numbered row of three cells."""

    def cell(text: str, x0: float, x1: float) -> GridCell:
        return GridCell(x0, x1, 1, ((Run(text, 1, None, confidence),),) if text else (), False)

    rows: list[GridRow] = []
    for at, label in enumerate(labels, start=1):
        rows.append(GridRow((cell(label, 0, 30), cell("Nhóm việc", 30, 300)), 1))
        rows.append(GridRow((cell(str(at), 0, 30), cell("Việc", 30, 200), cell("Sở Nội vụ", 200, 300)), 1))
    return PageTable(tuple(rows), (0.0, 30.0, 200.0, 300.0), (0, 0, 300, 100))


def labels_of(table: PageTable) -> list[str]:
    return [row.cells[0].text for row in table.rows if len(row.cells) == 2]


@pytest.mark.parametrize(
    ("read", "right"),
    [
        (["I", "H", "III"], ["I", "II", "III"]),
        (["lÍ", "II", "IH", "IV"], ["I", "II", "III", "IV"]),
        (["I.", "1I.", "III."], ["I.", "II.", "III."]),
        (["I", "", "III", "IV", "V", "VỊ"], ["I", "II", "III", "IV", "V", "VI"]),
    ],
)
def test_strokes_between_right_labels_are_read_by_order(read: list[str], right: list[str]) -> None:
    assert labels_of(with_numbers(table_of(read))) == right


@pytest.mark.parametrize("read", [["A", "B", "C"], ["II", "III", "IV"], ["I", "IV", "III"], ["I", "Chung", "III"]])
def test_other_labels_are_left(read: list[str]) -> None:
    assert labels_of(with_numbers(table_of(read))) == read


def test_a_text_layer_is_left() -> None:
    assert labels_of(with_numbers(table_of(["I", "H", "III"], None))) == ["I", "H", "III"]


def test_a_corrected_label_keeps_what_was_read() -> None:
    row = with_numbers(table_of(["I", "H", "III"])).rows[2]
    assert row.cells[0].paragraphs[0][0].raw == "H"


def test_numbers_beside_section_rows_and_specks_are_cleaned() -> None:
    table = table_of(["I", "II", "III"])
    rows = list(table.rows)
    first = rows[3].cells[0]
    noisy = GridCell(first.x0, first.x1, 1, ((Run("2,", 1, None, 0.5),),), False)
    rows[3] = GridRow((noisy, *rows[3].cells[1:]), 1)
    cleaned = with_numbers(PageTable(tuple(rows), table.edges, table.box))
    assert [row.cells[0].text for row in cleaned.rows if len(row.cells) == 3] == ["1", "2", "3"]
