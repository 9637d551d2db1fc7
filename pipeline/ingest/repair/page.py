"""The words that OCR read on a page, repaired where the language leaves one reading (marks, numbers, labels)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.ingest.page.words import PageWord
from pipeline.ingest.repair.grammar import repair_numbers
from pipeline.ingest.repair.labels import repair_labels
from pipeline.ingest.repair.places import repair_provinces
from pipeline.ingest.repair.shapes import repair_shapes
from pipeline.ingest.repair.signs import without_specks_before
from pipeline.ingest.repair.table import NUMBER, word_table
from pipeline.ingest.repair.words import Syllable, repair_syllables

_WORD = re.compile(r"([^\w]*)([^\W\d_]{1,8}|\d+(?:[./-]\d+)*)([^\w]*)")


def repair_page(words: Sequence[PageWord]) -> list[PageWord]:
    """`words` in the order they were read; the same words, repaired: a torn number is one word, words run together two.

    A repaired word keeps what was read in `raw` and is at most 0.9 sure. FileNotFoundError without models/words.
    """
    lines = repair_provinces(repair_shapes(without_specks_before(_lines(words))))
    lines = _lines(_with_marks([word for line in lines for word in line]))
    lines = repair_labels(repair_numbers(lines))
    return [word for line in lines for word in line]


def _with_marks(words: Sequence[PageWord]) -> list[PageWord]:
    """Lost tone marks and hats put back."""
    places, syllables = [], []
    open_end = False
    for at, word in enumerate(words):
        parts = _WORD.fullmatch(word.text)
        if parts is None:
            open_end = False
            continue
        follows = open_end and not parts[1] and (not _new_line(words[at - 1], word) or not parts[2][0].isupper())
        own = NUMBER if parts[2][0].isdigit() else parts[2]
        syllables.append(Syllable(own, word.confidence or 0.0, follows))
        places.append((at, parts))
        open_end = not parts[3]
    repaired = list(words)
    for (at, parts), text in zip(places, repair_syllables(syllables, word_table()), strict=True):
        if text not in (parts[2], NUMBER):
            repaired[at] = words[at].repaired(parts[1] + text + parts[3], "repair.marks")
    return repaired


def _new_line(before: PageWord, word: PageWord) -> bool:
    return word.x0 <= before.x0 or word.top >= before.bottom


def _lines(words: Sequence[PageWord]) -> list[list[PageWord]]:
    lines: list[list[PageWord]] = []
    for at, word in enumerate(words):
        if at == 0 or _new_line(words[at - 1], word):
            lines.append([])
        lines[-1].append(word)
    return lines
