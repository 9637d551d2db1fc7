"""Whether a page is read from its text layer or by OCR. Text layers lie: each page is judged by its own words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.ingest.vietnamese import vietnamese_share
from pipeline.rulebook import load_rulebook

GOOD_SHARE = 0.6
"""Born-digital pages of real plans measured 0.90 and more, broken or foreign text layers 0.22 and less."""
_FEW_CHARACTERS = 200
_FEW_WORDS = 12
_ENGLISH_SHARE = 0.12
SURE_SHARE = 0.8
_FIRST_SAMPLE, _SAMPLE = 50, 200
"""Words of a page that are judged, spread over it: the few tell nearly always, else the many do."""


@dataclass(frozen=True, slots=True)
class Decision:
    """`garbled` when there is a text layer that is no Vietnamese; `share` of Vietnamese in it."""

    source: Literal["native", "ocr"]
    garbled: bool = False
    share: float = 0.0


def decide_page(words: Sequence[str], is_scan: Callable[[], bool]) -> Decision:
    """`words` are the page's own without signature notes; `is_scan` tells whether an image covers the page."""
    letters = sum(map(len, words))
    if letters == 0 or (letters < _FEW_CHARACTERS and is_scan()):
        return Decision("ocr")
    share = vietnamese_share(" ".join(words[:: 1 + len(words) // _FIRST_SAMPLE]))
    if share >= SURE_SHARE:
        return Decision("native", share=share)
    sample = words[:: 1 + len(words) // _SAMPLE]
    share = vietnamese_share(" ".join(sample))
    if share >= GOOD_SHARE or len(words) < _FEW_WORDS or _is_english(sample):
        return Decision("native", share=share)
    return Decision("ocr", True, share)


def _is_english(words: Sequence[str]) -> bool:
    """Clean English, such as a foreign annex: OCR would only read the same again."""
    common = set(load_rulebook("pages").words("english_words"))
    return sum(word.casefold() in common for word in words) >= _ENGLISH_SHARE * len(words)
