"""Pictures of every kind of colour show the same writing: fine greys, palettes, print colours, clear grounds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from pipeline.ingest.limits import Limits
from pipeline.ingest.page.words import PageWord
from pipeline.ingest.scan.picture_file import read_image

GREY = np.full((1200, 850), 255, np.uint8)
for top in range(100, 900, 40):
    GREY[top : top + 14, 100:700:2] = 0
    GREY[top : top + 14, 101:700:14] = 0
CLEAR = np.dstack([np.zeros_like(GREY)] * 3 + [255 - GREY])
PICTURES = {
    "grey.png": Image.fromarray(GREY),
    "fine.png": Image.fromarray(GREY.astype(np.uint16) * 257),
    "fine.tif": Image.fromarray(GREY.astype(np.uint16) * 257),
    "share.tif": Image.fromarray(GREY.astype(np.float32)),
    "palette.png": Image.fromarray(GREY).convert("P"),
    "bits.tif": Image.fromarray(GREY).convert("1"),
    "print.tif": Image.fromarray(GREY).convert("CMYK"),
    "clear.png": Image.fromarray(CLEAR),
}


@pytest.mark.parametrize("name", PICTURES)
def test_the_engine_is_shown_black_on_white(tmp_path: Path, name: str) -> None:
    shown: list[float] = []

    def engine(picture: NDArray[np.uint8], seconds: float) -> list[PageWord]:
        shown.append(float(picture.mean()))
        return [PageWord("Kế", 100, 100, 140, 120, confidence=0.9)]

    PICTURES[name].save(tmp_path / name)
    pages, _ = read_image(tmp_path / name, Limits(), engine)
    assert pages[0].status == "ok"
    assert shown
    assert min(shown) > 100
