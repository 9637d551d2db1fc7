"""What speaks for a row: its kind, where it was read, the rule's strength, the OCR engine's eye, a second witness."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from pipeline.extract.digital_signature import LONGEST_WAIT, signed_day
from pipeline.records import Evidence, Field, PlanRecord, PlanText, Task
from pipeline.text.places import Seen, seen_in

_NOT_READ = ("file_name", "digital_signature", "inferred", "correction", "hand")
"""Sources whose confidence does not hang on how the characters of the evidence were read (`hand` holds it already)."""


@dataclass(frozen=True, slots=True)
class Signs:
    """Everything that is known for or against one row; confidences are 0 to 1.

    `kind` is the field's name, the citation's or unit's role, the task's kind …; `source` is a field's source or a
    task's; both are empty where a table has no such thing.
    """

    table: str
    strength: float
    """How sure the rule is where every character is read right."""
    kind: str = ""
    source: str = ""
    seen: Seen | None = None
    """How the engine read the characters; None where they were not OCRed or do not matter."""
    agreed: bool = False
    """Whether something else tells the same: a register, the file's name, a digital signature."""

    @property
    def raw(self) -> float:
        """Rule strength × mean OCR confidence: what a row says before anything was fitted."""
        return self.strength * (self.seen.mean if self.seen else 1.0)


SureOf = Callable[[Signs], float]


def with_confidence(plan: PlanText, record: PlanRecord, source_path: str, sure_of: SureOf) -> PlanRecord:
    """The record with each row's confidence as `sure_of` gives it; asked in the order of the rows of each table."""
    rows = _Rows(plan, source_path, sure_of)
    return replace(
        record,
        fields=tuple(rows.field(field) for field in record.fields),
        citations=tuple(
            replace(c, evidence=rows.evidence(c.evidence, "citations", c.role, agreed=c.instrument_id is not None))
            for c in record.citations
        ),
        campaigns=tuple(
            replace(c, evidence=rows.evidence(c.evidence, "campaigns", c.kind, agreed=c.campaign_id is not None))
            for c in record.campaigns
        ),
        tasks=tuple(rows.task(task) for task in record.tasks),
        recipients=tuple(replace(r, evidence=rows.evidence(r.evidence, "recipients")) for r in record.recipients),
    )


class _Rows:
    """Gives the evidence of one document's rows their confidence."""

    def __init__(self, plan: PlanText, source_path: str, sure_of: SureOf) -> None:
        self.plan, self.sure_of = plan, sure_of
        self.is_scanned = any(page.text_source != "native" for page in plan.pages)
        self.numbers = {number.lstrip("0") for number in re.findall(r"\d+", PurePosixPath(source_path).stem)}

    def evidence(self, found: Evidence, table: str, kind: str = "", source: str = "", agreed: bool = False) -> Evidence:
        is_read = self.is_scanned and source not in _NOT_READ
        seen = seen_in(self.plan, found.start, found.end) if is_read else None
        signs = Signs(table, found.confidence, kind, source, seen, agreed)
        return replace(found, confidence=self.sure_of(signs))

    def field(self, field: Field) -> Field:
        if field.evidence is None:
            return field
        by_hand = field.source == "header" and field.evidence.rule_id.startswith("hand.")
        source = "hand" if by_hand else field.source
        return replace(
            field, evidence=self.evidence(field.evidence, "fields", field.name, source, self.is_confirmed(field))
        )

    def is_confirmed(self, field: Field) -> bool:
        """The file's name has the number, or the first digital signature fits the date."""
        if field.name in ("number", "reference") and field.source != "file_name":
            return str(field.value).split("/")[0].lstrip("0") in self.numbers
        if field.name == "issue_date" and field.source != "digital_signature" and isinstance(field.value, dt.date):
            signed = signed_day(self.plan)
            return signed is not None and 0 <= (signed - field.value).days <= LONGEST_WAIT
        return False

    def task(self, task: Task) -> Task:
        units = tuple(
            replace(u, evidence=self.evidence(u.evidence, "task_units", u.role, agreed=u.unit_id is not None))
            for u in task.units
        )
        return replace(task, evidence=self.evidence(task.evidence, "tasks", task.kind, task.source), units=units)
