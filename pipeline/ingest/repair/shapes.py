"""Words whose shape OCR got wrong: two run together, a digit for a letter, capitals amid small letters.

Each is changed only where the syllable table knows the result beside its neighbour, and knows it in one way.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import islice

from pipeline.ingest.language.vietnamese import is_syllable
from pipeline.ingest.page.words import PageWord
from pipeline.ingest.repair.case import in_case
from pipeline.ingest.repair.readings import readings_of
from pipeline.ingest.repair.table import word_table

_CORE = re.compile(r"(\W*)(\w+)(\W*)")
_WELL_KNOWN = 3.0
"""So often a pair was counted that is put in place of one word."""
_LONGEST = 14
_LETTERS = {"0": "o", "1": "lt", "5": "s", "6": "b", "7": "t", "8": "b", "9": "g"}
_ABROAD = str.maketrans("ŠšŽž", "SsZz")
"""Letters that Vietnamese does not have, and what they are misreadings of."""


def repair_shapes(lines: Sequence[Sequence[PageWord]]) -> list[list[PageWord]]:
    """The lines with misshapen words put right; a word that was two becomes two, which share its box."""
    parted = [[part for word in line for part in _parts(word)] for line in lines]
    page = [word for line in parted for word in line]
    shaped = iter([_in_shape(page, at) for at in range(len(page))])
    return [list(islice(shaped, len(line))) for line in parted]


def _parts(word: PageWord) -> Sequence[PageWord]:
    """The word, or the two it was run together from ("bannhân")."""
    match = _CORE.fullmatch(word.text)
    if match is None or not 5 <= len(match[2]) <= _LONGEST or match[2].isascii() or not match[2].isalpha():
        return [word]
    core = match[2].lower()
    if is_syllable(core):
        return [word]
    cuts = [at for at in range(2, len(core) - 1) if _is_pair(core[:at], core[at:])]
    return word.parted(len(match[1]) + cuts[0], "repair.blank") if len(cuts) == 1 else [word]


def _is_pair(one: str, two: str) -> bool:
    return word_table().pair(one, two) >= _WELL_KNOWN and is_syllable(one) and is_syllable(two)


def _in_shape(line: Sequence[PageWord], at: int) -> PageWord:
    word = line[at]
    match = _CORE.fullmatch(word.text)
    if match is None or len(match[2]) < 2:
        return word
    core = match[2]
    if not core.isalpha():
        new = _with_letter(line, at, core) if sum(map(str.isdigit, core)) == 1 else None
        return word.repaired(match[1] + new + match[3], "repair.letter") if new else word
    if core != core.translate(_ABROAD):
        return word.repaired(word.text.translate(_ABROAD), "repair.letter")
    if (cased := in_case(line, at, core)) != core:
        return word.repaired(match[1] + cased + match[3], "repair.case")
    single = None if is_syllable(core) else _without_double(line, at, core)
    return word.repaired(match[1] + single + match[3], "repair.letter") if single else word


def _without_double(line: Sequence[PageWord], at: int, core: str) -> str | None:
    """A vowel read twice, with two marks ("Điểều"), read once: where one of the two words is known here."""
    spread = [unicodedata.normalize("NFD", letter.lower())[0] for letter in core]
    places = [i for i in range(1, len(core)) if spread[i] == spread[i - 1] in "aeou" and core[i] != core[i - 1]]
    words = {core[:i] + core[i + 1 :] for place in places for i in (place - 1, place)}
    syllables = [word for word in words if is_syllable(word) and word_table().knows(word.lower())]
    known = [word for word in syllables if _known_beside(line, at, (word.lower(),)) >= 1.0] or syllables
    return known[0] if len(known) == 1 else None


def _known_beside(line: Sequence[PageWord], at: int, words: Iterable[str]) -> float:
    """How often one of `words` was counted beside the neighbours of the word `at`."""
    before, after = _neighbour(line, at - 1), _neighbour(line, at + 1)
    return max(max(word_table().pair(before, word), word_table().pair(word, after)) for word in words)


def _with_letter(line: Sequence[PageWord], at: int, core: str) -> str | None:
    """A word with one digit, the digit made the letter it looks like ("7heo"), where its neighbour knows that word."""
    place = next(i for i, c in enumerate(core) if c.isdigit())
    rest = core[:place] + core[place + 1 :]
    if not rest.isalpha() or not (rest[1:].islower() or len(rest) == 1) or (rest.isascii() and len(rest) < 2):
        return None
    small = [(core[:place] + letter + core[place + 1 :]).lower() for letter in _LETTERS.get(core[place], "")]
    known = [word for word in small if is_syllable(word) and _known_beside(line, at, _marked(word)) >= 1.0]
    if len(known) != 1:
        return None
    return known[0].capitalize() if place == 0 or core[0].isupper() else known[0]


def _marked(word: str) -> list[str]:
    return [other for other, _ in readings_of(word, False, 0, False)]


def _neighbour(line: Sequence[PageWord], at: int) -> str:
    return line[at].text.strip(".,;:()").lower() if 0 <= at < len(line) else ""
