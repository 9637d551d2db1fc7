"""A PDF becomes pages: each read from its text layer, or by OCR where that is missing or no Vietnamese."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from pipeline.errors import DocumentError, Kind
from pipeline.ingest.furniture import without_notes
from pipeline.ingest.limits import Limits
from pipeline.ingest.ocr_engine import OcrEngine, OcrError
from pipeline.ingest.page_blocks import page_blocks
from pipeline.ingest.page_columns import Borders
from pipeline.ingest.page_decision import Decision, decide_page
from pipeline.ingest.page_findings import Done, Fault, finding
from pipeline.ingest.page_reading import PageReading, put_together, read_by_ocr, unread
from pipeline.ingest.page_reconcile import TextLayer
from pipeline.ingest.page_words import PageWord
from pipeline.ingest.pdf_file import PageError, PdfFile, PdfPage
from pipeline.ingest.pdf_recoding import FontCodes, needs_recoding
from pipeline.ingest.pdf_tables import TableReader
from pipeline.records import Finding, SourcePage

_DPI = 220
_SAMPLED = 40
"""Pages from which the meaning of a file's fonts is learned."""


def read_pdf(
    path: Path, limits: Limits, engine: OcrEngine | None = None
) -> tuple[tuple[SourcePage, ...], tuple[Finding, ...]]:
    """All pages in order, and what was found about them; a page that cannot be read does not stop the others.

    `engine` None is Tesseract. DocumentError: ENCRYPTED, DAMAGED, TOO_LARGE, or TOOL_MISSING when a page needs OCR
    and Tesseract or its Vietnamese data is not there.
    """
    file = PdfFile(path, limits)
    try:
        with TableReader(path) as tables:
            reader = _Reader(file, tables, limits, engine)
            readings = [reader.read(number) for number in range(1, file.page_count + 1)]
    finally:
        file.close()
    if all(reading.size is None for reading in readings):
        raise DocumentError(Kind.DAMAGED, "Không trang nào mở được. / None of the pages can be opened.")
    return put_together(readings)


class _Reader:
    def __init__(self, file: PdfFile, tables: TableReader, limits: Limits, engine: OcrEngine | None) -> None:
        self._file = file
        self._tables = tables
        self._limits = limits
        self._engine = engine
        self._habits: dict[int, Borders] = {}

    def read(self, number: int) -> PageReading:
        reading = PageReading(number)
        try:
            with self._file.page(number) as page:
                self._fill(reading, page)
        except (PageError, OcrError) as error:
            unread(reading, str(error))
        return reading

    def _fill(self, reading: PageReading, page: PdfPage) -> None:
        repaired = self._repair(page)
        reading.size, reading.rotation = page.size, page.content.rotation
        words = without_notes(page.content.words, page.notes)
        decision = decide_page([word.text for word in words], page.is_scan)
        if decision.source == "native":
            self._fill_native(reading, page, words)
            if repaired:
                reading.findings.append(finding(repaired, "repaired", reading.number))
        elif decision.source == "mixed" and page.content.rotation == page.shown_rotation:
            self._fill_mixed(reading, page, words, decision)
        else:
            self._fill_ocr(reading, page, words, decision.fault)

    def _repair(self, page: PdfPage) -> Fault | None:
        """Read letters anew where the page's fonts name wrong ones; what was wrong with them."""
        if not needs_recoding(page.content.text):
            return None
        text, fonts = page.letters()
        repaired = self._codes.read(text, fonts)
        if repaired == text:
            return None
        page.read_again(repaired)
        return Fault.OLD_CODES if self._codes.kinds <= {"tcvn3", "vni"} else Fault.BROKEN_CODES

    @cached_property
    def _codes(self) -> FontCodes:
        return FontCodes(list(self._file.sample(_SAMPLED)))

    def _fill_ocr(self, reading: PageReading, page: PdfPage, words: Sequence[PageWord], fault: Fault | None) -> None:
        reading.size, reading.rotation, reading.text_source = page.shown_size, page.shown_rotation, "ocr"
        typed = [word for word in words if page.is_note(word)]
        read_by_ocr(reading, page.picture(_DPI), self._limits, self._engine, self._habits, typed)
        if not words and page.content.words:
            fault = Fault.SIGNATURE_ONLY
        if fault and reading.status == "ok":
            reading.findings.append(finding(fault, "ocr", reading.number))

    def _fill_mixed(self, reading: PageReading, page: PdfPage, words: Sequence[PageWord], decision: Decision) -> None:
        """The layer and OCR reconciled; the layer alone where OCR cannot be had."""
        layer = TextLayer(tuple(words), is_print=False)
        try:
            read_by_ocr(reading, page.picture(_DPI), self._limits, self._engine, self._habits, layer=layer)
        except (OcrError, DocumentError):
            self._fill_native(reading, page, words)
        if decision.fault:
            done: Done = "kept" if reading.text_source == "native" else "reconciled"
            reading.findings.append(finding(decision.fault, done, reading.number))

    def _fill_native(self, reading: PageReading, page: PdfPage, words: Sequence[PageWord]) -> None:
        tables = self._tables.cells(reading.number, page) if page.has_ruling_lines else []
        reading.blocks = page_blocks(words, tables, reading.number, page.size, self._habits)
