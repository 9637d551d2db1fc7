"""What the file's digital signatures say of the paper: the day they bound, the issuer they name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pipeline.records import DigitalSignature, Finding, PlanRecord, PlanText
from pipeline.text.places import page_of

LONGEST_WAIT = 17
"""Days from the date of issue to the first signature: of 35 signed papers 25 had none, 5 one, 5 up to so many."""
SAME_DAY = 0.7


def first_signature(plan: PlanText) -> DigitalSignature | None:
    """The earliest signature that has a time."""
    timed = [signature for signature in plan.signatures if signature.signed_at is not None]
    return min(timed, key=lambda signature: signature.signed_at or dt.datetime.max) if timed else None


def signed_day(plan: PlanText) -> dt.date | None:
    """The day of the first signature in Vietnam: the latest the paper can be dated."""
    first = first_signature(plan)
    return first.signed_at.date() if first and first.signed_at else None


def find_conflicts(plan: PlanText, record: PlanRecord) -> Iterator[Finding]:
    """Where the date printed is later than the first signature, or a month or more earlier."""
    signed, issued = signed_day(plan), record.value("issue_date")
    if signed is None or not isinstance(issued, dt.date) or 0 <= (signed - issued).days < 30:
        return
    evidence = next((field.evidence for field in record.fields if field.name == "issue_date"), None)
    message = (
        f"Ngày ban hành {issued:%d/%m/%Y}, chữ ký số đầu tiên {signed:%d/%m/%Y}. "
        "/ The date of issue does not fit the first digital signature."
    )
    span = (evidence.start, evidence.end) if evidence else (None, None)
    yield Finding("conflicting_values", message, page_of(plan, evidence.start) if evidence else None, *span)
