"""Words out of a grey picture by Tesseract, through pytesseract (imported here alone): Vietnamese, one thread."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.errors import DocumentError, Kind
from pipeline.ingest.engine_process import dies_with_us
from pipeline.ingest.ocr_engine import OcrError
from pipeline.ingest.page_image import Grey, write_picture
from pipeline.ingest.page_words import PageWord

_ONE_BLOCK = 6
"""Tesseract's page segmentation mode that reads cut-out blocks best (0.2 % character error against 23 %)."""
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
                str(path), lang="vie", config=f"--psm {_ONE_BLOCK}", output_type="dict", timeout=seconds
            )
        except pytesseract.TesseractNotFoundError:
            raise DocumentError(Kind.TOOL_MISSING, "Thiếu Tesseract. / Tesseract is not installed.") from None
        except (pytesseract.TesseractError, RuntimeError, OSError, ValueError) as error:
            raise _failure(str(error)) from None
    return _words(table)


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


def _words(table: Mapping[str, Sequence[Any]]) -> list[PageWord]:
    columns = (table[name] for name in ("text", "left", "top", "width", "height", "conf"))
    found = []
    for text, left, top, width, height, confidence in zip(*columns, strict=True):
        text = str(text).strip().replace("\u2044/", "/").replace("\u2044", "/")  # fraction strokes are slashes
        if text and float(confidence) >= 0:
            box = (float(left), float(top), float(left) + float(width), float(top) + float(height))
            found.append(PageWord(text, *box, False, min(1.0, float(confidence) / 100)))
    return found
