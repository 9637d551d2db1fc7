"""What the file's digital signatures say of the paper: the day they bound, the issuer they name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pipeline.extract.issuer import full_name
from pipeline.extract.issuer_names import written
from pipeline.extract.province import province_in_names
from pipeline.fold import fold
from pipeline.records import DigitalSignature, Field, Finding, PlanRecord, PlanText
from pipeline.rulebook import load_rulebook
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


def read_signed(plan: PlanText) -> tuple[Field, ...]:
    """When, by whom and for whom the file was signed first; nothing on its pages shows it, so there is no evidence."""
    first = first_signature(plan)
    if first is None or first.signed_at is None:
        return ()
    values = {
        "signed_at": first.signed_at.isoformat(),
        "signed_by": first.signer,
        "signed_for": first.organisation,
    }
    return tuple(Field(name, value, "digital_signature", None) for name, value in values.items() if value)


def signed_issuer(plan: PlanText, day: dt.date | None) -> str | None:
    """The body whose certificate signed first, where it is a known kind of body and its province is named."""
    first = first_signature(plan)
    parts = [first.signer or "", *(first.organisation or "").split(", ")] if first else []
    names = [written(part.strip()) for part in parts if part.strip()]
    body = next((name for name in names if load_rulebook("issuers").first("signing_body", fold(name))), None)
    province = province_in_names(names, day)
    return full_name((body,), province) if body and province else None


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
