"""Provinces in capitals whose marks OCR lost ("TINH QUANG NGAI"): the list of provinces knows them by their letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from pipeline.ingest.page.words import PageWord
from pipeline.rulebook import read_csv

_DOUBLED = re.compile(r"([AEIOU])\1")
"""A vowel read twice, with and without its mark ("HÁAI PHÒNG"): no province has one."""
_SHORTEST, _LONGEST = 3, 5
"""Words of a province's full name: "TỈNH HÀ NAM", "THÀNH PHỐ HỒ CHÍ MINH"."""


def repair_provinces(lines: Sequence[Sequence[PageWord]]) -> list[list[PageWord]]:
    """The lines with the full names of provinces in capitals written right, where the letters fit one of them."""
    result = [list(line) for line in lines]
    for line in result:
        for start in range(len(line)):
            if line[start].text.isupper() and _bare(line[start].text) in ("TINH", "THANH"):
                _repair_at(line, start)
    return result


def _repair_at(line: list[PageWord], start: int) -> None:
    for end in range(min(len(line), start + _LONGEST), start + _SHORTEST - 1, -1):
        words = line[start:end]
        name = _provinces().get(tuple(_bare(word.text) for word in words))
        if name is not None and all(word.text.isupper() for word in words):
            line[start:end] = [word.repaired(text, "repair.place") for word, text in zip(words, name, strict=True)]
            return


@cache
def _provinces() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Letters without marks → the words; names that share their letters are left out."""
    names = {tuple(row["full_name"].upper().split()) for row in read_csv("provinces")}
    bare = [tuple(map(_bare, name)) for name in names]
    return {tuple(map(_bare, name)): name for name in names if bare.count(tuple(map(_bare, name))) == 1}


def _bare(text: str) -> str:
    spread = unicodedata.normalize("NFD", text.replace("Đ", "D"))
    return _DOUBLED.sub(r"\1", "".join(c for c in spread if not unicodedata.combining(c)))
