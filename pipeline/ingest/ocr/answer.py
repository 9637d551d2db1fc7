"""Tesseract's answer (TSV) → words: the same for the program and for the library."""

from __future__ import annotations

from pipeline.ingest.ocr.engine import OcrError
from pipeline.ingest.page.words import PageWord

ONE_BLOCK = 6
"""Tesseract's page segmentation mode that reads cut-out blocks best (0.2 % character error against 23 %)."""
_WORD_LEVEL = "5"
_COLUMNS = 12
"""level, page, block, paragraph, line, word; left, top, width, height (dots), confidence (0 to 100), text."""


def words_of(table: str) -> list[PageWord]:
    """The words with something in them, in reading order, confidences of whole hundredths.

    Raises:
        OcrError: a number is none.
    """
    try:
        return _words(table)
    except (ValueError, OverflowError) as error:
        raise OcrError(f"Tesseract: {error}") from None


def _words(table: str) -> list[PageWord]:
    found = []
    for line in table.split("\n"):
        cells = line.split("\t")
        if len(cells) != _COLUMNS or cells[0] != _WORD_LEVEL:
            continue
        text = cells[11].strip().replace("\u2044/", "/").replace("\u2044", "/")  # fraction strokes are slashes
        confidence = int(float(cells[10]))
        if text and confidence >= 0:
            left, top, width, height = map(float, cells[6:10])
            found.append(PageWord(text, left, top, left + width, top + height, False, min(1.0, confidence / 100)))
    return found
