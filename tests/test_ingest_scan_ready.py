"""Resolution: the paper that a page must be, the engine's best dots an inch, and bounds whatever the file claims."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipeline.ingest.limits import Limits
from pipeline.ingest.page.paper import paper_width
from pipeline.ingest.pdf.file import PdfFile
from pipeline.ingest.scan.ready import make_ready
from tests.made_pages import HEIGHT, WIDTH, coloured, page


def scan(path: Path, size: tuple[float, float], picture: NDArray[np.uint8]) -> Path:
    """A page of that many points that a picture fills."""
    held = io.BytesIO()
    Image.fromarray(picture).save(held, "PNG")
    made = Canvas(str(path), pagesize=size)
    made.drawImage(ImageReader(held), 0, 0, *size)
    made.save()
    return path


@pytest.mark.parametrize(
    ("size", "width"),
    [
        ((595, 842), 595),
        ((842, 595), 842),
        ((420, 595), 420),
        ((28, 40), 595),
        ((1654, 2339), 595),
        ((2339, 1654), 842),
    ],
)
def test_pages_of_no_paper_s_size_are_taken_for_a4(size: tuple[float, float], width: float) -> None:
    assert paper_width(size) == width


@pytest.mark.parametrize("size", [(28.0, 39.6), (595.0, 841.0), (1240.0, 1753.0)])
def test_a_scan_gives_its_own_image_whatever_size_the_page_claims(tmp_path: Path, size: tuple[float, float]) -> None:
    file = PdfFile(scan(tmp_path / "scan.pdf", size, page()), Limits())
    with file.page(1) as own:
        picture = own.picture(220)
        ready = make_ready(picture, paper_width(own.shown_size), Limits())
    file.close()
    assert picture.shape[:2] == (HEIGHT, WIDTH)
    assert ready.dpi == pytest.approx(150, abs=1) or ready.dpi == pytest.approx(220, abs=1)


@pytest.mark.parametrize(("dpi", "brought_to"), [(100, 220), (200, 200), (300, 300), (600, 220)])
def test_resolution_is_brought_to_what_is_read_best(dpi: int, brought_to: int) -> None:
    picture = np.full((round(11.69 * dpi), round(8.27 * dpi), 3), 250, np.uint8)
    ready = make_ready(picture, 595, Limits())
    assert ready.dpi == pytest.approx(brought_to, rel=0.01)
    assert ready.grey.shape[1] == pytest.approx(8.27 * brought_to, rel=0.01)


@given(st.floats(0.1, 20_000), st.integers(2, 400), st.integers(2, 400))
@settings(max_examples=40, deadline=None)
def test_no_claim_makes_a_picture_larger_than_the_bound(wide: float, across: int, down: int) -> None:
    limits = Limits(page_pixels=200_000)
    ready = make_ready(np.full((down, across, 3), 250, np.uint8), wide, limits)
    assert ready.grey.size <= 1.05 * limits.page_pixels + down + across


def test_a_picture_one_dot_wide_does_not_grow_to_millions() -> None:
    seen = make_ready(np.zeros((900, 1, 3), np.uint8), 595.0, Limits()).grey
    assert seen.shape == (7200, 8)


def test_every_step_that_changed_the_page_is_told_and_no_other() -> None:
    class Seen:
        def __init__(self) -> None:
            self.steps: list[str] = []

        def show(self, step: str, *_: object) -> None:
            self.steps.append(step)

        def decided(self, _: object) -> None: ...

    clean, dark = Seen(), Seen()
    make_ready(coloured(page()), 595, Limits(), clean)
    bordered = page()
    bordered[:, :40] = 10
    make_ready(coloured(bordered), 595, Limits(), dark)
    assert clean.steps == ["scan", "stamp-removed"]
    assert dark.steps == ["scan", "stamp-removed", "edges-whitened"]
