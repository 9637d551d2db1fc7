"""Periods: what a phrase that speaks of time means, as first and last day and quarters touched.

The words are found by rules/periods.toml; what they mean is worked out here. A year that is not written comes
from the caller (the heading's, else the plan's); with no year at all the words and their kind stay, without days.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.fold import fold
from pipeline.records import Period
from pipeline.rulebook import Rulebook, RuleMatch, load_rulebook

_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_OCR_SLIPS = str.maketrans({"l": "I", "L": "I", "1": "I", "H": "II", "ï": "I", "Ï": "I"})
_UNDATED = ("recurring", "relative", "on_demand", "ongoing")
_LONGEST_PHRASE = 400


@dataclass(frozen=True, slots=True)
class _Moment:
    """One named stretch of a year; `parts` are its (first month, first day, last month, last day), in order."""

    kind: str
    start: int
    end: int
    year: int | None
    last_year: int | None
    parts: tuple[tuple[int, int, int, int], ...]
    joined: bool = False


def read_period(text: str, year: int | None) -> Period | None:
    """The period a phrase names, or None when it names none. `year` stands in for one that is not written."""
    words = " ".join(text.split()).strip(" .;,:")
    folded = fold(words)[:_LONGEST_PHRASE]
    rules = load_rulebook("periods")
    if kind := _undated_kind(rules, folded):
        return Period(words, kind)
    moments = _moments(rules, folded)
    if moments:
        return _dated(words, folded, moments, year)
    return Period(words, None) if rules.first("unspecific", folded) else None


@lru_cache(maxsize=1024)  # every line below a heading asks it
def heading_period(title: str, year: int | None) -> Period | None:
    """The period a heading names for what stands below it ("1. Nhiệm vụ thực hiện trong Quý I"), or None.

    The heading must be nothing but the period and a frame word: "Kết quả năm 2022" names none.
    """
    rules, folded = load_rulebook("periods"), fold(title)
    if rules.full("recurring", folded.strip(" :.")):
        return Period(" ".join(title.split()).strip(" :."), "recurring")
    frame = next((m for m in rules.find("heading_period", folded, 0, 120) if m.start == 0), None)
    moments = _moments(rules, folded)
    if frame is None or not moments:
        return None
    start, end = frame.spans["period"][0], moments[-1].end
    if moments[0].start - start > 20 or not rules.full("heading_rest", folded[end:] or " "):
        return None
    period = read_period(title[start:end], year)
    return replace(period, text=" ".join(title[start:end].split())) if period else None


def bracket_period(title: str, year: int | None) -> Period | None:
    """The period a heading says in brackets behind its words ("1. Bước chuẩn bị (Quý I)"), or None."""
    found = load_rulebook("periods").first("heading_bracket", fold(title))
    return heading_period(title[slice(*found.spans["period"])], year) if found else None


def run_in_period(text: str, year: int | None) -> tuple[Period, int] | None:
    """A period said at the head of an item ("Tháng 11/2025: Ban Biên tập …") and where the item's words go on."""
    head = re.match(r"[^:;]{2,90}?:\s+|[^:;,.]{2,60}?,\s+", fold(text))
    if head is None:
        return None
    words = text[: head.end()].rstrip(" :,")
    period = heading_period(words, year) or (_undated_head(words) if ":" in head[0] else None)
    if period is None or (period.kind in ("year", "recurring") and ":" not in head[0]):
        return None  # "Năm 2031, toàn ngành tiếp tục …" tells a story; "Năm 2031: …" sets a time.
    return period, head.end()


def _undated_head(words: str) -> Period | None:
    """ "Hằng tháng: …", "Thường xuyên: …", "Khi có yêu cầu: …"."""
    rules, folded = load_rulebook("periods"), fold(words)
    if rules.full("recurring", folded):
        return Period(words, "recurring")
    if rules.full("ongoing", folded):
        return Period(words, "ongoing")
    asked = rules.first("on_demand", folded)
    return Period(words, "on_demand") if asked and asked.start == 0 and len(words) <= 40 else None


def own_period(text: str, year: int | None) -> Period | None:
    """The period an item says for itself inside or at the end of its sentence, or None."""
    rules, folded = load_rulebook("periods"), fold(text)
    for group in ("own_period_end", "own_period"):
        if found := rules.first(group, folded):
            start, end = found.spans["period"]
            moments = _moments(rules, folded[start:end])
            if moments and not _undated_kind(rules, folded[start:end]):
                return read_period(text[start : start + moments[-1].end], year)
    return None


def recurrence(text: str) -> Period | None:
    """A recurrence said at the head of an item or as "định kỳ …" inside it, or None."""
    rules, folded = load_rulebook("periods"), fold(text)
    found = rules.first("recurring", folded)
    if found and (found.start < 3 or folded[found.start : found.end].lower().startswith("định")):
        return Period(text[found.start : found.end].strip(), "recurring")
    return None


def is_hours(text: str) -> bool:
    """Whether the phrase is nothing but a time of day ("8h30 - 8h35")."""
    return load_rulebook("periods").full("hours", text.strip(" .;")) is not None


def read_day(text: str, year: int | None) -> dt.date | None:
    """The first full day named in a phrase, or None."""
    for found in load_rulebook("periods").find("moment", fold(text)[:_LONGEST_PHRASE]):
        if "day" in found.values:
            return _date(_year(found) or year, int(found.values["month"]), int(found.values["day"]))
    return None


# --- what kind of time ------------------------------------------------------------------------


def _undated_kind(rules: Rulebook, folded: str) -> str | None:
    """recurring, relative, on_demand or ongoing, where such words say it before any named time does."""
    if rules.first("recurring", folded) or rules.first("recurring_cell", folded):
        return "recurring"
    first_moment = next((m.start for m in _moments(rules, folded)), len(folded))
    for kind in _UNDATED[1:]:
        found = rules.first(kind, folded)
        if found and (found.start < first_moment or kind == "relative"):
            return kind
    return None


def _moments(rules: Rulebook, folded: str) -> list[_Moment]:
    days = rules.find("range_days", folded)
    found = [m for m in rules.find("moment", folded) if not any(d.start <= m.start < d.end for d in days)]
    moments = [_read_moment(match) for match in sorted([*days, *found], key=lambda m: m.start)]
    if not moments and (bare := rules.full("bare_year", folded)):
        moments = [_read_moment(bare)]
    return [moment for moment in moments if moment is not None]


def _read_moment(found: RuleMatch) -> _Moment | None:
    values, name = found.values, found.rule_id.split(".")[1]
    year, last, joined = _year(found), None, False
    if name == "quarter":
        numbers, joined = _numbers(values["quarters"], 4)
        kind, parts = "quarter", tuple(_months(3 * n - 2, 3 * n) for n in numbers)
    elif name in ("month", "month_run", "month_numbers"):
        numbers, joined = _numbers(values["months"], 12)
        kind, parts = "month", tuple(_months(n, n) for n in numbers)
    elif "day" in values:
        month, day = int(values["month"]), int(values["day"])
        first, joined = int(values.get("first_day", day)), "first_day" in values
        kind, parts = ("range" if joined else "day"), ((month, first, month, day),)
    elif name in ("half", "third"):
        months = (1, 9) if name == "third" else (1, 6) if values["half"].lower() == "đầu" else (7, 12)
        kind, parts = "half", (_months(*months),)
    elif name == "years":
        kind, year, last = "range", int(values["first_year"]), int(values["last_year"])
        parts = (_months(1, 12),)
    elif name == "school_year":
        return None
    else:
        kind, parts = "year", (_months(1, 12),)
    return _Moment(kind, found.start, found.end, year, last, parts, joined) if parts else None


def _year(found: RuleMatch) -> int | None:
    return int(found.values["year"]) if "year" in found.values else None


def _months(first: int, last: int) -> tuple[int, int, int, int]:
    return first, 1, last, 31


def _numbers(words: str, most: int) -> tuple[list[int], bool]:
    """The numbers of a list ("I, III", "3 - 5"), and whether it is a run from the first to the last."""
    found = re.findall(r"\d+|[IVlLH1]+", words) if most == 12 else re.findall(r"[IVlLH1ïÏ]+|[2-4]", words)
    numbers = [n for n in (_number(word, most) for word in found) if n]
    if len(numbers) == 2 and re.search(r"-|đến", words) and numbers[0] < numbers[1]:
        return list(range(numbers[0], numbers[1] + 1)), True
    return numbers, False


def _number(word: str, most: int) -> int | None:
    if word.isdigit() and int(word) in range(1, most + 1):
        return int(word)
    return _ROMAN.get(word.translate(_OCR_SLIPS))


# --- from words to days -----------------------------------------------------------------------


def _dated(words: str, folded: str, moments: Sequence[_Moment], year: int | None) -> Period:
    """The period several moments make: a run where "-" or "đến" joins two, else the named ones alone."""
    finer = [m for m in moments if m.kind != "year"]
    if finer and len(finer) < len(moments):
        year, moments = next(m.year for m in moments if m.kind == "year") or year, finer
    dated = _with_years(moments, year)
    spans = [span for moment in dated for span in _spans(moment)]
    kind = moments[0].kind
    if not spans:
        return Period(words, kind)
    run = len(dated) == 2 and _is_run(folded[dated[0].end : dated[1].start])
    if run and not any(m.year for m in moments) and load_rulebook("periods").first("next_year", folded):
        spans = [span for moment in dated if moment.year for span in _spans(replace(moment, year=moment.year + 1))]
    if run or any(m.joined for m in dated) or (len(dated) > 1 and kind == "day"):
        kind = "range"
    first, last = spans[0][0], max(span[1] for span in spans)
    named = [(first, last)] if run or kind == "range" else spans
    return Period(words, kind, first, last, _quarters(named))


def _is_run(between: str) -> bool:
    return load_rulebook("periods").full("range_joint", between) is not None


def _with_years(moments: Sequence[_Moment], year: int | None) -> list[_Moment]:
    """Each moment with its year: its own, else that of the next one that says it, else the given one."""
    dated: list[_Moment] = []
    for moment in reversed(moments):
        known = moment.year or (dated[0].year if dated else None) or year
        if not moment.year and dated and known == dated[0].year and moment.parts[0][:2] > dated[0].parts[0][:2]:
            known = known - 1 if known else known
        dated.insert(0, replace(moment, year=known))
    return dated


def _spans(moment: _Moment) -> list[tuple[dt.date, dt.date]]:
    if moment.year is None:
        return []
    last_year = moment.last_year or moment.year
    ends = [
        (_date(moment.year, first_month, first_day), _date(last_year, last_month, last_day))
        for first_month, first_day, last_month, last_day in moment.parts
    ]
    return [(first, last) for first, last in ends if first and last and first <= last]


def _date(year: int | None, month: int, day: int) -> dt.date | None:
    """The day, or None; 31 stands for the month's last day."""
    if year is None or not dt.MINYEAR <= year <= dt.MAXYEAR:
        return None
    last = calendar.monthrange(year, month)[1]
    return dt.date(year, month, min(day, last)) if day == 31 or day <= last else None


def _quarters(spans: Sequence[tuple[dt.date, dt.date]]) -> tuple[str, ...]:
    """Every quarter the spans touch, each once, in order."""
    numbers = {n for first, last in spans for n in range(_quarter(first), _quarter(last) + 1)}
    return tuple(f"{n // 4}-Q{n % 4 + 1}" for n in sorted(numbers))


def _quarter(day: dt.date) -> int:
    return day.year * 4 + (day.month - 1) // 3
