"""One spelling for the same sign: NFC, look-alike letters, white space, leftovers of markup.

Every step is a list of edits on a text with `cuts` (positions that must survive the edits), so that the way
back from the clean text to the source is exact by construction.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from pipeline.fold import heaped_marks

Edit = tuple[int, int, str]
"""start, end and what stands there instead."""

_SHAPE_MARKS = "\u0302\u0306\u031b"
_TONE_MARKS = "\u0300\u0301\u0303\u0309\u0323"
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffc]+"
)
_TAG = re.compile(r"</?(?:b|i|u|s|em|strong|sup|sub|span|font|center|p|div|br|a)(?:\s[^<>]{0,300})?/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:nbsp|amp|lt|gt|quot|#160|#39);")
_ENTITIES = {"&nbsp;": " ", "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#160;": " ", "&#39;": "'"}
_STARS = re.compile(r"\*{2,3}(?=\S)|(?<=\S)\*{2,3}")
_EMPHASIS = re.compile(r"(?<![\w*(])\*(?=[\w“\"'‘(])([^*]{1,2000})(?<=[\w.,;:!?”\"'’)…])\*(?![\w*)])")
_ESCAPE = re.compile(r"\\(?=[*_#.\-+()\[\]\\`>|])")
_HEADING = re.compile(r"\A\s*#{1,6}\s+")
_COMPATIBLE = re.compile("[\ufb00-\ufb06\uff01-\uff5e\u2160-\u217f\U0001d400-\U0001d7ff]")
_ALWAYS = {"\u00d0": "Đ", "\u00f0": "đ", "\u0189": "Đ", "\u0256": "đ"}
_ALWAYS_CLASS = re.compile("[\u00d0\u00f0\u0189\u0256]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LOOK_ALIKE = dict(
    zip(
        "АВЕКМНОРСТХУІЈЅаеорсухіјѕһԁԛԝ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϲϳ",
        "ABEKMHOPCTXYIJSaeopcyxijshdqw" + "ABEZHIKMNOPTYXocj",
        strict=True,
    )
)
_FOREIGN = re.compile("[\u0370-\u03ff\u0400-\u052f]")
_TOKEN = re.compile("[^\\W_](?:[^\\W_]|[\u0300-\u036f/.\\-])*")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_PRIVATE_START = re.compile("\\A\\s*[\ue000-\uf8ff]\\s*")
_SYMBOL = re.compile("[\uf020-\uf03f]")
_BLANKS = re.compile(r"[\s\u200a\u2028\u2029]+")
_ODD_BLANK = re.compile(r"[^\S ]|  ")


def normalize(text: str, cuts: Sequence[int] = ()) -> tuple[str, list[int]]:
    """The clean text of one paragraph or cell line, and where each of the ascending `cuts` lies in it.

    Blanks (line feeds, tabs, non-breaking ones too) become one blank, none at the ends. Odd dashes, quotes and
    the placing of tone marks stay as written.
    """
    kept = list(cuts)
    for find in _STEPS:
        edits = find(text)
        if edits:
            text, kept = apply_edits(text, kept, edits)
    return text, kept


def apply_edits(text: str, cuts: Sequence[int], edits: Sequence[Edit]) -> tuple[str, list[int]]:
    """Apply ascending, non-overlapping edits; a cut inside an edit moves behind what replaces it."""
    parts: list[str] = []
    kept: list[int] = []
    done = length = index = 0
    for start, end, new in edits:
        while index < len(cuts) and cuts[index] <= start:
            kept.append(length + cuts[index] - done)
            index += 1
        parts.append(text[done:start])
        parts.append(new)
        length += start - done + len(new)
        done = end
        while index < len(cuts) and cuts[index] < end:
            kept.append(length)
            index += 1
    parts.append(text[done:])
    kept.extend(length + cut - done for cut in cuts[index:])
    return "".join(parts), kept


def _replacing(pattern: re.Pattern[str], new: Callable[[str], str]) -> Callable[[str], list[Edit]]:
    return lambda text: [(m.start(), m.end(), new(m.group())) for m in pattern.finditer(text)]


def _compatible(sign: str) -> str:
    return unicodedata.normalize("NFKC", sign)


def _markup(text: str) -> list[Edit]:
    """Tags, Markdown stars, escapes and heading marks that a reader left over."""
    if not any(sign in text for sign in "<*\\#&"):
        return []
    edits: list[Edit] = [(m.start(), m.end(), "") for p in (_TAG, _STARS, _ESCAPE, _HEADING) for m in p.finditer(text)]
    edits += [(m.start(), m.end(), _ENTITIES[m.group()]) for m in _ENTITY.finditer(text)]
    return _disjoint(edits)


def _emphasis(text: str) -> list[Edit]:
    """Single stars in pairs around words (*so*); a star of its own is a sign of the text and stays."""
    found = _EMPHASIS.finditer(text) if text.count("*") > 1 else ()
    return [edit for m in found for edit in ((m.start(), m.start() + 1, ""), (m.end() - 1, m.end(), ""))]


def _disjoint(edits: Iterable[Edit]) -> list[Edit]:
    kept: list[Edit] = []
    for edit in sorted(edits):
        if not kept or edit[0] >= kept[-1][1]:
            kept.append(edit)
    return kept


def _private(text: str) -> list[Edit]:
    """Signs of the Symbol and Wingdings fonts: a list bullet at the start, ASCII punctuation and digits elsewhere."""
    bullet = _PRIVATE_START.match(text)
    edits: list[Edit] = []
    if bullet:
        edits.append((0, bullet.end(), "+ " if "\uf02b" in bullet.group() else "- "))
    edits += [
        (m.start(), m.end(), chr(ord(m.group()) - 0xF000))
        for m in _SYMBOL.finditer(text, bullet.end() if bullet else 0)
    ]
    return edits


def _look_alikes(text: str) -> list[Edit]:
    """Cyrillic and Greek letters that look Latin, inside words and references that otherwise are Latin."""
    if not _FOREIGN.search(text):
        return []
    edits: list[Edit] = []
    for token in _TOKEN.finditer(text):
        foreign = [m for m in _FOREIGN.finditer(text, *token.span()) if m.group().isalpha()]
        if foreign and _LATIN.search(token.group()) and all(m.group() in _LOOK_ALIKE for m in foreign):
            edits += [(m.start(), m.end(), _LOOK_ALIKE[m.group()]) for m in foreign]
    return edits


def _compose_marks(text: str) -> list[Edit]:
    """NFC letter by letter, a tone mark typed before the letter's own mark (e´^) put behind it first."""
    edits: list[Edit] = []
    if unicodedata.is_normalized("NFC", text) and not _has_marks(text):
        return edits
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and _goes_on(text[end]):
            continue
        cluster = text[start:end]
        composed = _composed(cluster)
        if composed != cluster:
            edits.append((start, end, composed))
        start = end
    return edits


def _heaped_marks(text: str) -> list[Edit]:
    """Marks beyond the thirtieth on one letter, before they are composed."""
    return [] if text.isascii() else [(m.end(1), m.end(), "") for m in heaped_marks().finditer(text)]


def _has_marks(text: str) -> bool:
    return any(mark in text for mark in _SHAPE_MARKS)


def _goes_on(sign: str) -> bool:
    return unicodedata.category(sign).startswith("M") or "\u1160" <= sign <= "\u11ff"


def _composed(cluster: str) -> str:
    if len(cluster) > 1 and any(mark in cluster for mark in _SHAPE_MARKS):
        apart = unicodedata.normalize("NFD", cluster)
        shapes = "".join(c for c in apart if c in _SHAPE_MARKS)
        tones = "".join(c for c in apart if c in _TONE_MARKS)
        rest = "".join(c for c in apart[1:] if c not in _SHAPE_MARKS and c not in _TONE_MARKS)
        cluster = apart[0] + shapes + tones + rest
    return unicodedata.normalize("NFC", cluster)


def _blanks(text: str) -> list[Edit]:
    edits: list[Edit] = []
    if _ODD_BLANK.search(text) or text != text.strip():
        for m in _BLANKS.finditer(text):
            new = "" if m.start() == 0 or m.end() == len(text) else " "
            if m.group() != new:
                edits.append((m.start(), m.end(), new))
    return edits


_STEPS: tuple[Callable[[str], list[Edit]], ...] = (
    _replacing(_SURROGATE, lambda sign: "\ufffd"),
    _replacing(_INVISIBLE, lambda sign: ""),
    _markup,
    _emphasis,
    _private,
    _replacing(_COMPATIBLE, _compatible),
    _look_alikes,
    _replacing(_ALWAYS_CLASS, _ALWAYS.__getitem__),
    _heaped_marks,
    _compose_marks,
    _blanks,
)
