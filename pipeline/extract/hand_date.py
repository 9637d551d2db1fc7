"""The date where a hand wrote its day: read, or told by ink and the first digital signature together, or null."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extract.digital_signature import LONGEST_WAIT, SAME_DAY, signed_day
from pipeline.extract.hand_day import Clues, Guess, in_reach, likeliest
from pipeline.extract.hand_frame import Frame, clean_number, hand_of, is_blank, kept, made_field
from pipeline.records import Field, FieldSource, FieldValue, PlanText
from pipeline.rulebook import RuleMatch

_DATE = ("issue_date", "issue_year", "issue_month", "issue_day", "issue_date_precision")
_LEAST_SIGNED, _LEAST_SEEN = 0.55, 0.6
"""A date less likely than so is left unread: one a signature bounds, one told by the ink alone."""
_SURE_MONTH = 0.9
_AGREED = 0.97


@dataclass(frozen=True, slots=True)
class _Settled:
    issued: dt.date | None
    source: FieldSource
    rule_id: str
    sure: float
    month: int | None = None


def with_date(plan: PlanText, frame: Frame, own: RuleMatch | None, fields: Sequence[Field]) -> list[Field]:
    """`fields` with the date settled; a blank day stays blank."""
    clues = _clues(plan, frame)
    found = _printed(plan, frame, clues)
    if own:
        found = _mentioned(clues, own)
    elif found.issued is None or not _fits(found.issued, clues):
        found = _told(plan, clues, found)
    month = found.issued.month if found.issued else found.month
    values: dict[str, FieldValue | None] = {
        "issue_date": found.issued,
        "issue_year": clues.year,
        "issue_month": month,
        "issue_day": found.issued.day if found.issued else None,
        "issue_date_precision": "day" if found.issued else "month" if month else "year",
    }
    return kept(fields, _DATE) + [
        made_field(frame, name, value, found.source, found.rule_id, found.sure)
        for name, value in values.items()
        if value is not None
    ]


def _clues(plan: PlanText, frame: Frame) -> Clues:
    return Clues(
        int(frame.match.values["year"]),
        clean_number(plan, frame, "month", 12),
        signed_day(plan),
        hand_of(plan, "day"),
        hand_of(plan, "month"),
        frame.match.values["day"],
    )


def _printed(plan: PlanText, frame: Frame, clues: Clues) -> _Settled:
    """The day as the engine read it, where it is sure; the digit reader may bear it out or doubt it."""
    day = clean_number(plan, frame, "day", 31)
    sure = 0.97 * min(frame.sure(plan, "day"), frame.sure(plan, "year"))
    issued = _issued(clues.year, clues.month, day)
    if issued and clues.day_hand and clues.day_hand.chances:
        seen = clues.day_hand.number_chance(issued.day)
        sure = max(sure, _AGREED * seen) if seen > 0.5 else sure * (0.8 if seen < 0.02 else 1.0)
    return _Settled(issued, "header", "hand.date", round(sure, 4), clues.month)


def _mentioned(clues: Clues, own: RuleMatch) -> _Settled:
    """The day by which what is bound behind the signature names the paper."""
    issued = _issued(clues.year, int(own.values["month"]), int(own.values["day"]))
    alike = issued and clues.day_hand and clues.day_hand.number_chance(issued.day) > 0.3
    return _Settled(issued, "body", "hand.date", 0.95 if alike else 0.88, clues.month)


def _told(plan: PlanText, clues: Clues, printed: _Settled) -> _Settled:
    """By the likeliest day, where it is likely enough; else what is printed."""
    if is_blank(plan, "day") and not clues.engine.strip(" .…_"):
        return printed
    signed = in_reach(clues)
    guess = likeliest(clues if signed else replace(clues, signed=None))
    if guess is None:
        return printed
    if guess.chance >= (_LEAST_SIGNED if signed else _LEAST_SEEN):
        return _by_guess(guess, clues, signed)
    month = guess.date.month if guess.month_chance > _SURE_MONTH and not clues.month else clues.month
    return _Settled(printed.issued, printed.source, printed.rule_id, printed.sure, month)


def _by_guess(guess: Guess, clues: Clues, signed: bool) -> _Settled:
    """The source is the one that tells the day: the ink where it does so alone."""
    if signed and guess.seen < 0.5:
        bare = not (clues.day_hand and clues.day_hand.chances)
        sure = min(SAME_DAY, guess.chance) if bare else guess.chance
        return _Settled(guess.date, "digital_signature", "hand.date_signed", round(sure, 4))
    rule_id = "hand.date_read_and_signed" if signed else "hand.date_read"
    return _Settled(guess.date, "header", rule_id, round(min(_AGREED, guess.chance), 4))


def _fits(issued: dt.date, clues: Clues) -> bool:
    """Whether the printed day needs no other source: no signature bounds it, or it bears it out."""
    if clues.signed is None or (clues.signed.year, clues.signed.month) != (issued.year, issued.month):
        return True
    return 0 <= (clues.signed - issued).days <= LONGEST_WAIT


def _issued(year: int, month: int | None, day: int | None) -> dt.date | None:
    try:
        return dt.date(year, month, day) if month and day else None
    except ValueError:
        return None
