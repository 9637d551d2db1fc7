"""What was read on each page, and the pages put together; OCR of a page for PDF and image files alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.limits import Limits
from pipeline.ingest.ocr.engine import OcrEngine
from pipeline.ingest.page.aside import aside_of_runs
from pipeline.ingest.page.blocks import PageBlock, join_pages, page_blocks
from pipeline.ingest.page.columns import Borders
from pipeline.ingest.page.furniture import part_running_heads
from pipeline.ingest.page.paper import A4
from pipeline.ingest.page.words import PageWord
from pipeline.ingest.pdf.reconcile import TextLayer
from pipeline.ingest.repair.sequences import repair_sequences
from pipeline.ingest.scan.trace import PageTrace
from pipeline.records import Aside, Finding, HandReading, PageStatus, SourcePage, TextSource

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
    aside: list[Aside] = field(default_factory=list)
    hands: tuple[HandReading, ...] = ()


def read_by_ocr(
    reading: PageReading,
    picture: NDArray[np.uint8],
    limits: Limits,
    engine: OcrEngine | None,
    habits: dict[int, Borders],
    typed: Sequence[PageWord] = (),
    layer: TextLayer | None = None,
    trace: PageTrace | None = None,
) -> None:
    """Fills `reading` (its size is known) from a BGR picture; `typed` are words laid over it. OcrError.

    `layer` is the page's own text, with which the reading is reconciled.
    """
    from pipeline.ingest.hand.page import read_hands
    from pipeline.ingest.scan.turn import read_any_way  # OpenCV: only for pages that need it

    over = bool(typed or layer)
    turned = read_any_way(picture, reading.size or A4, limits, engine or tesseract(), over, trace)
    seen, size = turned.page, turned.size
    reading.size, reading.rotation = size, (reading.rotation + turned.rotation) % 360
    reading.text_source, reading.confidence = "ocr", seen.confidence
    if layer is not None:
        seen, reading.text_source = layer.reconciled(seen)
    if seen.blank and not typed:
        reading.status = "blank"
        return
    if reading.number == 1 and not turned.rotation and seen.gutter is None:
        reading.hands = read_hands(picture, size, seen.words)
    reading.aside += seen.aside
    for words, tables in seen.parts(typed):
        own_habits = habits if seen.gutter is None else {}  # each of two pages has margins of its own
        blocks, aside = page_blocks(words, tables, reading.number, size, own_habits)
        reading.blocks += blocks
        reading.aside += aside
    if not seen.words:
        unread(reading, "OCR không thấy chữ / OCR found no writing")
    elif reading.text_source == "native":
        reading.confidence = None
    elif (reading.confidence or 0.0) < _LOW_CONFIDENCE:
        percent = f"{100 * (reading.confidence or 0.0):.0f} %"
        message = f"OCR chỉ chắc {percent}; nên đối chiếu bản gốc. / OCR is only {percent} sure: compare the original."
        reading.findings.append(Finding("low_ocr_confidence", message, reading.number))


def tesseract() -> OcrEngine:
    """The engine that is used where none is given."""
    from pipeline.ingest.ocr.choice import chosen_engine
    from pipeline.ingest.ocr.second import with_second

    engine = chosen_engine().engine
    return with_second(engine, engine)


def unread(reading: PageReading, why: str) -> PageReading:
    """The page marked as one that could not be read."""
    message = f"Không đọc được trang {reading.number}: {why}. / Page {reading.number} could not be read."
    reading.status = "unreadable"
    reading.findings.append(Finding("unread_page", message, reading.number))
    return reading


def put_together(readings: Sequence[PageReading]) -> tuple[tuple[SourcePage, ...], tuple[Finding, ...]]:
    """Pages with their running heads dropped and tables joined over page breaks."""
    heights = [reading.size[1] if reading.size else 0.0 for reading in readings]
    bodies, heads = part_running_heads([reading.blocks for reading in readings], heights)
    blocks, headings = join_pages(bodies)
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
            aside=(*reading.aside, *(aside_of_runs("running_head", runs) for runs in (*head, *again))),
            hands=reading.hands,
        )
        for reading, own, head, again in zip(readings, repair_sequences(blocks), heads, headings, strict=True)
    )
    return pages, tuple(finding for reading in readings for finding in reading.findings)
