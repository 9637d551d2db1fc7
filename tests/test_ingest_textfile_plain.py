"""Plain text and Markdown: the shapes that plans come in. All sentences are made up."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import DocumentError, Kind
from pipeline.ingest.limits import Limits
from pipeline.ingest.textfile.plain import read_plain, read_text
from pipeline.records import SourceBlock, SourceLine, SourceTable


def blocks_of(text: str) -> list[SourceBlock]:
    return [block for page in read_text(text, Limits()) for block in page.blocks]


def lines_of(text: str) -> list[SourceLine]:
    return [block for block in blocks_of(text) if isinstance(block, SourceLine)]


def words(line: SourceLine) -> str:
    return "".join(run.text for run in line.runs)


def cells_of(table: SourceTable) -> list[list[str]]:
    return [
        ["\n".join("".join(run.text for run in runs) for runs in cell.paragraphs) for cell in row.cells]
        for row in table.rows
    ]


def only_table(text: str) -> SourceTable:
    (table,) = [block for block in blocks_of(text) if isinstance(block, SourceTable)]
    return table


def test_markdown_marks_are_no_text() -> None:
    text = "**KẾ HOẠCH**  \n**Công tác thi đua năm 2030**\n\n## I. MỤC ĐÍCH\n\nSố: *15* /KH-UBND\n\n\\*\n\n-----\n\n**TM. BAN  \nTRƯỞNG BAN**"
    found = [(words(line), line.bold) for line in lines_of(text)]
    assert found == [
        ("KẾ HOẠCH", True),
        ("Công tác thi đua năm 2030", True),
        ("I. MỤC ĐÍCH", True),
        ("Số: 15 /KH-UBND", False),
        ("*", False),
        ("TM. BAN", True),
        ("TRƯỞNG BAN", True),
    ]


def test_bold_words_inside_do_not_make_a_line_bold() -> None:
    (line,) = lines_of("Hoàn thành trước **ngày 15 tháng 3** để báo cáo")
    assert (words(line), line.bold) == ("Hoàn thành trước ngày 15 tháng 3 để báo cáo", False)


@pytest.mark.parametrize(
    "text", ["(*) Ghi chú cho bảng; xem (*) ở trên", "5 * 3 = 15", "Số:      /KH-UBND", "a_b_c và ___"]
)
def test_signs_that_are_no_markup_stay(text: str) -> None:
    (line,) = lines_of(text)
    assert words(line) == text


def test_rows_keep_the_gaps_of_double_spaced_text() -> None:
    lines = lines_of("Dòng thứ nhất \n\nDòng thứ hai \n\nDòng thứ ba \nDòng thứ tư")
    assert [line.top for line in lines] == [0, 2, 4, 5]


def test_tab_table_with_a_blank_line_and_headings() -> None:
    table = only_table(
        "Mở đầu\n\nTT\tNội dung\tĐơn vị\n<b>Quý I/2030</b>\t\t\n\n1\tHọp khối\t- Văn phòng\n<b>II</b>\t<b>Khác</b>\t\n\tBáo cáo\tCác phòng\n\nKết thúc."
    )
    assert cells_of(table) == [
        ["TT", "Nội dung", "Đơn vị"],
        ["Quý I/2030"],
        ["1", "Họp khối", "- Văn phòng"],
        ["II", "Khác", ""],
        ["", "Báo cáo", "Các phòng"],
    ]
    heading = table.rows[1].cells[0]
    assert (heading.column_span, heading.bold) == (3, True)


def test_a_row_broken_inside_a_cell_goes_on() -> None:
    table = only_table("TT\tNội dung\tĐơn vị\n1\tTổng kết phong trào\n\nthi đua năm 2030\tVăn phòng\n2\tHọp\tPhòng A")
    assert cells_of(table)[1:] == [["1", "Tổng kết phong trào thi đua năm 2030", "Văn phòng"], ["2", "Họp", "Phòng A"]]


def test_text_after_a_table_is_no_row() -> None:
    text = "TT\tViệc\n1\tHọp tổng kết.\n2\tBáo cáo.\n\nGiao Văn phòng theo dõi.\n\nNơi nhận:"
    assert [words(line) for line in lines_of(text)] == ["Giao Văn phòng theo dõi.", "Nơi nhận:"]


def test_lists_saved_with_tabs_are_no_tables() -> None:
    lines = lines_of("1.\tTổ chức hội nghị\n2.\tBáo cáo kết quả\n\t-\tMột việc nhỏ")
    assert [" ".join(words(line).split()) for line in lines] == [
        "1. Tổ chức hội nghị",
        "2. Báo cáo kết quả",
        "- Một việc nhỏ",
    ]


def test_markdown_pipes() -> None:
    table = only_table("| TT | Việc | Ai |\n|----|:---:|----|\n| 1 | **Họp** | Sở A<br>Sở B |\n| 2 | a \\| b | |\n")
    assert cells_of(table) == [["TT", "Việc", "Ai"], ["1", "Họp", "Sở A\nSở B"], ["2", "a | b", ""]]


def test_pipes_in_running_text_are_no_table() -> None:
    assert len(lines_of("Cột A | Cột B | Cột C\nlà ba cột | của | phụ lục")) == 2


def test_ruled_text_tables() -> None:
    table = only_table("+----+------+\n| TT | Việc |\n+====+======+\n| 1  | Họp  |\n|    | khối |\n+----+------+\n")
    assert cells_of(table) == [["TT", "Việc"], ["1", "Họp khối"]]


def test_letterhead_side_by_side_gives_the_left_column_first() -> None:
    text = (
        "   SỞ NỘI VỤ                  CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "  PHÒNG TỔNG HỢP                  Độc lập - Tự do - Hạnh phúc\n\n"
        "  Số: 12/KH-SNV                 Hà Nam, ngày 5 tháng 2 năm 2030\n\n"
        "                           KẾ HOẠCH\n"
        "            Công tác văn thư của toàn ngành trong năm 2030\n"
    )
    assert [(words(line), line.column) for line in lines_of(text)] == [
        ("SỞ NỘI VỤ", 1),
        ("PHÒNG TỔNG HỢP", 1),
        ("Số: 12/KH-SNV", 1),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 2),
        ("Độc lập - Tự do - Hạnh phúc", 2),
        ("Hà Nam, ngày 5 tháng 2 năm 2030", 2),
        ("KẾ HOẠCH", 0),
        ("Công tác văn thư của toàn ngành trong năm 2030", 0),
    ]


def test_signature_block_with_room_for_the_hand() -> None:
    text = (
        "      Yêu cầu các đơn vị nghiêm túc thực hiện kế hoạch này trong cả năm./.\n"
        "Nơi nhận:                                  KT. GIÁM ĐỐC\n"
        "- Như trên;                                PHÓ GIÁM ĐỐC\n"
        "- Lưu: VT.\n\n\n\n"
        "                                          Lê Thị Thử Nghiệm\n"
    )
    found = [(words(line), line.column) for line in lines_of(text)]
    assert found[0][1] == 0
    assert found[1:] == [
        ("Nơi nhận:", 1),
        ("- Như trên;", 1),
        ("- Lưu: VT.", 1),
        ("KT. GIÁM ĐỐC", 2),
        ("PHÓ GIÁM ĐỐC", 2),
        ("Lê Thị Thử Nghiệm", 2),
    ]


def test_a_table_drawn_with_blanks_has_rows_around_their_numbers() -> None:
    table = only_table(
        "Phụ lục\n\n"
        "  TT     Tên đơn vị          Việc phải làm            Thời hạn\n"
        "        Công ty thứ        Kiểm tra kho chứa\n"
        "  1       nhất                                        23/3/2030\n"
        "                           và hồ sơ của kho\n"
        "  2     Công ty hai        Kiểm tra bãi xe            24/3/2030\n"
    )
    assert cells_of(table) == [
        ["TT", "Tên đơn vị", "Việc phải làm", "Thời hạn"],
        ["1", "Công ty thứ nhất", "Kiểm tra kho chứa và hồ sơ của kho", "23/3/2030"],
        ["2", "Công ty hai", "Kiểm tra bãi xe", "24/3/2030"],
    ]


def test_form_feeds_part_pages_and_page_numbers_go() -> None:
    pages = read_text("Trang đầu\n\f                    2\n\nTrang hai\n", Limits())
    assert [[words(block) for block in page.blocks if isinstance(block, SourceLine)] for page in pages] == [
        ["Trang đầu"],
        ["Trang hai"],
    ]
    assert [page.number for page in pages] == [1, 2]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Kế hoạch công tác thi đua, khen thưởng năm 2030".encode(encoding))
    pages, _ = read_plain(path, Limits())
    assert [words(b) for b in pages[0].blocks if isinstance(b, SourceLine)] == [
        "Kế hoạch công tác thi đua, khen thưởng năm 2030"
    ]


def test_windows_vietnamese(tmp_path: Path) -> None:
    import unicodedata

    path = tmp_path / "a.txt"
    text = "Ủy ban nhân dân tỉnh ban hành kế hoạch công tác thi đua khen thưởng"
    # cp1258 writes the tone as a sign of its own behind the vowel.
    tones = "\u0300\u0301\u0303\u0309\u0323"
    spread = "".join(
        unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones))
        + "".join(c for c in parts if c in tones)
        for parts in (unicodedata.normalize("NFD", letter) for letter in text)
    )
    path.write_bytes(spread.encode("cp1258"))
    pages, _ = read_plain(path, Limits())
    assert [words(b) for b in pages[0].blocks if isinstance(b, SourceLine)] == [text]


def test_old_encodings_are_handed_on_as_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("kÕ ho¹ch c«ng t¸c thi ®ua n¨m 2005".encode("cp1252"))
    pages, _ = read_plain(path, Limits())
    assert [words(b) for b in pages[0].blocks if isinstance(b, SourceLine)] == ["kÕ ho¹ch c«ng t¸c thi ®ua n¨m 2005"]


def test_too_much_text_is_refused() -> None:
    with pytest.raises(DocumentError) as caught:
        read_text("a" * 101, Limits(text_characters=100))
    assert caught.value.kind is Kind.TOO_LARGE


@given(st.text(alphabet=st.sampled_from(list("aạ \t\n|*_\\<b>#-1.\f&;[]()")), max_size=200))
def test_any_text_is_read_and_boxes_hold_the_words(text: str) -> None:
    for line in lines_of(text):
        assert words(line).strip() == words(line) != ""
        assert line.x1 - line.x0 == len(words(line))


def test_hostile_marks_take_no_time() -> None:
    for text in ("**a " * 20_000, "[" * 50_000, "<b" * 30_000):
        assert lines_of(text)


def test_the_recipients_below_two_signers_are_no_part_of_the_columns() -> None:
    text = (
        "SỞ Y TẾ                                   SỞ NỘI VỤ\nGIÁM ĐỐC                                  KT. GIÁM ĐỐC\n"
        "                                          PHÓ GIÁM ĐỐC\n\nHà Thị Bích                               Đỗ Minh\n\n"
        "Nơi nhận:\n- UBND tỉnh;\n- Lưu: VT.\n"
    )
    found = [(line.column, line.runs[0].text.strip()) for line in lines_of(text)]
    assert found[2] == (1, "Hà Thị Bích")
    assert found[-3:] == [(0, "Nơi nhận:"), (0, "- UBND tỉnh;"), (0, "- Lưu: VT.")]


def test_rows_of_very_different_width_are_no_table_without_bound() -> None:
    wide = "|" + "a|" * 1_000 + "\n|" + "-|" * 1_000 + "\n" + "|a|b|\n" * 1_000
    with pytest.raises(DocumentError) as refused:
        read_text(wide, Limits())
    assert refused.value.kind == Kind.TOO_LARGE


def test_a_file_too_large_for_its_characters_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\x81" * 401)
    with pytest.raises(DocumentError) as refused:
        read_plain(path, Limits(text_characters=100))
    assert refused.value.kind == Kind.TOO_LARGE
