"""`python -m tests.samples.scan_picture`: draw docs/one_scan.png, how a worn page is read, from a made-up scan."""

from __future__ import annotations

import io
import tempfile
from dataclasses import replace
from pathlib import Path

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from pipeline.ingest import read_document
from pipeline.ingest.limits import Limits
from pipeline.run.debug import DebugFolder
from tests.scans.make import make_scan
from tests.scans.wear import WORN

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "data" / "raw" / "kh-so-noi-vu-ha-nam-2024.docx"
PICTURE = ROOT / "docs" / "one_scan.png"
WEAR, SEED = replace(WORN, stamp_on=("signature", "edge"), arrival=0.0), 1
STEPS = {
    "scan": "the page as it was scanned",
    "words": "what is read; green: sure, red: doubted, grey: no text",
}
SHOWN = 0.55
"""Of the page's height, from the top."""
SIZE, DPI, PALETTE = (14.0, 5.75), 100, 256


def main() -> None:
    """Make the scan, read it, put two of its steps side by side."""
    with tempfile.TemporaryDirectory() as folder:
        scan = Path(folder) / "scan.pdf"
        scan.write_bytes(make_scan(SOURCE, WEAR, SEED).pdf)
        read_document(scan, scan.name, Limits(), trace=DebugFolder(Path(folder) / "steps", scan.name))
        pictures = {step: _step(Path(folder) / "steps", step) for step in STEPS}
    figure = Figure(figsize=SIZE, dpi=DPI, facecolor="white")
    FigureCanvasAgg(figure)
    for at, (step, said) in enumerate(STEPS.items()):
        axes = figure.add_axes((at / len(STEPS) + 0.003, 0.0, 1 / len(STEPS) - 0.006, 0.955))
        axes.imshow(pictures[step], interpolation="antialiased", aspect="auto")
        axes.set_title(said, fontsize=10)
        axes.set_axis_off()
    drawn = io.BytesIO()
    figure.savefig(drawn, format="png")
    small = Image.open(drawn).convert("RGB").quantize(PALETTE, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    small.save(PICTURE, optimize=True)
    print(PICTURE.relative_to(ROOT))


def _step(folder: Path, step: str) -> Image.Image:
    """The first page's picture of the step, cut to what is shown."""
    picture = Image.open(next(folder.glob(f"p01-*-{step}.png"))).convert("RGB")
    return picture.crop((0, 0, picture.width, round(SHOWN * picture.height)))


if __name__ == "__main__":
    main()
