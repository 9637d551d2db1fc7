"""One document at a glance: each value with its page and the words it was read from."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.text.places import page_of

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.ingest.scan.trace import Trace
    from pipeline.records import Evidence, PlanRecord, PlanText, SourceDocument

_EVIDENCE_CHARACTERS = 60


def as_json_text(source: SourceDocument, plan: PlanText, record: PlanRecord) -> str:
    """The record as JSON, with the canonical text it points into."""
    value = {"doc_id": source.doc_id, "source_path": source.source_path, "text": plan.text}
    return json.dumps(value | dataclasses.asdict(record), ensure_ascii=False, indent=1, default=str)


@contextmanager
def debug_folder(folder: Path | None, name: str) -> Iterator[Trace | None]:
    """Keeps the steps of scanned pages in `folder`, where one is named; what was seen before a failure too. OSError."""
    if folder is None:
        yield None
        return
    from pipeline.run.debug import DebugFolder

    debug = DebugFolder(folder, name)
    try:
        yield debug
    finally:
        debug.write_index()


def print_record(source: SourceDocument, plan: PlanText, record: PlanRecord) -> None:
    """Tables on stdout: header, citations, campaigns, tasks, recipients, warnings."""
    from rich.console import Console

    console = Console()
    console.print(f"{source.source_path}  {source.doc_id}  {source.media_type}", markup=False)
    _table(console, plan, "Header", ("field", "value"), [(f.evidence, (f.name, f.value)) for f in record.fields])
    _table(
        console, plan, "Citations", ("role", "type", "reference", "date", "issuer"),
        [(c.evidence, (c.role, c.cited_type, c.cited_ref, c.cited_date, c.cited_issuer)) for c in record.citations],
    )  # fmt: skip
    _table(
        console, plan, "Campaigns", ("kind", "name", "period"),
        [(c.evidence, (c.kind, c.name, _years(c.period_start_year, c.period_end_year))) for c in record.campaigns],
    )  # fmt: skip
    _table(
        console, plan, "Tasks", ("kind", "when", "who"),
        [(t.evidence, (t.kind, t.period.text or t.deadline, _units(t.units))) for t in record.tasks],
    )  # fmt: skip
    _table(console, plan, "Recipients", ("recipient",), [(r.evidence, (r.text,)) for r in record.recipients])
    for warning in (*plan.warnings, *record.warnings):
        console.print(f"! {warning.code}: {warning.message}", markup=False)


def _table(
    console: Console,
    plan: PlanText,
    title: str,
    columns: tuple[str, ...],
    rows: list[tuple[Evidence | None, tuple[Any, ...]]],
) -> None:
    from rich.markup import escape
    from rich.table import Table

    if not rows:
        return
    table = Table(*columns, "p.", "evidence", title=title, title_justify="left")
    for evidence, values in rows:
        cells = [escape("" if value is None else str(value)) for value in values]
        table.add_row(*cells, *_where(plan, evidence))
    console.print(table)


def _where(plan: PlanText, evidence: Evidence | None) -> tuple[str, str]:
    from rich.markup import escape

    if evidence is None:
        return "", ""
    words = " ".join(plan.text[evidence.start : evidence.end].split())
    short = words if len(words) <= _EVIDENCE_CHARACTERS else words[: _EVIDENCE_CHARACTERS - 1] + "…"
    return str(page_of(plan, evidence.start)), escape(short)


def _years(first: int | None, last: int | None) -> str | None:
    return None if first is None else str(first) if first == last else f"{first}-{last}"


def _units(units: tuple[Any, ...]) -> str:
    return "; ".join(f"{unit.unit} ({unit.role})" for unit in units)
