"""A text or Word file → a made-up scan with its truth, all from one seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image

from pipeline.ingest import read_document
from pipeline.ingest.limits import Limits
from pipeline.text import compose
from tests.samples.markup import Block
from tests.scans.blocks import blocks_of
from tests.scans.hand import FIRST_BLANKS, Frame, leave_frames
from tests.scans.ink import Pixels
from tests.scans.marking import mark_page
from tests.scans.marks import Mark
from tests.scans.page_setting import Print, Setting, print_blocks
from tests.scans.paper import age_paper, lay_on_glass, scan, side_by_side, to_jpeg
from tests.scans.picture_pdf import picture_pdf
from tests.scans.truth import Picture, Truth
from tests.scans.wear import CLEAN, Wear


@dataclass(frozen=True, slots=True)
class Scan:
    """`pdf` holds the JPEG `pictures`, nothing else."""

    pdf: bytes
    pictures: tuple[bytes, ...]
    truth: Truth


def make_scan(path: Path, wear: Wear = CLEAN, seed: int = 0, setting: Setting | None = None) -> Scan:
    """Read any file the pipeline reads as text, print it, wear it. The same arguments give the same bytes."""
    plan = compose(read_document(path, path.name, Limits()))
    return scan_blocks(blocks_of(plan), plan.text, path.name, wear, seed, setting or Setting())


def scan_blocks(blocks: Sequence[Block], text: str, source: str, wear: Wear, seed: int, setting: Setting) -> Scan:
    """The same for blocks already made; `text` is what is kept as the truth."""
    frames: tuple[Frame, ...] = ()
    if wear.hand:
        blocks, frames = leave_frames(blocks)
    made = print_blocks(blocks, setting)
    sheets, marks = _marked(made, frames, wear, seed)
    singles, angles = _worn(sheets, wear, seed)
    pictures, records = _bound(singles, angles, wear)
    truth = Truth(source, seed, wear, setting, text, _texts(made, frames), tuple(marks), tuple(records))
    return Scan(picture_pdf(pictures, wear.dpi), tuple(pictures), truth)


def _marked(made: Print, frames: Sequence[Frame], wear: Wear, seed: int) -> tuple[list[Pixels], list[Mark]]:
    document = pypdfium2.PdfDocument(made.pdf)
    sheets, marks = [], []
    for number, page in enumerate(document, start=1):
        pixels = np.asarray(page.render(scale=wear.dpi / 72).to_pil().convert("RGB"), np.float32).copy()
        marks += mark_page(pixels, made, number, frames, wear, seed)
        sheets.append(pixels)
    document.close()
    return sheets, marks


def _worn(sheets: Sequence[Pixels], wear: Wear, seed: int) -> tuple[list[Image.Image], list[float]]:
    """Pictures of all sides in order, blank backs included, and the angle each lies at."""
    pictures, angles = [], []
    for at, front, back in _sides(sheets, wear):
        random = np.random.default_rng([seed, at])
        laid, angle = lay_on_glass(age_paper(front, back, wear, random), wear, random)
        pictures.append(scan(laid, wear, random))
        angles.append(angle)
    return pictures, angles


def _sides(sheets: Sequence[Pixels], wear: Wear) -> list[tuple[int, Pixels, Pixels | None]]:
    """Each side with the one on its back: the next or last page, or a blank one."""
    if wear.blank_backs:
        both = [(sheet, np.full_like(sheet, 255)) for sheet in sheets]
        return [(2 * i + j, pair[j], pair[1 - j]) for i, pair in enumerate(both) for j in (0, 1)]
    backs = [sheets[i ^ 1] if (i ^ 1) < len(sheets) else None for i in range(len(sheets))]
    return [
        (i, sheet, back if back is not None and back.shape == sheet.shape else None)
        for i, (sheet, back) in enumerate(zip(sheets, backs, strict=True))
    ]


def _bound(singles: Sequence[Image.Image], angles: Sequence[float], wear: Wear) -> tuple[list[bytes], list[Picture]]:
    step, each = (2 if wear.two_up else 1), (2 if wear.blank_backs else 1)
    pictures: list[bytes] = []
    records: list[Picture] = []
    for at in range(0, len(singles), step):
        group = singles[at : at + step]
        whole = side_by_side(group[0], group[1] if len(group) > 1 else None) if wear.two_up else group[0]
        pages = tuple(i // each + 1 for i in range(at, at + len(group)) if i % each == 0)
        size = (whole.width * 72 / wear.dpi, whole.height * 72 / wear.dpi)
        lie = tuple(angles[at : at + len(group)])
        records.append(Picture(len(records) + 1, pages, lie, wear.turn, size))
        pictures.append(to_jpeg(whole, wear))
    return pictures, records


def _texts(made: Print, frames: Sequence[Frame]) -> tuple[str, ...]:
    written = {frame.line: frame.value for frame in frames}
    pages: list[list[str]] = [[] for _ in made.sizes]
    for piece in made.pieces:
        text = piece.text
        if text in written:
            text = FIRST_BLANKS.sub(f" {written[text]} ", text, count=1).replace(" /", "/")
        pages[piece.page - 1].append(" ".join(text.split()))
    return tuple("\n".join(line for line in page if line) for page in pages)
