"""The foot of a scanned page: recipients left, stamp and signer right, parted where one reading mixed them up."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.language.vietnamese import is_syllable
from pipeline.ingest.page.columns import is_annex
from pipeline.ingest.page.words import PageWord, Row, row_text, rows_of
from pipeline.ingest.repair.signer_names import with_family_name
from pipeline.ingest.scan.image import Grey, Grid
from pipeline.ingest.scan.pieces import Piece
from pipeline.rulebook import load_rulebook

_DARK = 130
_SURE, _HALF_SURE = 0.58, 0.3
_ALIKE, _PHRASE_SURE = 0.85, 0.8
_DEPUTY_SURE = 0.7
_HEADS = (("nơi", "nhận"), ("noi", "nhan"))
_LEFT_PART = 0.45
"""The recipients' heading begins in this part of the page's width."""
_SPLIT = (0.34, 0.66)
"""Where the white strip between the two columns may stand, in page widths."""
_CENTRED = 0.08
"""How far from the middle of the page, in its widths, the middle of a heading may stand."""
_MOST_INK = 0.12
"""The strip's part that may be dark: a signature's last stroke runs through it, lines of text do not."""


@dataclass(frozen=True, slots=True)
class Foot:
    """The two columns, the words of the first reading in them, and whether it read both as one."""

    left: Piece
    right: Piece
    words: tuple[PageWord, ...]
    mixed: bool


def find_foot(grey: Grey, words: Sequence[PageWord], pieces: Sequence[Piece], grids: Sequence[Grid]) -> Foot | None:
    """The foot of the page; None where no recipients' heading was read or no strip parts two columns."""
    height, width = grey.shape
    rows = rows_of(words)
    found = next(((row, head) for row in rows if (head := _head(row, width))), None)
    if found is None:
        return None
    first, head = rows.index(found[0]), found[1]
    bottom = min((int(g.box[1]) for g in grids if g.box[1] > head.bottom), default=height)
    bottom = min(
        [bottom, *(int(row[0].top) - 2 for row in rows[first + 1 :] if _is_prose(row, width) or _is_annex(row, width))]
    )
    top = max(0, int(head.top - 0.4 * head.height))
    dark = grey < _DARK
    split = _white_strip(dark[top:bottom]) if bottom - top > 2 * head.height else None
    if split is None:
        return None
    start = _line_top(dark[:, split:], top, int(2 * head.height))
    left, right = Piece(0, top, split, bottom), Piece(split, start, width, bottom)
    both = tuple(word for word in words if inside(word, left) or inside(word, right))
    return Foot(left, right, both, _read_whole(head, pieces, width))


def part_scrawl(words: Sequence[PageWord], foot: Foot) -> tuple[list[PageWord], list[PageWord]]:
    """The words of the page, and what the engine made of the stamp and the hand's strokes in the signer's column."""
    kept = [word for word in words if not inside(word, foot.right)]
    scrawl: list[PageWord] = []
    rows = [with_family_name(row) for row in rows_of([word for word in words if inside(word, foot.right)])]
    pairs = _deputy_lines(rows)
    for at, row in enumerate(rows):
        phrase = pairs[at] if at in pairs else _phrase(row)
        own = _print_of(row) if phrase is None else phrase
        kept += own
        scrawl += [] if phrase else [word for word in row if word not in own]
    return kept, scrawl


def _print_of(row: Row) -> Row:
    """The words of a row that are print, and doubted capitals right beside them."""
    sure = [word for word in row if _is_print(word)]
    return [word for word in row if word in sure or (sure and _goes_with(word, sure))]


def _goes_with(word: PageWord, sure: Row) -> bool:
    text = bare(word.text)
    beside = any(-1 < max(word.x0 - w.x1, w.x0 - word.x1) < 0.8 * w.height for w in sure)
    return beside and len(text) > 1 and text[0].isupper() and is_syllable(text) and word.height < 2.2 * sure[0].height


def _is_print(word: PageWord) -> bool:
    """Printed words are read with confidence; one in capitals whose marks a stamp hid may be doubted."""
    sure, text = word.confidence or 0.0, bare(word.text)
    if sure >= _SURE:
        return any(map(str.isalnum, text))
    return sure >= _HALF_SURE and len(text) > 2 and is_syllable(text)


def _phrase(row: Row) -> Row | None:
    """An office of the closed list that the row's letters spell, marks aside, or in a doubted row nearly spell."""
    letters = _letters(row_text(row))
    if len(letters) < 6:
        return None
    best, ratio = _office(letters)
    doubted = any((word.confidence or 0.0) < _SURE or not _is_written(word) for word in row)
    if ratio < (_ALIKE if doubted else 1.0) or (not doubted and best in row_text(row)):
        return None
    return _spelled(row, _as_printed(row, best), _PHRASE_SURE)


def _is_written(word: PageWord) -> bool:
    text = bare(word.text)
    return is_syllable(text) or load_rulebook("signers").full("prefix", text) is not None


def _office(letters: str) -> tuple[str, float]:
    offices = load_rulebook("seals").words("signature_lines")
    rated = ((office, SequenceMatcher(None, letters, _letters(office)).ratio()) for office in offices)
    return max(rated, key=lambda pair: pair[1])


def _as_printed(row: Row, office: str) -> str:
    """With "T/M." where that is what was read for the list's "TM."."""
    first, rest = row[0].text, office.partition(" ")[2]
    known = load_rulebook("signers").full("prefix", first)
    slashed = known is not None and "/" in first and _letters(first) == _letters(office.partition(" ")[0])
    return f"{first} {rest}" if slashed and (row[0].confidence or 0.0) >= _PHRASE_SURE else office


def _deputy_lines(rows: Sequence[Row]) -> dict[int, Row]:
    """Two lines whose sure ends are one office's: a deputy signs for the one named above; nothing is between them."""
    for one, two in pairwise([at for at, row in enumerate(rows) if _sure_syllables(row)]):
        upper, lower = rows[one], rows[two]
        near = lower[0].top - upper[0].bottom < 1.5 * upper[0].height
        offices = [o for o in load_rulebook("signers").words("deputised") if _ends(upper, o) and _ends(lower, o)]
        if near and len(offices) == 1 and not _is_office(upper) and not _is_office(lower):
            between: dict[int, Row] = {at: [] for at in range(one + 1, two)}
            above, below = f"KT. {offices[0]}", f"PHÓ {offices[0]}"
            return between | {
                one: _spelled(upper, above, _DEPUTY_SURE),
                two: _spelled(lower, below, _DEPUTY_SURE),
            }
    return {}


def _sure_syllables(row: Row) -> list[str]:
    sure = [bare(word.text) for word in row if (word.confidence or 0.0) >= _PHRASE_SURE]
    return [text for text in sure if is_syllable(text)]


def _is_office(row: Row) -> bool:
    return _office(_letters(row_text(row)))[1] == 1


def _ends(row: Row, office: str) -> bool:
    """Whether the row's last print is the office's last word, and what sure print stands before it fits, too."""
    sure = _sure_syllables(row)
    words = office.split()
    return bool(sure) and sure[-1] == words[-1] and set(sure) <= {*words, "KT", "PHÓ"}


def _spelled(row: Row, text: str, confidence: float) -> Row:
    """The row as one word, with what was read kept."""
    left, right = row[0].x0, row[-1].x1
    best = max(row, key=lambda word: (any(map(str.isalpha, word.text)), word.confidence or 0.0))
    return [PageWord(text, left, best.top, right, best.bottom, False, confidence, row_text(row), "repair.office")]


def _letters(text: str) -> str:
    spread = unicodedata.normalize("NFD", text.upper().replace("Đ", "D"))
    return "".join(sign for sign in spread if sign.isascii() and sign.isalpha())


def _head(row: Row, width: int) -> PageWord | None:
    """The word "Nơi" in a row that also holds "nhận" close behind it."""
    for at, word in enumerate(row):
        if word.x0 > _LEFT_PART * width:
            return None
        near = [bare(other.text).casefold() for other in row[at + 1 : at + 4] if other.x0 - word.x1 < 6 * word.height]
        if any(bare(word.text).casefold() == first and second in near for first, second in _HEADS):
            return word
    return None


def bare(text: str) -> str:
    """A word without the signs around it."""
    return text.strip(" .,:;'\"-_|“”—–")


def _read_whole(head: PageWord, pieces: Sequence[Piece], width: int) -> bool:
    piece = next((p for p in pieces if p.top <= head.middle <= p.bottom and p.x0 <= head.centre <= p.x1), None)
    return piece is not None and piece.x0 == 0 and piece.x1 == width


def _is_prose(row: Row, width: int) -> bool:
    """A line of text from border to border: what follows the foot on its page."""
    sure = [word for word in row if (word.confidence or 0.0) > 0.8]
    if len(sure) < 8 or row[0].x0 > 0.25 * width or row[-1].x1 < 0.75 * width:
        return False
    gaps = [b.x0 - a.x1 for a, b in pairwise(row)]
    return max(gaps) < 1.2 * float(np.median([word.height for word in sure]))


def _is_annex(row: Row, width: int) -> bool:
    """The heading of an appendix, in the middle of the page or with nothing beside it on the right."""
    middle = (row[0].x0 + row[-1].x1) / 2
    return (abs(middle - width / 2) < _CENTRED * width or row[-1].x1 < _LEFT_PART * width) and is_annex(row)


def _white_strip(dark: NDArray[np.bool_]) -> int | None:
    """The middle of the least inked strip between the columns; None where all are full of writing."""
    height, width = dark.shape
    low, high, wide = int(_SPLIT[0] * width), int(_SPLIT[1] * width), max(3, width // 150)
    ink = np.convolve(dark.sum(axis=0), np.ones(wide) / wide, "same")[low:high]
    least = float(ink.min())
    if least > _MOST_INK * height:
        return None
    free = np.concatenate(([False], ink <= least + 1, [False]))
    edges = np.flatnonzero(free[1:] != free[:-1]).reshape(-1, 2)
    start, end = max(edges.tolist(), key=lambda edge: edge[1] - edge[0])
    return low + (int(start) + int(end)) // 2


def _line_top(dark: NDArray[np.bool_], top: int, reach: int) -> int:
    """Up from `top` to the first white row, so that no line is cut through."""
    for row in range(top, max(0, top - reach), -1):
        if dark[row].sum() <= 1:
            return row
    return top


def inside(word: PageWord, piece: Piece) -> bool:
    """Whether the word's middle lies in the piece."""
    return piece.x0 <= word.centre <= piece.x1 and piece.top <= word.middle <= piece.bottom
