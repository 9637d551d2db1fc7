"""Due dates: "trước ngày 30/6/2024", "chậm nhất 15/3". A due date is a day; a month or quarter is a period."""

from __future__ import annotations

import datetime as dt

from pipeline.extract.periods import read_day, recurrence
from pipeline.fold import fold
from pipeline.records import Period
from pipeline.rulebook import load_rulebook


def read_deadline(text: str, year: int | None, not_before: dt.date | None = None) -> dt.date | None:
    """The first due date an item says, or None.

    A date without a year takes `year`, unless it comes back every year. A day before `not_before` (the plan's own
    date) is a condition in what the item is about ("giấy tờ cấp trước ngày 01/7/2014"), no due date.
    """
    found = load_rulebook("periods").first("deadline", fold(text))
    if found is None:
        return None
    start, end = found.spans["date"]
    # "định kỳ hằng năm (trước ngày 10/12)" comes back: the year of one such day would be invented.
    day = read_day(text[start:end], None if _comes_back(text) else year)
    return None if day and not_before and day < not_before else day


def split_deadline(text: str, year: int | None) -> tuple[dt.date | None, str]:
    """The due date of a cell or sub-line, and its other words, which may still name a period.

    "Quý I (trước ngày 15/3)" has both; "Hoàn thành ngày 30/6/2024" has a due date alone.
    """
    rules, folded = load_rulebook("periods"), fold(text)
    found = rules.first("deadline", folded) or rules.first("deadline_cell", folded)
    if found is None or _comes_back(text):
        return None, text
    start, end = found.spans["date"]
    day = read_day(text[start:end], year)
    if day is None:
        return None, text
    rest = (text[: found.start] + " " + text[found.end :]).strip(" .;,()")
    return day, rest if rules.first("moment", fold(rest)) else ""


def _comes_back(text: str) -> bool:
    period: Period | None = recurrence(text)
    return period is not None or load_rulebook("periods").first("recurring", fold(text)) is not None
