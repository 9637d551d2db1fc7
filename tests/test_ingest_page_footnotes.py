"""Footnotes of a printed page are told from its body, its lists and its recipients."""

from __future__ import annotations

import pytest

from pipeline.ingest.page.footnotes import without_footnotes
from pipeline.ingest.page.words import PageWord, Row, row_text

BODY, SMALL = 14.0, 10.0


def row_at(top: float, text: str, size: float) -> Row:
    row: Row = []
    x0 = 80.0
    for word in text.split():
        row.append(PageWord(word, x0, top, x0 + size * 0.5 * len(word), top + size))
        x0 += size * 0.5 * (len(word) + 1)
    return row


def page(*foot: str, size: float = SMALL) -> list[Row]:
    body = [row_at(60 + 20 * at, "Các đơn vị tổ chức thực hiện nội dung này", BODY) for at in range(25)]
    return body + [row_at(640 + 14 * at, text, size) for at, text in enumerate(foot)]


def test_each_note_has_its_lines() -> None:
    rows = page(
        "1 Nghị quyết số 05-NQ/TU ngày 12/3/2021", "của Ban Chấp hành Đảng bộ tỉnh", "2 Luật Thi đua, khen thưởng"
    )
    body, notes = without_footnotes(rows, 842)
    assert body == rows[:25]
    assert [[row_text(row) for row in note] for note in notes] == [
        ["1 Nghị quyết số 05-NQ/TU ngày 12/3/2021", "của Ban Chấp hành Đảng bộ tỉnh"],
        ["2 Luật Thi đua, khen thưởng"],
    ]


@pytest.mark.parametrize(
    "rows",
    [
        page("1 Nghị quyết số 05-NQ/TU ngày 12/3/2021", size=BODY),
        page("1. Mục đích của kế hoạch này", "2. Yêu cầu đặt ra"),
        page("Nơi nhận:", "1 Ủy ban nhân dân tỉnh", "2 Sở Nội vụ"),
        page("Ghi chú: số liệu của Sở Nội vụ"),
        [row_at(60, "1 Kế hoạch nhỏ của đơn vị", SMALL)],
        [],
    ],
    ids=["body size", "a list", "recipients", "no number", "nothing above", "empty"],
)
def test_other_small_print_stays_in_the_body(rows: list[Row]) -> None:
    assert without_footnotes(rows, 842) == (rows, [])


def test_small_print_in_the_upper_page_is_no_note() -> None:
    rows = [row_at(60, "Các đơn vị tổ chức thực hiện nội dung", BODY), row_at(90, "1 Luật Thi đua", SMALL)]
    assert without_footnotes(rows, 842)[1] == []
