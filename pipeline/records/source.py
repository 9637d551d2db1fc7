"""What ingest hands over: pages of lines, paragraphs and tables, each piece with its place."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

BBox = tuple[float, float, float, float]
"""x0, top, x1, bottom in PDF points, origin top left."""

TextSource = Literal["native", "ocr", "mixed"]
PageStatus = Literal["ok", "blank", "unreadable"]
Align = Literal["left", "center", "right", "justify"]
AsideKind = Literal["page_number", "running_head", "signature_note", "stamp", "urgency", "noise"]
HandKind = Literal["number", "day", "month"]


@dataclass(frozen=True, slots=True)
class Run:
    """The smallest piece of source text with a place of its own: a word of a page, a run of Word text."""

    text: str
    page: int = 1
    bbox: BBox | None = None
    confidence: float | None = None
    """The OCR engine's own confidence, 0 to 1; None for native text."""
    raw: str | None = None
    """What the engine read, where `text` is a repair of it."""
    repair: str | None = None
    """The rules of that repair: "repair.marks", several joined by "+"."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One printed line of a page or a text file; whether it goes on in the next is decided in `pipeline.text`.

    `x0`, `x1`, `top`, `bottom` are points on pages and columns/rows of characters in plain text.
    `left`, `right` are the borders of the text column the line stands in (same unit).
    """

    runs: tuple[Run, ...]
    x0: float
    x1: float
    top: float
    bottom: float
    left: float
    right: float
    bold: bool = False
    column: int = 0
    """0 for the page's body; 1, 2 for the left and right one of a two-column region (header, signature)."""


@dataclass(frozen=True, slots=True)
class SourceParagraph:
    """A paragraph whose limits the source itself knows (Word, HTML)."""

    runs: tuple[Run, ...]
    bold: bool = False
    align: Align | None = None
    role: Literal["body", "footnote", "textbox", "heading"] = "body"


@dataclass(frozen=True, slots=True)
class SourceCell:
    """A table cell; `paragraphs` are its own lines or paragraphs, each a tuple of runs."""

    paragraphs: tuple[tuple[Run, ...], ...]
    column: int
    column_span: int = 1
    row_span: int = 1
    bold: bool = False


@dataclass(frozen=True, slots=True)
class SourceRow:
    cells: tuple[SourceCell, ...]
    page: int = 1


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A real table (layout tables of header and signature are given as paragraphs instead)."""

    rows: tuple[SourceRow, ...]
    column_count: int


SourceBlock = SourceLine | SourceParagraph | SourceTable


@dataclass(frozen=True, slots=True)
class Aside:
    """What stands on a page and is no part of the document's text: kept out of it, and not lost.

    `bbox` is None where the source has no places, `confidence` for native text.
    """

    kind: AsideKind
    text: str
    bbox: BBox | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class HandReading:
    """What stands in the gap of a printed frame of a scanned header, by the digit reader; `bbox` is the gap's."""

    kind: HandKind
    written: bool
    """Whether there is ink; print stands there too where nothing was left to a hand."""
    bbox: BBox
    chances: tuple[tuple[float, ...], ...] = ()
    """For each digit, left to right, the chances of 0 to 9; nothing where the ink does not part into digits."""
    certain: float = 0.0
    """How sure the number of digits is, 0 to 1."""

    @property
    def digits(self) -> str:
        """The likeliest digits."""
        return "".join(str(max(range(10), key=own.__getitem__)) for own in self.chances)

    def chance(self, digits: str) -> float:
        """How likely just these digits stand there, as the reader sees it; "12a" is none of its numbers."""
        if len(digits) != len(self.chances) or not digits.isdecimal():
            return 0.0
        total = self.certain
        for digit, own in zip(digits, self.chances, strict=True):
            total *= own[int(digit)]
        return total

    def number_chance(self, number: int) -> float:
        """How likely a day or month stands there, with or without its leading 0."""
        short = self.chance(str(number)) if number < 10 else 0.0
        return self.chance(f"{number:02}") + short

    @property
    def confidence(self) -> float:
        """The chance of the likeliest digits."""
        return self.chance(self.digits) if self.chances else 0.0


@dataclass(frozen=True, slots=True)
class SourcePage:
    number: int
    blocks: tuple[SourceBlock, ...]
    width: float | None = None
    height: float | None = None
    rotation: int = 0
    text_source: TextSource = "native"
    ocr_confidence: float | None = None
    status: PageStatus = "ok"
    aside: tuple[Aside, ...] = ()
    hands: tuple[HandReading, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A row of `warnings`: a code of the contract and what was found, said for people."""

    code: str
    message: str
    page: int | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class DigitalSignature:
    """A signature kept in the file itself; whether its certificate can be trusted is not judged."""

    signed_at: dt.datetime | None
    signer: str | None
    organisation: str | None


@dataclass(frozen=True, slots=True)
class SourceDocument:
    doc_id: str
    sha256: str
    source_path: str
    media_type: str
    file_bytes: int
    pages: tuple[SourcePage, ...]
    warnings: tuple[Finding, ...] = ()
    signatures: tuple[DigitalSignature, ...] = ()
