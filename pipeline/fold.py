"""Look-alike signs made one, for matching only (the folded text has the same length as the text); composed letters."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_LOOK_ALIKES = {
    "Đ": "ÐƉ",
    "đ": "ð",
    " ": "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f\u3000",
    "-": "\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\uff0d",
    '"': "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02",
    "'": "\u2018\u2019\u201a\u201b\u2032\u00b4`\uff07",
    "/": "\u2044\u2215\uff0f",
}

# New placing of the tone mark (hoà, khoẻ, uỷ) -> old one (hòa, khỏe, ủy), vowel pair by vowel pair.
_TONED = {"a": ("àáảãạ", "òóỏõọ", "o"), "e": ("èéẻẽẹ", "òóỏõọ", "o"), "y": ("ỳýỷỹỵ", "ùúủũụ", "u")}


@cache
def _table() -> dict[str, str]:
    return {odd: plain for plain, odds in _LOOK_ALIKES.items() for odd in odds}


@cache
def _odd_pattern() -> re.Pattern[str]:
    """Few signs of a text are odd: looking for them costs a fraction of translating every one."""
    return re.compile(f"[{re.escape(''.join(_table()))}]")


@cache
def _tone_pairs() -> dict[str, str]:
    """Every "oà" in each mix of cases -> "òa"; the case stays at its place."""
    pairs = {}
    for last, (toned_lasts, toned_firsts, first) in _TONED.items():
        for toned_last, toned_first in zip(toned_lasts, toned_firsts, strict=True):
            for one in (str.lower, str.upper):
                for two in (str.lower, str.upper):
                    pairs[one(first) + two(toned_last)] = one(toned_first) + two(last)
    return pairs


@cache
def _tone_pattern() -> re.Pattern[str]:
    # "quỷ" keeps its mark (its u belongs to q), so does "hoàn": the mark moves only in an open syllable.
    # The letter that both kinds begin with stands first: only at those does the search look twice.
    return re.compile(
        r"[oOuU](?:(?<=[oO])[àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ]|(?<=[uU])(?<![qQ].)[ỳýỷỹỵỲÝỶỸỴ])(?![^\W\d_])", re.DOTALL
    )


def fold(text: str) -> str:
    """`text` with look-alike signs folded: same length, case kept, folding twice changes nothing."""
    table, pairs = _table(), _tone_pairs()
    plain = _odd_pattern().sub(lambda found: table[found[0]], text)
    return _tone_pattern().sub(lambda found: pairs[found[0]], plain)


# --- letters and their marks ------------------------------------------------------------------

MOST_MARKS = 30
"""Marks on one letter, the bound of Unicode's Stream-Safe Text (UAX 15): to compose n of them takes n² steps."""
_LAST_MARK = 0x1E94A
"""Of Unicode 16."""


def composed(text: str) -> str:
    """`text` in NFC; of more than 30 marks on one letter the rest is left out."""
    return unicodedata.normalize("NFC", text if text.isascii() else heaped_marks().sub(r"\1", text))


@cache
def heaped_marks() -> re.Pattern[str]:
    """Finds too many marks on one letter; group 1 are those that may stay."""
    marks = [code for code in range(0x300, _LAST_MARK + 1) if unicodedata.combining(chr(code))]
    starts = [code for code in marks if not unicodedata.combining(chr(code - 1))]
    ends = [code for code in marks if not unicodedata.combining(chr(code + 1))]
    mark = "".join(f"{chr(start)}-{chr(end)}" for start, end in zip(starts, ends, strict=True))
    return re.compile(f"([{mark}]{{{MOST_MARKS}}})[{mark}]+")
