"""What red stamps on a scan say, beside the page that was read without red: haste, secrecy, incoming mail, copies."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.page.words import PageWord, row_text, rows_of
from pipeline.ingest.scan.frames import Reader
from pipeline.ingest.scan.image import Box, Grey, red_patches
from pipeline.ingest.scan.pieces import Piece
from pipeline.ingest.scan.stamps import is_incoming, mark_of
from pipeline.records import Aside
from pipeline.rulebook import load_rulebook

_ALIKE, _SHORTEST = 0.8, 5
_GUESSED = 0.7
"""How sure a mark of the closed list is of which only most letters were read."""


def read_red_marks(picture: NDArray[np.uint8], size: tuple[float, float], read: Reader) -> list[Aside]:
    """Marks and stamps of incoming mail in red; `picture` is BGR, `size` the page's in points. OcrError."""
    across, down = size[0] / picture.shape[1], size[1] / picture.shape[0]
    found = []
    for box, level, solid in red_patches(picture):
        place = (round(box[0] * across, 2), round(box[1] * down, 2), round(box[2] * across, 2), round(box[3] * down, 2))
        if aside := _said(_words(level, read), place) or _guessed(_words(solid, read), place):
            found.append(aside)
    return found


def _words(patch: Grey, read: Reader) -> list[PageWord]:
    return read(patch, [Piece(0, 0, patch.shape[1], patch.shape[0])])


def _said(words: Sequence[PageWord], place: Box) -> Aside | None:
    words = [word for word in words if len(word.text) > 1]
    text = " ".join(map(row_text, rows_of(words)))
    sure = min((word.confidence or 0.0 for word in words), default=0.0)
    if kind := mark_of(text):
        return Aside(kind, text, place, round(sure, 4))
    return Aside("stamp", text, place, round(sure, 4)) if is_incoming(words) else None


def _guessed(words: Sequence[PageWord], place: Box) -> Aside | None:
    """The mark whose letters most of those read are, in their order."""
    letters = _letters("".join(word.text for word in words if len(word.text) > 1))
    rated = [(SequenceMatcher(None, letters, _letters(mark)).ratio(), mark) for mark in _marks()]
    ratio, mark = max(rated)
    kind = mark_of(mark)
    if kind is None or len(letters) < _SHORTEST or ratio < _ALIKE:
        return None
    return Aside(kind, mark, place, round(_GUESSED * ratio, 4))


def _marks() -> tuple[str, ...]:
    return load_rulebook("stamps").words("red_marks")


def _letters(text: str) -> str:
    spread = unicodedata.normalize("NFD", text.upper().replace("Đ", "D"))
    return "".join(sign for sign in spread if sign.isascii() and sign.isalpha())
