"""The canonical text of a document, its blocks, and the way back to page and box."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.records.source import Align, Aside, BBox, DigitalSignature, Finding, PageStatus, TextSource


@dataclass(frozen=True, slots=True)
class Place:
    """Where the characters [start, end) of the canonical text stand in the source."""

    start: int
    end: int
    page: int
    bbox: BBox | None = None
    confidence: float | None = None
    raw: str | None = None
    """What the OCR engine read, where the text is a repair of it."""
    repair: str | None = None
    """The rules of that repair, joined by "+"."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One logical paragraph: wrapped lines are joined by one blank (none after a hyphen)."""

    start: int
    end: int
    page: int
    bold: bool = False
    align: Align | None = None
    column: int = 0
    role: Literal["body", "footnote", "textbox", "heading"] = "body"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text is [start, end); `lines` are its paragraphs, separated in the text by a line feed."""

    start: int
    end: int
    page: int
    column: int
    column_span: int = 1
    row_span: int = 1
    bold: bool = False
    lines: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    start: int
    end: int
    page: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; in the text rows end with a line feed and cells are parted by a tab."""

    start: int
    end: int
    page: int
    rows: tuple[Row, ...]
    column_count: int


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class PlanPage:
    """[start, end) of the canonical text; a paragraph or row broken by a page lies whole where it starts."""

    number: int
    start: int
    end: int
    width: float | None = None
    height: float | None = None
    rotation: int = 0
    text_source: TextSource = "native"
    ocr_confidence: float | None = None
    status: PageStatus = "ok"
    aside: tuple[Aside, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanText:
    """One canonical text of a document (NFC) with its blocks and the way back to page and box."""

    text: str
    folded: str
    """`text` with look-alike signs folded, of the same length: what the rules match on."""
    blocks: tuple[Block, ...]
    pages: tuple[PlanPage, ...]
    places: tuple[Place, ...]
    warnings: tuple[Finding, ...] = ()
    signatures: tuple[DigitalSignature, ...] = ()
