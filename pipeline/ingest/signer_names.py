"""Names of persons under a signature: known by their family name; one whose marks were misread is spelled by it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from pipeline.ingest.page_words import PageWord, Row
from pipeline.ingest.vietnamese import is_syllable
from pipeline.rulebook import load_rulebook

_MOST_WORDS = 5
_EDGES = re.compile(r"^[^\w]+|[^\w]+$")


def is_name(text: str) -> bool:
    """Two to five syllables with a capital each and small letters, the first of them a family name."""
    words = text.split()
    if not 2 <= len(words) <= _MOST_WORDS or words[0] not in load_rulebook("signers").words("family_names"):
        return False
    return all(word[:1].isupper() and word[1:].islower() and is_syllable(word) for word in words)


def with_family_name(row: Row) -> Row:
    """The row with its first word repaired where that is no syllable and its letters are one family name's alone."""
    if len(row) < 2:
        return row
    first, rest = row[0], row[1:]
    text = _EDGES.sub("", first.text)
    if is_syllable(text) or not all(_is_given(word) for word in rest):
        return row
    names = _by_letters().get(_letters(text), [])
    return [first.repaired(names[0]), *rest] if len(names) == 1 else row


def _is_given(word: PageWord) -> bool:
    text = _EDGES.sub("", word.text)
    return text[:1].isupper() and text[1:].islower() and is_syllable(text)


@cache
def _by_letters() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in load_rulebook("signers").words("family_names"):
        found.setdefault(_letters(name), []).append(name)
    return found


def _letters(text: str) -> str:
    spread = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(sign for sign in spread if sign.isascii() and sign.isalpha())
