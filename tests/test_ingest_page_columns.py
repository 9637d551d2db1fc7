"""Reading order: columns that overlap in height, headers in three parts, two signers side by side."""

from __future__ import annotations

from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.ingest.limits import Limits
from pipeline.ingest.page.blocks import page_blocks
from pipeline.records import SourceLine
from pipeline.run.document import read_plan
from tests.fonts import FONTS
from tests.test_ingest_scan_stamps import words

Placed = tuple[float, float, str]
SENTENCE = "Thực hiện chương trình công tác năm nay, hai sở thống nhất nội dung phối hợp."
BODY: list[Placed] = [(250.0 + 16 * at, 70.0, SENTENCE) for at in range(8)]
STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
DAY = "Hà Nam, ngày 5 tháng 3 năm 2024"
SIGNERS: list[Placed] = [
    (420, 90, "KT. GIÁM ĐỐC SỞ TÀI CHÍNH"),
    (420, 350, "GIÁM ĐỐC SỞ NỘI VỤ"),
    (434, 110, "PHÓ GIÁM ĐỐC"),
    (490, 100, "Trần Thị Bình"),
    (490, 360, "Nguyễn Văn An"),
]


def lines(*placed: Placed) -> list[tuple[int, str]]:
    """Column and text of each printed line, body sentences left out."""
    blocks, _ = page_blocks(words(*placed), (), 1, (595, 842), {})
    read = [(b.column, "".join(run.text for run in b.runs)) for b in blocks if isinstance(b, SourceLine)]
    return [line for line in read if line[1] != SENTENCE]


def test_header_columns_whose_lines_overlap_in_height() -> None:
    left: list[Placed] = [(60, 70, "ỦY BAN NHÂN DÂN"), (76, 80, "TỈNH HÀ NAM"), (100, 80, "Số: 12/KH-UBND")]
    right: list[Placed] = [(64, 320, STATE), (82, 360, MOTTO), (106, 350, DAY)]
    assert lines(*left, *right, (150, 250, "KẾ HOẠCH"), *BODY) == [
        *((1, text) for _, _, text in left),
        *((2, text) for _, _, text in right),
        (0, "KẾ HOẠCH"),
    ]


def test_two_signers_side_by_side_are_read_one_after_the_other() -> None:
    recipients: list[Placed] = [(540, 70, "Nơi nhận:"), (554, 70, "- Như trên;"), (568, 70, "- Lưu: VT.")]
    assert lines(*BODY, *SIGNERS, *recipients) == [
        *((1, SIGNERS[at][2]) for at in (0, 2, 3)),
        *((2, SIGNERS[at][2]) for at in (1, 4)),
        *((0, text) for _, _, text in recipients),
    ]


def test_offices_in_one_sentence_are_no_two_signers() -> None:
    row: Placed = (420, 70, "GIÁM ĐỐC SỞ TÀI CHÍNH GIÁM ĐỐC SỞ NỘI VỤ")
    assert lines(*BODY, row) == [(0, row[2])]


def test_both_signers_of_a_joint_paper_are_found(tmp_path: Path) -> None:
    pdfmetrics.registerFont(TTFont("DejaVuSans", FONTS / "DejaVuSans.ttf"))
    canvas = Canvas(str(tmp_path / "plan.pdf"), pagesize=A4)
    canvas.setFont("DejaVuSans", 9)
    head: list[Placed] = [
        (60, 70, "SỞ TÀI CHÍNH - SỞ NỘI VỤ"), (74, 90, "TỈNH HÀ NAM"), (60, 330, STATE), (74, 360, MOTTO),
        (100, 80, "Số: 12/KHLT-STC-SNV"), (100, 350, DAY), (150, 220, "KẾ HOẠCH LIÊN TỊCH"), (166, 180, "Phối hợp công tác năm 2024"),
    ]  # fmt: skip
    for top, x0, text in (*head, *BODY, *SIGNERS):
        canvas.drawString(x0, A4[1] - top, text)
    canvas.save()
    _, _, record = read_plan(tmp_path / "plan.pdf", "plan.pdf", Limits())
    values = {found.name: found.value for found in record.fields}
    assert values["signer_name"] == "Trần Thị Bình; Nguyễn Văn An"
    assert values["number"] == "12"


def test_an_appendix_below_the_foot_is_not_its_left_column() -> None:
    foot: list[Placed] = [
        (420, 70, "Nơi nhận:"), (420, 350, "KT. GIÁM ĐỐC"), (434, 70, "- Như trên;"), (434, 350, "PHÓ GIÁM ĐỐC"),
        (448, 70, "- Lưu: VT."), (490, 360, "Trần Thị Bình"),
    ]  # fmt: skip
    annex: list[Placed] = [(520, 265, "PHỤ LỤC I")]
    read = lines(*BODY, *foot, *annex)
    assert read[-1] == (0, "PHỤ LỤC I")
    assert [text for column, text in read if column == 2] == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Thị Bình"]
