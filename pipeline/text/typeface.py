"""Widths of signs in Times, the type that public papers are set in: how long a line of a text file is in print."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Adobe's font metrics of Times-Roman, in thousandths of the type size, sign by sign of equal width.
_WIDTHS = {
    180: "'",
    250: " .,",
    278: "ijlt;:/",
    333: "frI-()[]!`",
    389: "sJ",
    408: '"',
    444: "aceyz“”?",
    500: "bdghknopquvx0123456789*_–$«»",
    556: "FPS",
    564: "+<>=",
    611: "ELTZ",
    667: "BCR",
    722: "ADGHKNOQUVXYw",
    778: "m&",
    833: "%",
    889: "M",
    944: "W",
    1000: "—…",
}
_USUAL = 440
"""The mean over Vietnamese running text, which makes one "column" of a measured line."""


def print_width(text: str) -> float:
    """Width of a text in print, in average signs."""
    return sum(map(_width, text)) / _USUAL


@lru_cache(maxsize=4096)
def _width(sign: str) -> int:
    base = unicodedata.normalize("NFD", sign)[:1].replace("đ", "d").replace("Đ", "D")
    found = next((width for width, signs in _WIDTHS.items() if base in signs), None)
    if found is not None:
        return found
    return 0 if unicodedata.combining(base) else 500
