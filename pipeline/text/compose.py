"""SourceDocument → PlanText: the one canonical text, its blocks, pages and the places of its characters."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from pipeline.fold import fold
from pipeline.records import Block, Paragraph, PlanPage, PlanText, Row, SourceDocument, SourcePage, Table
from pipeline.text.furniture import without_furniture
from pipeline.text.legacy import to_unicode
from pipeline.text.paragraphs import items_of
from pipeline.text.passages import Passage
from pipeline.text.writer import Writer


def compose(source: SourceDocument) -> PlanText:
    """Write the canonical text of a document.

    Blocks are parted by one line feed and cover all text. Every page of the source is a page of the plan, in the
    same order; blocks, rows and paragraphs broken by a page lie whole where they start. A document without any
    text gives an empty one.
    """
    converted, findings = to_unicode(source)
    writer = Writer()
    pages = without_furniture(converted.pages)
    for item in items_of(pages):
        if isinstance(item, Passage):
            writer.passage(item)
        else:
            writer.table(item)
    text = writer.text()
    return PlanText(
        text=text,
        folded=fold(text),
        blocks=tuple(writer.blocks),
        pages=_pages(pages, writer.blocks, len(text)),
        places=tuple(writer.places),
        warnings=source.warnings + findings,
        signatures=source.signatures,
    )


def _pages(pages: Sequence[SourcePage], blocks: Sequence[Block], length: int) -> tuple[PlanPage, ...]:
    """Each page from its first paragraph or row up to the next page's; together they cover the text."""
    pieces = [piece for block in blocks for piece in (block.rows if isinstance(block, Table) else (block,))]
    numbers = [piece.page for piece in pieces]
    starts = [0 if index == 0 else _first_at(page.number, numbers, pieces, length) for index, page in enumerate(pages)]
    ends = [*starts, length][1:]
    return tuple(
        PlanPage(
            number=page.number,
            start=start,
            end=end,
            width=page.width,
            height=page.height,
            rotation=page.rotation,
            text_source=page.text_source,
            ocr_confidence=page.ocr_confidence,
            status=page.status,
            aside=page.aside,
        )
        for page, start, end in zip(pages, starts, ends, strict=True)
    )


def _first_at(number: int, numbers: Sequence[int], pieces: Sequence[Paragraph | Row], length: int) -> int:
    index = bisect_left(numbers, number)
    return pieces[index].start if index < len(pieces) else length
