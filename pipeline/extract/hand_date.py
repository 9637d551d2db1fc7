"""The date where a hand wrote its day: read, or bounded and filled by the first digital signature, or null."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from pipeline.extract.digital_signature import LONGEST_WAIT, SAME_DAY, signed_day
from pipeline.extract.hand_frame import Frame, clean_number, kept, made_field, slips
from pipeline.records import Field, FieldSource, FieldValue, PlanText
from pipeline.rulebook import RuleMatch

_DATE = ("issue_date", "issue_year", "issue_month", "issue_day", "issue_date_precision")


def with_date(plan: PlanText, frame: Frame, own: RuleMatch | None, fields: Sequence[Field]) -> list[Field]:
    year = int(frame.match.values["year"])
    month, day = clean_number(plan, frame, "month", 12), clean_number(plan, frame, "day", 31)
    issued = _issued(year, month, day)
    source: FieldSource = "header"
    sure = round(0.97 * min(frame.sure(plan, "day"), frame.sure(plan, "year")), 4)
    signed = signed_day(plan)
    if own:
        issued, source, sure = _issued(year, int(own.values["month"]), int(own.values["day"])), "body", 0.88
    elif signed and _bounds(signed, year, month) and not _fits(issued, signed):
        guess = _nearest(frame.match.values["day"], signed)
        issued, source, sure = guess or signed, "digital_signature", SAME_DAY
    values: dict[str, FieldValue | None] = {
        "issue_date": issued,
        "issue_year": year,
        "issue_month": issued.month if issued else month,
        "issue_day": issued.day if issued else None,
        "issue_date_precision": "day" if issued else "month" if month else "year",
    }
    made = [
        made_field(frame, name, value, source, "hand.date", sure) for name, value in values.items() if value is not None
    ]
    return kept(fields, _DATE) + made


def _bounds(signed: dt.date, year: int, month: int | None) -> bool:
    """Whether the printed month and year, as far as they can be read, are those of the signature."""
    return signed.year == year and month in (None, signed.month)


def _fits(issued: dt.date | None, signed: dt.date) -> bool:
    return issued is not None and 0 <= (signed - issued).days <= LONGEST_WAIT


def _issued(year: int, month: int | None, day: int | None) -> dt.date | None:
    try:
        return dt.date(year, month, day) if month and day else None
    except ValueError:
        return None


def _nearest(written: str, signed: dt.date) -> dt.date | None:
    """The last day up to the first signature that two figures, read with one slip at most, can mean."""
    signs = re.sub(r"\s", "", written)
    if not re.fullmatch(r"\d\d", signs):
        return None
    days = [signed - dt.timedelta(days=away) for away in range(LONGEST_WAIT + 1)]
    near = [day for day in days if day.month == signed.month and slips(f"{day.day:02}", signs) <= 1]
    exact = [day for day in near if f"{day.day:02}" == signs]
    return next(iter(exact or near), None)
