"""Printed frames that a hand fills in ("Số:    /KH-UBND", "ngày    tháng   năm 2020"), found among a header's words.

Where the frame's own words end is told by the widths of Times New Roman, which official papers are set in (Nghị định
30/2020/NĐ-CP): the engine's boxes swallow what the pen wrote beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median

from pipeline.fold import fold
from pipeline.ingest.page.words import PageWord, Row, row_text, rows_of
from pipeline.records import HandKind
from pipeline.rulebook import RuleMatch, load_rulebook

_WIDTHS = {
    0.28: "tfIijlíìỉĩị:/r",
    0.33: "-–J",
    0.25: "., ",
    0.42: "cesaéèẻẽẹêếềểễệáàảãạăắằẳẵặâấầẩẫậ",
    0.57: "SPFỐ",
    0.63: "TLEBC",
    0.72: "ADĐÐGHKNOQRUVXYÔƯỦỦĂÂ",
    0.77: "mw",
    0.9: "MW",
}
"""Parts of the print's size by sign; any other sign is half as wide as the print is large."""
_MOST_WORDS = 7
_SURE = 0.85
_OWN_BOX = 0.15
"""A word's box is believed when its width is the print's but for so much."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Where a hand may have written, in points. `em` is the print's size, `base` its base line."""

    kind: HandKind
    left: float
    right: float
    base: float
    em: float


def find_gaps(words: Sequence[PageWord]) -> tuple[Gap, ...]:
    """The gaps of the first number frame and the first date frame; a cited paper's number has no colon."""
    rows = rows_of(words)
    numbers = [found for row in rows for found in _number_gaps(row)]
    dates = (list(_date_gaps(row)) for row in rows)
    number = next((gap for colon, gap in numbers if colon), numbers[0][1] if numbers else None)
    return (*([number] if number else []), *next(filter(None, dates), []))


def _number_gaps(row: Row) -> Iterator[tuple[bool, Gap]]:
    """The longest run of words that is a number frame as a whole, and whether it has its colon."""
    rules = load_rulebook("seals")
    for first, word in enumerate(row):
        if word.text[:1] not in "Ss" or len(word.text) < 2:
            continue
        for last in range(min(len(row), first + _MOST_WORDS), first, -1):
            if match := rules.first("number_frame", fold(row_text(row[first:last]))):
                yield ":" in row_text(row[first:last])[:8], _number_gap(row, row[first:last], match)
                return


def _number_gap(row: Row, words: Row, match: RuleMatch) -> Gap:
    em = _em(row)
    symbol = "/" + match.values["symbol"]
    right = words[-1].x1 - _width(symbol) * em
    own = next((word for word in words if word.text.startswith("/") and word.x0 > words[0].x1), None)
    if own:
        right = own.x0
    left = words[0].x0 + 1.22 * em
    return Gap("number", left, max(right, left), _base(row), em)


def _date_gaps(row: Row) -> Iterator[Gap]:
    match = load_rulebook("seals").first("date_frame", fold(row_text(row)))
    if match is None:
        return
    em = _em(row)
    places = _places(row)
    starts = (match.start, match.spans["day"][1], _last(row_text(row), match.spans["year"][0]))
    edges = [_edges(row, places, start, em) for start in starts]
    yield Gap("day", edges[0][1], max(edges[0][1], edges[1][0]), _base(row), em)
    yield Gap("month", edges[1][1], max(edges[1][1], edges[2][0]), _base(row), em)


_LENGTHS = {"n": 1.94, "t": 2.25}
"""ngày, tháng: em from the first letter's left to the last one's right."""


def _last(text: str, year: int) -> int:
    """Where the "n" of "năm" stands before the year."""
    return max(text.rfind("n", 0, year), 0)


def _edges(row: Row, places: Sequence[tuple[int, int]], start: int, em: float) -> tuple[float, float]:
    """The left and right edge of the printed word whose first letter is at `start` of the row's text."""
    at = next((i for i, (begin, end) in enumerate(places) if begin <= start < end), len(row) - 1)
    word, ahead = row[at], start - places[at][0]
    letter = word.text[ahead : ahead + 1].lower()
    behind = word.text[ahead:].lower()
    long = 1.7 if behind.startswith(("năm", "nam", "nām")) else _LENGTHS.get(letter, 1.9)
    if letter == "n" and "m" not in behind[:3]:
        long = _LENGTHS["n"]
    alone = abs(word.x1 - word.x0 - long * em) < _OWN_BOX * long * em
    if ahead == 0 and (alone or len(behind) > _letters(letter, behind)):
        return word.x0, word.x1 if alone else word.x0 + long * em
    if ahead == 0 and letter == "n" and "y" in behind:
        return word.x0, word.x0 + long * em
    return word.x1 - long * em, word.x1


def _letters(letter: str, behind: str) -> int:
    return 5 if letter == "t" else 3 if "m" in behind[:3] else 4


def _places(row: Row) -> list[tuple[int, int]]:
    """Where each word stands in the row's text."""
    places, start = [], 0
    for word in row:
        places.append((start, start + len(word.text)))
        start += len(word.text) + 1
    return places


def _em(row: Row) -> float:
    """The size of the print, by the words the engine is sure of."""
    sure = [word for word in row if (word.confidence or 0) > _SURE and len(word.text) > 1]
    return median((word.x1 - word.x0) / _width(word.text) for word in sure or row)


def _base(row: Row) -> float:
    """The base line: where words end that have no letters or signs below it."""
    flat = [word.bottom for word in row if not set(word.text.casefold()) & set("gyqpỳýỷỹỵ,;jạặậẹệịọộợụự/(Q")]
    return median(flat or [word.bottom - 0.2 * word.height for word in row])


def _width(text: str) -> float:
    """The width of printed words by their size; white at both ends is not in the box."""
    return max(0.3, sum(_sign_widths().get(sign, 0.5) for sign in text) - 0.07)


@cache
def _sign_widths() -> dict[str, float]:
    return {sign: width for width, signs in _WIDTHS.items() for sign in signs}
