"""Whether a page is read from its text layer, by OCR, or from both. Text layers lie: each is judged by its words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.ingest.language.vietnamese import vietnamese_share
from pipeline.ingest.pdf.findings import Fault
from pipeline.ingest.pdf.recoding import odd_signs
from pipeline.rulebook import load_rulebook

GOOD_SHARE = 0.6
"""Born-digital pages of real plans measured 0.90 and more, broken or foreign text layers 0.22 and less."""
GOOD_LAYER = 0.9
"""A layer over a scan was made by an OCR engine; below this share ours may read better."""
SURE_SHARE = 0.8
_FEW_CHARACTERS = 200
_FEW_WORDS = 12
_ENGLISH_SHARE = 0.12
_ODD_SHARE = 0.03
_FIRST_SAMPLE, _SAMPLE = 50, 200
"""Words of a page that are judged, spread over it: the few tell nearly always, else the many do."""


@dataclass(frozen=True, slots=True)
class Decision:
    """`mixed` reads the page by OCR and reconciles both; `share` of Vietnamese in the layer."""

    source: Literal["native", "ocr", "mixed"]
    fault: Fault | None = None
    share: float = 0.0


def decide_page(words: Sequence[str], is_scan: Callable[[], bool]) -> Decision:
    """`words` are the page's own without signature notes; `is_scan` tells whether an image covers the page."""
    letters = sum(map(len, words))
    if letters == 0:
        return Decision("ocr")
    if letters < _FEW_CHARACTERS and is_scan():
        return Decision("ocr", Fault.FEW_WORDS)
    share = vietnamese_share(" ".join(words[:: 1 + len(words) // _FIRST_SAMPLE]))
    if share >= GOOD_LAYER or (share >= SURE_SHARE and not is_scan()):
        return Decision("native", share=share)
    sample = words[:: 1 + len(words) // _SAMPLE]
    share = vietnamese_share(" ".join(sample))
    if share >= GOOD_SHARE:
        poor = share < GOOD_LAYER and is_scan()
        return Decision("mixed", Fault.POOR_LAYER, share) if poor else Decision("native", share=share)
    if len(words) < _FEW_WORDS or _is_english(sample):
        return Decision("native", share=share)
    return Decision("ocr", _fault(words, is_scan), share)


def _fault(words: Sequence[str], is_scan: Callable[[], bool]) -> Fault:
    text = "".join(words)
    if odd_signs(text) > _ODD_SHARE * len(text):
        return Fault.BROKEN_CODES
    return Fault.WRONG_LANGUAGE if is_scan() else Fault.NOT_VIETNAMESE


def _is_english(words: Sequence[str]) -> bool:
    """Clean English, such as a foreign annex: OCR would only read the same again."""
    common = set(load_rulebook("pages").words("english_words"))
    return sum(word.casefold() in common for word in words) >= _ENGLISH_SHARE * len(words)
