"""A record becomes rows of the contract's tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pipeline.records import Aside, Evidence, Finding, PlanRecord, PlanText, SourceDocument, TextSource
from pipeline.tables.ids import RowIds
from pipeline.text.places import bbox_of, page_of, raw_text, repairs_of

Rows = list[dict[str, Any]]
TableRows = dict[str, Rows]


@dataclass(frozen=True, slots=True)
class Versions:
    """What read the document; both stand in `documents`."""

    pipeline: str
    rules: str


def table_rows(source: SourceDocument, plan: PlanText, record: PlanRecord, versions: Versions) -> TableRows:
    """Rows of every document table for one document; `extracted_at` is left to the run."""
    writer = _Writer(source, plan, record)
    tasks, task_units = writer.tasks()
    return {
        "documents": [writer.document(versions)],
        "fields": writer.fields(),
        "pages": writer.pages(),
        "sections": writer.sections(),
        "citations": writer.citations(),
        "campaigns": writer.campaigns(),
        "tasks": tasks,
        "task_units": task_units,
        "recipients": writer.recipients(),
        "warnings": writer.warnings(),
    }


class _Writer:
    """Holds what every table of one document needs: its id, its offsets, its row ids."""

    def __init__(self, source: SourceDocument, plan: PlanText, record: PlanRecord) -> None:
        self.source, self.plan, self.record = source, plan, record
        ids = RowIds(source.doc_id)
        self.section_ids = [ids.next("section", f"{s.label or ''} {s.title}") for s in record.sections]
        self.citation_ids = [ids.next("citation", c.text) for c in record.citations]
        self.campaign_ids = [ids.next("campaign", c.name) for c in record.campaigns]
        self.task_ids = [ids.next("task", t.text) for t in record.tasks]

    def evidence(self, found: Evidence | None) -> dict[str, Any]:
        if found is None:
            return dict.fromkeys(("page", "char_start", "char_end", "bbox", "confidence", "rule_id", "raw_text"))
        box = bbox_of(self.plan, found.start, found.end)
        return {
            "page": page_of(self.plan, found.start),
            "char_start": found.start,
            "char_end": found.end,
            "bbox": list(box) if box else None,
            "confidence": round(found.confidence, 4),
            "rule_id": "+".join((found.rule_id, *repairs_of(self.plan, found.start, found.end))),
            "raw_text": raw_text(self.plan, found.start, found.end),
        }

    def row(self, **values: Any) -> dict[str, Any]:
        return {"doc_id": self.source.doc_id, **values}

    def all_warnings(self) -> Iterable[Finding]:
        yield from self.plan.warnings
        yield from self.record.warnings

    def document(self, versions: Versions) -> dict[str, Any]:
        values = {found.name: found.value for found in self.record.fields}
        return self.row(
            source_path=self.source.source_path,
            file_sha256=self.source.sha256,
            media_type=self.source.media_type,
            file_bytes=self.source.file_bytes,
            page_count=len(self.plan.pages),
            text_source=text_source(self.plan),
            ocr_confidence=ocr_confidence(self.plan),
            duplicate_of=None,
            warning_count=sum(1 for _ in self.all_warnings()),
            pipeline_version=versions.pipeline,
            rules_version=versions.rules,
            **values,
        )

    def fields(self) -> Rows:
        return [
            self.row(field=f.name, value=_as_text(f.value), source=f.source, **self.evidence(f.evidence))
            for f in self.record.fields
        ]

    def pages(self) -> Rows:
        return [
            self.row(
                page=p.number,
                text=self.plan.text[p.start : p.end],
                char_start=p.start,
                text_source=p.text_source,
                ocr_confidence=p.ocr_confidence,
                width=p.width,
                height=p.height,
                rotation=p.rotation,
                status=p.status,
                aside=[_aside_row(aside) for aside in p.aside],
            )
            for p in self.plan.pages
        ]

    def sections(self) -> Rows:
        return [
            self.row(
                section_id=self.section_ids[i],
                parent_section_id=_at(self.section_ids, s.parent),
                level=s.level,
                label=s.label,
                title=s.title,
                char_start=s.start,
                char_end=s.end,
                page=page_of(self.plan, s.start),
            )
            for i, s in enumerate(self.record.sections)
        ]

    def citations(self) -> Rows:
        return [
            self.row(
                citation_id=self.citation_ids[i],
                text=c.text,
                cited_type=c.cited_type,
                cited_ref=c.cited_ref,
                cited_date=c.cited_date,
                cited_issuer=c.cited_issuer,
                cited_title=c.cited_title,
                locator=c.locator,
                role=c.role,
                parent_citation_id=_at(self.citation_ids, c.parent),
                instrument_id=c.instrument_id,
                status_at_issue=c.status_at_issue,
                replaced_by=c.replaced_by,
                **self.evidence(c.evidence),
            )
            for i, c in enumerate(self.record.citations)
        ]

    def campaigns(self) -> Rows:
        return [
            self.row(
                campaign_row_id=self.campaign_ids[i],
                name=c.name,
                kind=c.kind,
                campaign_id=c.campaign_id,
                link_method=c.link_method,
                link_score=c.link_score,
                scope=c.scope,
                period_start_year=c.period_start_year,
                period_end_year=c.period_end_year,
                action=c.action,
                mentions=c.mentions,
                **self.evidence(c.evidence),
            )
            for i, c in enumerate(self.record.campaigns)
        ]

    def tasks(self) -> tuple[Rows, Rows]:
        return (
            [self.task(i) for i in range(len(self.record.tasks))],
            [row for i in range(len(self.record.tasks)) for row in self.task_units(i)],
        )

    def task(self, index: int) -> dict[str, Any]:
        task = self.record.tasks[index]
        return self.row(
            task_id=self.task_ids[index],
            parent_task_id=_at(self.task_ids, task.parent),
            order=index + 1,
            label=task.label,
            text=task.text,
            kind=task.kind,
            section_id=_at(self.section_ids, task.section),
            section_title=self.section_title(task.section),
            period_text=task.period.text,
            period_kind=task.period.kind,
            period_start=task.period.start,
            period_end=task.period.end,
            quarters=list(task.period.quarters),
            deadline=task.deadline,
            deliverable=task.deliverable,
            conditional=task.conditional,
            source=task.source,
            **self.evidence(task.evidence),
        )

    def section_title(self, index: int | None) -> str | None:
        if index is None:
            return None
        section = self.record.sections[index]
        return self.plan.text[section.start : section.end] or section.title

    def task_units(self, index: int) -> Rows:
        return [
            self.row(
                task_id=self.task_ids[index],
                position=position,
                unit=u.unit,
                unit_id=u.unit_id,
                role=u.role,
                inherited=u.inherited,
                collective=u.collective,
                **self.evidence(u.evidence),
            )
            for position, u in enumerate(self.record.tasks[index].units, start=1)
        ]

    def recipients(self) -> Rows:
        return [
            self.row(
                position=position, text=r.text, purpose=r.purpose, is_archive=r.is_archive, **self.evidence(r.evidence)
            )
            for position, r in enumerate(self.record.recipients, start=1)
        ]

    def warnings(self) -> Rows:
        return [
            self.row(code=w.code, message=w.message, page=self.page_of_warning(w), char_start=w.start, char_end=w.end)
            for w in self.all_warnings()
        ]

    def page_of_warning(self, warning: Finding) -> int | None:
        if warning.page is None and warning.start is not None:
            return page_of(self.plan, warning.start)
        return warning.page


def _aside_row(aside: Aside) -> dict[str, Any]:
    sure = None if aside.confidence is None else round(aside.confidence, 4)
    box = list(aside.bbox) if aside.bbox else None
    return {"kind": aside.kind, "text": aside.text, "bbox": box, "confidence": sure}


def text_source(plan: PlanText) -> TextSource:
    """native, ocr, or mixed when both kinds of page hold text."""
    kinds = {p.text_source for p in plan.pages if p.end > p.start}
    return kinds.pop() if len(kinds) == 1 else "mixed" if kinds else "native"


def ocr_confidence(plan: PlanText) -> float | None:
    """Mean over the read pages, weighted by their characters; None where nothing was OCRed."""
    read = [(p.ocr_confidence, p.end - p.start) for p in plan.pages if p.ocr_confidence is not None]
    weight = sum(chars for _, chars in read)
    return round(sum(c * chars for c, chars in read) / weight, 4) if weight else None


def _at(ids: list[str], index: int | None) -> str | None:
    return None if index is None else ids[index]


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
