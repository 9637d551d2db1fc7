"""An image file (PNG, JPEG, TIFF of several pages, …) becomes pages by OCR."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from pipeline.errors import DocumentError, Kind
from pipeline.ingest.limits import Limits
from pipeline.ingest.ocr.engine import OcrEngine, OcrError
from pipeline.ingest.page.paper import A4
from pipeline.ingest.page.reading import PageReading, put_together, read_by_ocr, unread
from pipeline.ingest.scan.trace import Trace
from pipeline.records import Finding, SourcePage

_LARGEST = 2
"""Times `Limits.page_pixels`: a picture is decoded whole, so more is refused."""


def read_image(
    path: Path, limits: Limits, engine: OcrEngine | None = None, trace: Trace | None = None
) -> tuple[tuple[SourcePage, ...], tuple[Finding, ...]]:
    """One page a picture. DocumentError: DAMAGED, TOO_LARGE, TOOL_MISSING."""
    pictures = enumerate(_pictures(path, limits), 1)
    return put_together([_read(number, picture, limits, engine, trace) for number, picture in pictures])


def _pictures(path: Path, limits: Limits) -> Iterator[NDArray[np.uint8]]:
    """BGR, turned as the camera noted. Size and number are looked at before anything is decoded."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of large pictures; ours is the bound that counts
            with Image.open(path) as file:
                _check(file, limits)
                for at in range(getattr(file, "n_frames", 1)):
                    file.seek(at)
                    _check(file, limits)
                    upright = _coloured(ImageOps.exif_transpose(file))
                    yield np.asarray(upright, np.uint8)[:, :, ::-1].copy()
    except Image.DecompressionBombError:
        raise DocumentError(Kind.TOO_LARGE, "Ảnh quá lớn. / The picture is too large.") from None
    except (OSError, ValueError, SyntaxError) as error:
        detail = f"Không mở được ảnh. / The image cannot be opened ({type(error).__name__})."
        raise DocumentError(Kind.DAMAGED, detail) from None


def _coloured(picture: Image.Image) -> Image.Image:
    """RGB on white paper; Pillow itself cuts finer greys than 256 off to white and lays what is clear on black."""
    if picture.mode.startswith(("I", "F")):
        grey = np.nan_to_num(np.asarray(picture, np.float64))
        most = 65_535 if picture.mode.startswith("I;16") else max(255.0, float(grey.max()))
        return Image.fromarray((grey * (255 / most)).clip(0, 255).astype(np.uint8)).convert("RGB")
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    clear = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear).convert("RGB")


def _check(file: Image.Image, limits: Limits) -> None:
    width, height = file.size
    if width * height > _LARGEST * limits.page_pixels or getattr(file, "n_frames", 1) > limits.pages:
        raise DocumentError(Kind.TOO_LARGE, f"Ảnh {width} x {height} điểm. / A picture of {width} x {height} dots.")


def _read(
    number: int, picture: NDArray[np.uint8], limits: Limits, engine: OcrEngine | None, trace: Trace | None
) -> PageReading:
    reading = PageReading(number, size=_paper(picture), text_source="ocr")
    steps = trace.page(number) if trace else None
    try:
        read_by_ocr(reading, picture, limits, engine, {}, trace=steps)
    except OcrError as error:
        unread(reading, str(error))
    if steps:
        steps.decided(reading)
    return reading


def _paper(picture: NDArray[np.uint8]) -> tuple[float, float]:
    """A4, upright or landscape, as long as the picture's own shape makes it."""
    height, width = picture.shape[:2]
    across = A4[0] if height >= width else A4[1]
    return across, across * height / width
