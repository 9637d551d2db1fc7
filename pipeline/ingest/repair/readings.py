"""What a syllable that OCR read can be a misreading of, and what it costs to say so."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from pipeline.ingest.language.vietnamese import TONES, is_syllable
from pipeline.ingest.repair.table import word_table

_BELOW, _HOOK = "\u0323", "\u0309"
_HATS = {"a": "âă", "e": "ê", "o": "ôơ", "u": "ư"}
_FAMILIES = {letter: family for family in ("aâă", "eê", "oôơ", "uư") for letter in family}
_TWICE = {("ê", "\u0300"): ("e", "\u0309"), ("ô", "\u0300"): ("o", "\u0309"), ("â", "\u0300"): ("a", "\u0309")}
"""A hat with a grave accent runs together into a hook: "về" is read "vẻ"."""
_LOST, _LOST_SELDOM = (2.5, 2.0, 2.0), 5.5
_SLIP, _HAT_SLIP, _CAPITAL_SLIP = (7.0, 5.5, 5.0), (6.2, 5.0, 4.5), 3.5
"""By how much the engine doubts the word: hardly, some, much (`doubt_of`)."""
_DOT = 3.5
"""The dot of an i at a word's end is read as a hook on sure words, too ("chỉ phí")."""
_SURE, _UNSURE = 0.95, 0.9
"""On transcribed scans 4 in 100 words at 0.95 and more were wrong, 29 in 100 between, 35 in 100 below 0.9."""

Reading = tuple[str, float]
"""A syllable and what it costs to say that it was read as something else."""


def is_capitals(text: str) -> bool:
    """Whether a word of two letters and more is all capitals."""
    return len(text) > 1 and text.isupper()


def doubt_of(sure: float) -> int:
    """0, 1 or 2: how much the engine doubts a word."""
    return (sure < _SURE) + (sure < _UNSURE)


@lru_cache(maxsize=16384)
def readings_of(word: str, capitals: bool, doubt: int, odd: bool) -> tuple[Reading, ...]:
    """What `word` (small letters) can be: itself first, then known syllables it is a misreading of.

    An `odd` one may be any syllable with the same letters under the marks, one the engine doubts more than others.
    """
    table = word_table()
    tone, bare = _split(word)
    at = _toned_letter(word, bare)
    if at is None or len(word) == 1:
        return ((word, 0.0),)
    found: dict[str, float] = {}
    slip = _CAPITAL_SLIP if capitals else _SLIP[doubt]
    if bare[at] in "âêôăơư":
        for other in TONES:
            if other != tone:
                above = slip if _BELOW in (tone, other) else min(slip, _HAT_SLIP[doubt])
                _offer(found, bare, at, bare[at], other, above if tone else _lost(bare[at], other, doubt))
    if tone and (doubt or capitals):
        for hat in _HATS.get(bare[at], ""):
            _offer(found, bare, at, hat, tone, slip)
    if doubt and not capitals:
        _offer_specks(found, bare, at, tone, slip)
    if tone == _HOOK and bare[at:] == "i" and not capitals:
        _offer(found, bare, at, "i", "", _DOT)
    if odd or (capitals and not tone):
        _offer_family(found, bare, at, tone, capitals, slip)
    found.pop(word, None)
    known = ((other, cost) for other, cost in found.items() if table.knows(other) and is_syllable(other))
    return ((word, 0.0), *known)


def _offer_specks(found: dict[str, float], bare: str, at: int, tone: str, slip: float) -> None:
    """A speck or blur read as a mark, one mark as another, a hat and its mark as a hook, d as đ."""
    for other in ("", *TONES):
        if tone and other != tone:
            _offer(found, bare, at, bare[at], other, slip)
    for hat, hook in _TWICE.items():
        if (bare[at], tone) == hook:
            _offer(found, bare, at, *hat, slip)
    if bare[0] in "dđ":
        _offer(found, ("đ" if bare[0] == "d" else "d") + bare[1:], at, bare[at], tone, slip)


def _offer_family(found: dict[str, float], bare: str, at: int, tone: str, capitals: bool, slip: float) -> None:
    """All with the same letters under the marks; with hat and tone both other only in capitals."""
    for letter in _FAMILIES.get(bare[at], bare[at]):
        for other in ("", *TONES):
            twice = letter != bare[at] and other != tone
            if not twice or capitals:
                _offer(found, bare, at, letter, other, slip + twice)


def _lost(letter: str, tone: str, doubt: int) -> float:
    """A mark above a hat is what gets lost; a dot below hardly ever, nor marks above ă, ơ, ư."""
    return (_LOST_SELDOM if tone == _BELOW else _LOST[doubt]) + (0.0 if letter in "âêô" else 2.0)


def _offer(found: dict[str, float], bare: str, at: int, letter: str, tone: str, cost: float) -> None:
    other = bare[:at] + unicodedata.normalize("NFC", letter + tone) + bare[at + 1 :]
    found[other] = min(cost, found.get(other, cost))


def _split(word: str) -> tuple[str, str]:
    """The tone mark (or "") and the word without it."""
    spread = unicodedata.normalize("NFD", word)
    tone = next((c for c in spread if c in TONES), "")
    return tone, unicodedata.normalize("NFC", "".join(c for c in spread if c not in TONES))


def _toned_letter(word: str, bare: str) -> int | None:
    """Where the tone mark stands or would stand: on the last hat or horn, else where it is, else on a sole vowel."""
    if len(word) != len(bare):
        return None
    hats = [at for at, letter in enumerate(bare) if letter in "âêôăơư"]
    if hats:
        return hats[-1]
    marked = [at for at, (one, two) in enumerate(zip(word, bare, strict=True)) if one != two]
    if marked:
        return marked[0]
    start = 2 if bare[:2] in ("qu", "gi") and len(bare) > 2 else 0
    vowels = [at for at in range(start, len(bare)) if bare[at] in "aeiouy"]
    if len(vowels) == 1:
        return vowels[0]
    closed = bool(vowels) and vowels[-1] < len(bare) - 1
    return (vowels[-1] if closed else vowels[-2]) if len(vowels) > 1 else None
