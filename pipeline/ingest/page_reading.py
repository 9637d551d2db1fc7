"""What was read on each page, and the pages put together; OCR of a page for PDF and image files alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.furniture import without_running_heads
from pipeline.ingest.limits import Limits
from pipeline.ingest.ocr_engine import OcrEngine
from pipeline.ingest.page_blocks import PageBlock, join_pages, page_blocks
from pipeline.ingest.page_columns import Borders
from pipeline.ingest.page_trace import PageTrace
from pipeline.ingest.page_words import PageWord
from pipeline.ingest.paper import A4
from pipeline.records import Finding, PageStatus, SourcePage, TextSource

_LOW_CONFIDENCE = 0.75


@dataclass(slots=True)
class PageReading:
    """One page before the pages are put together; `size` in points, None when the page could not be opened."""

    number: int
    blocks: list[PageBlock] = field(default_factory=list)
    size: tuple[float, float] | None = None
    rotation: int = 0
    text_source: TextSource = "native"
    confidence: float | None = None
    status: PageStatus = "ok"
    findings: list[Finding] = field(default_factory=list)


def read_by_ocr(
    reading: PageReading,
    picture: NDArray[np.uint8],
    limits: Limits,
    engine: OcrEngine | None,
    habits: dict[int, Borders],
    typed: Sequence[PageWord] = (),
    trace: PageTrace | None = None,
) -> None:
    """Fills `reading` (its size is known) from a BGR picture; `typed` are words laid over it. OcrError."""
    from pipeline.ingest.page_turn import read_any_way  # OpenCV: only for pages that need it

    turned = read_any_way(picture, reading.size or A4, limits, engine or _tesseract(), bool(typed), trace)
    seen, size = turned.page, turned.size
    reading.size, reading.rotation = size, (reading.rotation + turned.rotation) % 360
    if seen.blank and not typed:
        reading.status = "blank"
        return
    reading.text_source, reading.confidence = "ocr", seen.confidence
    for words, tables in seen.parts(typed):
        own_habits = habits if seen.gutter is None else {}  # each of two pages has margins of its own
        reading.blocks += page_blocks(words, tables, reading.number, size, own_habits)
    if not seen.words:
        unread(reading, "OCR không thấy chữ / OCR found no writing")
    elif (seen.confidence or 0.0) < _LOW_CONFIDENCE:
        percent = f"{100 * (seen.confidence or 0.0):.0f} %"
        message = f"OCR chỉ chắc {percent}; nên đối chiếu bản gốc. / OCR is only {percent} sure: compare the original."
        reading.findings.append(Finding("low_ocr_confidence", message, reading.number))


def _tesseract() -> OcrEngine:
    from pipeline.ingest.ocr import read_words

    return read_words


def unread(reading: PageReading, why: str) -> PageReading:
    """The page marked as one that could not be read."""
    message = f"Không đọc được trang {reading.number}: {why}. / Page {reading.number} could not be read."
    reading.status = "unreadable"
    reading.findings.append(Finding("unread_page", message, reading.number))
    return reading


def put_together(readings: Sequence[PageReading]) -> tuple[tuple[SourcePage, ...], tuple[Finding, ...]]:
    """Pages with their running heads dropped and tables joined over page breaks."""
    heights = [reading.size[1] if reading.size else 0.0 for reading in readings]
    blocks = join_pages(without_running_heads([reading.blocks for reading in readings], heights))
    pages = tuple(
        SourcePage(
            number=reading.number,
            blocks=tuple(own),
            width=round(reading.size[0], 2) if reading.size else None,
            height=round(reading.size[1], 2) if reading.size else None,
            rotation=reading.rotation,
            text_source=reading.text_source,
            ocr_confidence=None if reading.confidence is None else round(reading.confidence, 4),
            status=reading.status,
        )
        for reading, own in zip(readings, blocks, strict=True)
    )
    return pages, tuple(finding for reading in readings for finding in reading.findings)
