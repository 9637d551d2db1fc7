"""What is true of a made-up scan, and how it is kept."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from tests.scans.marks import Mark
from tests.scans.page_setting import Setting
from tests.scans.wear import Wear


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of the scan: which printed pages it holds (none: a blank back), and how each lies askew.

    `size` in points as the picture stands; `angles` in degrees, counter-clockwise.
    """

    number: int
    pages: tuple[int, ...]
    angles: tuple[float, ...]
    turn: int
    size: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Truth:
    """`text` is the canonical text of the source; `pages` what is printed on each page, line feeds between pieces."""

    source: str
    seed: int
    wear: Wear
    setting: Setting
    text: str
    pages: tuple[str, ...]
    marks: tuple[Mark, ...]
    pictures: tuple[Picture, ...]


def truth_bytes(truth: Truth) -> bytes:
    """The truth as JSON, UTF-8."""
    return (json.dumps(asdict(truth), ensure_ascii=False, indent=1) + "\n").encode()
