"""The type the pages are set in: DejaVu Serif, which matplotlib carries, so that every machine sets the same pages."""

from __future__ import annotations

from functools import cache

from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont

from tests.fonts import FONTS

FILES = {
    (False, False): "DejaVuSerif",
    (True, False): "DejaVuSerif-Bold",
    (False, True): "DejaVuSerif-Italic",
    (True, True): "DejaVuSerif-BoldItalic",
}
SANS = FONTS / "DejaVuSans.ttf"
SANS_BOLD = FONTS / "DejaVuSans-Bold.ttf"


@cache
def face(bold: bool = False, italic: bool = False) -> str:
    """The name under which reportlab knows the face."""
    name = FILES[bold, italic]
    registerFont(TTFont(name, FONTS / f"{name}.ttf"))
    return name


def width_of(text: str, name: str, size: float) -> float:
    """The printed width of a line in points."""
    return float(stringWidth(text, name, size))
