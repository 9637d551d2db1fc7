"""Which engine reads: Tesseract inside this process where that gives the program's very words, else the program."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.ingest.ocr.engine import OcrEngine, OcrError
from pipeline.ingest.ocr.inside import InsideEngine, library_said
from pipeline.ingest.ocr.program import language_data, program_version, version_of
from pipeline.ingest.ocr.tesseract import read_words


@dataclass(frozen=True, slots=True)
class Choice:
    """An engine, the package it goes through, and why (for people, in both languages)."""

    engine: OcrEngine
    package: str
    why: str


def chosen_engine() -> Choice:
    """One a process. Without the program, or its data, it is the one that says so when it is asked to read."""
    return _chosen(program_version(), language_data())


@cache
def _chosen(program: str | None, data: Path | None) -> Choice:
    if program is None or data is None:
        return Choice(read_words, "pytesseract", "không có Tesseract / there is no Tesseract to be equal to")
    said = library_said()
    if said is None:
        return Choice(read_words, "pytesseract", "chưa cài tesserocr / tesserocr is not installed")
    if version_of(said) != program:
        return Choice(read_words, "pytesseract", f"tesserocr: {version_of(said)} ≠ {program}")
    try:
        return Choice(
            InsideEngine(data), "tesserocr", f"cùng bản với chương trình / the program's own version, {program}"
        )
    except OcrError as error:
        return Choice(read_words, "pytesseract", str(error))
