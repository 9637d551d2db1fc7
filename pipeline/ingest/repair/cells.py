"""Table cells that hold a Roman numeral alone, read as other upright strokes ("H" for II): told by their column."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.ingest.page.words import PageWord
from pipeline.ingest.repair.grammar import ROMANS, UPRIGHT

Box = tuple[float, float, float, float]
_STROKES = re.compile(r"[IlLH1|]{1,3}V?|V[IlLH1|]{1,3}")
_SURE = frozenset(("II", "III", "IV", "VI", "VII", "VIII"))
_QUARTERS = ROMANS[:4]
_HEADER_WORDS = 4
"""A cell of so few words with "Quý" in it is the head of a column of quarters."""


def repair_cells(words: Sequence[PageWord], tables: Sequence[Sequence[Box]]) -> list[PageWord]:
    """`words` of a page with the numerals of its tables' cells repaired; boxes of words and cells in one unit.

    Under "Quý" every cell of strokes alone is a quarter, "1" too. In a column that has a sure numeral (II, III, IV …)
    only what no number is written with: "H", "HI", "IL".
    """
    result = list(words)
    if not any(_STROKES.fullmatch(word.text) for word in words):
        return result
    for cells in tables:
        held = [[at for at, word in enumerate(words) if _holds(box, word)] for box in cells]
        for column in _columns(cells):
            texts = [" ".join(words[at].text for at in held[index]) for index in column]
            quarters = any("QUÝ" in text.upper() and len(text.split()) <= _HEADER_WORDS for text in texts)
            numbered = any(text in _SURE for text in texts)
            for index, text in zip(column, texts, strict=True):
                if (new := _numeral(text, quarters, numbered)) and len(held[index]) == 1:
                    at = held[index][0]
                    result[at] = words[at].repaired(new, "repair.quarter" if quarters else "repair.label")
    return result


def _numeral(text: str, quarters: bool, numbered: bool) -> str | None:
    literal = text.translate(UPRIGHT)
    if _STROKES.fullmatch(text) is None or not (quarters or (numbered and set(text) & set("HL|"))):
        return None
    return literal if literal in (_QUARTERS if quarters else ROMANS) else None


def _columns(cells: Sequence[Box]) -> list[list[int]]:
    """The cells that share their left and right borders, as places in `cells`."""
    columns: list[list[int]] = []
    for at, box in enumerate(cells):
        slack = 0.1 * (box[2] - box[0])
        own = next((c for c in columns if _same(cells[c[0]][0], box[0], slack, cells[c[0]][2], box[2])), None)
        if own is None:
            columns.append([at])
        else:
            own.append(at)
    return columns


def _same(left: float, other: float, slack: float, right: float, last: float) -> bool:
    return abs(left - other) <= slack and abs(right - last) <= slack


def _holds(box: Box, word: PageWord) -> bool:
    return box[0] <= word.centre <= box[2] and box[1] <= word.middle <= box[3]
