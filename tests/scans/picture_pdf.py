"""A PDF that holds JPEG pictures and nothing else: written by hand, so that it is the same each time and quick."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image


def picture_pdf(pictures: Sequence[bytes], dpi: int) -> bytes:
    """One page a picture, as large as the picture is at `dpi`; the JPEG bytes stand in the file as they are."""
    kids = " ".join(f"{3 + 3 * at} 0 R" for at in range(len(pictures)))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {len(pictures)}>>".encode()]
    for at, picture in enumerate(pictures):
        objects += _page(picture, dpi, 3 + 3 * at)
    return file_of(objects)


def file_of(objects: Sequence[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalogue."""
    whole, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(whole))
        whole += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{len(whole)}\n"
    return whole + end.encode() + b"%%EOF\n"


def _page(picture: bytes, dpi: int, number: int) -> list[bytes]:
    """Page, what it draws, and the picture: objects `number` and the two after it."""
    across, down = Image.open(io.BytesIO(picture)).size
    width, height = round(across * 72 / dpi, 3), round(down * 72 / dpi, 3)
    page = (
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]/Contents {number + 1} 0 R"
        f"/Resources<</XObject<</Im {number + 2} 0 R>>>>>>"
    )
    image = f"/Type/XObject/Subtype/Image/Width {across}/Height {down}/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode"
    return [page.encode(), stream("", f"{width} 0 0 {height} 0 0 cm /Im Do".encode()), stream(image, picture)]


def stream(entries: str, content: bytes) -> bytes:
    """An object with content of its own."""
    return f"<<{entries}/Length {len(content)}>>\nstream\n".encode() + content + b"\nendstream"
