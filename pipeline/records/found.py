"""What extract hands over: every value with its evidence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from pipeline.records.source import Finding


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a value was read, by which rule, and how sure: 0.9 means nine in ten such values are right."""

    start: int
    end: int
    rule_id: str
    confidence: float


FieldSource = Literal[
    "header", "body", "signature", "digital_signature", "file_name", "inferred", "correction", "symbol"
]
FieldValue = str | int | bool | dt.date


@dataclass(frozen=True, slots=True)
class Field:
    """One value of the `documents` table; `evidence` is None only where nothing in the text shows it."""

    name: str
    value: FieldValue
    source: FieldSource
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class Section:
    start: int
    end: int
    level: int
    label: str | None
    title: str
    parent: int | None
    """Index of the parent in `PlanRecord.sections`."""


@dataclass(frozen=True, slots=True)
class Citation:
    text: str
    evidence: Evidence
    cited_type: str
    cited_ref: str | None
    cited_date: str | None
    cited_issuer: str | None
    cited_title: str | None
    locator: str | None
    role: Literal["basis", "nested", "mention"]
    parent: int | None
    """Index of the describing citation in `PlanRecord.citations`, for role nested."""
    instrument_id: str | None = None
    status_at_issue: str = "unknown"
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True)
class Campaign:
    name: str
    evidence: Evidence
    kind: Literal["campaign", "movement", "theme"]
    scope: str | None
    period_start_year: int | None
    period_end_year: int | None
    action: Literal["launch", "continue", "review", "mention"]
    mentions: int
    campaign_id: str | None = None
    link_method: Literal["exact", "alias", "fuzzy"] | None = None
    link_score: float | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """When: the words, their kind, first and last day, and the quarters touched ("2023-Q1")."""

    text: str | None = None
    kind: str | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    quarters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TaskUnit:
    unit: str
    role: Literal["lead", "coordinator", "performer"]
    evidence: Evidence
    inherited: bool = False
    collective: bool = False
    unit_id: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    text: str
    evidence: Evidence
    kind: Literal["scheduled", "assigned", "directive"]
    source: Literal["table", "list", "paragraph"]
    label: str | None = None
    section: int | None = None
    """Index in `PlanRecord.sections`."""
    parent: int | None = None
    """Index in `PlanRecord.tasks`."""
    period: Period = Period()
    deadline: dt.date | None = None
    deliverable: str | None = None
    conditional: bool = False
    units: tuple[TaskUnit, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipient:
    text: str
    evidence: Evidence
    purpose: str | None = None
    is_archive: bool = False


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """Everything read out of one document."""

    fields: tuple[Field, ...] = ()
    sections: tuple[Section, ...] = ()
    citations: tuple[Citation, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    tasks: tuple[Task, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    warnings: tuple[Finding, ...] = ()

    def value(self, name: str) -> FieldValue | None:
        """The value of one field of `documents`, or None."""
        return next((f.value for f in self.fields if f.name == name), None)
