"""`python -m tests.scans FILE --out DIR --seed N --preset office`: the scan as PDF, its pages as PNG, its truth as JSON."""

from __future__ import annotations

import argparse
import io
from pathlib import Path

from PIL import Image

from tests.scans.make import Scan, make_scan
from tests.scans.truth import truth_bytes
from tests.scans.wear import PRESETS


def main() -> None:
    """Make the scans asked for and say what was written."""
    parser = argparse.ArgumentParser(prog="python -m tests.scans", description=__doc__)
    parser.add_argument("file", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--preset", choices=PRESETS, default="office")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    for file in asked.file:
        write_scan(make_scan(file, PRESETS[asked.preset], asked.seed), asked.out, file.stem)


def write_scan(scan: Scan, out: Path, stem: str) -> None:
    """<stem>.pdf, <stem>.json, and <stem>-1.png and so on."""
    (out / f"{stem}.pdf").write_bytes(scan.pdf)
    (out / f"{stem}.json").write_bytes(truth_bytes(scan.truth))
    for at, picture in enumerate(scan.pictures, start=1):
        Image.open(io.BytesIO(picture)).save(out / f"{stem}-{at}.png")
    print(f"{out / stem}.pdf: {len(scan.pictures)} pages, {len(scan.pdf):,} bytes")


if __name__ == "__main__":
    main()
