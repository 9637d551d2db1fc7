"""One sample: its file name, its text in the markup of `markup.py` (or the file's own), its gold."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PLANS = Path(__file__).parent / "plans"
PERIOD_KEYS = ("kind", "start", "end")
ROLES = {"lead": "lead", "with": "coordinator", "by": "performer"}


@dataclass(frozen=True, slots=True)
class Sample:
    """`form` is docx, pdf, scan, or a text form (txt, md, html) whose text is the file's own."""

    stem: str
    form: str
    text: str
    wrapped_at: int | None
    gold: dict[str, Any]

    @property
    def file_name(self) -> str:
        """The name in data/raw; a scan is a PDF that says so in its name."""
        return f"{self.stem}.{'pdf' if self.form == 'scan' else self.form}"


def read_samples() -> tuple[Sample, ...]:
    """All samples, by name."""
    return tuple(read_sample(path) for path in sorted(PLANS.glob("*.toml")))


def read_sample(path: Path) -> Sample:
    """The sample written down in one TOML file."""
    spec = tomllib.loads(path.read_text(encoding="utf-8"))
    shell = Sample(path.stem, spec["form"], spec["text"].strip("\n"), spec.get("wrapped_at"), {})
    return Sample(shell.stem, shell.form, shell.text, shell.wrapped_at, _gold(shell.file_name, spec))


def _gold(file_name: str, spec: dict[str, Any]) -> dict[str, Any]:
    periods = spec.get("periods", {})
    return {
        "source": file_name,
        "document": {key: spec["document"].get(key) for key in _DOCUMENT},
        "citations": [_citation(row) for row in spec["citations"]],
        "campaigns": [_campaign(row) for row in spec["campaigns"]],
        "tasks": [_task(row, periods, spec.get("section")) for row in spec["tasks"]],
        "recipients": spec["recipients"],
        "warnings": spec["warnings"],
    }


_DOCUMENT = (
    *("doc_type", "number", "symbol", "reference", "issuer", "issuer_level", "province", "province_code"),
    *("issue_place", "issue_date", "issue_date_precision", "is_draft", "title", "plan_year"),
    *("signer_name", "signer_title", "sign_authority"),
)


def _citation(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "cited_type": row["type"],
        "cited_ref": row.get("ref"),
        "cited_date": row.get("date"),
        "cited_issuer": row.get("issuer"),
        "role": row["role"],
        "text": row["text"],
        "optional": row.get("optional", False),
    }


def _campaign(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": row["name"],
        "kind": row.get("kind", "campaign"),
        "period_start_year": row.get("from"),
        "period_end_year": row.get("to"),
        "mentions": row.get("mentions", 1),
        "optional": False,
    }


def _task(row: dict[str, Any], periods: dict[str, Any], section: str | None) -> dict[str, Any]:
    when = row.get("when")
    period = periods[when] if when else {}
    return {
        "order": row.get("label"),
        "starts": row["starts"],
        "kind": row.get("kind", "scheduled"),
        "section": row.get("section", section),
        "units": [{"unit": unit, "role": role} for key, role in ROLES.items() for unit in row.get(key, ())],
        "deadline": row.get("deadline"),
        "deliverable": row.get("deliverable"),
        "period_text": when,
        **{f"period_{key}": period.get(key) for key in PERIOD_KEYS},
        "quarters": period.get("quarters", []),
    }
