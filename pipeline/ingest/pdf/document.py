"""A PDF becomes pages: each read from its text layer, or by OCR where that is missing or no Vietnamese."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from pipeline.errors import DocumentError, Kind
from pipeline.ingest.limits import Limits
from pipeline.ingest.ocr.engine import OcrEngine, OcrError
from pipeline.ingest.page.blocks import page_blocks
from pipeline.ingest.page.columns import Borders
from pipeline.ingest.page.furniture import part_notes, without_printed_note
from pipeline.ingest.page.reading import PageReading, put_together, read_by_ocr, tesseract, unread
from pipeline.ingest.page.words import PageWord
from pipeline.ingest.pdf.coverage import covers_scan, has_tiny, unseen_words
from pipeline.ingest.pdf.decision import Decision, decide_page
from pipeline.ingest.pdf.file import PageError, PdfFile, PdfPage
from pipeline.ingest.pdf.findings import Done, Fault, finding
from pipeline.ingest.pdf.library import Picture
from pipeline.ingest.pdf.pictures import Found, read_pictures, relevant, shows_writing
from pipeline.ingest.pdf.recoding import FontCodes, needs_recoding, odd_signs
from pipeline.ingest.pdf.reconcile import TextLayer
from pipeline.ingest.pdf.spacing import join_spaced
from pipeline.ingest.pdf.tables import TableReader
from pipeline.ingest.scan.trace import PageTrace, Trace
from pipeline.records import Finding, SourcePage

_DPI, _DRAFT_DPI = 220, 100
_ODD_WORDS = 3
_SAMPLED = 40
"""Pages from which the meaning of a file's fonts is learned."""


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
            _note_some_pages(readings, reader.without_text)
    finally:
        file.close()
    if all(reading.size is None for reading in readings):
        raise DocumentError(Kind.DAMAGED, "Không trang nào mở được. / None of the pages can be opened.")
    return put_together(readings)


def _note_some_pages(readings: Sequence[PageReading], without_text: Sequence[int]) -> None:
    """Where only some pages of a file have text, say so on the first of each stretch that has none."""
    if any(reading.blocks and reading.text_source != "ocr" for reading in readings):
        for number in without_text:
            if number - 1 not in without_text and readings[number - 1].status == "ok":
                readings[number - 1].findings.append(finding(Fault.SOME_PAGES, "ocr", number))


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
        self.without_text: list[int] = []

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
        repaired = self._repair(page)
        reading.size, reading.rotation = page.size, page.content.rotation
        words, reading.aside = part_notes(page.content.words, page.notes)
        words = join_spaced(self._seen(reading, page, words))
        decision = _whole(decide_page([word.text for word in words], page.is_scan), page, words)
        if decision.source == "ocr":
            self._fill_ocr(reading, page, words, decision.fault, trace)
            return
        if repaired:
            reading.findings.append(finding(repaired, "repaired", reading.number))
        if decision.source == "mixed":
            self._fill_mixed(reading, page, words, decision.fault, trace)
        else:
            self._fill_native(reading, page, words)

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

    def _seen(self, reading: PageReading, page: PdfPage, words: list[PageWord]) -> list[PageWord]:
        """The words without those that nobody can see on the page; under a scan's picture hidden words are usual."""
        if not (page.hides_text or has_tiny(words)) or page.is_scan():
            return words
        drawn = _draft(page)
        unseen = set() if drawn is None else unseen_words(words, drawn.min(axis=2), page.size[0])
        if unseen:
            reading.findings.append(finding(Fault.INVISIBLE, "left_out", reading.number))
        return [word for word in words if word not in unseen]

    def _fill_ocr(
        self,
        reading: PageReading,
        page: PdfPage,
        words: Sequence[PageWord],
        fault: Fault | None,
        trace: PageTrace | None,
    ) -> None:
        reading.size, reading.rotation, reading.text_source = page.shown_size, page.shown_rotation, "ocr"
        if fault == Fault.FEW_WORDS:
            words = without_printed_note(words)
        typed = [word for word in words if page.is_note(word)]
        layer = None
        if words and fault == Fault.FEW_WORDS and _is_straight(page) and page.is_printed_over:
            typed, layer = [], TextLayer(tuple(words), is_print=True)
        read_by_ocr(reading, page.picture(_DPI), self._limits, self._engine, self._habits, typed, layer, trace)
        if not page.content.words:
            self.without_text.append(reading.number)
        elif not words:
            fault = Fault.SIGNATURE_ONLY
        if fault and reading.status == "ok":
            done: Done = "ocr" if reading.text_source == "ocr" else "reconciled"
            reading.findings.append(finding(fault, done, reading.number))

    def _fill_mixed(
        self,
        reading: PageReading,
        page: PdfPage,
        words: Sequence[PageWord],
        fault: Fault | None,
        trace: PageTrace | None,
    ) -> None:
        """The layer and OCR reconciled; the layer alone where OCR cannot be had."""
        legible = tuple(word for word in words if not odd_signs(word.text))
        layer = TextLayer(legible, fault in (Fault.PART_OF_PAGE, Fault.BROKEN_CODES) or page.is_printed_over)
        done: Done = "unread"
        try:
            read_by_ocr(reading, page.picture(_DPI), self._limits, self._engine, self._habits, layer=layer, trace=trace)
            done = "kept" if reading.text_source == "native" else "reconciled"
        except (PageError, OcrError, DocumentError):
            self._fill_native(reading, page, words)
        if fault:
            reading.findings.append(finding(fault, done, reading.number))

    def _fill_native(self, reading: PageReading, page: PdfPage, words: Sequence[PageWord]) -> None:
        tables = self._tables.cells(reading.number, page) if page.has_ruling_lines else []
        found = self._in_pictures(reading, page, words)
        reading.blocks, aside = page_blocks(
            [*words, *found.words], [*tables, *found.tables], reading.number, page.size, self._habits
        )
        reading.aside += aside

    def _in_pictures(self, reading: PageReading, page: PdfPage, words: Sequence[PageWord]) -> Found:
        """What OCR reads in pictures on a page of text; nothing where it cannot be had."""
        boxes = relevant(page.pictures, words, page.size) if page.pictures and not page.is_scan() else []
        if not boxes:
            return Found()
        try:
            if not shows_writing(page.upright_picture(_DRAFT_DPI), boxes, words, page.size[0]):
                return Found()
            drawn = page.upright_picture(_DPI)
            found = read_pictures(drawn, boxes, words, page.size[0], self._limits, self._engine or tesseract())
        except (PageError, OcrError, DocumentError):
            reading.findings.append(finding(Fault.PICTURE, "unread", reading.number))
            return Found()
        if found.words:
            reading.text_source, reading.confidence = "mixed", found.confidence
            reading.findings.append(finding(Fault.PICTURE, "reconciled", reading.number))
        return found


def _whole(decision: Decision, page: PdfPage, words: Sequence[PageWord]) -> Decision:
    """The decision, with an eye on what of the page's writing its text layer holds."""
    if decision.source == "ocr":
        return decision
    if not _is_straight(page):
        return Decision("ocr", decision.fault, decision.share) if decision.source == "mixed" else decision
    if decision.source == "native" and _has_odd_words(page.content.text, words):
        return Decision("mixed", Fault.BROKEN_CODES, decision.share)
    if decision.source == "mixed" or not page.pictures or not page.is_scan():
        return decision
    drawn = _draft(page)
    if drawn is not None and not covers_scan(words, drawn, page.size[0]):
        return Decision("mixed", Fault.PART_OF_PAGE, decision.share)
    return decision


def _draft(page: PdfPage) -> Picture | None:
    """The page drawn coarsely; None where it cannot be drawn, for its text can be read all the same."""
    try:
        return page.upright_picture(_DRAFT_DPI)
    except PageError:
        return None


def _has_odd_words(text: str, words: Sequence[PageWord]) -> bool:
    """Whether a font of the page still names wrong letters, though the others are right."""
    return odd_signs(text) >= _ODD_WORDS and sum(odd_signs(word.text) > 0 for word in words) >= _ODD_WORDS


def _is_straight(page: PdfPage) -> bool:
    """Whether words and picture have the same way up."""
    return page.content.rotation == page.shown_rotation
