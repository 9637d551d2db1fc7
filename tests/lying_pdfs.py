"""Made-up PDFs whose text layers lie, one kind each: pages of a few lines, pictures of pages, and layers over them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pypdfium2
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.fonts import FONTS

LINES = (
    "Căn cứ chương trình công tác năm 2024, Sở Nội vụ xây dựng kế hoạch kiểm tra",
    "việc thực hiện nội quy của các phòng, ban trong đơn vị, như sau:",
    "1. Kiểm tra thời giờ làm việc và trang phục của công chức, viên chức.",
    "2. Tổng hợp kết quả, báo cáo lãnh đạo Sở trước ngày 15 tháng 6 hằng năm.",
    "3. Biểu dương tập thể, cá nhân gương mẫu; nhắc nhở trường hợp vi phạm.",
)
_LEADING = 22


def put(canvas: Canvas, lines: Sequence[str], top: float = 90, font: str = "DejaVuSans", mode: int = 0) -> None:
    """Lines from `top` down, drawn in a text render mode (3: without ink)."""
    canvas.saveState()
    text = canvas.beginText(70, A4[1] - top)
    text.setFont(font, 11, _LEADING)
    text.setTextRenderMode(mode)
    for line in lines:
        text.textLine(line)
    canvas.drawText(text)
    canvas.restoreState()


def write(path: Path, *pages: Callable[[Canvas], None], compressed: bool = True) -> Path:
    """A PDF of the pages drawn."""
    for name in ("DejaVuSans", "DejaVuSans-Bold"):
        pdfmetrics.registerFont(TTFont(name, FONTS / f"{name}.ttf"))
    canvas = Canvas(str(path), pagesize=A4, pageCompression=int(compressed), invariant=1)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def picture_of(
    folder: Path, draw: Callable[[Canvas], None], box: tuple[float, float, float, float] | None = None
) -> ImageReader:
    """A page, or a part of it (left, top, right, bottom in points), as a grey picture at 200 dpi."""
    document = pypdfium2.PdfDocument(write(folder / "picture.pdf", draw))
    image: Image.Image = document[0].render(scale=200 / 72).to_pil().convert("L")
    document.close()
    if box is not None:
        image = image.crop(tuple(round(edge * 200 / 72) for edge in box))  # type: ignore[arg-type]
    file = io.BytesIO()
    image.save(file, "PNG")
    file.seek(0)
    return ImageReader(file)


def break_codes(path: Path, wrong: Callable[[str], int], font: str = "") -> None:
    """Let the fonts (or the one so named) name other letters than they draw: `wrong` gives the code named instead."""

    def changed(found: re.Match[bytes]) -> bytes:
        code = int(found.group(2), 16)
        return found.group(1) + b"%0*X" % (len(found.group(2)), wrong(chr(code)) if code else code) + b">"

    head, *tables = path.read_bytes().split(b"begincmap")
    for at, table in enumerate(tables):
        if re.search(rf"\+{font}".encode() + (rb"\)" if font else b""), table[:200]):
            tables[at] = re.sub(rb"(<[0-9A-Fa-f]{2,4}> <)([0-9A-Fa-f]{4})>", changed, table)
    path.write_bytes(b"begincmap".join([head, *tables]))


def draw_curves(canvas: Canvas, line: str, top: float) -> None:
    """A line of text drawn letter by letter as filled outlines."""
    x, font = 70.0, FontProperties(fname=str(FONTS / "DejaVuSans.ttf"))
    for sign in line:
        polygons: Any = [] if sign == " " else TextPath((x, A4[1] - top), sign, size=11, prop=font).to_polygons()
        path = canvas.beginPath()
        for first, *rest in polygons:
            path.moveTo(*first)
            for point in rest:
                path.lineTo(*point)
            path.close()
        if sign != " ":
            canvas.drawPath(path, stroke=0, fill=1, fillMode=0)
        x += canvas.stringWidth(sign, "DejaVuSans", 11)
