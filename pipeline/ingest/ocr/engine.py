"""What an OCR engine is to the rest of ingest; Tesseract is one, the tests have others."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.page.words import PageWord

OcrEngine = Callable[[NDArray[np.uint8], float], list[PageWord]]
"""Reads one upright block of lines: a grey picture and the seconds it may take → words, boxes in dots. OcrError."""


class OcrError(Exception):
    """OCR of one picture failed or took too long; the document goes on."""
