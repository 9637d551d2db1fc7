"""Warnings: what a careful reader would remark on, said for people in both languages, only when true."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from pipeline.extract.digital_signature import find_conflicts
from pipeline.extract.handwritten import find_hand
from pipeline.extract.issue_date import date_line
from pipeline.extract.lines import Line, lines_of
from pipeline.extract.province import province_in_text, signing_day
from pipeline.extract.title import type_of_symbol
from pipeline.extract.zones import APPENDIX, BODY, CLOSING, HEADER, RECITAL, SIGNATURE, TITLE, Zones
from pipeline.nlp import Reading
from pipeline.records import Citation, Finding, PlanRecord, PlanText
from pipeline.rulebook import RuleMatch, load_rulebook
from pipeline.text.places import page_of

_OWN_ZONES = (TITLE, RECITAL, BODY, CLOSING)


def find_warnings(reading: Reading, zones: Zones, record: PlanRecord) -> tuple[Finding, ...]:
    """All warnings on one document, the reader's own (`plan.warnings`) left to their makers."""
    lines = lines_of(reading.plan)
    hand = tuple(find_hand(reading.plan, [lines[index] for index in zones.blocks(HEADER)], record))
    found = [
        *hand,
        *find_conflicts(reading.plan, record),
        *_not_by_hand(_missing(reading.plan, zones, lines, record), hand),
        *_appendix(reading.plan, zones, lines),
        *_dates(reading.plan, zones, record),
        *_years(reading.plan, zones, record),
        *_quotes(reading.plan, lines),
        *_citations(reading.plan, record),
        *_province(reading.plan, zones, record),
        *_kind(reading.plan, record),
    ]
    return tuple(sorted(found, key=lambda finding: (finding.start is None, finding.start or 0, finding.code)))


def _not_by_hand(missing: Iterator[Finding], hand: Sequence[Finding]) -> Iterator[Finding]:
    """What a hand wrote and nobody could read is not missing."""
    for finding in missing:
        start, end = finding.start or 0, finding.end or 0
        if not any(start < (other.end or 0) and (other.start or 0) < end for other in hand):
            yield finding


def _at(plan: PlanText, code: str, message: str, span: tuple[int, int] | None) -> Finding:
    if span is None:
        return Finding(code, message)
    return Finding(code, message, page_of(plan, span[0]), *span)


def _missing(plan: PlanText, zones: Zones, lines: Sequence[Line], record: PlanRecord) -> Iterator[Finding]:
    if record.value("number") is None:
        span = _field_span(record, "symbol")
        yield _at(plan, "missing_number", "Số văn bản để trống. / The paper's number is blank.", span)
    dated = date_line([lines[index] for index in zones.blocks(HEADER, SIGNATURE)])
    if dated is None and record.value("issue_year") is None:
        yield _at(plan, "missing_date", "Không có ngày ban hành. / No date of issue.", None)
    elif record.value("issue_date") is None:
        span = (dated[0].start, dated[0].end) if dated else _field_span(record, "issue_year")
        yield _at(plan, "incomplete_date", "Ngày ban hành chưa đủ. / The date of issue is incomplete.", span)
    if record.value("signer_name") is None:
        span = _field_span(record, "signer_title")
        yield _at(plan, "missing_signer", "Không có tên người ký. / No signer's name.", span)
    if record.value("is_draft") is True:
        yield _at(plan, "draft", "Văn bản là dự thảo. / The paper is a draft.", _field_span(record, "is_draft"))


def _field_span(record: PlanRecord, name: str) -> tuple[int, int] | None:
    found = next((field.evidence for field in record.fields if field.name == name), None)
    return (found.start, found.end) if found else None


def _appendix(plan: PlanText, zones: Zones, lines: Sequence[Line]) -> Iterator[Finding]:
    """An appendix is announced, and neither an appendix nor anything after the signature follows."""
    heads = load_rulebook("zones")
    if zones.blocks(APPENDIX) or any(heads.first("appendix_head", line.folded) for line in lines if not line.is_table):
        return
    match = next(_matches(plan, zones, "appendix_named"), None)
    if match:
        words = plan.text[match.start : match.end]
        message = f"Nói có phụ lục “{words}” nhưng không thấy. / An appendix is announced and is not there."
        yield _at(plan, "missing_appendix", message, (match.start, match.end))


def _matches(plan: PlanText, zones: Zones, group: str) -> Iterator[RuleMatch]:
    rules = load_rulebook("findings")
    for match in rules.find(group, plan.folded):
        if zones.at(match.start) in _OWN_ZONES:
            yield match


def _dates(plan: PlanText, zones: Zones, record: PlanRecord) -> Iterator[Finding]:
    for match in _matches(plan, zones, "broken_date"):
        words = plan.text[match.start : match.end]
        message = f"Ngày không thể có: “{words}”. / A date that cannot be."
        yield _at(plan, "suspect_date", message, (match.start, match.end))
    issued = record.value("issue_date")
    for citation in record.citations:
        cited = _full_date(citation)
        if isinstance(issued, dt.date) and cited and cited > issued:
            message = f"Văn bản viện dẫn ký sau: {cited:%d/%m/%Y}. / A cited paper is dated after this one."
            yield _at(plan, "suspect_date", message, (citation.evidence.start, citation.evidence.end))


def _full_date(citation: Citation) -> dt.date | None:
    text = citation.cited_date or ""
    return dt.date.fromisoformat(text) if len(text) == 10 else None


def _years(plan: PlanText, zones: Zones, record: PlanRecord) -> Iterator[Finding]:
    year = record.value("plan_year") or record.value("issue_year")
    for match in _matches(plan, zones, "own_year"):
        named = int(match.values["year"])
        if isinstance(year, int) and abs(named - year) > 1:
            message = f"Năm {named} trong kế hoạch của năm {year}. / The year {named} in a plan of {year}."
            yield _at(plan, "suspect_year", message, match.spans["year"])


def _quotes(plan: PlanText, lines: Sequence[Line]) -> Iterator[Finding]:
    """A paragraph whose quotation marks do not pair; tables are read cell by cell by their own lines."""
    for line in lines:
        for part, start in _paragraphs(line):
            if (at := _unpaired(part)) is not None:
                message = "Dấu ngoặc kép không khớp. / A quotation mark has no partner."
                yield _at(plan, "unbalanced_quote", message, (start + at, start + at + 1))


def _paragraphs(line: Line) -> Iterator[tuple[str, int]]:
    start = line.start
    for row in line.text.split("\n") if line.is_table else [line.text]:
        for cell in row.split("\t"):
            yield cell, start
            start += len(cell) + 1


def _unpaired(text: str) -> int | None:
    """The place of the first quotation mark without a partner."""
    opened: list[int] = []
    for at, sign in enumerate(text):
        if sign in "“„«":
            opened.append(at)
        elif sign in "”»":
            if not opened:
                return at
            opened.pop()
        elif sign == '"':
            opened.pop() if opened and text[opened[-1]] == '"' else opened.append(at)
    return opened[0] if opened else None


def _citations(plan: PlanText, record: PlanRecord) -> Iterator[Finding]:
    dates: dict[tuple[str, str], str] = {}
    for citation in record.citations:
        span = (citation.evidence.start, citation.evidence.end)
        if citation.role == "basis" and citation.status_at_issue == "expired":
            message = f"Căn cứ đã hết hiệu lực: {citation.text}. / A ground no longer in force."
            yield _at(plan, "expired_basis", message, span)
        if _full_date(citation) and citation.cited_ref and citation.cited_date:
            first = dates.setdefault((citation.cited_type, citation.cited_ref), citation.cited_date)
            if first != citation.cited_date:
                message = f"{citation.cited_ref} có hai ngày: {first}, {citation.cited_date}. / One paper, two dates."
                yield _at(plan, "conflicting_values", message, span)
                yield _at(plan, "suspect_date", message, span)


def _province(plan: PlanText, zones: Zones, record: PlanRecord) -> Iterator[Finding]:
    if record.value("province") is not None or record.value("issuer_level") in ("central", None):
        return
    blocks = zones.blocks(TITLE, RECITAL, BODY)
    if not blocks:
        return
    text = plan.text[plan.blocks[blocks[0]].start : plan.blocks[blocks[-1]].end]
    date, year = record.value("issue_date"), record.value("issue_year")
    day = signing_day(date if isinstance(date, dt.date) else None, year if isinstance(year, int) else None, None, None)
    _, names = province_in_text(text, day)
    if len(names) > 1:
        message = f"Không rõ tỉnh nào: {', '.join(names)}. / The province could be any of these."
        yield _at(plan, "ambiguous_province", message, None)


def _kind(plan: PlanText, record: PlanRecord) -> Iterator[Finding]:
    symbol, doc_type = record.value("symbol"), record.value("doc_type")
    by_symbol = type_of_symbol(symbol) if isinstance(symbol, str) else None
    if by_symbol and isinstance(doc_type, str) and doc_type != "Công văn" and not doc_type.startswith(by_symbol):
        message = f"Tên loại “{doc_type}” khác ký hiệu {symbol}. / The kind printed is not the symbol's."
        yield _at(plan, "conflicting_values", message, _field_span(record, "symbol"))
