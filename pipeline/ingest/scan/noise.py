"""What the engine read into specks, stamps' rims, seals and signatures, told from print by doubt, size and place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from pipeline.ingest.language.vietnamese import is_syllable
from pipeline.ingest.page.columns import Borders, margins
from pipeline.ingest.page.words import PageWord, Row, row_text, rows_of

_TALL = 1.7
"""Times the usual height of a word: scrawl that reaches over several lines, and would join them into one."""
_DOUBTED = 0.6
_ORDINARY = re.compile(r"[\w§/().,;:&%\-–“”\"'…+]+")
_FRAME = re.compile(r"^.{0,8}\b[Ss][ốóòôồổõoöÔỐÓỗ] ?[:.;/]|/ ?[A-ZĐ]{2,6} ?-")
"""A line with a printed frame for a number written by hand."""
_FILLED = re.compile(r"^(?:[Ss][ốóòôồổõoöÔỐÓỗ][:.;]|[Nn]g[àaáả]y)$")
_TRAIL = re.compile(r"[~^`®#|\\¬*_<>][-—~^`®#|\\¬*_<>.,:;]*$")
"""What a pen's stroke leaves behind a word."""
_BULLETS = ("-", "+", "–")
_EDGES = ".,;:-–—_'\"“”()[]|/"


def part_noise(words: Sequence[PageWord]) -> tuple[list[PageWord], list[PageWord]]:
    """The words that are print, in the order they were read, and the noise.

    Handwriting in a printed frame stays among the print, as it was read. Of a word with a stroke behind it, the
    stroke is noise.
    """
    trimmed = [part for word in words for part in _trimmed(word)]
    kept, noise = _levelled(trimmed[::2])
    noise += [trail for trail in trimmed[1::2] if trail.text]
    for dropped in (_noisy, _beside):
        gone = set(map(id, dropped(kept)))
        noise += [word for word in kept if id(word) in gone]
        kept = [word for word in kept if id(word) not in gone]
    return kept, noise


def _trimmed(word: PageWord) -> tuple[PageWord, PageWord]:
    """The word and what trails behind it, each with its part of the box."""
    text = _TRAIL.sub("", word.text) or word.text
    cut = word.x1 - (word.x1 - word.x0) * (len(word.text) - len(text)) / len(word.text)
    kept = word if text == word.text else word._replace(text=text)
    return kept, word._replace(text=word.text[len(text) :], x0=cut)


def _noisy(words: Sequence[PageWord]) -> list[PageWord]:
    return [word for row in rows_of(words) for word in (row if _is_noise(row) else _scraps(row))]


def _beside(words: Sequence[PageWord]) -> list[PageWord]:
    borders = margins(rows_of(words))
    return [word for word in words if _in_margin(word, borders)] if borders else []


def _levelled(words: Sequence[PageWord]) -> tuple[list[PageWord], list[PageWord]]:
    """The words, and scrawl among them; a doubted word that a stroke made tall is set on its neighbours' line."""
    readable = [_is_readable(word) or _fills(words, at) for at, word in enumerate(words)]
    sure = [word for word, reads in zip(words, readable, strict=True) if reads and (word.confidence or 0.0) > 0.8]
    usual = median([word.height for word in sure]) if sure else 0.0
    kept, scrawl = [], []
    for word, reads in zip(words, readable, strict=True):
        tall = usual and word.height >= _TALL * usual and not (_is_print(word) and word.height < 2.5 * usual)
        if not reads or (tall and not _may_be_text(word.text) and not _FRAME.search(word.text)):
            scrawl.append(word)
        else:
            kept.append(_on_line(word, sure, usual) if tall else word)
    return kept, scrawl


def _is_readable(word: PageWord) -> bool:
    return (word.confidence or 0.0) >= 0.4 or any(map(str.isalnum, word.text))


def _fills(words: Sequence[PageWord], at: int) -> bool:
    """Signs right behind "Số:" or "ngày": not print, but not nothing either."""
    return at > 0 and _FILLED.search(words[at - 1].text) is not None


def _on_line(word: PageWord, sure: Sequence[PageWord], usual: float) -> PageWord:
    """At the foot, the head or the middle of its box, where most of the sure words beside it stand."""
    places = (word.bottom - usual / 2, word.top + usual / 2, word.middle)
    near = [w for w in sure if w is not word and w.x0 - 8 * usual < word.x1 and word.x0 - 8 * usual < w.x1]
    best = max(places, key=lambda middle: sum(abs(w.middle - middle) < 0.4 * usual for w in near))
    return word._replace(top=best - usual / 2, bottom=best + usual / 2)


def _is_noise(row: Row) -> bool:
    """A line that the engine doubts as a whole and that holds no syllable and no number it is sure of."""
    if _FRAME.search(row_text(row)):
        return False
    mean = sum(word.confidence or 0.0 for word in row) / len(row)
    letters = [word.text.strip(_EDGES) for word in row]
    if not any(c.isalnum() for text in letters for c in text):
        return mean < 0.8 or all(len(word.text) < 3 for word in row)
    return mean < 0.3 and not any(len(text) > 1 and (is_syllable(text) or text.isdigit()) for text in letters)


def _scraps(row: Row) -> list[PageWord]:
    """Doubted signs before and behind what is print on the line; a bullet is none, nor is a hand's number."""
    sure = [at for at, word in enumerate(row) if _is_print(word)]
    if not sure or _FRAME.search(row_text(row)):
        return []
    ends = [*row[: sure[0]], *row[sure[-1] + 1 :]]
    return [word for word in ends if (word.confidence or 0.0) < _DOUBTED and not _may_be_text(word.text)]


def _may_be_text(text: str) -> bool:
    """A bullet, or two ordinary signs and more."""
    bare = text.strip(_EDGES)
    return text in _BULLETS or bare.isdigit() or (len(bare) > 1 and _ORDINARY.fullmatch(bare) is not None)


def _is_print(word: PageWord) -> bool:
    return (word.confidence or 0.0) >= _DOUBTED and any(map(str.isalnum, word.text))


def _in_margin(word: PageWord, borders: Borders) -> bool:
    """Doubted words and bare strokes beside the text body: notes, holes, the paper's edge, the rim of a stamp."""
    beside = word.x1 < borders[0] - 0.2 * word.height or word.x0 > borders[1] + 0.5 * word.height
    doubted = (word.confidence or 0.0) < _DOUBTED or not any(map(str.isalnum, word.text))
    return beside and doubted and word.text not in _BULLETS
