"""Print that tells what it prints: each paragraph notes its words and its place when it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reportlab.platypus import Flowable, Paragraph

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Printed:
    """One piece of print; `box` in points from the page's top left; `role` says what the piece is to the page."""

    page: int
    role: str
    text: str
    box: Box
    font: str
    size: float
    align: int


class Told(Paragraph):  # type: ignore[misc]
    """A paragraph that tells what it prints, and where, when it is drawn."""

    told: list[Printed]
    role = "body"

    def split(self, width: float, height: float) -> list[Any]:
        parts: list[Any] = super().split(width, height)
        for part in parts:
            part.told, part.role = self.told, self.role
        return parts

    def draw(self) -> None:
        x, y = self.canv.absolutePosition(0, 0)
        top = self.canv._pagesize[1]
        box = (x, top - y - self.height, x + self.width, top - y)
        words = " ".join(_line_text(line) for line in self.blPara.lines)
        style = self.style
        page = self.canv.getPageNumber()
        piece = Printed(page, self.role, words, box, style.fontName, style.fontSize, style.alignment)
        self.told.append(piece)
        super().draw()


def _line_text(line: Any) -> str:
    """A line is (spare room, words), or pieces of text where the paragraph holds an escaped sign."""
    return " ".join(line[1]) if isinstance(line, tuple) else "".join(piece.text for piece in line.words)


class Rule(Flowable):  # type: ignore[misc]
    """The short line under the issuer or the motto, centred; `share` of the column's width."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = width, 8.0
        return self.width, self.height

    def draw(self) -> None:
        self.canv.setLineWidth(0.7)
        self.canv.line(self.width * (1 - self.share) / 2, 5, self.width * (1 + self.share) / 2, 5)
