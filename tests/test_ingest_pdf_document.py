"""Text PDFs made here: words, columns, tables over pages, furniture, rotation, and files that are no good."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.errors import DocumentError, Kind
from pipeline.ingest.limits import Limits
from pipeline.ingest.page.words import PageWord
from pipeline.ingest.pdf.document import read_pdf
from pipeline.records import SourceBlock, SourceLine, SourcePage, SourceTable
from tests.fonts import FONTS

BODY = [
    "Thực hiện chương trình công tác năm 2024, Sở Nội vụ xây dựng kế hoạch tổ chức",
    "tập huấn nghiệp vụ cho công chức các huyện với các nội dung chính như sau, bảo",
    "đảm thiết thực, tiết kiệm, đúng thời gian và phù hợp với điều kiện của địa phương.",
]
WIDTHS = (40, 260, 150)
HEAD = ["TT", "Nội dung công việc", "Đơn vị"]


def no_engine(picture: object, seconds: float) -> list[PageWord]:
    raise AssertionError("a page with a text layer must not be read by OCR")


@pytest.fixture
def canvas(tmp_path: Path) -> Canvas:
    for name in ("DejaVuSans", "DejaVuSans-Bold"):
        pdfmetrics.registerFont(TTFont(name, FONTS / f"{name}.ttf"))
    made = Canvas(str(tmp_path / "plan.pdf"), pagesize=A4)
    made.setFont("DejaVuSans", 11)
    return made


@pytest.fixture
def read(canvas: Canvas, tmp_path: Path) -> Callable[[], tuple[SourcePage, ...]]:
    def saved() -> tuple[SourcePage, ...]:
        canvas.save()
        pages, findings = read_pdf(tmp_path / "plan.pdf", Limits(), no_engine)
        assert findings == ()
        return pages

    return saved


def put(canvas: Canvas, top: float, x: float, text: str, bold: bool = False, size: float = 11) -> None:
    canvas.setFont("DejaVuSans-Bold" if bold else "DejaVuSans", size)
    canvas.drawString(x, A4[1] - top, text)


def body(canvas: Canvas, top: float) -> None:
    for at, line in enumerate(BODY):
        put(canvas, top + 18 * at, 85 + (30 if at == 0 else 0), line)


def text_of(block: SourceBlock) -> str:
    assert isinstance(block, SourceLine)
    return "".join(run.text for run in block.runs)


def cells_of(table: SourceBlock) -> list[list[str]]:
    assert isinstance(table, SourceTable)
    return [
        [" ".join("".join(run.text for run in runs) for runs in cell.paragraphs) for cell in row.cells]
        for row in table.rows
    ]


def table(canvas: Canvas, top: float, rows: list[list[str]], height: float = 24) -> None:
    """Ruled rows; a row of one text spans all columns; "|" breaks the line in a cell."""
    left, page = 70.0, canvas._pagesize[1]
    for at, row in enumerate(rows):
        y, x = page - top - at * height, left
        widths = WIDTHS if len(row) > 1 else (sum(WIDTHS),)
        for width, text in zip(widths, row, strict=True):
            canvas.rect(x, y - height, width, height)
            for line, part in enumerate(text.split("|")):
                canvas.setFont("DejaVuSans", 9)
                canvas.drawString(x + 4, y - 10 - 11 * line, part)
            x += width


def test_words_have_places_and_lines_borders(canvas: Canvas, read: Callable[[], tuple[SourcePage, ...]]) -> None:
    put(canvas, 80, 220, "KẾ HOẠCH TẬP HUẤN", bold=True)
    body(canvas, 120)
    (page,) = read()
    title, first, second, _ = page.blocks
    assert [text_of(block) for block in page.blocks] == ["KẾ HOẠCH TẬP HUẤN", *BODY]
    assert isinstance(title, SourceLine)
    assert isinstance(first, SourceLine)
    assert isinstance(second, SourceLine)
    assert (title.bold, first.bold) == (True, False)
    assert first.x0 - second.x0 == pytest.approx(30, abs=1)
    assert second.left == pytest.approx(85, abs=2)
    assert first.runs[0].bbox is not None
    assert first.runs[0].bbox[3] == pytest.approx(120, abs=5)
    assert (page.width, page.text_source, page.status) == (pytest.approx(A4[0], abs=1), "native", "ok")


def test_header_and_signature_are_read_column_by_column(
    canvas: Canvas, read: Callable[[], tuple[SourcePage, ...]]
) -> None:
    for at, (one, two) in enumerate(
        [
            ("UBND TỈNH HÀ NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            ("SỞ NỘI VỤ", "Độc lập - Tự do - Hạnh phúc"),
            ("Số: 15/KH-SNV", "Hà Nam, ngày 02 tháng 3 năm 2024"),
        ]
    ):
        put(canvas, 60 + 17 * at, 90, one)
        put(canvas, 60 + 17 * at, 270 + 10 * at, two)
    put(canvas, 140, 270, "KẾ HOẠCH", bold=True)
    body(canvas, 170)
    put(canvas, 250, 85, "Nơi nhận:", size=10)
    put(canvas, 250, 360, "KT. GIÁM ĐỐC", bold=True)
    put(canvas, 264, 85, "- Như Điều 3;", size=9)
    put(canvas, 268, 350, "PHÓ GIÁM ĐỐC", bold=True)
    put(canvas, 276, 85, "- Lưu: VT, CCVC.", size=9)
    put(canvas, 340, 350, "Trần Thị Mai", bold=True)
    (page,) = read()
    found = [(block.column, text_of(block)) for block in page.blocks if isinstance(block, SourceLine)]
    assert [text for column, text in found if column == 1] == [
        "UBND TỈNH HÀ NAM", "SỞ NỘI VỤ", "Số: 15/KH-SNV", "Nơi nhận:", "- Như Điều 3;", "- Lưu: VT, CCVC."
    ]  # fmt: skip
    assert [text for column, text in found if column == 0] == ["KẾ HOẠCH", *BODY]
    assert [column for column, _ in found] == [1] * 3 + [2] * 3 + [0] * 4 + [1] * 3 + [2] * 3
    assert found[-1] == (2, "Trần Thị Mai")


def test_page_numbers_running_heads_and_signature_notes_are_left_out(
    canvas: Canvas, read: Callable[[], tuple[SourcePage, ...]]
) -> None:
    for number in range(1, 5):
        put(canvas, 30, 295, str(number))
        put(canvas, 45, 85, f"Kế hoạch tập huấn - tờ {number}", size=8)
        if number == 1:
            for at, note in enumerate(["Ký bởi: Sở Nội vụ", "Cơ quan: Tỉnh Hà Nam", "Thời gian ký: 02.03.2024"]):
                put(canvas, 60 + 9 * at, 400, note, size=7)
        body(canvas, 120)
        canvas.showPage()
    pages = read()
    assert [[text_of(block) for block in page.blocks] for page in pages] == [BODY] * 4


def test_a_table_goes_on_over_pages(canvas: Canvas, read: Callable[[], tuple[SourcePage, ...]]) -> None:
    body(canvas, 60)
    table(canvas, 500, [HEAD, ["I. Quý I/2024"], ["1", "Xây dựng kế hoạch tập huấn|công chức các huyện", "Sở Nội vụ"],
                        ["2", "Biên soạn tài liệu về cải cách", "Văn phòng,"]])  # fmt: skip
    canvas.showPage()
    table(canvas, 60, [HEAD, ["", "hành chính và chuyển đổi số", "Sở Tư pháp"], ["3", "Tổng kết", "Sở Nội vụ"]])
    put(canvas, 200, 85, "Trên đây là kế hoạch của Sở Nội vụ.")
    first, second = read()
    assert cells_of(first.blocks[-1]) == [
        HEAD,
        ["I. Quý I/2024"],
        ["1", "Xây dựng kế hoạch tập huấn công chức các huyện", "Sở Nội vụ"],
        ["2", "Biên soạn tài liệu về cải cách hành chính và chuyển đổi số", "Văn phòng, Sở Tư pháp"],
        ["3", "Tổng kết", "Sở Nội vụ"],
    ]
    assert isinstance(first.blocks[-1], SourceTable)
    assert (first.blocks[-1].column_count, first.blocks[-1].rows[1].cells[0].column_span) == (3, 3)
    runs = [[run for cell in row.cells for line in cell.paragraphs for run in line] for row in first.blocks[-1].rows]
    assert [{run.page for run in row} for row in runs] == [{1}, {1}, {1}, {1, 2}, {2}]
    assert [text_of(block) for block in second.blocks] == ["Trên đây là kế hoạch của Sở Nội vụ."]


def test_another_table_on_the_next_page_stays_apart(canvas: Canvas, read: Callable[[], tuple[SourcePage, ...]]) -> None:
    table(canvas, 600, [HEAD, ["1", "Khai mạc", "Sở Nội vụ"]])
    canvas.showPage()
    put(canvas, 60, 250, "PHỤ LỤC II")
    table(canvas, 90, [HEAD, ["1", "Bế mạc", "Sở Tư pháp"]])
    first, second = read()
    assert [len(first.blocks), len(second.blocks)] == [1, 2]
    assert cells_of(second.blocks[1])[0] == HEAD


def test_an_underline_and_shading_are_no_table(canvas: Canvas, read: Callable[[], tuple[SourcePage, ...]]) -> None:
    canvas.setFillGray(0.9)
    for at in range(3):
        canvas.rect(85, A4[1] - 140 - 18 * at, 200, 18, stroke=0, fill=1)
        canvas.rect(285, A4[1] - 140 - 18 * at, 200, 18, stroke=0, fill=1)
    canvas.setFillGray(0)
    canvas.line(200, A4[1] - 90, 400, A4[1] - 90)
    body(canvas, 130)
    (page,) = read()
    assert [text_of(block) for block in page.blocks] == BODY


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_pages_shown_turned(canvas: Canvas, read: Callable[[], tuple[SourcePage, ...]], rotation: int) -> None:
    """A page whose text runs sideways in the file and that /Rotate turns upright reads like any other."""
    canvas.setPageRotation(rotation)
    canvas.translate(*{90: (A4[1], 0.0), 180: A4, 270: (0.0, A4[0])}[rotation])  # the file holds the page lying
    canvas.rotate(rotation)
    body(canvas, 100)
    table(canvas, 200, [HEAD, ["1", "Khai mạc", "Sở Nội vụ"]])
    (page,) = read()
    assert (page.width, page.height) == (pytest.approx(A4[0], abs=1), pytest.approx(A4[1], abs=1))
    assert [text_of(block) for block in page.blocks[:3]] == BODY
    first = page.blocks[0]
    assert isinstance(first, SourceLine)
    assert (first.x0, first.bottom) == (pytest.approx(115, abs=3), pytest.approx(103, abs=5))
    assert cells_of(page.blocks[3]) == [HEAD, ["1", "Khai mạc", "Sở Nội vụ"]]


def test_a_page_whose_text_runs_sideways_is_read_upright(
    canvas: Canvas, read: Callable[[], tuple[SourcePage, ...]]
) -> None:
    """A landscape annex printed on an upright page without /Rotate."""
    canvas.translate(A4[0], 0)
    canvas.rotate(90)
    canvas.translate(0, A4[0] - A4[1])
    body(canvas, 100)
    table(canvas, 200, [HEAD, ["1", "Khai mạc", "Sở Nội vụ"]])
    (page,) = read()
    assert (page.width, page.rotation) == (pytest.approx(A4[1], abs=1), 90)
    assert [text_of(block) for block in page.blocks[:3]] == BODY
    assert cells_of(page.blocks[3]) == [HEAD, ["1", "Khai mạc", "Sở Nội vụ"]]


def test_text_printed_twice_for_fake_bold_counts_once(
    canvas: Canvas, read: Callable[[], tuple[SourcePage, ...]]
) -> None:
    put(canvas, 80, 85, "Nội dung")
    put(canvas, 80, 85.4, "Nội dung")
    (page,) = read()
    assert [text_of(block) for block in page.blocks] == ["Nội dung"]


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"%PDF-1.7\nnothing that follows is a PDF", Kind.DAMAGED), (b"", Kind.DAMAGED)],
)
def test_damaged_files(tmp_path: Path, content: bytes, kind: Kind) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(content)
    with pytest.raises(DocumentError) as caught:
        read_pdf(path, Limits())
    assert caught.value.kind == kind


def test_encrypted_files_and_those_with_an_empty_password(tmp_path: Path) -> None:
    for password, opens in (("bí mật", False), ("", True)):
        path = tmp_path / f"{opens}.pdf"
        from reportlab.lib.pdfencrypt import StandardEncryption

        made = Canvas(str(path), encrypt=StandardEncryption(password, ownerPassword="owner", canPrint=0))
        made.drawString(85, 700, "Ke hoach")
        made.save()
        if opens:
            assert text_of(read_pdf(path, Limits(), no_engine)[0][0].blocks[0]) == "Ke hoach"
            continue
        with pytest.raises(DocumentError) as caught:
            read_pdf(path, Limits())
        assert caught.value.kind == Kind.ENCRYPTED


def test_too_many_pages_are_refused_before_reading(canvas: Canvas, tmp_path: Path) -> None:
    for _ in range(4):
        canvas.showPage()
    canvas.save()
    with pytest.raises(DocumentError) as caught:
        read_pdf(tmp_path / "plan.pdf", Limits(pages=3))
    assert caught.value.kind == Kind.TOO_LARGE


def test_typed_number_fields_are_text_and_real_signatures_are_not(shared: Path) -> None:
    path = shared / "corpus" / "kh-sgddt-dongthap-362-stem-pdf.pdf"
    pages, _ = read_pdf(path, Limits(), no_engine)
    texts = [text_of(block) for block in pages[0].blocks if isinstance(block, SourceLine)]
    assert "Số: 362 /KH-SGDĐT" in texts
    assert not any("Ký bởi" in text for text in texts)
