"""Words out of a grey picture by the `tesseract` program, through pytesseract (imported here alone).

This is the reference: what `ocr_inside` reads must be the same to the last box.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from pipeline.errors import DocumentError, Kind
from pipeline.ingest.ocr.answer import ONE_BLOCK, words_of
from pipeline.ingest.ocr.engine import OcrError
from pipeline.ingest.ocr.process import dies_with_us
from pipeline.ingest.ocr.program import LANGUAGE
from pipeline.ingest.page.words import PageWord
from pipeline.ingest.scan.image import Grey, write_picture

_MISSING = ("Error opening data file", "Failed loading language", "couldn't load any languages")


def read_words(picture: Grey, seconds: float) -> list[PageWord]:
    """The Tesseract engine. DocumentError TOOL_MISSING without the program or its Vietnamese data."""
    import pytesseract  # 1.4 s: only where a page needs it

    os.environ["OMP_THREAD_LIMIT"] = "1"  # more threads make workers starve each other
    pytesseract.pytesseract.subprocess_args = _bound_arguments
    with tempfile.TemporaryDirectory(prefix="kehoach-") as folder:
        path = Path(folder, "page.bmp")
        write_picture(picture, path)
        try:
            table = pytesseract.image_to_data(
                str(path), lang=LANGUAGE, config=f"--psm {ONE_BLOCK}", output_type="string", timeout=seconds
            )
        except pytesseract.TesseractNotFoundError:
            raise DocumentError(Kind.TOOL_MISSING, "Thiếu Tesseract. / Tesseract is not installed.") from None
        except (pytesseract.TesseractError, RuntimeError, OSError, ValueError) as error:
            raise _failure(str(error)) from None
    return words_of(table)


def _bound_arguments(include_stdout: bool = True) -> dict[str, Any]:
    """What pytesseract gives to subprocess, and the program's death with ours, for which it has no option."""
    pipe = subprocess.PIPE
    output = pipe if include_stdout else subprocess.DEVNULL
    return {"stdin": pipe, "stdout": output, "stderr": pipe, "env": os.environ, "preexec_fn": dies_with_us()}


def _failure(message: str) -> Exception:
    if any(sign in message for sign in _MISSING):
        detail = "Tesseract thiếu dữ liệu tiếng Việt (vie). / Tesseract lacks its Vietnamese data (vie)."
        return DocumentError(Kind.TOOL_MISSING, detail)
    return OcrError(message)
