"""The wording of a text in 524 bytes, so that two texts are compared without opening either.

A MinHash of the triples of syllables, without tones and case: an OCR slip in a tone costs nothing, one in a letter
three triples. Before it stand the count of syllables, a checksum of all of them, and the year the text is about: a
plan and the next year's are alike in wording and differ there. The bytes lie in a ledger for years, so the hash is
our own and the same on every machine, Python and numpy; datasketch, which would save these lines, changed its scheme
with version 2 and costs every worker and command 0.5 s of import.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

_HASHES = 128
"""Numbers kept: a likeness of 0.9 is off by 0.03 at one standard deviation, of 0.5 by 0.04."""
_SYLLABLES = 3
_HEAD = 3
_LENGTH = _HEAD + _HASHES
"""In unsigned 32-bit words, low byte first."""
_NOTHING = 0xFFFFFFFF
_WORD = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_LEAD = 2
"""By so many mentions the year a text is about is ahead of every other; OCR misreads one now and then."""

Hashes = NDArray[np.uint64]


def shingles(text: str) -> bytes:
    """The wording of `text`, always of the same size; equal for texts that differ in case, tones and marks alone."""
    words = bare_words(text)
    packed = np.empty(_LENGTH, "<u4")
    packed[:_HEAD] = len(words), zlib.crc32(" ".join(words).encode()), _main_year(words)
    packed[_HEAD:] = _least(_triples(words))
    return packed.tobytes()


def bare_words(text: str) -> list[str]:
    """ "Đoàn kiểm tra số 5/KH" → doan, kiem, tra, so, 5, kh."""
    return [_bare(word) for word in _WORD.findall(unicodedata.normalize("NFC", text).casefold())]


@dataclass(frozen=True, slots=True)
class Wordings:
    """The packed wordings of many papers, a row each."""

    heads: NDArray[np.uint32]
    """Count of syllables, checksum of the words, the year the text is about (0: none stands out)."""
    hashes: NDArray[np.uint32]

    def likeness(self, at: int, others: list[int]) -> list[float]:
        """How much of its wording row `at` shares with each of `others`, 0 to 1; an empty text is like none."""
        shared = (self.hashes[others] == self.hashes[at]).mean(axis=1)
        shared[self.heads[others, 0] == 0] = 0
        return [float(share) for share in shared]

    def bands(self, rows: int) -> Hashes:
        """Hashes of each `rows` neighbouring numbers: texts that share none are not worth a look.

        With 5 rows (25 bands) texts alike by 0.8 share one with 0.9999, by 0.5 with 0.55, by 0.2 with 0.008.
        """
        count = _HASHES // rows
        parts = self.hashes[:, : count * rows].reshape(len(self.hashes), count, rows).astype(np.uint64)
        sums = np.zeros(parts.shape[:2], np.uint64) + np.arange(1, count + 1, dtype=np.uint64)
        for row in range(rows):
            sums = mixed(sums + parts[:, :, row])
        return sums


def wordings(packed: Iterable[bytes]) -> Wordings:
    """Packed wordings side by side; what is not of our size (none was made) counts as an empty text."""
    empty = shingles("")
    rows = [row if len(row) == len(empty) else empty for row in packed]
    table = np.frombuffer(b"".join(rows), "<u4").astype(np.uint32).reshape(len(rows), _LENGTH)
    return Wordings(table[:, :_HEAD], table[:, _HEAD:])


def mixed(numbers: Hashes) -> Hashes:
    """MurmurHash3's last step: every bit of a number touches every bit of the result."""
    numbers = (numbers ^ (numbers >> np.uint64(33))) * np.uint64(0xFF51AFD7ED558CCD)
    numbers = (numbers ^ (numbers >> np.uint64(33))) * np.uint64(0xC4CEB9FE1A85EC53)
    return numbers ^ (numbers >> np.uint64(33))


@lru_cache(maxsize=32768)
def _bare(word: str) -> str:
    """Without tones and marks of vowels: "đoàn" → "doan"."""
    return "".join(sign for sign in unicodedata.normalize("NFD", word.replace("đ", "d")) if sign.isalnum())


def _main_year(words: list[str]) -> int:
    """The year named far more often than any other, else 0."""
    years = Counter(word for word in words if _YEAR.fullmatch(word)).most_common(2)
    runner_up = years[1][1] if len(years) > 1 else 0
    return int(years[0][0]) if years and years[0][1] >= runner_up + _LEAD else 0


def _triples(words: list[str]) -> Hashes:
    """One hash for each run of three neighbours; a shorter text is one run."""
    known = {word: zlib.crc32(word.encode()) for word in set(words)}
    hashes = np.array([known[word] for word in words], np.uint64)
    size = min(_SYLLABLES, len(words))
    runs = np.zeros(len(words) - size + 1 if size else 0, np.uint64)
    for at in range(size):
        runs = mixed(runs + hashes[at : at + len(runs)])
    return np.unique(runs)


def _least(triples: Hashes) -> NDArray[np.uint32]:
    """The least value that each hash family (multiply-shift) gives the set; all ones for an empty set."""
    if not len(triples):
        return np.full(_HASHES, _NOTHING, np.uint32)
    factors = mixed(np.arange(1, _HASHES + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)) | np.uint64(1)
    least: Hashes = (factors[:, None] * triples).min(axis=1)
    return (least >> np.uint64(32)).astype(np.uint32)
