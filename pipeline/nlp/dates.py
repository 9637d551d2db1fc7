"""Partial dates: what a find of group "date" (rules/dates.toml) says, with nothing added."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pipeline.rulebook import RuleMatch

Precision = Literal["day", "month", "year"]
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as the document gives it; each part is None where it was left blank."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def date(self) -> dt.date | None:
        """The calendar day; None when a part is missing or the calendar has no such day (31/02)."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return _calendar_day(self.year, self.month, self.day)

    @property
    def is_impossible(self) -> bool:
        """All three parts are written, yet the calendar has no such day."""
        return None not in (self.year, self.month, self.day) and self.date is None

    @property
    def precision(self) -> Precision | None:
        """How much is known from the year down; an impossible day counts as its month."""
        if self.year is None:
            return None
        if self.month is None:
            return "year"
        return "day" if self.date else "month"

    @property
    def iso(self) -> str | None:
        """ "2003-11-26", "2003-11", "2003", or None without a year."""
        if self.year is None:
            return None
        parts = {"day": (self.month, self.day), "month": (self.month,)}.get(self.precision or "", ())
        return "-".join([str(self.year), *(f"{part:02}" for part in parts)])


def read_date(match: RuleMatch) -> PartialDate:
    """The parts a "date" match names. A year outside 1900 to 2100 is no year."""
    parts = {name: int(match.values[name]) for name in ("year", "month", "day") if name in match.values}
    year = parts.get("year")
    return PartialDate(year if year in _YEARS else None, parts.get("month"), parts.get("day"))


@lru_cache(maxsize=4096)
def _calendar_day(year: int, month: int, day: int) -> dt.date | None:
    """A complete date read by dateparser, and believed only if all its parts come back unchanged."""
    import dateparser  # 0.3 s to import: only documents with a complete date pay for it

    # The parts are put in one form whose format is given: 40 times faster than its search for words.
    read = dateparser.parse(f"{day}/{month}/{year}", date_formats=["%d/%m/%Y"], languages=["vi"])
    if read is None or (read.year, read.month, read.day) != (year, month, day):
        return None
    return dt.date(year, month, day)
