"""Frozen records at the seams between rooms. They import nothing of ours.

Flow: SourceDocument (ingest) -> PlanText (text) -> Doc (nlp) -> PlanRecord (extract) -> rows (tables).
Offsets count code points of `PlanText.text`, end exclusive. Boxes are PDF points, origin top left.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

BBox = tuple[float, float, float, float]
"""x0, top, x1, bottom in PDF points."""

TextSource = Literal["native", "ocr", "mixed"]
PageStatus = Literal["ok", "blank", "unreadable"]
Align = Literal["left", "center", "right", "justify"]


# --- what ingest hands over -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Run:
    """The smallest piece of source text with a place of its own: a word of a page, a run of Word text."""

    text: str
    page: int = 1
    bbox: BBox | None = None
    confidence: float | None = None
    """The OCR engine's own confidence, 0 to 1; None for native text."""


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
class SourcePage:
    number: int
    blocks: tuple[SourceBlock, ...]
    width: float | None = None
    height: float | None = None
    rotation: int = 0
    text_source: TextSource = "native"
    ocr_confidence: float | None = None
    status: PageStatus = "ok"


@dataclass(frozen=True, slots=True)
class Finding:
    """A row of `warnings`: a code of the contract and what was found, said for people."""

    code: str
    message: str
    page: int | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class SourceDocument:
    doc_id: str
    sha256: str
    source_path: str
    media_type: str
    file_bytes: int
    pages: tuple[SourcePage, ...]
    warnings: tuple[Finding, ...] = ()


# --- the canonical text -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """Where the characters [start, end) of the canonical text stand in the source."""

    start: int
    end: int
    page: int
    bbox: BBox | None = None
    confidence: float | None = None


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


# --- what extract hands over ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a value was read, by which rule, and how sure: 0.9 means nine in ten such values are right."""

    start: int
    end: int
    rule_id: str
    confidence: float


FieldSource = Literal[
    "header", "body", "signature", "digital_signature", "file_name", "inferred", "correction", "symbol"
]
FieldValue = str | int | bool | dt.date


@dataclass(frozen=True, slots=True)
class Field:
    """One value of the `documents` table; `evidence` is None only where nothing in the text shows it."""

    name: str
    value: FieldValue
    source: FieldSource
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class Section:
    start: int
    end: int
    level: int
    label: str | None
    title: str
    parent: int | None
    """Index of the parent in `PlanRecord.sections`."""


@dataclass(frozen=True, slots=True)
class Citation:
    text: str
    evidence: Evidence
    cited_type: str
    cited_ref: str | None
    cited_date: str | None
    cited_issuer: str | None
    cited_title: str | None
    locator: str | None
    role: Literal["basis", "nested", "mention"]
    parent: int | None
    """Index of the describing citation in `PlanRecord.citations`, for role nested."""
    instrument_id: str | None = None
    status_at_issue: str = "unknown"
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True)
class Campaign:
    name: str
    evidence: Evidence
    kind: Literal["campaign", "movement", "theme"]
    scope: str | None
    period_start_year: int | None
    period_end_year: int | None
    action: Literal["launch", "continue", "review", "mention"]
    mentions: int
    campaign_id: str | None = None
    link_method: Literal["exact", "alias", "fuzzy"] | None = None
    link_score: float | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """When: the words, their kind, first and last day, and the quarters touched ("2023-Q1")."""

    text: str | None = None
    kind: str | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    quarters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TaskUnit:
    unit: str
    role: Literal["lead", "coordinator", "performer"]
    evidence: Evidence
    inherited: bool = False
    collective: bool = False
    unit_id: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    text: str
    evidence: Evidence
    kind: Literal["scheduled", "assigned", "directive"]
    source: Literal["table", "list", "paragraph"]
    label: str | None = None
    section: int | None = None
    """Index in `PlanRecord.sections`."""
    parent: int | None = None
    """Index in `PlanRecord.tasks`."""
    period: Period = Period()
    deadline: dt.date | None = None
    deliverable: str | None = None
    conditional: bool = False
    units: tuple[TaskUnit, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipient:
    text: str
    evidence: Evidence
    purpose: str | None = None
    is_archive: bool = False


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """Everything read out of one document."""

    fields: tuple[Field, ...] = ()
    sections: tuple[Section, ...] = ()
    citations: tuple[Citation, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    tasks: tuple[Task, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    warnings: tuple[Finding, ...] = field(default=())

    def value(self, name: str) -> FieldValue | None:
        """The value of one field of `documents`, or None."""
        return next((f.value for f in self.fields if f.name == name), None)
