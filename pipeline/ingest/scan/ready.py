"""A page's picture made ready for the engine: grey, without stains, in the resolution that is read best."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.limits import Limits
from pipeline.ingest.scan.image import Grey, scaled
from pipeline.ingest.scan.specks import without_specks
from pipeline.ingest.scan.stains import evened, without_back, without_edges, without_holes, without_stamps
from pipeline.ingest.scan.trace import PageTrace, Step

_LEAST_DPI, _MOST_DPI, _GOOD_DPI = 150, 330, 220
_MOST_LARGER = 8.0
"""Times: writing of fewer dots is not to be read, and a picture one dot wide would grow to millions."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The grey picture, the coloured one in the same resolution with its stains, and their dots an inch."""

    grey: Grey
    picture: NDArray[np.uint8]
    dpi: float


def make_ready(picture: NDArray[np.uint8], width: float, limits: Limits, trace: PageTrace | None = None) -> Ready:
    """`picture` is BGR, `width` what it measures on paper, in points; what comes out shows the same, no more."""
    dpi = 72 * picture.shape[1] / max(width, 1.0)
    if trace:
        trace.show("scan", picture, f"{dpi:.0f} dpi")
    if dpi < _LEAST_DPI:
        picture = without_specks(picture)
    factor = _factor(picture.shape[0] * picture.shape[1], dpi, limits)
    if factor != 1:
        picture, dpi = scaled(picture, factor), dpi * factor
        if trace:
            trace.show("scaled", picture, f"{dpi:.0f} dpi")
    grey = without_stamps(picture, dpi)
    if trace:
        trace.show("stamp-removed", grey)
    return Ready(_without_stains(grey, dpi, trace), picture, dpi)


def _factor(pixels: int, dpi: float, limits: Limits) -> float:
    """1 where the resolution is good enough; never so much that the page grows over `Limits.page_pixels`."""
    if _LEAST_DPI <= dpi <= _MOST_DPI and pixels <= limits.page_pixels:
        return 1.0
    return float(min(_GOOD_DPI / dpi, _MOST_LARGER, (limits.page_pixels / max(pixels, 1)) ** 0.5))


def _without_stains(grey: Grey, dpi: float, trace: PageTrace | None) -> Grey:
    """Light first, so that a fold's shadow is no black edge; the back last, when only print and it are left."""
    steps: tuple[tuple[Step, Callable[[Grey], Grey]], ...] = (
        ("light-evened", lambda now: evened(now, dpi)),
        ("edges-whitened", lambda now: without_edges(now, dpi)),
        ("holes-whitened", lambda now: without_holes(now, dpi)),
        ("back-faded", without_back),
    )
    for name, way in steps:
        after = way(grey)
        if trace and after is not grey:
            trace.show(name, after)
        grey = after
    return grey
