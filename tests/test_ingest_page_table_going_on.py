"""A table without lines that the page broke is one table again; what stands below it stays text."""

from __future__ import annotations

from pipeline.ingest.page.blocks import join_pages, page_blocks
from pipeline.ingest.page.words import PageWord
from pipeline.records import SourceLine, SourceTable

SIZE = (595.0, 842.0)
PLACES = (60.0, 100.0, 300.0, 420.0)


def printed(top: float, *cells: str) -> list[PageWord]:
    """Words six points wide a sign, each cell at its column."""
    words: list[PageWord] = []
    for x0, text in zip(PLACES, cells, strict=False):
        for word in text.split():
            words.append(PageWord(word, x0, top, x0 + 6.0 * len(word), top + 12))
            x0 += 6.0 * len(word) + 4
    return words


FIRST = [
    *printed(700, "STT", "Nội dung công việc", "Đơn vị chủ trì", "Thời gian"),
    *printed(716, "1", "Xây dựng kế hoạch", "Văn phòng", "Tháng 01"),
    *printed(732, "2", "Sơ kết sáu tháng và", "Sở Nội vụ", "Tháng 6"),
]


def joined(second: list[PageWord]) -> tuple[SourceTable, list[SourceLine]]:
    pages = [page_blocks(words, [], at, SIZE, {})[0] for at, words in enumerate((FIRST, second), start=1)]
    (one, two), _ = join_pages(pages)
    (table,) = [block for block in one if isinstance(block, SourceTable)]
    assert not any(isinstance(block, SourceTable) for block in two)
    return table, [block for block in two if isinstance(block, SourceLine)]


def numbers(table: SourceTable) -> list[str]:
    return ["".join(run.text for runs in row.cells[0].paragraphs for run in runs) for row in table.rows]


def test_rows_on_the_next_page_join_the_table_and_prose_does_not() -> None:
    second = [
        *printed(60, "", "họp đánh giá"),
        *printed(76, "3", "Tổng kết năm", "Văn phòng", "Tháng 12"),
        *printed(92, "4", "Khen thưởng", "Sở Nội vụ", "Tháng 12"),
        *printed(140, "Trên đây là kế hoạch của Sở, đề nghị các đơn vị thực hiện nghiêm túc các nội dung nêu trên"),
    ]
    table, behind = joined(second)
    assert numbers(table) == ["STT", "1", "2", "3", "4"]
    assert "".join(run.text for runs in table.rows[2].cells[1].paragraphs for run in runs).endswith("họp đánh giá")
    assert [line.runs[0].text.strip() for line in behind] == ["Trên"]


def test_a_list_that_starts_anew_stays_text() -> None:
    table, behind = joined([*printed(60, "1", "Một danh sách khác", "Sở Y tế", "Tháng 3"), *printed(76, "2", "Nữa")])
    assert numbers(table) == ["STT", "1", "2"]
    assert len(behind) == 2
