"""Names of persons under a signature: known by their family name; one whose marks were misread is spelled by it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from pipeline.ingest.language.vietnamese import is_syllable
from pipeline.ingest.page.words import PageWord, Row
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
    """The row with a name's first word repaired where that is no syllable and its letters are one family name's."""
    written = [at for at, word in enumerate(row) if any(map(str.isalpha, word.text))]
    if len(written) < 2 or not all(_is_given(row[at]) for at in written[1:]):
        return row
    first = row[written[0]]
    names = [] if is_syllable(_EDGES.sub("", first.text)) else _by_letters().get(_letters(first.text), [])
    return (
        [*row[: written[0]], first.repaired(names[0], "repair.family_name"), *row[written[0] + 1 :]]
        if len(names) == 1
        else row
    )


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
