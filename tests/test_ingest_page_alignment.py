"""Tables without ruling lines: cells by alignment, and everything that only looks like one left alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.page.alignment import aligned_tables, going_on
from pipeline.ingest.page.table_cells import PageTable, fill_table
from pipeline.ingest.page.words import PageWord, Row

COLUMNS = (60.0, 100.0, 300.0, 420.0)
PITCH = 16.0

Printed = Sequence[tuple[float, str]]
HEADING: Printed = [(60, "STT"), (100, "Nội dung công việc"), (300, "Đơn vị chủ trì"), (420, "Thời gian")]


def row_at(line: float, cells: Printed) -> Row:
    """Words six points wide a sign, twelve high, on one printed line."""
    row: Row = []
    for x0, text in cells:
        for word in text.split():
            row.append(PageWord(word, x0, line * PITCH, x0 + 6.0 * len(word), line * PITCH + 12))
            x0 += 6.0 * len(word) + 4
    return row


def rows_of(*lines: Printed) -> list[Row]:
    return [row_at(at, cells) for at, cells in enumerate(lines)]


def table_of(rows: Sequence[Row]) -> PageTable:
    (boxes,) = aligned_tables(rows)
    table = fill_table(boxes, [word for row in rows for word in row], 1)
    assert table is not None
    return table


def texts(table: PageTable) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_wrapped_cells_belong_to_the_numbered_row() -> None:
    table = table_of(
        rows_of(
            HEADING,
            [(60, "1"), (100, "Xây dựng kế hoạch phát động"), (300, "Văn phòng"), (420, "Tháng 01")],
            [(100, "phong trào thi đua"), (300, "Sở Nội vụ")],
            [(60, "2"), (100, "Sơ kết sáu tháng"), (420, "Tháng 6")],
        )
    )
    assert texts(table) == [
        ["STT", "Nội dung công việc", "Đơn vị chủ trì", "Thời gian"],
        ["1", "Xây dựng kế hoạch phát động phong trào thi đua", "Văn phòng Sở Nội vụ", "Tháng 01"],
        ["2", "Sơ kết sáu tháng", "", "Tháng 6"],
    ]


@pytest.mark.parametrize("start", [60, 150])
def test_a_quarter_over_the_columns_is_a_row_of_one_cell(start: float) -> None:
    table = table_of(
        rows_of(
            HEADING,
            [(start, "Quý I/2024")],
            [(60, "1"), (100, "Phát động thi đua"), (300, "Văn phòng"), (420, "Tháng 01")],
            [(start, "Quý II/2024")],
            [(60, "2"), (100, "Kiểm tra cơ sở"), (300, "Thanh tra"), (420, "Tháng 5")],
        )
    )
    assert [row for row in texts(table) if len(row) == 1] == [["Quý I/2024"], ["Quý II/2024"]]


def test_prose_behind_the_table_is_not_in_it() -> None:
    rows = rows_of(
        HEADING,
        [(60, "1"), (100, "Phát động thi đua"), (300, "Văn phòng"), (420, "Tháng 01")],
        [(60, "2"), (100, "Kiểm tra cơ sở"), (300, "Thanh tra"), (420, "Tháng 5")],
        [(60, "Trên đây là Kế hoạch công tác thi đua, khen thưởng năm 2024 của Sở, đề nghị các đơn vị thực hiện")],
    )
    assert texts(table_of(rows))[-1][0] == "2"


def test_a_misread_number_still_starts_a_row() -> None:
    rows = rows_of(
        HEADING,
        [(60, "1"), (100, "Phát động thi đua"), (300, "Văn phòng"), (420, "Tháng 01")],
        [(60, "Si"), (100, "Kiểm tra cơ sở"), (300, "Thanh tra"), (420, "Tháng 5")],
        [(60, "3"), (100, "Tổng kết"), (300, "Văn phòng"), (420, "Tháng 12")],
    )
    assert [row[1] for row in texts(table_of(rows))[1:]] == ["Phát động thi đua", "Kiểm tra cơ sở", "Tổng kết"]


@pytest.mark.parametrize(
    "lines",
    [
        [[(60, "SỞ NỘI VỤ"), (300, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")], [(60, "Số: 12/KH-SNV"), (300, "Hà Nam, ngày 5")]],
        [[(60, "Nơi nhận:"), (300, "GIÁM ĐỐC")], [(60, "- Như trên;"), (300, "Trần Văn An")]],
        [[(60, "1"), (100, "Nguyễn An"), (300, "Trưởng ban")], [(60, "2"), (100, "Trần Bình"), (300, "Phó ban")]],
        [HEADING, [(60, "Các đơn vị lập bảng theo mẫu trên và gửi về Sở Nội vụ trước ngày 15 tháng 12 hằng năm")]],
        [HEADING, [(60, "1"), (100, "Phát động thi đua"), (300, "Văn phòng"), (420, "Tháng 01")]],
    ],
    ids=["header", "signature", "list without heading", "heading alone", "one record"],
)  # fmt: skip
def test_what_only_looks_like_a_table_is_none(lines: list[Printed]) -> None:
    assert aligned_tables(rows_of(*lines)) == []


@given(st.lists(st.lists(st.text("abc đ", max_size=20), min_size=4, max_size=4), max_size=8))
def test_every_word_of_the_records_stands_in_just_one_cell(records: list[list[str]]) -> None:
    lines: list[Printed] = [HEADING]
    for number, cells in enumerate(records, 1):
        lines.append([(60, str(number)), *((x, text) for x, text in zip(COLUMNS[1:], cells[1:], strict=True))])
    rows = rows_of(*lines)
    for boxes in aligned_tables(rows):
        inside = [word for row in rows for word in row if word.bottom < max(box[3] for box in boxes)]
        assert len(inside) >= 8
        for word in inside:
            owners = [b for b in boxes if b[0] < word.centre < b[2] and b[1] < word.middle < b[3]]
            assert len(owners) == 1


def test_a_heading_of_two_rows_parts_its_columns() -> None:
    table = table_of(
        rows_of(
            [(60, "STT"), (100, "Nội dung công việc"), (300, "Đơn vị cùng nhau thực hiện"), (520, "Thời gian")],
            [(306, "Chủ trì"), (410, "Phối hợp")],
            [(60, "1"), (100, "Xây dựng kế hoạch"), (290, "Văn phòng Sở"), (400, "Sở Nội vụ"), (520, "Tháng 01")],
            [(60, "2"), (100, "Sơ kết sáu tháng"), (290, "Sở Y tế"), (400, "Công an"), (520, "Tháng 6")],
        )
    )
    assert texts(table)[0] == ["STT", "Nội dung công việc", "Đơn vị cùng nhau thực hiện", "Thời gian"]
    assert texts(table)[1] == ["", "", "Chủ trì", "Phối hợp", ""]
    assert texts(table)[2] == ["1", "Xây dựng kế hoạch", "Văn phòng Sở", "Sở Nội vụ", "Tháng 01"]


STRIPS = [(80.0, 95.0), (270.0, 295.0), (390.0, 415.0)]


def test_a_table_goes_on_with_its_next_number_up_to_prose() -> None:
    rows = rows_of(
        [(100, "phần còn lại của việc trước")],
        [(60, "4"), (100, "Tổng kết năm"), (300, "Văn phòng"), (420, "Tháng 12")],
        [(60, "5"), (100, "Khen thưởng"), (300, "Sở Nội vụ"), (420, "Tháng 12")],
        [(60, "Trên đây là kế hoạch công tác thi đua của Sở, đề nghị các đơn vị thực hiện nghiêm túc")],
    )
    boxes, end = going_on(rows, STRIPS, 3)
    table = fill_table(boxes, [word for row in rows[:end] for word in row], 2)
    assert end == 3
    assert table is not None
    assert texts(table)[1:] == [
        ["4", "Tổng kết năm", "Văn phòng", "Tháng 12"],
        ["5", "Khen thưởng", "Sở Nội vụ", "Tháng 12"],
    ]


@pytest.mark.parametrize("number", [2, 4, 9])
def test_another_number_is_no_going_on(number: int) -> None:
    rows = rows_of([(60, "4"), (100, "Tổng kết năm"), (300, "Văn phòng"), (420, "Tháng 12")])
    assert going_on(rows, STRIPS, number) == ([], 0)
