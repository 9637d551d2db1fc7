"""Capitals that OCR read amid small letters: "mỘt", "sỐ", "các SỞ", "ban, ngành Và các cơ quan"."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from pipeline.ingest.language.vietnamese import is_syllable
from pipeline.ingest.page.words import PageWord
from pipeline.ingest.repair.readings import doubt_of

_TWINS = frozenset("COSUVXZ")
"""Capitals that differ from their small letters by their height alone."""
_AND = "Và"
"""No line of its own begins with it, so it is looked at where a line is broken, too."""
_JOINING = frozenset((_AND, "Với", "Vào", "Cùng"))
"""Words that no name and no title begins with."""
_BODY, _NO_BODY = "sở", ("cơ", "trụ")
"""A body's name is capital, the same syllable in "cơ sở" and "trụ sở" not."""
_CLOSING = ".,;:)”"


def in_case(line: Sequence[PageWord], at: int, core: str) -> str:
    """What the letters `core` of the word `at` are in the case they were printed in; themselves where that is open."""
    if core.isascii() or not is_syllable(core):
        return core
    if (even := _even(core)) != core:
        return even
    if core in _JOINING and (core == _AND or _is_on_line(line, at)) and _is_amid(line, at):
        return core.lower()
    if core.isupper() and len(core) > 1:
        if _is_twin(core) and not _is_shouted(line, at):
            return _quiet(line, at, core.lower())
        if _is_on_line(line, at) and _is_loud(line, at, core):
            return core.lower()
        if len(core) == 2 and _is_twin(core[1]) and not _is_shouted(line, at):
            return core[0] + core[1].lower()
    return core


def _even(core: str) -> str:
    """A syllable whose letters are large and small without order, in one case; no word is only small at its start."""
    rest = core[1:]
    if core[0].islower():
        return core.lower()
    if rest.islower() or rest.isupper():
        return core
    return core.upper() if sum(map(str.isupper, core)) * 2 > len(core) else core[0] + rest.lower()


def _is_loud(line: Sequence[PageWord], at: int, core: str) -> bool:
    """Whether a doubted word in capitals stands between small ones of its phrase."""
    vowel = any(not c.isascii() and c != "Đ" for c in core)
    return vowel and doubt_of(line[at].confidence or 0.0) > 0 and _is_amid(line, at)


def _is_amid(line: Sequence[PageWord], at: int) -> bool:
    """Whether a word stands between small ones, with no full stop before it."""
    if not 0 < at < len(line) - 1:
        return False
    before, after = line[at - 1].text.rstrip(","), line[at + 1].text.rstrip(_CLOSING)
    return all(text.isalpha() and text.islower() for text in (before, after))


def _is_on_line(line: Sequence[PageWord], at: int) -> bool:
    """Whether the words before and after stand on the same line."""
    return 0 < at < len(line) - 1 and line[at - 1].x0 < line[at].x0 < line[at + 1].x0


def _is_twin(core: str) -> bool:
    return all(unicodedata.normalize("NFD", letter)[0] in _TWINS for letter in core)


def _is_shouted(line: Sequence[PageWord], at: int) -> bool:
    """Whether a word beside it is in capitals, or none is of small letters."""
    beside = [line[i].text.strip(_CLOSING + "(“") for i in (at - 1, at + 1) if 0 <= i < len(line)]
    return any(text.isupper() and len(text) > 1 for text in beside) or not any(text[1:].islower() for text in beside)


def _quiet(line: Sequence[PageWord], at: int, small: str) -> str:
    before = line[at - 1].text if at else ""
    begins = not before or before[-1] in ".:"
    body = small == _BODY and before.lower() not in _NO_BODY
    return small.capitalize() if begins or body else small
