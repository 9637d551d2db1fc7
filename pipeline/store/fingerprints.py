"""Fingerprints of what a reading hangs on: the code that reads, the rules and models, the OCR settings."""

from __future__ import annotations

import hashlib
from importlib import metadata
from pathlib import Path

from pipeline.ingest.ocr.setup import settings_now
from pipeline.rulebook import rules_version
from pipeline.store.sightings import Fingerprints

_ROOMS = ("records", "ingest", "text", "link", "nlp", "extract", "tables")
"""A change in the others (store, run, evaluate, the command line) never touches what is read."""
_FILES = ("errors.py", "fold.py", "rulebook.py", "store/packing.py")
_PACKAGES = (
    *("dateparser", "lxml", "numpy", "opencv-python-headless", "pdfplumber", "pillow", "pypdfium2"),
    *("rapidfuzz", "spacy", "underthesea"),
)


def fingerprints_now() -> Fingerprints:
    """Of this installation. The OCR part is "?" where Tesseract is missing or can't be asked.

    Raises:
        RuleError, OSError: rules, models or code can't be read.
    """
    ocr = settings_now()
    return Fingerprints(_code(), rules_version(), _short(ocr.encode()) if ocr else "?")


def _code() -> str:
    """Over names and bytes of the code that touches what is read, and the versions of the libraries it asks."""
    root = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in (*map(root.joinpath, _FILES), *(p for room in _ROOMS for p in sorted((root / room).rglob("*.py")))):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    digest.update("\0".join(f"{name} {metadata.version(name)}" for name in _PACKAGES).encode())
    return digest.hexdigest()[:12]


def _short(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]
