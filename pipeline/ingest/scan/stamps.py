"""Stamps and marks that offices put on a paper, told from its own text by their words and by how close these stand.

An incoming mail's stamp carries a number and a day of its own, which must never be taken for the paper's.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.fold import fold
from pipeline.ingest.page.aside import aside_of, parts_of
from pipeline.ingest.page.words import PageWord, Row, folded_rows, row_text, rows_of
from pipeline.records import Aside, AsideKind
from pipeline.rulebook import load_rulebook

Box = tuple[float, float, float, float]
_UPPER = 0.6
"""Stamps of incoming mail stand in this upper part of a page, marks in the first half of that."""
_LABELS = ("incoming_number", "incoming_day", "incoming_way")
_REACH = 6.0
"""Line heights between two lines of one stamp; twenty times that from left to right."""
_MARKS: tuple[tuple[str, AsideKind], ...] = (("urgency", "urgency"), ("copy", "stamp"))


def part_stamps(
    words: Sequence[PageWord], rows: Sequence[Row], height: float
) -> tuple[Sequence[PageWord], list[Aside]]:
    """The page's words without stamps and marks, and these; `rows` are those of the words.

    `height` is the page's, in the words' unit.
    """
    parts = [part for row in rows if row[0].middle < _UPPER * height for part in parts_of(row)]
    texts = folded_rows(parts)
    stamp = _incoming(parts, texts)
    found = [aside_of("stamp", rows_of([word for part in stamp for word in part]))] if stamp else []
    gone = list(stamp)
    for part, text in zip(parts, texts, strict=True):
        if part not in stamp and part[0].middle < _UPPER / 2 * height and (kind := _mark(text)):
            gone.append(part)
            found.append(aside_of(kind, [part]))
    if not gone:
        return words, []
    away = {id(word) for part in gone for word in part}
    return [word for word in words if id(word) not in away], found


def mark_of(text: str) -> AsideKind | None:
    """What a line is that says nothing but how urgent or secret the paper is, or that it is a copy."""
    return _mark(fold(text))


def _mark(folded: str) -> AsideKind | None:
    book = load_rulebook("stamps")
    for group, kind in _MARKS:
        if book.whole(group, folded):
            return kind
    return None


def seems_stamped(words: Sequence[PageWord], height: float) -> bool:
    """Whether a reading of the page holds a word or two that only such a stamp has, mixed up with others or not."""
    book = load_rulebook("stamps")
    upper = [word for word in words if word.middle < _UPPER * height]
    return any(book.first("incoming_sign", fold(word.text)) for word in upper) or any(
        book.first("incoming_sign", fold(row_text(part))) for row in rows_of(upper) for part in parts_of(row)
    )


def is_incoming(words: Sequence[PageWord]) -> bool:
    """Whether the words inside one drawn frame are those of an incoming mail's stamp."""
    book, text = load_rulebook("stamps"), fold("\n".join(map(row_text, rows_of(words))))
    return all(book.first(group, text) for group in ("framed_name", "framed_label"))


def _incoming(parts: Sequence[Row], texts: Sequence[str]) -> list[Row]:
    """The lines of such a stamp: its heading or its way, with two labels of its own close by."""
    book = load_rulebook("stamps")
    if not any(book.whole("incoming_head", text) or book.whole("incoming_way", text) for text in texts):
        return []
    groups: dict[str, list[Row]] = {}
    for part, text in zip(parts, texts, strict=True):
        group = next((g for g in ("incoming_head", *_LABELS) if book.whole(g, text)), None)
        groups.setdefault(group or "", []).append(part)
    for anchor in (*groups.get("incoming_head", ()), *groups.get("incoming_way", ())):
        near = {group: [p for p in groups.get(group, ()) if _near(anchor, p)] for group in ("incoming_head", *_LABELS)}
        if sum(bool(found) for found in near.values()) >= (2 if near["incoming_head"] else 3):
            own = [part for found in near.values() for part in found]
            return own + [part for part in parts if part not in own and _belongs(part, own)]
    return []


def _near(one: Row, two: Row) -> bool:
    height = max(one[0].height, two[0].height)
    return abs(one[0].middle - two[0].middle) < _REACH * height and abs(one[0].x0 - two[0].x0) < 2 * _REACH * height


def _belongs(part: Row, own: Sequence[Row]) -> bool:
    """Within the stamp's box, or a number right of one of its labels."""
    top, bottom = min(r[0].top for r in own), max(r[0].bottom for r in own)
    left, right = min(r[0].x0 for r in own), max(r[-1].x1 for r in own)
    inside = top <= part[0].middle <= bottom and left - 2 <= part[0].x0 and part[-1].x1 <= right + 2
    beside = any(
        abs(part[0].middle - r[0].middle) < 0.5 * r[0].height and 0 < part[0].x0 - r[-1].x1 < 4 * r[0].height
        for r in own
    )
    return inside or (beside and not any(map(str.isalpha, row_text(part))))
