"""How Vietnamese a text is: the share of its word-like tokens that stand in the table of Vietnamese syllables.

The table, models/syllables, is counted from word lists and text. What could be a syllable by its spelling (an onset, a
rhyme and a tone, as in Hoàng Phê, Từ điển chính tả; old and new placing of the tone mark alike) is another question,
which repairs ask.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from pipeline.fold import composed
from pipeline.rulebook import models_dir

_LONGEST = 40
"""Signs of a syllable at most, its marks counted alone."""
_ONSETS = re.compile(r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnprstvx])")
_WORD = re.compile(r"\w+")
_RHYMES = """
    a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu êng i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong
    ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ôông ơ ơi ơm ơn ơp ơt ơng u ua uân uâng uât uây uc uê uêch uên uênh
    ui um un ung uơ uôc uôi uôm uôn uông uôt up ut uy uya uych uyên uyêt uyn uynh uyt uyu uyp uêu
    ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu
    uôu iêng yt ym yn ynh yp ych yu yêc
"""
RHYMES = frozenset(_WORD.findall(_RHYMES))
TONES = "\u0300\u0301\u0303\u0309\u0323"
STOPPED = re.compile(r"(?:c|ch|p|t)$")
MARKED_SHARE = 0.35
"""Running Vietnamese text marks about 70 % of its syllables; half of that is asked for full weight."""
_CORE = re.compile(r"[^\W\d_](?:.*[^\W\d_])?", re.DOTALL)
"""From the first letter to the last."""
_INNER = re.compile(r"[-–/.,:;()]+")
_ABBREVIATION = re.compile(r"[A-ZĐ]{1,2}|[BCDFGHJKLMNPQRSTVWXZĐ]{2,6}|[A-ZĐƯÔ]{2,8}\d*")


SYLLABLES_FILE = "syllables.tsv"


def is_syllable(word: str) -> bool:
    """Whether the letters of `word` can be one Vietnamese syllable."""
    return len(word) <= _LONGEST and _parse(unicodedata.normalize("NFC", word).lower())


@lru_cache(maxsize=65536)
def _parse(word: str) -> bool:
    if len(word) > 8:
        return False
    tones, base = _split_tone(word)
    if len(tones) > 1:
        return False
    onset = _ONSETS.match(base)
    return _rhymes(base, "", tones) or (onset is not None and _rhymes(base[onset.end() :], onset[0], tones))


def _rhymes(rhyme: str, onset: str, tones: str) -> bool:
    if onset == "gi" and rhyme[:1] not in ("a", "ă", "â", "e", "ê", "o", "ô", "ơ", "u", "ư"):
        rhyme = "i" + rhyme
    if onset == "qu":
        return "o" + rhyme in RHYMES or "u" + rhyme in RHYMES or rhyme in RHYMES
    stopped = STOPPED.search(rhyme) is not None
    return rhyme in RHYMES and (not stopped or tones in ("\u0301", "\u0323"))


def syllable_count(word: str) -> float:
    """How often the table counted the syllable `word`, in any case; 0 where it does not know it."""
    table = _table()
    if count := table.get(word):
        return count
    return table.get(unicodedata.normalize("NFC", word).lower(), 0.0) if len(word) <= _LONGEST else 0.0


@cache
def _table() -> dict[str, float]:
    """models/syllables, read once. FileNotFoundError when it was not built."""
    lines = (models_dir() / "syllables" / SYLLABLES_FILE).read_text("utf-8").splitlines()
    return {syllable: float(count) for syllable, _, count in (line.partition("\t") for line in lines)}


def _split_tone(word: str) -> tuple[str, str]:
    spread = unicodedata.normalize("NFD", word)
    tones = "".join(c for c in spread if c in TONES)
    return tones, unicodedata.normalize("NFC", "".join(c for c in spread if c not in TONES))


def vietnamese_share(text: str) -> float:
    """0 to 1: the share of words that are known Vietnamese syllables, lowered when few carry Vietnamese marks.

    Numbers, references and abbreviations in capitals ("UBND", "KH") are left out of the count. A text without
    any word gives 0.
    """
    words = _words(text)
    if not words:
        return 0.0
    good = [word for word in words if syllable_count(word)]
    marked = sum(not word.isascii() for word in good)
    weight = min(1.0, marked / (MARKED_SHARE * len(good))) if good else 0.0
    return weight * len(good) / len(words)


def word_count(text: str) -> int:
    """How many words are judged in a text."""
    return len(_words(text))


def unknown_words(text: str) -> int:
    """How many of the words judged in a text are no known Vietnamese syllable."""
    return sum(not syllable_count(word) for word in _words(text))


def _words(text: str) -> list[str]:
    words = []
    for token in composed(text).replace("Ð", "Đ").replace("ð", "đ").split():
        core = _CORE.search(token)
        for part in _INNER.split(core[0]) if core else ():
            if any(c.isalpha() for c in part) and not (_ABBREVIATION.fullmatch(part) and not is_syllable(part)):
                words.append(part)
    return words
