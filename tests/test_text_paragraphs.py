"""paragraphs: which printed lines belong together."""

from collections.abc import Sequence

import pytest

from pipeline.records import Run, SourceBlock, SourceLine, SourcePage, SourceParagraph
from pipeline.text.openings import breaks_date, breaks_word
from pipeline.text.paragraphs import items_of
from pipeline.text.passages import Passage

WIDTH, SIGN, HEIGHT, PITCH = 480.0, 6.0, 14.0, 18.0
LEFT = 85.0


def read(*pages: Sequence[SourceBlock]) -> list[str]:
    """The passages' texts, joints put in."""
    numbered = [SourcePage(i, tuple(blocks)) for i, blocks in enumerate(pages, 1)]
    passages = [item for item in items_of(numbered) if isinstance(item, Passage)]
    return ["".join(j + runs_text(line) for j, line in zip(p.joints, p.lines, strict=True)) for p in passages]


def runs_text(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs)


def page(*lines: str | tuple[str, dict[str, float]]) -> list[SourceBlock]:
    """Printed lines of a page, 80 signs wide: "|" at the end says that the line is justified to the border,
    ">" at the start that it is set in, "^" that it is centred, "#" that it is bold."""
    blocks: list[SourceBlock] = []
    top = 70.0
    for line in lines:
        text, more = (line, {}) if isinstance(line, str) else line
        top += more.get("gap", 0.0)
        blocks.append(printed(text, top, int(more.get("column", 0))))
        top += PITCH
    return blocks


def printed(text: str, top: float, column: int = 0) -> SourceLine:
    bare = text.strip("|>^#")
    marks = text[: len(text) - len(text.lstrip("|>^#"))]
    width = len(bare) * SIGN
    x0 = LEFT + (28.0 if ">" in marks else (WIDTH - width) / 2 if "^" in marks else 0.0)
    x1 = LEFT + WIDTH if text.endswith("|") else x0 + width
    run = Run(bare, 1, (x0, top, x1, top + HEIGHT))
    return SourceLine((run,), x0, x1, top, top + HEIGHT, LEFT, LEFT + WIDTH, "#" in marks, column)


def plain(text: str) -> list[SourceBlock]:
    """Lines of a text file, as its reader gives them."""
    rows = text.split("\n")
    right = float(max(map(len, rows)))
    lines = enumerate(rows)
    return [
        SourceLine((Run(t.strip()),), float(len(t) - len(t.lstrip())), float(len(t)), float(i), i + 1.0, 0.0, right)
        for i, t in lines
        if t.strip()
    ]


BODY = (
    ">Tỉnh đã ban hành nhiều văn bản nhằm nâng cao chất lượng công tác thi đua trên|",
    "địa bàn, bảo đảm các phong trào thiết thực, có trọng tâm, trọng điểm và phù hợp|",
    "với điều kiện của từng cơ quan, đơn vị.",
)


def test_wrapped_lines_become_one_paragraph() -> None:
    assert read(page(*BODY, *BODY)) == [" ".join(line.strip("|>") for line in BODY)] * 2


@pytest.mark.parametrize(
    "opening",
    [
        "- Tổ chức hội nghị",
        "+ Tổ chức hội nghị",
        "• Tổ chức hội nghị",
        "-Tổ chức hội nghị",
        "I. MỤC ĐÍCH",
        "II- NỘI DUNG",
        "1. Yêu cầu",
        "1.Yêu cầu",
        "2.1. Yêu cầu",
        "6.2 Đối với các đơn vị",
        "1/ Yêu cầu",
        "a) Sở Nội vụ",
        "b. Sở Nội vụ",
        "a/. Tên đơn vị",
        "đ) Sở Y tế",
        "Điều 1. Ban hành",
        "Phần II. Nội dung",
        "PHỤ LỤC",
        "Nơi nhận:",
        "TM. ỦY BAN NHÂN DÂN",
    ],
)
def test_a_label_begins_a_paragraph_even_after_a_full_line(opening: str) -> None:
    lines = read(page(*BODY[:2], opening, *BODY))
    assert lines[1].startswith(opening)
    assert lines[0].endswith("phù hợp")


@pytest.mark.parametrize(
    ("end", "rest"),
    [
        ("giai đoạn 2019", "- 2025; các phong trào khác"),
        ("phát triển kinh tế", "- xã hội của tỉnh"),
        ("quy định tại khoản 1 Điều", "5. Các đơn vị"),
        ("theo Nghị định số", "91/2017/NĐ-CP"),
        ("Kế hoạch số 12 ngày", "05. tháng 3"),
        ("quy định tại", "Chương II Luật"),
    ],
)
def test_what_looks_like_a_label_may_go_on_with_an_open_line(end: str, rest: str) -> None:
    first = f">Các cơ quan, đơn vị triển khai, thực hiện nghiêm túc các nội dung {end}|"
    assert read(page(*BODY, first, rest))[1] == f"{first.strip('|>')} {rest}"


def test_a_reference_broken_at_its_hyphen_is_joined_without_a_blank() -> None:
    first = ">Thực hiện đúng trình tự, thủ tục được quy định theo Nghị định số 217/2025/NĐ-|"
    assert "217/2025/NĐ-CP ngày" in read(page(*BODY, first, "CP ngày 05/8/2025 của Chính phủ."))[1]
    first = ">Thực hiện đúng trình tự, thủ tục được quy định theo Nghị định số 217/2025/NĐ|"
    assert "217/2025/NĐ-CP ngày" in read(page(*BODY, first, "-CP ngày 05/8/2025 của Chính phủ."))[1]


def test_a_hyphen_between_words_keeps_its_blanks() -> None:
    first = ">Các cấp, các ngành tập trung thực hiện thắng lợi các chỉ tiêu phát triển kinh tế -|"
    assert "kinh tế - xã hội" in read(page(*BODY, first, "xã hội của tỉnh."))[1]


def test_a_dash_at_the_border_parts_words_where_items_are_set_in() -> None:
    first = ">Tham mưu, giúp việc và báo cáo kết quả thực hiện với Hội đồng Thi đua|"
    items = [">- Sở Nội vụ chủ trì.", ">- Sở Y tế phối hợp."]
    assert read(page(*items, *BODY, first, "- Khen thưởng tỉnh."))[-1].endswith("Thi đua - Khen thưởng tỉnh.")


def test_a_short_line_ends_its_paragraph() -> None:
    assert read(page(*BODY, "Các sở, ngành phối hợp", "Các huyện tổ chức thực hiện", *BODY))[1:3] == [
        "Các sở, ngành phối hợp",
        "Các huyện tổ chức thực hiện",
    ]


def test_a_set_in_line_begins_a_paragraph_after_a_full_sentence() -> None:
    ended = "với điều kiện của từng cơ quan, đơn vị, phát huy tinh thần chủ động, sáng tạo.|"
    assert len(read(page(*BODY[:2], ended, *BODY))) == 2


def test_a_sentence_may_begin_in_a_new_line() -> None:
    ended = "với điều kiện của từng cơ quan, đơn vị, phát huy tinh thần chủ động, sáng tạo.|"
    assert len(read(page(*BODY[:2], ended, "Các ngành thực hiện tốt.", *BODY))) == 2


def test_title_that_nearly_fills_its_line_ends_before_the_recital() -> None:
    title = "^Phát động thi đua và khen thưởng trên địa bàn tỉnh Hòa An năm 2025 và 2026"
    ground = ">Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;"
    assert read(page(*BODY, title, ground, *BODY))[1:3] == [title.strip("^"), ground.strip(">")]


def test_centred_title_lines_stay_apart() -> None:
    title = ("#^KẾ HOẠCH", "#^triển khai công tác thi đua", "#^năm 2024 trên địa bàn tỉnh")
    assert read(page(*title, *BODY))[:3] == [line.strip("#^") for line in title]


def test_a_bold_heading_that_fills_its_line_ends_there() -> None:
    heading = "#>1. Nâng cao chất lượng tham mưu và hiệu quả hoạt động của các tổ chức trong Khối"
    assert read(page(*BODY, heading, "Các cơ quan thành viên chủ động.", *BODY))[1:3] == [
        heading.strip("#>"),
        "Các cơ quan thành viên chủ động.",
    ]


def test_white_space_parts_paragraphs_but_not_in_text_spread_all_through() -> None:
    ended = "với điều kiện của từng cơ quan, đơn vị, phát huy tinh thần chủ động, sáng tạo.|"
    wide: dict[str, float] = {"gap": 30.0}
    assert len(read(page(*BODY, *BODY[:2], ended, ("Các ngành thực hiện tốt.", wide)))) == 3
    spread = [(line, {"gap": 16.0}) for line in (*BODY, *BODY[:2], ended, "Các ngành thực hiện tốt.")]
    assert len(read(page(*spread))) == 2


def test_columns_are_never_joined() -> None:
    lines = [
        ("TỈNH SƠN HÀ", {"column": 1.0}),
        ("KHỐI GIAO ƯỚC", {"column": 1.0}),
        ("- Văn phòng Sở (Bố trí kinh phí, phương", {"column": 1.0}),
        ("tiện phục vụ);", {"column": 1.0}),
    ]
    assert len(read(page(*BODY, *lines))) == 5


def test_a_paragraph_goes_on_over_the_page() -> None:
    assert read(page(*BODY, *BODY[:1]), page(*BODY[1:], "- Sở Nội vụ chủ trì.")) == [
        *[" ".join(line.strip("|>") for line in BODY)] * 2,
        "- Sở Nội vụ chủ trì.",
    ]


WRAPPED = """Năm nay là năm thứ hai thực hiện Nghị quyết của tỉnh và Kế hoạch phát triển kinh

tế - xã hội năm năm. Phát huy kết quả đã đạt được trong công tác thi đua, khen

thưởng, các cơ quan, đơn vị tổ chức thực hiện các nội dung sau:

I. MỤC ĐÍCH

- Mở các đợt thi đua ngắn ngày ở từng thôn, từng tổ sản xuất, từng lớp học nhằm

hoàn thành sớm việc của mùa vụ;

- Chấm điểm công khai trên bảng tin, ai làm được việc khó thì được khen trước tập

thể ngay trong tuần, không đợi cuối năm.

3. Giữ nếp họp giao ban hằng tuần và bồi dưỡng nghiệp vụ cho hoạt động quản lý

Nhà nước về thi đua

Hội đồng các cấp soạn lịch kiểm tra chéo giữa các đơn vị cùng khối và chuyển cho

các bên trước khi đi, để không ai bị bất ngờ.

Theo phiếu chấm, thư ký lập bảng tổng hợp của từng khối."""


def test_double_spaced_text_without_indents_is_measured_as_print() -> None:
    read_lines = read(plain(WRAPPED))
    assert [line.split(" ")[0] for line in read_lines] == ["Năm", "I.", "-", "-", "3.", "Hội", "Theo"]
    assert read_lines[4].endswith("hoạt động quản lý Nhà nước về thi đua")


def test_text_without_geometry_is_a_paragraph_a_line() -> None:
    text = """KẾ HOẠCH
triển khai công tác
Căn cứ Luật Thi đua, khen thưởng; Ủy ban nhân dân tỉnh ban hành Kế hoạch với các nội dung như sau:
1. Mục đích
Mỗi phần việc nêu rõ người làm, ngày xong và cách kiểm lại; không đặt chỉ tiêu mà đơn vị chưa từng đo được
Đẩy mạnh tuyên truyền
Sở Nội vụ đọc bảng chấm của các khối mỗi tháng một lần rồi trả lời từng đơn vị về cách
đếm, cách cộng điểm còn lệch nhau."""
    lines = text.split("\n")
    assert read(plain(text)) == [*lines[:6], f"{lines[6]} {lines[7]}"]


def test_word_paragraphs_cut_by_a_hard_return_are_made_whole() -> None:
    cut = [
        SourceParagraph((Run("Sở Nội vụ chủ trì, phối hợp với các cơ quan, đơn vị tham mưu"),)),
        SourceParagraph((Run("tổ chức hội nghị tổng kết."),)),
        SourceParagraph((Run("KẾ HOẠCH"),), bold=True, align="center"),
        SourceParagraph(
            (Run("triển khai công tác thi đua, khen thưởng trên địa bàn tỉnh"),), bold=True, align="center"
        ),
        SourceParagraph((Run("năm 2024"),), bold=True, align="center"),
        SourceParagraph((Run("Các đơn vị thực hiện tốt nhiệm vụ được giao trong năm nay"),)),
        SourceParagraph((Run("a) phòng Tổng hợp"),)),
    ]
    assert len(read(cut)) == 6
    assert read(cut)[0].endswith("tham mưu tổ chức hội nghị tổng kết.")


@pytest.mark.parametrize(
    ("before", "text", "whole"),
    [
        ("Bến Tre, ngày", "28 tháng 3 năm 2013", True),
        ("Lai Châu, ngày 25", "tháng 4 năm 2024", True),
        ("gửi Trưởng khối trước ngày", "25/11/2022.", True),
        ("Hà Nam, ngày 5 tháng 12", "năm 2023", True),
        ("nghỉ thêm 5 ngày", "3. Sở Nội vụ", False),
        ("Tháng 3", "Năm 2023 là năm bản lề", False),
        ("theo từng tháng", "6 đơn vị báo cáo", False),
    ],
)
def test_a_date_broken_by_a_line_is_whole(before: str, text: str, whole: bool) -> None:
    assert breaks_date(before, text) is whole


@pytest.mark.parametrize(
    ("before", "text", "broken"),
    [
        ("Thực hiện Chỉ", "thị số 12/CT-TTg ngày 3/4/2021", True),
        ("của Ủy", "ban nhân dân tỉnh", True),
        ("Lập kế", "hoạch năm", True),
        ("Thực hiện Chỉ", "Thị xã Sơn Tây", False),
        ("Các cơ quan", "thị xã", False),
    ],
)
def test_a_word_of_two_syllables_may_be_broken(before: str, text: str, broken: bool) -> None:
    assert breaks_word(before, text) is broken


WEB = "Nâng cao\nchất lượng phục vụ người dân và doanh nghiệp trong tỉnh.\n{second}\nTăng cường\ntrách nhiệm của người đứng đầu các cơ quan.\n{third}"
GOES_ON = "Mở rộng các hình thức tuyên truyền trên báo chí và mạng\nxã hội cho người dân ở vùng sâu, vùng xa của tỉnh\nvà cả nước."


def test_a_text_that_breaks_lines_anywhere_is_joined_everywhere() -> None:
    text = WEB.format(second="Đổi mới\ncách làm việc của các cơ quan.", third=GOES_ON)
    assert "Nâng cao chất lượng phục vụ người dân và doanh nghiệp trong tỉnh." in read(plain(text))
    assert "Đổi mới cách làm việc của các cơ quan." in read(plain(text))


def test_one_short_line_before_a_small_letter_is_no_broken_text() -> None:
    text = f"Thành phần\nlãnh đạo các phòng, ban.\n{GOES_ON}"
    assert read(plain(text))[:2] == ["Thành phần", "lãnh đạo các phòng, ban."]
