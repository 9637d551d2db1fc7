"""Which day a hand most likely wrote: what its digits look like, weighed with the first digital signature's moment.

A day's weight is the product of what each source says of it: the digit reader, the engine's own signs, and how long
papers wait for their first signature (of 35: none 25 times, one day 5 times, two to 17 days 5 times, never before).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from pipeline.extract.digital_signature import LONGEST_WAIT
from pipeline.extract.hand_frame import slips
from pipeline.records import HandReading

_SAME, _NEXT, _LATER = 25 / 35, 5 / 35, 5 / 35 / (LONGEST_WAIT - 1)
_NEVER = 0.0002
"""Later than the signature, or too long before it: not seen in 35, but hands and clocks err."""
_MISREAD = 0.08
"""So often what the digit reader saw tells nothing of the digit (measured on real headers)."""
_ENGINE = (0.5, 0.2, 0.004)
"""How often the engine's two signs are the day's, all but one, neither, when a hand wrote them."""


@dataclass(frozen=True, slots=True)
class Clues:
    """What is known of a handwritten date: the printed year, the month where it can be read, and the sources."""

    year: int
    month: int | None
    signed: dt.date | None
    day_hand: HandReading | None = None
    month_hand: HandReading | None = None
    engine: str = ""


@dataclass(frozen=True, slots=True)
class Guess:
    """The likeliest date with its chance, by all sources and, of its day, by the ink alone; the month's own chance."""

    date: dt.date
    chance: float
    seen: float
    month_chance: float


def likeliest(clues: Clues) -> Guess | None:
    """The likeliest day of the printed year; None where nothing tells of the day."""
    if not clues.signed and not (clues.day_hand and clues.day_hand.chances):
        return None
    ink = {day: _weight(clues, day) for day in _days(clues)}
    both = {day: weight * _wait(clues, day) for day, weight in ink.items()}
    total = sum(both.values())
    best = max(both, key=lambda day: both[day])
    month = sum(weight for day, weight in both.items() if day.month == best.month)
    return Guess(best, both[best] / total, ink[best] / sum(ink.values()), month / total)


def in_reach(clues: Clues) -> bool:
    """Whether a day of the printed month and year can have waited for the signature as papers do."""
    return bool(clues.signed) and any(_wait(clues, day) > _NEVER for day in _days(clues))


def _days(clues: Clues) -> list[dt.date]:
    first = dt.date(clues.year, 1, 1)
    days = [first + dt.timedelta(days=after) for after in range(366)]
    return [day for day in days if day.year == clues.year and clues.month in (None, day.month)]


def _weight(clues: Clues, day: dt.date) -> float:
    """How well the ink and the engine's signs agree with a date."""
    weight = _seen(clues.day_hand, day.day, 31) * _engine(clues.engine, day.day)
    return weight if clues.month else weight * _seen(clues.month_hand, day.month, 12)


def _seen(hand: HandReading | None, number: int, many: int) -> float:
    """The digit reader's chance of a number, left alone for how often it errs; the same for all without a reading."""
    if hand is None or not hand.chances:
        return 1 / many
    return (1 - _MISREAD) * hand.number_chance(number) + _MISREAD / many


def _engine(signs: str, day: int) -> float:
    signs = re.sub(r"\s", "", signs)
    if not re.fullmatch(r"\d\d", signs):
        return 1.0
    return _ENGINE[slips(signs, f"{day:02}")]


def _wait(clues: Clues, day: dt.date) -> float:
    """How often a paper of that day has its first signature when this one has; the same for all without one."""
    if clues.signed is None:
        return 1.0
    days = (clues.signed - day).days
    if not 0 <= days <= LONGEST_WAIT:
        return _NEVER
    return (_SAME, _NEXT)[days] if days < 2 else _LATER
