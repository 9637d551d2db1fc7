"""Scans made here: what a misbehaving engine, a blank page, a seal, a slant and a ruled table do to the reading."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipeline.errors import DocumentError, Kind
from pipeline.ingest.limits import Limits
from pipeline.ingest.ocr.engine import OcrError
from pipeline.ingest.ocr.tesseract import read_words
from pipeline.ingest.page.words import PageWord
from pipeline.ingest.pdf.document import read_pdf
from pipeline.ingest.pdf.file import PdfFile
from pipeline.ingest.scan.grids import find_grids
from pipeline.ingest.scan.image import has_ink
from pipeline.ingest.scan.picture_file import read_image
from pipeline.ingest.scan.pieces import carry_back, cut_page, make_sheets
from pipeline.ingest.scan.skew import deskewed, skew
from pipeline.ingest.scan.stains import without_stamps
from pipeline.records import SourceBlock, SourceLine, SourceTable
from tests.fonts import SERIF

SIZE = (1654, 2339)
needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
BODY = [
    "Thực hiện chương trình công tác năm 2024, Sở Nội vụ xây dựng kế hoạch",
    "tập huấn nghiệp vụ cho công chức các huyện với các nội dung như sau.",
    "Văn phòng Sở chuẩn bị tài liệu trước ngày 15 tháng 4 năm 2024.",
]


class Engine:
    """An engine that answers what it is told to, and counts how often it was asked."""

    def __init__(self, *answers: list[PageWord] | OcrError) -> None:
        self.answers = list(answers)
        self.asked = 0

    def __call__(self, picture: NDArray[np.uint8], seconds: float) -> list[PageWord]:
        self.asked += 1
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, OcrError):
            raise answer
        return answer


def words(text: str, confidence: float, top: float = 40) -> list[PageWord]:
    return [
        PageWord(word, 30 + 120 * at, top, 130 + 120 * at, top + 30, False, confidence)
        for at, word in enumerate(text.split())
    ]


def scan(lines: list[tuple[int, int, str]], size: int = 40) -> Image.Image:
    picture = Image.new("RGB", SIZE, "white")
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype(str(SERIF), size)
    for x, y, text in lines:
        draw.text((x, y), text, "black", font)
    return picture


def body() -> list[tuple[int, int, str]]:
    return [(150, 700 + 60 * at, line) for at, line in enumerate(BODY)]


def grey(picture: Image.Image) -> NDArray[np.uint8]:
    return np.asarray(picture.convert("L"), np.uint8)


def save_pdf(path: Path, *pictures: Image.Image) -> Path:
    made = Canvas(str(path), pagesize=A4)
    for picture in pictures:
        made.drawImage(ImageReader(picture), 0, 0, *A4)
        made.showPage()
    made.save()
    return path


def text_of(block: SourceBlock) -> str:
    assert isinstance(block, SourceLine)
    return "".join(run.text for run in block.runs)


# --- engines that misbehave -------------------------------------------------------------------


def test_a_page_whose_ocr_fails_does_not_stop_the_document(tmp_path: Path) -> None:
    path = save_pdf(tmp_path / "scan.pdf", scan(body()), scan(body()))
    pages, findings = read_pdf(path, Limits(), Engine(OcrError("died"), words("Sở Nội vụ chủ trì", 0.9), []))
    assert [page.status for page in pages] == ["unreadable", "ok"]
    assert [(finding.code, finding.page) for finding in findings] == [("unread_page", 1)]
    assert [text_of(block) for block in pages[1].blocks] == ["Sở Nội vụ chủ trì"]
    assert (pages[1].text_source, pages[1].ocr_confidence) == ("ocr", 0.9)


def test_an_engine_that_finds_nothing_leaves_the_page_unread(tmp_path: Path) -> None:
    pages, findings = read_pdf(save_pdf(tmp_path / "scan.pdf", scan(body())), Limits(), Engine([]))
    assert (pages[0].status, findings[0].code) == ("unreadable", "unread_page")


def test_low_confidence_is_said_and_noise_dropped(tmp_path: Path) -> None:
    read = words("Sở Nội vụ chủ trì", 0.6) + words("q~ ]|k ;;", 0.2, 120)
    pages, findings = read_pdf(save_pdf(tmp_path / "scan.pdf", scan(body())), Limits(), Engine(read))
    assert [text_of(block) for block in pages[0].blocks] == ["Sở Nội vụ chủ trì"]
    assert [finding.code for finding in findings] == ["low_ocr_confidence"]


def test_confidence_of_a_page_is_weighted_by_characters(tmp_path: Path) -> None:
    read = words("nghiêng", 1.0) + words("ba", 0.1)
    pages, _ = read_pdf(save_pdf(tmp_path / "scan.pdf", scan(body())), Limits(), Engine(read))
    assert pages[0].ocr_confidence == pytest.approx((7 * 1.0 + 2 * 0.1) / 9, abs=1e-3)


def test_a_blank_noisy_page_is_never_read(tmp_path: Path) -> None:
    noise = np.random.default_rng(7).normal(235, 12, (*SIZE[::-1], 3)).clip(0, 255).astype(np.uint8)
    engine = Engine(OcrError("asked"))
    pages, findings = read_pdf(save_pdf(tmp_path / "blank.pdf", Image.fromarray(noise)), Limits(), engine)
    assert (pages[0].status, findings, engine.asked) == ("blank", (), 0)


# --- Tesseract --------------------------------------------------------------------------------


@needs_tesseract
def test_tesseract_reads_columns_and_a_ruled_table(tmp_path: Path) -> None:
    header = [(150, 120, "SỞ NỘI VỤ"), (800, 120, "CỘNG HÒA XÃ HỘI"), (800, 175, "Độc lập - Tự do")]
    picture = scan([*header, (180, 200, "Số: 15/KH-SNV"), *body()], 36)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype(str(SERIF), 34)
    rows = [["TT", "Nội dung", "Đơn vị"], ["1", "Khai mạc", "Sở Nội vụ"], ["2", "Tổng kết", ""]]
    for at, row in enumerate(rows):
        for x0, x1, text in zip((150, 260, 900), (260, 900, 1500), row, strict=True):
            draw.rectangle((x0, 1100 + 90 * at, x1, 1190 + 90 * at), outline="black", width=3)
            draw.text((x0 + 25, 1122 + 90 * at), text, "black", font)
    picture.save(tmp_path / "scan.png")
    pages, _ = read_image(tmp_path / "scan.png", Limits())
    found = [(block.column, text_of(block)) for block in pages[0].blocks if isinstance(block, SourceLine)]
    assert found[:4] == [
        (1, "SỞ NỘI VỤ"), (1, "Số: 15/KH-SNV"), (2, "CỘNG HÒA XÃ HỘI"), (2, "Độc lập - Tự do")
    ]  # fmt: skip
    assert [text for column, text in found if column == 0] == BODY
    table = pages[0].blocks[-1]
    assert isinstance(table, SourceTable)
    assert [["".join(r.text for p in c.paragraphs for r in p) for c in row.cells] for row in table.rows] == rows
    assert (pages[0].ocr_confidence or 0) > 0.85


@needs_tesseract
def test_tesseract_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(OcrError):
        read_words(grey(scan(body())), 0.02)


def test_missing_program_or_language_is_a_tool_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import pytesseract

    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    with pytest.raises(DocumentError) as caught:
        read_words(grey(scan(body())), 10)
    assert caught.value.kind == Kind.TOOL_MISSING
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", str(tmp_path / "none"))
    with pytest.raises(DocumentError) as caught:
        read_words(grey(scan(body())), 10)
    assert caught.value.kind == Kind.TOOL_MISSING


# --- pictures ---------------------------------------------------------------------------------


@pytest.mark.parametrize("angle", [-2.0, 0.0, 1.5])
def test_slanted_scans_are_turned_upright(angle: float) -> None:
    lines = [(150, 300 + 60 * at, BODY[at % 3]) for at in range(25)]
    slanted = grey(scan(lines).rotate(angle, fillcolor="white"))
    assert skew(slanted) == pytest.approx(-angle, abs=0.25)
    assert abs(skew(deskewed(slanted, skew(slanted)))) <= 0.3


def test_red_seals_fade_and_blue_writing_stays() -> None:
    picture = scan(body())
    draw = ImageDraw.Draw(picture)
    draw.ellipse((300, 1200, 600, 1500), outline=(220, 40, 50), width=12)
    draw.line((900, 1300, 1200, 1300), fill=(40, 60, 190), width=12)
    cleaned = without_stamps(np.asarray(picture, np.uint8)[:, :, ::-1].copy(), 200)
    assert cleaned[1200:1510, 290:610].min() > 180
    assert cleaned[1300, 1000] < 120


def test_ruling_lines_close_cells_and_an_underline_closes_none() -> None:
    picture = scan(body())
    draw = ImageDraw.Draw(picture)
    draw.line((700, 300, 1000, 300), fill="black", width=3)
    assert find_grids(grey(picture))[0] == []
    for column in range(3):
        for row in range(2):
            x, y = 200 + 400 * column, 1200 + 100 * row
            draw.rectangle((x, y, x + 400, y + 100), outline="black", width=3)
    (grid,), wiped = find_grids(grey(picture))
    assert len(grid.cells) == 6
    assert wiped[1195:1405, 190:1410].min() > 200


def test_pieces_cover_the_writing_and_words_come_back_to_their_place() -> None:
    lines = [(120, 100, "SỞ NỘI VỤ"), (900, 110, "CỘNG HÒA"), (120, 160, "Số: 15"), (900, 170, "Độc lập"), *body()]
    picture = grey(scan(lines))
    pieces = cut_page(picture, [])
    assert [(piece.x0 == 0, piece.x1 == SIZE[0]) for piece in pieces] == [(True, False), (False, True), (True, True)]
    (sheet,) = make_sheets(picture, pieces)
    dark = np.argwhere(sheet.picture[sheet.tops[1] : sheet.tops[2]] < 100)
    top, left = dark.min(axis=0)
    seen = PageWord("CỘNG", float(left), float(top + sheet.tops[1]), float(left + 100), float(top + sheet.tops[1] + 40))
    (back,) = carry_back([seen], sheet)
    right = np.argwhere(picture[90:165, 880:] < 100).min(axis=0)
    assert (back.x0, back.top) == (pytest.approx(880 + right[1], abs=2), pytest.approx(90 + right[0], abs=2))


def test_ink_is_told_from_specks() -> None:
    paper = np.full((2339, 1654), 250, np.uint8)
    paper[:, :20] = 0
    paper[500:503, 700:703] = 0
    assert not has_ink(paper)


# --- bounds -----------------------------------------------------------------------------------


def test_huge_pages_are_drawn_bounded(tmp_path: Path) -> None:
    made = Canvas(str(tmp_path / "huge.pdf"), pagesize=(14_400, 14_400))
    made.line(100, 100, 9_000, 9_000)
    made.save()
    file = PdfFile(tmp_path / "huge.pdf", Limits())
    with file.page(1) as page:
        height, width = page.picture(300).shape[:2]
    file.close()
    assert 1_000_000 < height * width <= Limits().page_pixels * 1.01


def test_pictures_that_are_none_or_too_large(tmp_path: Path) -> None:
    (tmp_path / "no.png").write_bytes(b"\x89PNG\r\n\x1a\nnothing")
    Image.new("1", (30_000, 30_000)).save(tmp_path / "huge.png")
    for name, kind in (("no.png", Kind.DAMAGED), ("huge.png", Kind.TOO_LARGE)):
        with pytest.raises(DocumentError) as caught:
            read_image(tmp_path / name, Limits(), Engine([]))
        assert caught.value.kind == kind


def test_every_picture_of_a_tiff_is_a_page(tmp_path: Path) -> None:
    blank = Image.new("L", (800, 1100), 255)
    blank.save(tmp_path / "two.tif", save_all=True, append_images=[blank])
    pages, _ = read_image(tmp_path / "two.tif", Limits(), Engine([]))
    assert [(page.number, page.status) for page in pages] == [(1, "blank"), (2, "blank")]
