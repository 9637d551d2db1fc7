"""Whether a scan's own image shows all of its page, so that its very dots can be read instead of a drawing of them.

Boxes are left, bottom, right, top in the file's coordinates (points).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.ingest.page.paper import paper_width
from pipeline.ingest.pdf.library import Box, Picture, is_stencil, is_upright

_LEAST_DPI, _MOST_DPI = 50, 450
"""A scan's own image is taken between these; a finer one is drawn smaller."""
_COVERS = 0.6
"""Part of the page: scanners that pack a page in layers lay its writing over the paper's colour so."""
_OTHERS = 0.25
"""Part of the page that seals and a signature's picture together never fill."""
_STEP, _CONTRAST = 7, 40
"""Dots from sample to sample, and levels of grey between paper and print."""


def stands_alone(image: Any, page: Box, pixels: int) -> bool:
    """Whether the image lies upright on the whole page, is no stencil, and has a usual number of dots.

    `pixels` is the most it may have.
    """
    if image.container is not None or not is_upright(image) or is_stencil(image):
        return False
    width, height = image.get_px_size()
    left, bottom, right, top = image.get_bounds()
    size = page[2] - page[0], page[3] - page[1]
    aside = max(abs(left - page[0]), abs(bottom - page[1]), abs(page[2] - right), abs(page[3] - top))
    dpi = width / (paper_width(size) / 72)
    return bool(aside <= max(3.0, 0.003 * max(size)) and width * height <= pixels and _LEAST_DPI < dpi < _MOST_DPI)


def has_layers(images: Sequence[Box], page: Box) -> bool:
    """Whether other pictures on the page, the scan's own among `images`, hold much of what it shows."""
    area = (page[2] - page[0]) * (page[3] - page[1])
    shares = sorted(((b[2] - b[0]) * (b[3] - b[1]) / area for b in images), reverse=True)[1:]
    return sum(shares) > _OTHERS or any(share >= _COVERS for share in shares)


def is_flat(picture: Picture) -> bool:
    """Whether a picture shows nothing: paper under writing that is drawn, or ink whose shape is in a mask."""
    sample = picture[::_STEP, ::_STEP]
    return int(sample.max()) - int(sample.min()) < _CONTRAST
