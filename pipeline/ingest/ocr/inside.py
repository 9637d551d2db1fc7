"""Tesseract inside this process, through tesserocr (imported here alone): a fifth faster, the same words.

Nothing has to be started, and no second of importing pandas is paid, which pytesseract does.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.ocr.answer import ONE_BLOCK, words_of
from pipeline.ingest.ocr.engine import OcrError
from pipeline.ingest.ocr.program import LANGUAGE
from pipeline.ingest.page.words import PageWord
from pipeline.ingest.scan.image import encoded


def library_said() -> str | None:
    """What the library that tesserocr is bound to says of its version; None where tesserocr can't be loaded."""
    tesserocr = _library()
    return str(tesserocr.tesseract_version()) if tesserocr else None


class InsideEngine:
    """An `OcrEngine` that keeps the library's state and language data loaded, and lets go of each picture."""

    def __init__(self, data: Path) -> None:
        """`data` is the language data's file. OcrError when the library refuses it."""
        try:
            self._api: Any = _library().PyTessBaseAPI(path=f"{data.parent}/", lang=LANGUAGE, psm=ONE_BLOCK)
            self._api.SetVariable("debug_file", os.devnull)  # it would talk on stderr about every picture
        except (AttributeError, RuntimeError, TypeError) as error:
            raise OcrError(f"tesserocr: {error}") from None

    def __call__(self, picture: NDArray[np.uint8], seconds: float) -> list[PageWord]:
        """Words as `ocr.read_words` gives them. OcrError, also when the time is over (looked at line by line)."""
        try:
            self._api.SetImageBytesBmp(encoded(picture))
            if not self._api.Recognize(max(1, int(1000 * seconds))):
                raise OcrError(f"Tesseract: > {seconds:.0f} s, hoặc lỗi / or failed")
            return words_of(self._api.GetTSVText(0))
        except (RuntimeError, ValueError, UnicodeDecodeError) as error:
            raise OcrError(f"tesserocr: {error}") from None
        finally:
            self._api.Clear()
            self._api.ClearAdaptiveClassifier()  # no page may learn from the one before


def _library() -> Any:
    """The module, or None; one thread, which must be said before its libraries load."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    try:
        import tesserocr
    except ImportError:  # absent, or bound to a library that is
        return None
    return tesserocr
