"""What counts as the same row, table by table, and what a strict match asks for besides."""

from __future__ import annotations

from typing import Any

from rapidfuzz import fuzz

from pipeline.evaluate.alike import SLIP, alike, folded, starts_alike
from pipeline.evaluate.pairing import Pairing, Row, pair

HEADER_FIELDS = (
    "doc_type", "number", "symbol", "reference", "issuer", "issuer_level", "province", "province_code",
    "issue_place", "issue_date", "issue_date_precision", "issue_year", "issue_month", "is_draft", "title",
    "plan_year", "signer_name", "signer_title", "sign_authority",
)  # fmt: skip
_LEAD_INS = ("về việc ", "về việc: ", "v/v ", "v/v: ")
_LONG_FIELDS = ("title", "issuer")


def same_field(name: str, wanted: Any, found: Any) -> bool:
    """A header field is right when equal; long ones may differ by three characters in a hundred."""
    want, got = folded(wanted), folded(found)
    if name == "title" and want and got:
        want, got = _without_lead_in(want), _without_lead_in(got)
    if want == got:
        return True
    return bool(name in _LONG_FIELDS and want and got and fuzz.ratio(str(want), str(got)) >= 97)


def same_citation(gold: Row, row: Row) -> bool:
    want, got = folded(gold["cited_ref"]), folded(row.get("cited_ref"))
    if want or got:
        return bool(want == got)
    same_type = folded(gold["cited_type"]) == folded(row.get("cited_type"))
    return same_type and fuzz.partial_ratio(folded(gold["text"]) or "", folded(row.get("text")) or "") >= SLIP


def exact_citation(gold: Row, row: Row) -> bool:
    same = all(folded(gold[name]) == folded(row.get(name)) for name in ("cited_date", "role", "cited_type"))
    return same and alike(gold["cited_issuer"], row.get("cited_issuer"), 92.0)


def same_campaign(gold: Row, row: Row) -> bool:
    return alike(gold["name"], row.get("name"), 92.0)


def exact_campaign(gold: Row, row: Row) -> bool:
    names = ("kind", "period_start_year", "period_end_year")
    return all(folded(gold[name]) == folded(row.get(name)) for name in names)


def same_recipient(gold: Row, row: Row) -> bool:
    return alike(gold["text"], row.get("text"), 85.0)


def same_task(gold: Row, row: Row) -> bool:
    return starts_alike(gold["starts"], row.get("text"))


def exact_task(gold: Row, row: Row) -> bool:
    units = pair_units(gold, row)
    return (
        same_time(gold, row)
        and folded(gold.get("deadline")) == folded(row.get("deadline"))
        and not units.missed
        and not units.extra
        and gold["kind"] == row.get("kind")
    )


def same_time(gold: Row, row: Row) -> bool:
    """Quarters and both ends of the period agree."""
    return _time(gold) == _time(row)


def pair_units(gold: Row, row: Row) -> Pairing:
    """Units by name and role; `row["units"]` holds the rows of task_units."""
    return pair(gold["units"], row["units"], lambda g, u: alike(g["unit"], u["unit"], 85.0) and g["role"] == u["role"])


def _time(row: Row) -> tuple[list[str], Any, Any]:
    quarters = row.get("quarters")
    listed = [] if quarters is None or isinstance(quarters, float) else sorted(str(q) for q in quarters)
    return listed, folded(row.get("period_start")), folded(row.get("period_end"))


def _without_lead_in(title: str) -> str:
    return next((title[len(lead) :].strip() for lead in _LEAD_INS if title.startswith(lead)), title)
