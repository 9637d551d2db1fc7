"""The numbers Word generates: what a reader of the printed page sees before a paragraph, though nobody typed it.

Source: ECMA-376 part 1, 17.9 (numbering).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pipeline.ingest.word.xmltree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS = 9
ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
PLACE = re.compile(r"%([1-9])")
HIGHEST = 4000
LONGEST_LABEL = 100
"""Signs of a level's text; Word itself takes no longer one, and every paragraph of the list gets it."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: `text` holds %1 … %9 for the numbers of the levels."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str | None = None


@dataclass(slots=True)
class _List:
    """A list instance (w:num): its abstract list, its own levels, and where it starts anew."""

    abstract: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]
    begun: set[int] = field(default_factory=set)


class Numbering:
    """Counts through a document in reading order; one instance a document."""

    def __init__(self, root: Element | None, style_lists: Mapping[str, str] | None = None) -> None:
        """`root` of numbering.xml or None; `style_lists`: list style id to the w:num it names."""
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, list[int | None]] = {}
        if root is not None:
            self._load(root, style_lists or {})

    def label(self, num_id: str, level: int) -> str:
        """The next label of a list at a level ("2.1.", "a)", "-"), "" where there is none. Counts on."""
        found = self._lists.get(num_id)
        if found is None or not 0 <= level < LEVELS:
            return ""
        counters = self._counters.setdefault(found.abstract, [None] * LEVELS)
        self._count(found, counters, level)
        return _written(found.levels, counters, level)

    def level_of_style(self, num_id: str, style: str) -> int:
        """The level a list ties to a paragraph style; 0 where it ties none."""
        found = self._lists.get(num_id)
        levels = found.levels if found else {}
        return next((number for number, level in levels.items() if level.style == style), 0)

    def _count(self, found: _List, counters: list[int | None], level: int) -> None:
        if level in found.starts and level not in found.begun:
            counters[level] = None
        start = found.starts.get(level, found.levels.get(level, Level()).start)
        found.begun.add(level)
        current = counters[level]
        counters[level] = start if current is None else current + 1
        for above in range(level):
            if counters[above] is None:
                counters[above] = found.starts.get(above, found.levels.get(above, Level()).start)
        for below in range(level + 1, LEVELS):
            restart = found.levels.get(below, Level()).restart
            if restart is None or (restart and level < restart):
                counters[below] = None

    def _load(self, root: Element, style_lists: Mapping[str, str]) -> None:
        abstracts = {a.get(f"{W}abstractNumId", ""): a for a in root.iterchildren(f"{W}abstractNum")}
        numbers = {n.get(f"{W}numId", ""): n for n in root.iterchildren(f"{W}num")}
        for num_id, number in numbers.items():
            abstract = _value(number, "abstractNumId") or ""
            abstract = _linked(abstract, abstracts, numbers, style_lists)
            levels = _levels(abstracts.get(abstract))
            starts: dict[int, int] = {}
            for override in number.iterchildren(f"{W}lvlOverride"):
                place = number_in(override.get(f"{W}ilvl"), 0)
                for own in override.iterchildren(f"{W}lvl"):
                    levels[place] = _level(own)
                if (start := _value(override, "startOverride")) is not None:
                    starts[place] = number_in(start, 1)
            self._lists[num_id] = _List(abstract, levels, starts)


def _linked(
    abstract: str, abstracts: Mapping[str, Element], numbers: Mapping[str, Element], style_lists: Mapping[str, str]
) -> str:
    """An abstract list may only name a list style, whose own list holds the levels."""
    found = abstracts.get(abstract)
    style = _value(found, "numStyleLink") if found is not None else None
    number = numbers.get(style_lists.get(style, "")) if style else None
    return (_value(number, "abstractNumId") or abstract) if number is not None else abstract


def _levels(abstract: Element | None) -> dict[int, Level]:
    if abstract is None:
        return {}
    return {number_in(lvl.get(f"{W}ilvl"), 0): _level(lvl) for lvl in abstract.iterchildren(f"{W}lvl")}


def _level(element: Element) -> Level:
    found = Level(
        start=number_in(_value(element, "start"), 1),
        format=_value(element, "numFmt") or "decimal",
        text=(_value(element, "lvlText") or "")[:LONGEST_LABEL],
        legal=element.find(f"{W}isLgl") is not None,
        style=_value(element, "pStyle"),
    )
    restart = _value(element, "lvlRestart")
    return found if restart is None else replace(found, restart=number_in(restart, 0))


def _value(element: Element, name: str) -> str | None:
    child = element.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}val")


def number_in(text: str | None, default: int) -> int:
    """A number of at most six digits; `int` itself knows more signs as digits than it reads, and longer numbers."""
    return int(text) if text is not None and re.fullmatch(r"-?[0-9]{1,6}", text) else default


# --- how a number is written ------------------------------------------------------------------


def _written(levels: Mapping[int, Level], counters: list[int | None], level: int) -> str:
    own = levels.get(level)
    if own is None or (own.format == "none" and "%" in own.text):
        return ""
    if own.format == "bullet":
        return _bullet(own.text)

    def shown(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        form = "decimal" if own.legal else levels.get(place, Level()).format
        return written_number(counters[place] or 0, form)

    return PLACE.sub(shown, own.text).strip()


def _bullet(text: str) -> str:
    """A list's sign; signs of symbol fonts (private use) and the "o" of Courier stand for a round bullet."""
    sign = text.strip()
    if not sign:
        return ""
    return "•" if sign == "o" or "\ue000" <= sign[0] <= "\uf8ff" else sign


def written_number(number: int, form: str) -> str:
    """A number as Word writes it: decimal, decimalZero, upperRoman, lowerRoman, upperLetter, lowerLetter."""
    if form.endswith("Roman") and 0 < number < HIGHEST:
        roman = _roman(number)
        return roman if form == "upperRoman" else roman.lower()
    if form.endswith("Letter") and 0 < number < HIGHEST:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form == "none":
        return ""
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _roman(number: int) -> str:
    written = ""
    for value, sign in ROMAN:
        written += sign * (number // value)
        number %= value
    return written
