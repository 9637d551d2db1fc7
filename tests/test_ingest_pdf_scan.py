"""A scan's own image is read only where it is all that the page shows; else the page is drawn."""

from __future__ import annotations

import zlib
from pathlib import Path

import numpy as np
import pytest

from pipeline.ingest.limits import Limits
from pipeline.ingest.pdf.file import PageError, PdfFile
from pipeline.ingest.pdf.library import Picture
from tests.scans.picture_pdf import file_of, stream

WIDTH, HEIGHT = 620, 877
COLOURED = "/ColorSpace/DeviceGray/BitsPerComponent 8"
STENCIL = "/ImageMask true/BitsPerComponent 1"
WHOLE = "q 595 0 0 842 0 0 cm /I{} Do Q "


def writing() -> Picture:
    """Bars as long as lines, black on white."""
    grey = np.full((HEIGHT, WIDTH), 255, np.uint8)
    for top in range(60, 800, 30):
        grey[top : top + 10, 80:500] = 0
    return grey


def bits() -> bytes:
    return np.packbits(writing() > 127, axis=1).tobytes()


def image(entries: str, content: bytes) -> bytes:
    size = f"/Type/XObject/Subtype/Image/Width {WIDTH}/Height {HEIGHT}/Filter/FlateDecode"
    return stream(size + entries, zlib.compress(content))


PAPER = image(COLOURED, bytes([250]) * (WIDTH * HEIGHT))
SCAN = image(COLOURED, writing().tobytes())


def picture(
    tmp_path: Path, drawn: str, *images: bytes, box: str = "0 0 595 842"
) -> tuple[Picture, tuple[float, float]]:
    """What is read of a page that draws these images, and its size."""
    names = "".join(f"/I{at} {5 + at} 0 R" for at in range(len(images)))
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 4 0 R/Resources<</XObject<<{names}>>>>>>"
    root = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"]
    path = tmp_path / "a.pdf"
    path.write_bytes(file_of([*root, page.encode(), stream("", drawn.encode()), *images]))
    file = PdfFile(path, Limits())
    try:
        with file.page(1) as shown:
            assert shown.is_scan()
            return shown.picture(150), shown.size
    finally:
        file.close()


def is_the_writing(seen: Picture) -> bool:
    return abs(float(seen.mean()) - float(writing().mean())) < 4


def test_a_plain_scan_gives_its_own_dots(tmp_path: Path) -> None:
    seen, _ = picture(tmp_path, WHOLE.format(0), SCAN)
    assert (seen == writing()[:, :, None]).all()


@pytest.mark.parametrize("decode", ["", "/Decode[1 0]"])
def test_ink_poured_through_a_stencil_is_black(tmp_path: Path, decode: str) -> None:
    content = bytes(255 - byte for byte in bits()) if decode else bits()
    seen, _ = picture(tmp_path, WHOLE.format(0), image(STENCIL + decode, content))
    assert is_the_writing(seen)


def test_writing_in_a_layer_of_its_own_is_seen(tmp_path: Path) -> None:
    shaded = image(COLOURED, np.linspace(150, 255, WIDTH * HEIGHT).astype(np.uint8).tobytes())
    seen, _ = picture(tmp_path, WHOLE.format(0) + "0 g " + WHOLE.format(1), shaded, image(STENCIL, bits()))
    assert seen[700:703, 700:703].max() > 100  # the paper's shade
    assert (seen < 60).mean() > 0.15


def test_writing_drawn_over_bare_paper_is_seen(tmp_path: Path) -> None:
    bars = "".join(f"70 {bottom} 400 8 re f " for bottom in range(100, 800, 20))
    seen, _ = picture(tmp_path, WHOLE.format(0) + "0 g " + bars, PAPER)
    assert (seen < 60).mean() > 0.15


def test_ink_whose_shape_is_in_a_mask_is_seen(tmp_path: Path) -> None:
    black = image(COLOURED + "/SMask 6 0 R", bytes(WIDTH * HEIGHT))
    seen, _ = picture(tmp_path, WHOLE.format(0), black, image(COLOURED, (255 - writing()).tobytes()))
    assert is_the_writing(seen)


def test_a_seal_drawn_over_a_scan_leaves_it_its_own_dots(tmp_path: Path) -> None:
    seen, _ = picture(tmp_path, WHOLE.format(0) + "q 90 0 0 90 300 100 cm /I1 Do Q", SCAN, PAPER)
    assert (seen == writing()[:, :, None]).all()


@pytest.mark.parametrize(
    ("box", "size"),
    [("595 842 0 0", (595, 842)), ("0 0 0 0", (612, 792)), ("nan 0 1e400 -1e39", (612, 792))],
)
def test_boxes_that_say_no_size_or_say_it_backwards(tmp_path: Path, box: str, size: tuple[float, float]) -> None:
    seen, shown = picture(tmp_path, WHOLE.format(0), SCAN, box=box)
    assert shown == size
    assert (seen < 60).mean() > 0.15


def test_a_page_as_thin_as_a_hair_is_none(tmp_path: Path) -> None:
    with pytest.raises(PageError):
        picture(tmp_path, WHOLE.format(0), SCAN, box="0 0 0.001 842")
