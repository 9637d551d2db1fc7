"""What the later extractors need to know of the paper: who issued it, where, when, for which year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.records import Field


@dataclass(frozen=True, slots=True)
class Context:
    """Values of the header, each None where the document does not say."""

    province: str | None = None
    issuer: str | None = None
    issuer_level: str | None = None
    plan_year: int | None = None
    issue_date: dt.date | None = None
    issue_year: int | None = None
    doc_type: str | None = None
    reference: str | None = None


def context_of(fields: Sequence[Field]) -> Context:
    """The context the header's fields give."""
    values = {field.name: field.value for field in fields}
    issued = values.get("issue_date")
    date = issued if isinstance(issued, dt.date) else None
    return Context(
        province=_text(values.get("province")),
        issuer=_text(values.get("issuer")),
        issuer_level=_text(values.get("issuer_level")),
        plan_year=_number(values.get("plan_year")),
        issue_date=date,
        issue_year=_number(values.get("issue_year")),
        doc_type=_text(values.get("doc_type")),
        reference=_text(values.get("reference")),
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
