"""Provinces by name at a date: 63 until 30 June 2025, 34 since. Source: rules/provinces.csv."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from pipeline.fold import fold
from pipeline.rulebook import read_csv

_LAST_DAY_OF_63 = dt.date(2025, 6, 30)
_CITY_WORD = r"(?:thành\s+phố|t\.?p\.?)"


@dataclass(frozen=True, slots=True)
class Province:
    """A province or centrally run city as it stood in [valid_from, valid_to]; codes as text of two digits."""

    code: str
    name: str
    kind: str
    full_name: str
    name_2025: str
    code_2025: str
    aliases: tuple[str, ...] = ()
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None

    def valid(self, on: dt.date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


def find_province(text: str, on: dt.date | None) -> Province | None:
    """The province a text names, at the date `on` (None: the 63 first). "tỉnh X" goes before a bare "X"."""
    folded = fold(text)
    found = _titled().search(folded) or next(filter(_is_place, _bare().finditer(folded)), None)
    return province_by_name(found["name"], on) if found else None


def province_by_name(name: str, on: dt.date | None = None) -> Province | None:
    """The province whose name, full name or alias is `name`; one valid at `on` before one that is not."""
    rows = _by_name().get(_key(name), ())
    day = on or _LAST_DAY_OF_63
    return next((row for row in rows if row.valid(day)), rows[0] if rows else None)


@cache
def provinces() -> tuple[Province, ...]:
    """All rows of the register, the 63 before the 34."""
    return tuple(_province(row) for row in read_csv("provinces"))


def _province(row: dict[str, str]) -> Province:
    return Province(
        row["province_code"],
        row["name"],
        row["kind"],
        row["full_name"],
        row["name_2025"],
        row["code_2025"],
        tuple(filter(None, row["aliases"].split("|"))),
        _day(row["valid_from"]),
        _day(row["valid_to"]),
    )


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _key(name: str) -> str:
    return re.sub(r"\s*-\s*", "-", re.sub(r"\s+", " ", fold(name))).strip().casefold()


@cache
def _by_name() -> dict[str, tuple[Province, ...]]:
    """Names first, so that an alias never hides another province's own name."""
    index: dict[str, tuple[Province, ...]] = {}
    for names_of in (lambda p: (p.name, p.full_name), lambda p: p.aliases):
        for province in provinces():
            for name in names_of(province):
                rows = index.get(_key(name), ())
                index[_key(name)] = rows if province in rows else (*rows, province)
    return index


@cache
def _names() -> str:
    """Every name and alias as one alternation, longest first; blanks and dashes may vary."""
    names = {_key(name) for row in provinces() for name in (row.name, *row.aliases)}
    spelled = (re.escape(n).replace(r"\-", r"\s*-\s*").replace(r"\ ", r"\s+") for n in sorted(names, key=len)[::-1])
    return "|".join(spelled)


@cache
def _titled() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:tỉnh|{_CITY_WORD})\s*(?P<name>{_names()})(?!\w)(?!\s+Phủ)", re.IGNORECASE)


@cache
def _bare() -> re.Pattern[str]:
    # Điện Biên Phủ is a town and a battle, not the province.
    return re.compile(rf"(?<!\w)(?P<name>{_names()})(?!\w)(?!\s+Phủ)", re.IGNORECASE)


def _is_place(found: re.Match[str]) -> bool:
    """A bare name must show a capital ("hòa bình" is peace); Hồ Chí Minh alone is a person unless it opens a line."""
    name = found["name"]
    if name.islower() and " " in name:
        return False
    if _key(name) in ("hồ chí minh", "ho chi minh"):
        return found.start() == 0 or found.string[found.start() - 1] in "\n\t"
    return True
