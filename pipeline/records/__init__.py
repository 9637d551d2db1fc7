"""Frozen records at the seams between rooms. They import nothing of ours.

Flow: SourceDocument (ingest) -> PlanText (text) -> Doc (nlp) -> PlanRecord (extract) -> rows (tables).
Offsets count code points of `PlanText.text`, end exclusive. Boxes are PDF points, origin top left.
"""

from __future__ import annotations

from pipeline.records.found import (
    Campaign,
    Citation,
    Evidence,
    Field,
    FieldSource,
    FieldValue,
    Period,
    PlanRecord,
    Recipient,
    Section,
    Task,
    TaskUnit,
)
from pipeline.records.source import (
    Align,
    Aside,
    AsideKind,
    BBox,
    DigitalSignature,
    Finding,
    PageStatus,
    Run,
    SourceBlock,
    SourceCell,
    SourceDocument,
    SourceLine,
    SourcePage,
    SourceParagraph,
    SourceRow,
    SourceTable,
    TextSource,
)
from pipeline.records.text import Block, Cell, Paragraph, Place, PlanPage, PlanText, Row, Table

__all__ = [
    "Align",
    "Aside",
    "AsideKind",
    "BBox",
    "Block",
    "Campaign",
    "Cell",
    "Citation",
    "DigitalSignature",
    "Evidence",
    "Field",
    "FieldSource",
    "FieldValue",
    "Finding",
    "PageStatus",
    "Paragraph",
    "Period",
    "Place",
    "PlanPage",
    "PlanRecord",
    "PlanText",
    "Recipient",
    "Row",
    "Run",
    "Section",
    "SourceBlock",
    "SourceCell",
    "SourceDocument",
    "SourceLine",
    "SourcePage",
    "SourceParagraph",
    "SourceRow",
    "SourceTable",
    "Table",
    "Task",
    "TaskUnit",
    "TextSource",
]
