"""What a careful person reads out of a plan: zones first, then one small extractor a field family."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extract.campaigns import read_campaigns
from pipeline.extract.citations import read_citations
from pipeline.extract.confidence import fitted
from pipeline.extract.context import context_of
from pipeline.extract.findings import find_warnings
from pipeline.extract.header import read_header
from pipeline.extract.recipients import read_recipients
from pipeline.extract.sections import read_sections
from pipeline.extract.signature import read_signature
from pipeline.extract.signs import SureOf, with_confidence
from pipeline.extract.tasks import read_tasks
from pipeline.extract.zones import find_zones
from pipeline.records import PlanRecord

if TYPE_CHECKING:
    from pipeline.nlp import Reading

__all__ = ["extract"]


def extract(reading: Reading, source_path: str, sure_of: SureOf = fitted) -> PlanRecord:
    """Everything the contract asks for, out of one document; `sure_of` tells each row's confidence."""
    zones = find_zones(reading)
    fields = read_header(reading, zones, source_path) + read_signature(reading, zones)
    context = context_of(fields)
    sections = read_sections(reading, zones)
    record = PlanRecord(
        fields=fields,
        sections=sections,
        citations=read_citations(reading, zones, context),
        campaigns=read_campaigns(reading, zones, context),
        tasks=read_tasks(reading, zones, sections, context),
        recipients=read_recipients(reading, zones),
    )
    record = replace(record, warnings=find_warnings(reading, zones, record))
    return with_confidence(reading.plan, record, source_path, sure_of)
