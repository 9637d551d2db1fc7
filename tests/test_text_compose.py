"""compose: the canonical text, its blocks, pages and places, exact by construction."""

import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import (
    Paragraph,
    PlanText,
    Run,
    SourceBlock,
    SourceCell,
    SourceDocument,
    SourceLine,
    SourcePage,
    SourceParagraph,
    SourceRow,
    SourceTable,
    Table,
)
from pipeline.text import compose
from pipeline.text.places import bbox_of, page_of


def document(*pages: Sequence[SourceBlock]) -> SourceDocument:
    numbered = tuple(SourcePage(number, tuple(blocks)) for number, blocks in enumerate(pages, 1))
    return SourceDocument("0" * 16, "0" * 64, "a.txt", "text/plain", 1, numbered)


def paragraph(*texts: str, page: int = 1) -> SourceParagraph:
    return SourceParagraph(tuple(Run(text, page) for text in texts))


def cell(column: int, *texts: str) -> SourceCell:
    return SourceCell(tuple((Run(text),) for text in texts), column)


def texts(plan: PlanText) -> list[str]:
    return [plan.text[block.start : block.end] for block in plan.blocks]


def test_blocks_are_lines_of_the_text() -> None:
    plan = compose(document([paragraph("KẾ HOẠCH"), paragraph("Công tác ", "thi đua"), paragraph(" \n ")]))
    assert plan.text == "KẾ HOẠCH\nCông tác thi đua\n"
    assert texts(plan) == ["KẾ HOẠCH", "Công tác thi đua"]


def test_a_table_is_rows_of_cells_of_lines() -> None:
    rows = (
        SourceRow((cell(0, "TT"), cell(1, "Nội dung\tcông việc"))),
        SourceRow((cell(0, "1"), cell(1, "- Văn phòng chủ trì.", " ", "- Các phòng\nphối hợp."))),
        SourceRow((cell(0), cell(1, "Quý I"))),
    )
    plan = compose(document([paragraph("Kèm theo:"), SourceTable(rows, 2), paragraph("Hết")]))
    assert plan.text == (
        "Kèm theo:\nTT\tNội dung công việc\n1\t- Văn phòng chủ trì.\n- Các phòng phối hợp.\n\tQuý I\nHết\n"
    )
    table = plan.blocks[1]
    assert isinstance(table, Table)
    second = table.rows[1].cells[1]
    assert [plan.text[start:end] for start, end in second.lines] == ["- Văn phòng chủ trì.", "- Các phòng phối hợp."]
    assert table.rows[2].cells[0].lines == ()
    assert [plan.text[row.start : row.end] for row in table.rows][2] == "\tQuý I"


def test_a_cell_reference_broken_at_its_hyphen_is_whole() -> None:
    table = SourceTable(
        (SourceRow((cell(0, "Kế hoạch số 39/KH-", "BDT của Ban"), cell(1, "Văn phòng", "Thanh tra"))),), 2
    )
    assert compose(document([table])).text == "Kế hoạch số 39/KH-BDT của Ban\tVăn phòng\nThanh tra\n"


def test_printed_cell_lines_that_wrap_are_whole_and_items_stay_apart() -> None:
    box = (1.0, 2.0, 3.0, 4.0)
    printed = tuple(
        (Run(text, 1, box),) for text in ("Công ty cổ phần xây", "dựng Yên Bái", "Sở Y tế;", "các huyện", "- tổ")
    )
    typed = cell(1, "Sở Nội vụ", "các sở, ngành", "Sở Y tế và", "các huyện")
    table = SourceTable((SourceRow((SourceCell(printed, 0), typed)),), 2)
    assert compose(document([table])).text == (
        "Công ty cổ phần xây dựng Yên Bái\nSở Y tế;\ncác huyện\n- tổ\tSở Nội vụ\ncác sở, ngành\nSở Y tế và các huyện\n"
    )


def test_normalisation_does_not_shift_places() -> None:
    box, other = (1.0, 2.0, 3.0, 4.0), (5.0, 2.0, 9.0, 4.0)
    line = SourceLine((Run("Kê", 1, box), Run("\u0301 \u00a0hoa\u0323ch\u00ad", 1, other, 0.5)), 1, 9, 2, 4, 1, 100)
    plan = compose(document([line]))
    assert plan.text == "Kế hoạch\n"
    assert [(plan.text[p.start : p.end], p.bbox) for p in plan.places] == [("Kế", box), (" hoạch", other)]


def test_words_keep_their_boxes_when_lines_are_joined() -> None:
    first = [
        Run(f"{word} ", 1, (80.0 + 40 * i, 100.0, 115.0 + 40 * i, 112.0))
        for i, word in enumerate(("Các", "cơ", "quan", "đơn"))
    ]
    last = [Run(word, 2, (80.0, 50.0, 110.0, 62.0)) for word in ("vị",)]
    plan = compose(
        document(
            [SourceLine(tuple(first), 80, 235, 100, 112, 80, 240)],
            [SourceLine(tuple(last), 80, 110, 50, 62, 80, 240)],
        )
    )
    assert plan.text == "Các cơ quan đơn vị\n"
    start = plan.text.index("đơn vị")
    assert bbox_of(plan, start, start + 6) == (200.0, 100.0, 235.0, 112.0)
    assert page_of(plan, plan.text.index("vị")) == 2


def test_a_paragraph_broken_by_a_page_lies_where_it_starts() -> None:
    plan = compose(
        document(
            [paragraph("Tiếp tục phát huy vai trò của người đứng đầu cơ quan trong lãnh")],
            [paragraph("đạo, điều hành nhiệm vụ.", page=2), paragraph("Sở Nội vụ", page=2)],
            [],
            [paragraph("Nơi nhận:", page=4)],
        )
    )
    assert [(page.number, plan.text[page.start : page.end]) for page in plan.pages] == [
        (1, "Tiếp tục phát huy vai trò của người đứng đầu cơ quan trong lãnh đạo, điều hành nhiệm vụ.\n"),
        (2, "Sở Nội vụ\n"),
        (3, ""),
        (4, "Nơi nhận:\n"),
    ]
    assert [block.page for block in plan.blocks] == [1, 2, 4]


def test_rows_know_their_page() -> None:
    rows = tuple(SourceRow((cell(0, f"Việc {number}"),), page=number) for number in (1, 2, 3))
    plan = compose(document([SourceTable(rows, 1)], [], [paragraph("Hết", page=3)]))
    table = plan.blocks[0]
    assert isinstance(table, Table)
    assert [row.page for row in table.rows] == [1, 2, 3]
    assert [plan.text[page.start : page.end] for page in plan.pages] == ["Việc 1\n", "Việc 2\n", "Việc 3\nHết\n"]


def test_furniture_is_out() -> None:
    head = "Kế hoạch công tác của Sở Nội vụ"
    pages = [
        [
            paragraph(f"{head} {n}", page=n),
            paragraph("-----"),
            paragraph(f"Nội dung của trang {word}.", page=n),
            paragraph(f"- {n} -"),
        ]
        for n, word in enumerate(("một", "hai", "ba"), 1)
    ]
    assert texts(compose(document(*pages))) == [f"Nội dung của trang {word}." for word in ("một", "hai", "ba")]


def test_numbers_that_are_text_stay() -> None:
    assert texts(compose(document([paragraph("2024"), paragraph("12")]))) == ["2024", "12"]
    assert texts(compose(document([paragraph("NĂM"), paragraph("2024")], [paragraph("Nội dung")]))) == [
        "NĂM",
        "2024",
        "Nội dung",
    ]


def test_page_numbers_that_count_through_a_text_without_pages_go() -> None:
    blocks: list[SourceBlock] = []
    for number, word in ((2, "Sở Nội vụ chủ trì."), (3, "Sở Y tế phối hợp."), (4, "Sở Tài chính bố trí.")):
        blocks += [paragraph(word), paragraph(str(number))]
    assert len(compose(document(blocks)).blocks) == 3


def test_a_signature_stamp_is_no_text() -> None:
    stamp = ["Ký bởi: Văn phòng Ủy ban nhân dân", "tỉnh Hà Nam", "Thời gian ký: 24.02.2020 17:09:21"]
    words = [*stamp, "KẾ HOẠCH", "Cơ quan: nơi nhận"]
    lines: list[SourceBlock] = [
        SourceLine((Run(text),), 0, len(text), top, top + 1, 0, 80, column=1) for top, text in enumerate(words)
    ]
    assert texts(compose(document(lines))) == ["KẾ HOẠCH", "Cơ quan: nơi nhận"]


def test_an_empty_document_gives_an_empty_text() -> None:
    plan = compose(document([], [paragraph(" "), SourceTable((SourceRow((cell(0),)),), 1)]))
    assert (plan.text, plan.blocks, plan.places) == ("", (), ())
    assert [(page.start, page.end) for page in plan.pages] == [(0, 0), (0, 0)]


def test_column_bold_align_and_role_go_along() -> None:
    title = SourceParagraph((Run("KẾ HOẠCH"),), bold=True, align="center")
    note = SourceParagraph((Run("1 Theo Quyết định"),), role="footnote")
    left = SourceLine((Run("TỈNH HÀ NAM"),), 0, 11, 0, 1, 0, 30, column=1)
    plan = compose(document([left, title, note]))
    assert plan.blocks == (
        Paragraph(0, 11, 1, column=1),
        Paragraph(12, 20, 1, bold=True, align="center"),
        Paragraph(21, 38, 1, role="footnote"),
    )


_SIGNS = st.text(
    alphabet=st.one_of(st.sampled_from(list("aKếĐ \t\n-.;12\u0301\u0323\u00ad\u00d0*|")), st.characters()), max_size=12
)
_BOXES = st.one_of(st.none(), st.just((1.0, 2.0, 3.0, 4.0)))
_RUNS = st.lists(st.builds(Run, _SIGNS, st.just(1), _BOXES, st.one_of(st.none(), st.just(0.5))), max_size=4).map(tuple)
_LINES = st.builds(
    SourceLine, _RUNS, *(st.floats(0, 600) for _ in range(6)), bold=st.booleans(), column=st.integers(0, 2)
)
_CELLS = st.lists(_RUNS, max_size=3).map(tuple)
_ROWS = st.lists(_CELLS, max_size=3).map(lambda cells: SourceRow(tuple(SourceCell(c, i) for i, c in enumerate(cells))))
_TABLES = st.lists(_ROWS, max_size=3).map(lambda rows: SourceTable(tuple(rows), 3))
_BLOCKS = st.one_of(st.builds(SourceParagraph, _RUNS), _LINES, _TABLES)
_DOCUMENTS = st.lists(st.lists(_BLOCKS, max_size=5), max_size=4).map(lambda pages: document(*pages))


@settings(deadline=None)
@given(_DOCUMENTS)
def test_the_text_is_covered_and_every_offset_is_exact(source: SourceDocument) -> None:
    plan = compose(source)
    assert unicodedata.is_normalized("NFC", plan.text)
    assert len(plan.folded) == len(plan.text)
    end = 0
    for block in plan.blocks:
        assert block.start == end
        assert plan.text[block.end] == "\n"
        end = block.end + 1
        if isinstance(block, Paragraph):
            assert plan.text[block.start : block.end].strip() == plan.text[block.start : block.end] != ""
            assert "\n" not in plan.text[block.start : block.end]
            assert "\t" not in plan.text[block.start : block.end]
        else:
            check_table(plan, block)
    assert end == len(plan.text)
    assert [page.number for page in plan.pages] == [page.number for page in source.pages]
    assert "".join(plan.text[page.start : page.end] for page in plan.pages) == plan.text
    assert all(one.end <= two.start for one, two in zip(plan.places, plan.places[1:], strict=False))
    assert all(0 <= place.start < place.end <= len(plan.text) for place in plan.places)


def check_table(plan: PlanText, table: Table) -> None:
    assert "\n".join(plan.text[row.start : row.end] for row in table.rows) == plan.text[table.start : table.end]
    for row in table.rows:
        cells = [plan.text[cell.start : cell.end] for cell in row.cells]
        assert "\t".join(cells) == plan.text[row.start : row.end]
        for one in row.cells:
            assert "\n".join(plan.text[start:end] for start, end in one.lines) == plan.text[one.start : one.end]


@settings(deadline=None)
@given(_DOCUMENTS)
def test_composing_twice_gives_the_same(source: SourceDocument) -> None:
    assert compose(source) == compose(source)


@pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
def test_seeds_read_as_a_person_reads_them(name: str, shared: Path) -> None:
    """No paragraph of the five papers ends inside a sentence, and none holds two items."""
    from pipeline.ingest.limits import Limits
    from pipeline.ingest.textfile.plain import read_plain

    path = next((shared / "seeds").glob(f"{name}_*"))
    pages, _ = read_plain(path, Limits())
    plan = compose(SourceDocument("0", "0", path.name, "text/plain", 1, pages))
    bodies = [text for text in texts(plan) if len(text) > 110 and "\t" not in text]
    assert len(bodies) >= 2
    assert all(
        text[-1] in ".;:…”" or text.endswith(("./.", "tiên tiến", "Sở Nội vụ)", "khen thưởng")) for text in bodies
    )
    assert not any(word in text for text in bodies for word in (" - Tổ chức", ". II. ", " Nơi nhận:"))


def test_the_issuer_in_the_letterhead_is_no_running_head() -> None:
    """It may sign each appendix with the same words; those at the foot are furniture only if they stand there often."""
    foot = "SỞ GIÁO DỤC VÀ ĐÀO TẠO"
    head = SourceLine((Run(foot),), 50, 250, 50, 62, 40, 270, column=1)
    pages: list[list[SourceBlock]] = [[head, paragraph("Nội dung trang một.")]]
    pages += [
        [paragraph(f"Phụ lục {n}", page=n), paragraph("Nội dung.", page=n), paragraph(foot, page=n)] for n in (2, 3)
    ]
    plan = compose(document(*pages))
    assert plan.text.count(foot) == 3
