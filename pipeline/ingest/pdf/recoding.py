"""The letters of PDF fonts that say the wrong codes, read anew: font by font the coding that gives Vietnamese words.

What the fonts of a file mean is learned once, from a sample of its pages: a font of few words is known by its kin.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.ingest.language.vietnamese import syllable_count, vietnamese_share
from pipeline.ingest.pdf.glyph_codes import BLOCK_LENGTH, HORNS, USUAL_BLOCKS, Coding, from_mac_roman, glyph_coding
from pipeline.ingest.pdf.old_codes import capitals_kept, from_tcvn3, from_vni

Letters = tuple[str, Sequence[str]]
"""The text of a page and the name of each character's font."""
_LOWEST = chr(0x1F0 - HORNS)
"""The lowest number a block of letters can give a meaning: other words are the same whatever the block."""
_MOST_FONTS, _MOST_WORDS = 24, 160
_LEAST_GAIN, _LEAST_WORDS = 0.12, 3
_LEAST_CAPITALS = 4
_LONGEST_PIECE, _MOST_PIECES = 200, 12
"""Of a word: where blanks are misnamed too it is a whole line, and in a hostile file 200,000 letters."""
PAD = "\u200b"
_OLD_CAPITALS = re.compile(r"(?:^|\+)\.?Vn\w+H(?:$|[,-])")
_WESTERN = re.compile("[\u00a1-\u00ff]")
_ODD = re.compile(
    "[\x04-\x08\x0e-\x1a\x1c-\x1f\u0180-\u019f\u01a2-\u01ae\u01b1-\u02ff"
    "\u030a-\u0322\u0324-\u1e9f\u1efa-\u1fff\ue000-\uefff\ufffd]"
)
_FEW_ODD, _FEW_WESTERN = 2, 4
_OLD_SIGNS = (
    "\u00a1-\u00bf\u00c4-\u00c7\u00cb\u00ce\u00cf\u00d1\u00d6-\u00d8\u00db\u00dc\u00de\u00df"
    "\u00e4-\u00e7\u00eb\u00ee\u00ef\u00f1\u00f6-\u00f8\u00fb\u00fc\u00fe\u00ff"
)
"""Western letters and signs that Vietnamese has not, and TCVN3 and VNI texts are full of."""
_OLD = re.compile(f"[{_OLD_SIGNS}]")
_OLD_IN_WORD = re.compile(f"[A-Za-z][{_OLD_SIGNS}]|[{_OLD_SIGNS}][A-Za-z]")
_HYPHENS = re.compile("[-\x02]")
_TOKEN = re.compile(r"\r\n|[^ \r\n]+|[ \r\n]")

_Word = list[tuple[str, str]]
"""The pieces of a word: font and text."""


def odd_signs(text: str) -> int:
    """How many letters of other scripts, private signs and control codes a text holds; Vietnamese has none."""
    return len(_ODD.findall(text))


def needs_recoding(text: str) -> bool:
    """Whether a page's letters are such as only wrong codes give; cheap, for it is asked of every page."""
    if text.isascii():
        return False
    if odd_signs(text) > _FEW_ODD:
        return True
    return len(_OLD.findall(text)) > _FEW_WESTERN and len(_OLD_IN_WORD.findall(text)) > _FEW_WESTERN


class FontCodes:
    """How the fonts of a file are to be read; `kinds` of faults found: "glyphs", "mac", "tcvn3", "vni"."""

    def __init__(self, pages: Sequence[Letters]) -> None:
        self._codings: dict[str, tuple[str, Coding]] = {}
        self._words: defaultdict[str, list[_Word]] = defaultdict(list)
        letters: Counter[str] = Counter()
        for text, fonts in pages:
            for word in _words(text, fonts):
                word = [(font, piece[:_LONGEST_PIECE]) for font, piece in word[:_MOST_PIECES]]
                for font in {font for font, _ in word}:
                    letters[font] += 1
                    if len(self._words[font]) < _MOST_WORDS:
                        self._words[font].append(word)
        common = [font for font, _ in letters.most_common(_MOST_FONTS)]
        for _ in range(3):  # words are set in two fonts: each is judged again when the other is right
            for font in common:
                self._improve(font)
        self._lend(common)

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(kind for kind, _ in self._codings.values())

    def read(self, text: str, fonts: Sequence[str]) -> str:
        """The page's text as it is printed, of the same length; a word that was right as it stood stays."""
        words = [(word, self._word(word)) for word in _words(text, fonts, blanks=True)]
        if "tcvn3" not in self.kinds:
            return "".join(read for _, read in words)
        return "".join(_line_case(line) for line in _lines(words))

    def _word(self, word: _Word) -> str:
        before = "".join(piece for _, piece in word)
        after = self._as_read(word)
        return before if after != before and _count(before) > _count(after) else after

    def _as_read(self, word: Sequence[tuple[str, str]], trial: tuple[str, Coding] | None = None) -> str:
        parts = []
        for font, piece in word:
            own = self._codings.get(font)
            coding = trial[1] if trial and trial[0] == font else own[1] if own else None
            parts.append(coding(piece) if coding else piece)
        return "".join(parts)

    def _improve(self, font: str) -> None:
        """Give the font the coding that makes its words clearly more Vietnamese, if there is one."""
        words = self._words[font]
        if font in self._codings or len(words) < _LEAST_WORDS:
            return
        best = _share([self._as_read(word) for word in words]) + _LEAST_GAIN
        for kind, coding in self._choices(font):
            share = _share([self._as_read(word, (font, coding)) for word in words])
            if share > best:
                best, self._codings[font] = share, (kind, coding)

    def _choices(self, font: str) -> Iterator[tuple[str, Coding]]:
        """The codings that the signs of a font allow at all."""
        own = "".join(piece for word in self._words[font] for name, piece in word if name == font)
        if _ODD.search(own) or not any(sign in own for sign in "aeiou"):
            yield "glyphs", glyph_coding(self._block(font, own))
        if any(ord(sign) > 0x7E for sign in own):
            yield "mac", from_mac_roman
        if _WESTERN.search(own):
            yield "tcvn3", _tcvn3_capitals if _OLD_CAPITALS.search(font) else _tcvn3
            yield "vni", _vni

    def _block(self, font: str, own: str) -> int:
        """Where a font's block of Vietnamese letters begins: of the places its numbers allow, where most words are."""
        numbers = [ord(sign) for sign in own if 0x1F0 < ord(sign) < 0x2000]
        if not numbers:
            return USUAL_BLOCKS[0]
        low, high = min(numbers), max(numbers)
        lowest_is_horn = range(low + HORNS - 3, low + HORNS + 1)
        places: list[int] = [*USUAL_BLOCKS, *range(max(0x1F0, high - BLOCK_LENGTH + 1), low + 1), *lowest_is_horn]
        told = (
            word for word in self._words[font] if any(name == font and max(piece) >= _LOWEST for name, piece in word)
        )
        words = Counter(map(tuple, told))
        scores = {at: self._words_at(words, font, glyph_coding(at)) for at in dict.fromkeys(places)}
        return max(places, key=lambda at: scores[at])

    def _words_at(self, words: Counter[tuple[tuple[str, str], ...]], font: str, coding: Coding) -> float:
        return sum(often * _count(self._as_read(word, (font, coding))) for word, often in words.items())

    def _lend(self, fonts: Sequence[str]) -> None:
        """A font too rare to be judged is read as most others that are embedded, or not, as it is."""
        for font in fonts:
            words = self._words[font]
            kin = Counter(self._codings.get(name, ("", _as_it_is)) for name in fonts if ("+" in name) == ("+" in font))
            if font in self._codings or not kin:
                continue
            (kind, coding), _ = kin.most_common(1)[0]
            before, after = ([self._as_read(w, trial) for w in words] for trial in (None, (font, coding)))
            if kind and _share(after) > _share(before):
                self._codings[font] = (kind, coding)


def _words(text: str, fonts: Sequence[str], blanks: bool = False) -> Iterator[_Word]:
    for found in _TOKEN.finditer(text):
        if blanks or not found.group().isspace():
            start, end = found.span()
            runs = groupby(zip(fonts[start:end], found.group(), strict=True), key=lambda pair: pair[0])
            yield [(font, "".join(sign for _, sign in run)) for font, run in runs]


def _lines(words: Sequence[tuple[_Word, str]]) -> Iterator[list[tuple[_Word, str]]]:
    line: list[tuple[_Word, str]] = []
    for pair in words:
        line.append(pair)
        if "\n" in pair[1]:
            yield line
            line = []
    yield line


def _line_case(line: Sequence[tuple[_Word, str]]) -> str:
    """TCVN3 has no capitals with marks: a line whose plain letters all are capital is one of capitals."""
    new = "".join(read for _, read in line)
    plain = [sign for word, _ in line for _, piece in word for sign in piece if sign.isascii() and sign.isalpha()]
    capital = len(plain) >= _LEAST_CAPITALS and all(sign.isupper() for sign in plain)
    return new.upper() if capital and len(new.upper()) == len(new) else new


def _share(words: Sequence[str]) -> float:
    return vietnamese_share(" ".join(words).replace(PAD, ""))


def _count(word: str) -> float:
    """How common a word is, 0 to 1, and 0 for "phÍ": the right coding gives common words, a wrong one rare ones."""
    bare = word.replace(PAD, "").strip('.,;:()“”"-–/ ')
    count = syllable_count(bare) if bare[1:].islower() or bare.isupper() or len(bare) < 2 else 0.0
    return count / (count + 20)


def _as_it_is(text: str) -> str:
    return text


def _tcvn3(text: str) -> str:
    """The letter ư has the code of a soft hyphen, which PDFium gives as a hyphen: it is ư where that makes a word."""
    new = _fitting(capitals_kept(from_tcvn3, text)(text), text)
    if len(text) > 1 and _HYPHENS.search(text):
        soft = _HYPHENS.sub("\u00ad", text)
        horned = _fitting(capitals_kept(from_tcvn3, soft)(soft), soft)
        return horned if _count(horned) > 0 else new
    return new


def _tcvn3_capitals(text: str) -> str:
    new = _tcvn3(text)
    return new.upper() if len(new.upper()) == len(new) else new


def _fitting(new: str, old: str) -> str:
    return new if len(new) == len(old) else from_tcvn3(old)


def _vni(text: str) -> str:
    return from_vni(text, PAD)
