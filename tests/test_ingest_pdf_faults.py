"""Text layers that lie, each kind in a PDF made here: what is read, from where, and what is said about it."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from pipeline.errors import DocumentError, Kind
from pipeline.ingest.limits import Limits
from pipeline.ingest.ocr.engine import OcrEngine, OcrError
from pipeline.ingest.page.words import PageWord
from pipeline.ingest.pdf.document import read_pdf
from pipeline.ingest.pdf.file import PageError, PdfPage
from pipeline.ingest.pdf.findings import Fault
from pipeline.ingest.pdf.glyph_codes import glyph_coding
from pipeline.records import Finding, SourceLine, SourcePage, SourceTable
from tests.lying_pdfs import LINES, break_codes, draw_curves, picture_of, put, write

GLYPHS = {glyph_coding(0x4A4)(chr(number)): number for number in range(0x5FF, 2, -1)}
WRONG_LANGUAGE = ("Can ctr chuang trinh cong tic nam 2024, S6 NQi vlJ xay dimg kS hoach ki8m tra",) * 5
OLD = {
    "TCVN3": "C¨n cø ch\u00ad¬ng tr×nh c«ng t¸c n¨m 2004, Së Néi vô x©y dùng kÕ ho¹ch kiÓm tra c¸c phßng",
    "VNI": "Caên cöù chöông trình coâng taùc naêm 2004, Sôû Noäi vuï xaây döïng keá hoaïch kieåm tra caùc phoøng",
}
UNICODE = "Căn cứ chương trình công tác năm 2004, Sở Nội vụ xây dựng kế hoạch kiểm tra các phòng"


def no_engine(picture: NDArray[np.uint8], seconds: float) -> list[PageWord]:
    raise AssertionError("this page must not be read by OCR")


def broken_engine(picture: NDArray[np.uint8], seconds: float) -> list[PageWord]:
    raise OcrError("no time left")


def missing_engine(picture: NDArray[np.uint8], seconds: float) -> list[PageWord]:
    raise DocumentError(Kind.TOOL_MISSING, "tesseract")


def read(path: Path, engine: OcrEngine | None = no_engine) -> tuple[tuple[SourcePage, ...], tuple[Finding, ...]]:
    return read_pdf(path, Limits(), engine)


def lines_of(page: SourcePage) -> list[str]:
    return ["".join(run.text for run in block.runs) for block in page.blocks if isinstance(block, SourceLine)]


def said(findings: tuple[Finding, ...], fault: Fault, what: str = "") -> bool:
    """Whether one warning tells this fault, and what was done, in both languages."""
    told = [f for f in findings if fault.value[0] in f.message and fault.value[1] in f.message and what in f.message]
    return len(told) == 1 and told[0].code == "garbled_text_layer"


def test_letters_named_by_their_glyph_numbers_are_read_without_ocr(tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf", lambda c: put(c, LINES), lambda c: put(c, LINES[:1]), compressed=False)
    break_codes(path, lambda letter: GLYPHS.get(letter, ord(letter)))
    pages, findings = read(path)
    assert [lines_of(page) for page in pages] == [list(LINES), list(LINES[:1])]
    assert {page.text_source for page in pages} == {"native"}
    assert [f.page for f in findings if "không cần OCR" in f.message] == [1, 2]


def test_half_a_sign_is_no_text(tmp_path: Path) -> None:
    """Such halves (UTF-16 surrogates) cannot be written to any file."""
    path = write(tmp_path / "a.pdf", lambda c: put(c, [*LINES, "W ghi chú"]), compressed=False)
    break_codes(path, lambda letter: 0xD83D if letter == "W" else ord(letter))
    pages, _ = read(path)
    assert lines_of(pages[0]) == [*LINES, "ghi chú"]


def test_letters_without_sense_go_to_ocr(tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf", lambda c: put(c, LINES), compressed=False)
    break_codes(path, lambda letter: 0x0531 + ord(letter) * 7 % 1000)
    pages, findings = read(path, None)
    assert pages[0].text_source == "ocr"
    assert "kế hoạch kiểm tra" in " ".join(lines_of(pages[0]))
    assert said(findings, Fault.BROKEN_CODES, "OCR")


def test_one_font_without_sense_is_read_by_ocr_and_the_rest_kept(tmp_path: Path) -> None:
    title = "KẾ HOẠCH KIỂM TRA NỘI VỤ"

    def draw(canvas: Canvas) -> None:
        put(canvas, [title], top=60, font="DejaVuSans-Bold")
        put(canvas, LINES)

    path = write(tmp_path / "a.pdf", draw, compressed=False)
    break_codes(path, lambda letter: 0x0531 + ord(letter) * 7 % 1000 if letter != " " else 32, "DejaVuSans-Bold")
    pages, findings = read(path, None)
    assert lines_of(pages[0]) == [title, *LINES]
    assert pages[0].text_source == "mixed"
    assert said(findings, Fault.BROKEN_CODES, "đã ghép")


@pytest.mark.parametrize("name", OLD)
def test_old_code_pages_are_read_without_ocr(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / "a.pdf", lambda c: put(c, [OLD[name]] * 4, font="Helvetica"))
    pages, findings = read(path)
    assert lines_of(pages[0]) == [UNICODE] * 4
    assert said(findings, Fault.OLD_CODES)


def test_capitals_of_tcvn3_are_those_of_the_line(tmp_path: Path) -> None:
    lines = ["KÕ HO¹CH KIÓM TRA", *[OLD["TCVN3"]] * 3]
    pages, _ = read(write(tmp_path / "a.pdf", lambda c: put(c, lines, font="Helvetica")))
    assert lines_of(pages[0])[0] == "KẾ HOẠCH KIỂM TRA"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("K Ế   H O Ạ C H   K I Ể M   T R A", "KẾ HOẠCH KIỂM TRA"),
        ("K Ế H O Ạ C H", "KẾ HOẠCH"),
        (unicodedata.normalize("NFD", "Kiểm tra nội vụ"), "Kiểm tra nội vụ"),
        ("Ki\u200bểm tra\u200d nội\u2060 vụ", "Kiểm tra nội vụ"),
        ("a b c d e", "a b c d e"),
    ],
)
def test_letters_apart_and_invisible_signs(tmp_path: Path, written: str, shown: str) -> None:
    pages, findings = read(write(tmp_path / "a.pdf", lambda c: put(c, [written, *LINES])))
    assert lines_of(pages[0]) == [shown, *LINES]
    assert findings == ()


def test_text_nobody_sees_is_left_out(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, LINES)
        put(canvas, ["Chữ không có mực"], top=300, mode=3)
        canvas.setFillGray(1)
        put(canvas, ["Chữ trắng trên nền trắng"], top=350)
        canvas.setFillColorRGB(0, 0, 0.5)
        canvas.rect(60, A4[1] - 410, 400, 24, stroke=0, fill=1)
        canvas.setFillGray(1)
        put(canvas, ["Chữ trắng trên nền xanh"], top=403)
        canvas.setFillGray(0)
        canvas.setFont("DejaVuSans", 0.4)
        canvas.drawString(70, 300, "Chữ quá nhỏ")
        canvas.setFont("DejaVuSans", 11)
        canvas.drawString(A4[0] + 20, 500, "Ngoài trang giấy")

    pages, findings = read(write(tmp_path / "a.pdf", draw))
    assert lines_of(pages[0]) == [*LINES, "Chữ trắng trên nền xanh"]
    assert said(findings, Fault.INVISIBLE)


def test_text_too_small_to_see_is_left_out_where_nothing_else_is_hidden(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, LINES)
        canvas.setFont("DejaVuSans", 0.4)
        canvas.drawString(70, 300, "Chữ quá nhỏ")

    pages, findings = read(write(tmp_path / "a.pdf", draw))
    assert lines_of(pages[0]) == list(LINES)
    assert said(findings, Fault.INVISIBLE)


def scan(tmp_path: Path, *layer: str, mode: int = 3, top: float = 90) -> Path:
    """A page that is a picture of LINES, with other words over it."""
    image = picture_of(tmp_path, lambda c: put(c, LINES))

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(image, 0, 0, *A4)
        put(canvas, layer, top, mode=mode)

    return write(tmp_path / "scan.pdf", draw)


def test_a_good_layer_over_a_scan_is_kept(tmp_path: Path) -> None:
    pages, findings = read(scan(tmp_path, *LINES))
    assert (pages[0].text_source, lines_of(pages[0]), findings) == ("native", list(LINES), ())


def test_a_layer_in_the_wrong_language_goes_to_ocr(tmp_path: Path) -> None:
    pages, findings = read(scan(tmp_path, *WRONG_LANGUAGE), None)
    assert pages[0].text_source == "ocr"
    assert "Sở Nội vụ xây dựng kế hoạch" in lines_of(pages[0])[0]
    assert said(findings, Fault.WRONG_LANGUAGE)


def misread(line: str) -> str:
    for right, wrong in (("ế", "ẻê"), ("ự", "ưr"), ("ệ", "êe"), ("ộ", "ôo"), ("ươ", "uơo"), ("ả", "ảa"), ("ờ", "ơe")):
        line = line.replace(right, wrong)
    return line


POOR = [misread(line) for line in LINES]


def test_a_poor_layer_is_reconciled_word_by_word(tmp_path: Path) -> None:
    pages, findings = read(scan(tmp_path, *POOR), None)
    assert pages[0].text_source in ("ocr", "mixed")
    assert "kế hoạch kiểm tra" in lines_of(pages[0])[0]
    assert said(findings, Fault.POOR_LAYER)


@pytest.mark.parametrize("engine", [broken_engine, missing_engine])
def test_a_poor_layer_is_better_than_none(tmp_path: Path, engine: OcrEngine) -> None:
    pages, findings = read(scan(tmp_path, *POOR), engine)
    assert (pages[0].text_source, lines_of(pages[0])) == ("native", POOR)
    assert said(findings, Fault.POOR_LAYER, "không đọc được")


@pytest.fixture
def undrawable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages whose words can be read and that cannot be drawn."""

    def fail(page: object, dpi: int) -> NDArray[np.uint8]:
        raise PageError("no picture")

    monkeypatch.setattr(PdfPage, "picture", fail)
    monkeypatch.setattr(PdfPage, "upright_picture", fail)


@pytest.mark.usefixtures("undrawable")
def test_text_is_kept_where_its_page_cannot_be_drawn(tmp_path: Path) -> None:
    pages, findings = read(scan(tmp_path, *POOR))
    assert (pages[0].status, lines_of(pages[0])) == ("ok", POOR)
    assert said(findings, Fault.POOR_LAYER, "không đọc được")
    pages, findings = read(scan(tmp_path, *LINES))
    assert (lines_of(pages[0]), findings) == (list(LINES), ())

    def draw(canvas: Canvas) -> None:
        put(canvas, LINES)
        put(canvas, ["Chữ không có mực"], top=300, mode=3)
        canvas.drawImage(picture_of(tmp_path, lambda c: put(c, LINES)), 60, 60, 400, 300)

    pages, findings = read(write(tmp_path / "b.pdf", draw))
    assert lines_of(pages[0]) == [*LINES, "Chữ không có mực"]
    assert said(findings, Fault.PICTURE, "không đọc được")


def test_words_typed_over_a_scan_join_what_ocr_reads(tmp_path: Path) -> None:
    pages, findings = read(scan(tmp_path, "Số: 27/KH-SNV", mode=0, top=60), None)
    assert lines_of(pages[0])[0] == "Số: 27/KH-SNV"
    assert "Sở Nội vụ xây dựng kế hoạch" in lines_of(pages[0])[1]
    assert pages[0].text_source == "mixed"
    assert said(findings, Fault.FEW_WORDS)


def test_a_layer_of_half_the_page_is_filled_up(tmp_path: Path) -> None:
    lines = [*LINES, *LINES, *LINES]
    image = picture_of(tmp_path, lambda c: put(c, lines))

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(image, 0, 0, *A4)
        put(canvas, LINES, mode=3)

    pages, findings = read(write(tmp_path / "half.pdf", draw), None)
    assert pages[0].text_source == "mixed"
    assert lines_of(pages[0])[:5] == list(LINES)
    assert len(lines_of(pages[0])) == 15
    assert said(findings, Fault.PART_OF_PAGE)


def test_only_the_signature_in_the_layer(tmp_path: Path) -> None:
    note = ("Ký bởi: Sở Nội vụ", "Thời gian ký: 18.03.2024 09:29:39 +07:00")
    pages, findings = read(scan(tmp_path, *note, mode=0, top=30), None)
    assert "kế hoạch kiểm tra" in " ".join(lines_of(pages[0]))
    assert said(findings, Fault.SIGNATURE_ONLY, "OCR")


def test_some_pages_without_text(tmp_path: Path) -> None:
    image = picture_of(tmp_path, lambda c: put(c, LINES[:2]))
    path = write(tmp_path / "a.pdf", lambda c: put(c, LINES), *[lambda c: c.drawImage(image, 0, 0, *A4)] * 2)
    pages, findings = read(path, None)
    assert [page.text_source for page in pages] == ["native", "ocr", "ocr"]
    assert said(findings, Fault.SOME_PAGES)
    assert [f.page for f in findings] == [2]


def ruled(canvas: Canvas) -> None:
    """A table of two columns and three rows."""
    canvas.setLineWidth(1)
    for at, (one, two) in enumerate(
        [
            ("Nội dung công việc", "Đơn vị chủ trì"),
            ("Kiểm tra nội vụ", "Văn phòng Sở"),
            ("Tổng hợp kết quả", "Thanh tra Sở"),
        ]
    ):
        for x, text in ((70, one), (270, two)):
            canvas.rect(x, A4[1] - 330 - 26 * at, 200, 26)
            canvas.setFont("DejaVuSans", 11)
            canvas.drawString(x + 6, A4[1] - 322 - 26 * at, text)


def test_a_pasted_picture_of_a_table_is_read(tmp_path: Path) -> None:
    image = picture_of(tmp_path, ruled, (60, 290, 490, 400))

    def draw(canvas: Canvas) -> None:
        put(canvas, LINES)
        canvas.drawImage(image, 60, A4[1] - 400, 430, 110)

    pages, findings = read(write(tmp_path / "a.pdf", draw), None)
    assert lines_of(pages[0]) == list(LINES)
    (table,) = [block for block in pages[0].blocks if isinstance(block, SourceTable)]
    cells = [
        " ".join(r.text for line in cell.paragraphs for r in line).split() for row in table.rows for cell in row.cells
    ]
    assert cells[3] == ["Văn", "phòng", "Sở"]
    assert pages[0].text_source == "mixed"
    assert said(findings, Fault.PICTURE)


def test_a_picture_without_writing_adds_nothing(tmp_path: Path) -> None:
    def blot(canvas: Canvas) -> None:
        canvas.setFillGray(0.4)
        canvas.circle(250, 500, 60, fill=1)

    image = picture_of(tmp_path, blot, (150, 250, 350, 450))

    def draw(canvas: Canvas) -> None:
        put(canvas, LINES)
        canvas.drawImage(image, 200, 300, 200, 200)

    pages, findings = read(write(tmp_path / "a.pdf", draw), None)
    assert (pages[0].text_source, lines_of(pages[0]), findings) == ("native", list(LINES), ())


def test_a_picture_is_told_of_where_there_is_no_engine(tmp_path: Path) -> None:
    image = picture_of(tmp_path, lambda c: put(c, LINES), (60, 60, 560, 200))

    def draw(canvas: Canvas) -> None:
        put(canvas, LINES)
        canvas.drawImage(image, 60, 300, 500, 140)

    pages, findings = read(write(tmp_path / "a.pdf", draw), missing_engine)
    assert (pages[0].text_source, lines_of(pages[0])) == ("native", list(LINES))
    assert said(findings, Fault.PICTURE, "không đọc được")


def test_a_picture_inside_a_form_is_found_where_it_is_shown(tmp_path: Path) -> None:
    image = picture_of(tmp_path, lambda c: put(c, LINES), (60, 70, 560, 200))

    def draw(canvas: Canvas) -> None:
        canvas.beginForm("pasted")
        canvas.drawImage(image, 0, 0, 500, 130)
        canvas.endForm()
        put(canvas, LINES[:2])
        canvas.translate(60, 350)
        canvas.doForm("pasted")

    pages, findings = read(write(tmp_path / "a.pdf", draw), None)
    assert lines_of(pages[0])[:2] == list(LINES[:2])
    assert "kế hoạch kiểm tra" in lines_of(pages[0])[2]
    assert said(findings, Fault.PICTURE)


@pytest.mark.parametrize("rotation", [90, 180])
def test_a_pasted_picture_on_a_turned_page(tmp_path: Path, rotation: int) -> None:
    image = picture_of(tmp_path, lambda c: put(c, LINES), (60, 70, 560, 200))

    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(rotation)
        canvas.translate(*{90: (A4[1], 0.0), 180: A4}[rotation])
        canvas.rotate(rotation)
        put(canvas, LINES[:2])
        canvas.drawImage(image, 60, 350, 500, 130)

    pages, _ = read(write(tmp_path / "a.pdf", draw), None)
    assert lines_of(pages[0])[:2] == list(LINES[:2])
    assert "kế hoạch kiểm tra" in lines_of(pages[0])[2]
    assert pages[0].text_source == "mixed"


def test_writing_drawn_as_curves_is_read(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, LINES[:2])
        for at, line in enumerate(LINES):
            draw_curves(canvas, line, 250 + 24 * at)

    pages, findings = read(write(tmp_path / "a.pdf", draw), None)
    assert lines_of(pages[0])[:2] == list(LINES[:2])
    assert "kế hoạch kiểm tra" in lines_of(pages[0])[2]
    assert len(lines_of(pages[0])) == 7
    assert said(findings, Fault.PICTURE)
