"""The letters of a PDF page whose fonts say the wrong codes, read anew: font by font the coding that gives Vietnamese."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from pipeline.ingest.glyph_codes import BLOCK_LENGTH, USUAL_BLOCKS, Coding, from_mac_roman, glyph_coding
from pipeline.ingest.old_codes import capitals_kept, from_tcvn3, from_vni
from pipeline.ingest.vietnamese import vietnamese_share

_MOST_FONTS, _MOST_WORDS = 12, 400
_LEAST_LETTERS = 3
_GAIN = 0.02
"""So much of the page's words must turn Vietnamese by a font's coding at least."""
_PAD = "\u200b"
_OLD_NAME = re.compile(r"(?:^|\+)\.?(?:Vn[A-Z]|VNI)")
_OLD_CAPITALS = re.compile(r"(?:^|\+)\.?Vn\w+H(?:$|[,-])")
_WESTERN = re.compile("[\u00a1-\u00ff]")
_UNUSUAL = re.compile("[\u0180-\u019f\u01a2-\u01ae\u01b1-\u02af\u02b0-\u02ff\u030a-\u0322\u0324-\u1e9f\u1efa-\u1fff]")
_BROKEN = re.compile("[\x04-\x08\x0e-\x1a\x1c-\x1f\ue000-\uefff\ufffd]")


@dataclass(frozen=True, slots=True)
class Recoded:
    """`text` is as long as the page's; `kinds` are "glyphs", "mac", "tcvn3", "vni"; `share` of Vietnamese now."""

    text: str
    kinds: frozenset[str]
    share: float


def odd_signs(text: str) -> int:
    """How many letters of other scripts, private signs and control codes a text holds; Vietnamese has none."""
    return len(_UNUSUAL.findall(text)) + len(_BROKEN.findall(text))


def has_old_font(fonts: Sequence[str]) -> bool:
    """Whether a font is by its name one of the TCVN3 (.VnTime) or VNI families."""
    return any(_OLD_NAME.search(name) for name in set(fonts))


def recode(text: str, fonts: Sequence[str]) -> Recoded | None:
    """`fonts` names the font of each character. None where no other coding makes the text more Vietnamese."""
    page = _Page(text, fonts)
    kinds: dict[str, str] = {}
    for _ in range(2):  # words are often set in two fonts: each is judged again when the others are right
        for font in page.fonts():
            if font not in kinds and (kind := page.improve(font)):
                kinds[font] = kind
    return Recoded(page.text(), frozenset(kinds.values()), page.share) if kinds else None


class _Page:
    """The text in pieces of one font each, and how each is read by now."""

    def __init__(self, text: str, fonts: Sequence[str]) -> None:
        runs = groupby(zip(fonts, text, strict=True), key=lambda pair: pair[0])
        self._pieces = [(font, "".join(sign for _, sign in run)) for font, run in runs]
        self._read = [piece for _, piece in self._pieces]
        self.share = _share(text)

    def text(self) -> str:
        return "".join(self._read)

    def fonts(self) -> list[str]:
        """The commonest first, those with too few letters left out."""
        letters: Counter[str] = Counter()
        for font, piece in self._pieces:
            letters[font] += sum(not sign.isspace() for sign in piece)
        return [font for font, count in letters.most_common(_MOST_FONTS) if count >= _LEAST_LETTERS]

    def improve(self, font: str) -> str | None:
        """Read the font by the best coding that makes the page clearly more Vietnamese; the kind of that coding."""
        own = "".join(piece for name, piece in self._pieces if name == font)
        best: tuple[float, str, list[str]] | None = None
        for kind, coding in _codings(font, own, self._with(font)):
            read = self._with(font)(coding)
            share = _share("".join(read))
            if share > (best[0] if best else self.share + min(_GAIN, self._least(own))):
                best = share, kind, read
        if best is None:
            return None
        self.share, kind, self._read = best
        return kind

    def _least(self, own: str) -> float:
        """A font of few words can gain but little."""
        return 0.4 * len(own.split()) / max(1, len(self.text().split()))

    def _with(self, font: str) -> Callable[[Coding], list[str]]:
        pieces = list(zip(self._pieces, self._read, strict=True))
        return lambda coding: [coding(piece) if name == font else read for (name, piece), read in pieces]


def _share(text: str) -> float:
    words = text.replace(_PAD, "").split()
    return vietnamese_share(" ".join(words[:: 1 + len(words) // _MOST_WORDS]))


def _codings(font: str, own: str, read_by: Callable[[Coding], list[str]]) -> Iterator[tuple[str, Coding]]:
    """The codings that the signs of a font allow at all."""
    if _UNUSUAL.search(own) or _BROKEN.search(own) or not any(sign in own for sign in "aeiou"):
        yield "glyphs", glyph_coding(_block(own, read_by))
    if any(ord(sign) > 0x7E for sign in own):
        yield "mac", from_mac_roman
    if _WESTERN.search(own):
        yield "tcvn3", _tcvn3_capitals if _OLD_CAPITALS.search(font) else _tcvn3
        yield "vni", _vni


def _block(own: str, read_by: Callable[[Coding], list[str]]) -> int:
    """Where a font's block of Vietnamese letters begins: of the places its numbers allow, the one that gives words."""
    numbers = [ord(sign) for sign in own if 0x1F0 < ord(sign) < 0x2000]
    if not numbers:
        return USUAL_BLOCKS[0]
    low, high = min(numbers), max(numbers)
    places = {*USUAL_BLOCKS, *range(max(low, high - BLOCK_LENGTH + 1), low + 1)}
    places |= set(range(low + 0x3A - 3, low + 0x3A + 1))
    return max(sorted(places), key=lambda place: _share("".join(read_by(glyph_coding(place)))))


def _tcvn3(text: str) -> str:
    return _same_length(capitals_kept(from_tcvn3, text)(text), text)


def _tcvn3_capitals(text: str) -> str:
    return _same_length(from_tcvn3(text).upper(), text)


def _same_length(new: str, old: str) -> str:
    return new if len(new) == len(old) else from_tcvn3(old)


@cache
def _vni_letters() -> re.Pattern[str]:
    return re.compile("[A-Za-z\u00c0-\u00ff][\u00c0-\u00ff]|[\u00c0-\u00ff]")


def _vni(text: str) -> str:
    """A letter and its mark become one letter, and an invisible sign keeps the place of the second."""
    return _vni_letters().sub(lambda found: from_vni(found.group()).ljust(len(found.group()), _PAD), text)
