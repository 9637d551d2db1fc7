"""The scanned sample, by the maker of scans: printed, stamped in red, laid askew, speckled, saved as JPEG in a PDF."""

from __future__ import annotations

from tests.samples.markup import read_blocks
from tests.samples.spec import Sample
from tests.scans.make import scan_blocks
from tests.scans.page_setting import Setting
from tests.scans.wear import Wear

WEAR = Wear(dpi=200, jpeg=42, skew=1.0, grain=4.0, stamp=0.9)
SEED = 1


def write_scan(sample: Sample) -> bytes:
    """The sample as a PDF that holds nothing but page images, 200 dpi."""
    return scan_blocks(read_blocks(sample.text), sample.text, sample.file_name, WEAR, SEED, Setting()).pdf
