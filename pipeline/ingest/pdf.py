"""A PDF becomes pages: each read from its text layer, or by OCR where that is missing or no Vietnamese."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import DocumentError, Kind
from pipeline.ingest.furniture import without_notes
from pipeline.ingest.limits import Limits
from pipeline.ingest.ocr_engine import OcrEngine, OcrError
from pipeline.ingest.page_blocks import page_blocks
from pipeline.ingest.page_columns import Borders
from pipeline.ingest.page_decision import decide_page
from pipeline.ingest.page_reading import PageReading, put_together, read_by_ocr, unread
from pipeline.ingest.page_trace import PageTrace, Trace
from pipeline.ingest.page_words import PageWord
from pipeline.ingest.pdf_file import PageError, PdfFile, PdfPage
from pipeline.ingest.pdf_tables import TableReader
from pipeline.records import Finding, SourcePage

_DPI = 220
_GARBLED = (
    "Lớp chữ của trang không phải tiếng Việt; đã đọc bằng OCR. "
    "/ The text layer of the page is no Vietnamese: it was read by OCR."
)


def read_pdf(
    path: Path, limits: Limits, engine: OcrEngine | None = None, trace: Trace | None = None
) -> tuple[tuple[SourcePage, ...], tuple[Finding, ...]]:
    """All pages in order, and what was found about them; a page that cannot be read does not stop the others.

    `engine` None is Tesseract. DocumentError: ENCRYPTED, DAMAGED, TOO_LARGE, or TOOL_MISSING when a page needs OCR
    and Tesseract or its Vietnamese data is not there.
    """
    file = PdfFile(path, limits)
    try:
        with TableReader(path) as tables:
            reader = _Reader(file, tables, limits, engine, trace)
            readings = [reader.read(number) for number in range(1, file.page_count + 1)]
    finally:
        file.close()
    if all(reading.size is None for reading in readings):
        raise DocumentError(Kind.DAMAGED, "Không trang nào mở được. / None of the pages can be opened.")
    return put_together(readings)


class _Reader:
    def __init__(
        self, file: PdfFile, tables: TableReader, limits: Limits, engine: OcrEngine | None, trace: Trace | None
    ) -> None:
        self._file = file
        self._tables = tables
        self._limits = limits
        self._engine = engine
        self._trace = trace
        self._habits: dict[int, Borders] = {}

    def read(self, number: int) -> PageReading:
        reading = PageReading(number)
        trace = self._trace.page(number) if self._trace else None
        try:
            with self._file.page(number) as page:
                self._fill(reading, page, trace)
        except (PageError, OcrError) as error:
            unread(reading, str(error))
        if trace:
            trace.decided(reading)
        return reading

    def _fill(self, reading: PageReading, page: PdfPage, trace: PageTrace | None) -> None:
        reading.size, reading.rotation = page.size, page.content.rotation
        words = without_notes(page.content.words, page.notes)
        decision = decide_page([word.text for word in words], page.is_scan)
        if decision.source == "native":
            self._fill_native(reading, page, words)
            return
        reading.size, reading.rotation, reading.text_source = page.shown_size, page.shown_rotation, "ocr"
        typed = [word for word in words if page.is_note(word)]
        read_by_ocr(reading, page.picture(_DPI), self._limits, self._engine, self._habits, typed, trace)
        if decision.garbled and reading.status == "ok":
            reading.findings.append(Finding("garbled_text_layer", _GARBLED, reading.number))

    def _fill_native(self, reading: PageReading, page: PdfPage, words: Sequence[PageWord]) -> None:
        tables = self._tables.cells(reading.number, page) if page.has_ruling_lines else []
        reading.blocks = page_blocks(words, tables, reading.number, page.size, self._habits)
