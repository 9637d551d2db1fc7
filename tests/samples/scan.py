"""A made-up scan of a printed sample: rendered, stamped in red, laid askew, speckled, saved as JPEG in a PDF."""

from __future__ import annotations

import io
from pathlib import Path

import matplotlib
import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.samples.printed import write_pdf
from tests.samples.spec import Sample

DPI = 200
SKEW = 0.7
NOISE = 4.0
QUALITY = 42
INK = (200, 30, 40)
STAMP_RADIUS = 0.085
STAMP_CENTRE = (0.58, 0.03)
"""Right of the page's middle and, as a share of the height, above the last line: over the signature."""


def write_scan(sample: Sample) -> bytes:
    """The sample as a PDF that holds nothing but page images, 200 dpi."""
    document = pypdfium2.PdfDocument(write_pdf(sample))
    pages = [page.render(scale=DPI / 72).to_pil().convert("RGB") for page in document]
    document.close()
    pages[-1] = _stamped(pages[-1])
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    for at, page in enumerate(pages):
        jpeg = io.BytesIO()
        _scanned(page, seed=at).save(jpeg, "JPEG", quality=QUALITY)
        jpeg.seek(0)
        canvas.drawImage(ImageReader(jpeg), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _scanned(page: Image.Image, seed: int) -> Image.Image:
    turned = page.rotate(SKEW, resample=Image.Resampling.BICUBIC, fillcolor="white")
    grain = np.random.default_rng(seed).normal(0, NOISE, (turned.height, turned.width, 1))
    return Image.fromarray(np.clip(np.asarray(turned) * 0.97 + grain, 0, 255).astype(np.uint8))


def _stamped(page: Image.Image) -> Image.Image:
    """A round red seal, ring and words, half over the signer's name: ink darkens, it does not cover."""
    seal = Image.new("RGB", page.size, "white")
    draw = ImageDraw.Draw(seal)
    radius = STAMP_RADIUS * page.width
    last_ink = int(np.flatnonzero(np.asarray(page.convert("L")).min(axis=1) < 128)[-1])
    x, y = STAMP_CENTRE[0] * page.width, last_ink - STAMP_CENTRE[1] * page.height
    for share in (1.0, 0.72):
        box = (x - radius * share, y - radius * share, x + radius * share, y + radius * share)
        draw.ellipse(box, outline=INK, width=5)
    font = ImageFont.truetype(str(Path(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSans-Bold.ttf"), 26)
    draw.multiline_text((x, y), "SỞ\nTƯ PHÁP", fill=INK, font=font, anchor="mm", align="center")
    return Image.fromarray(np.minimum(np.asarray(page), np.asarray(seal)))
