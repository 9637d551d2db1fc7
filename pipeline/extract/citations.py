"""Citations: one row a mention of an instrument other than the document itself."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from pipeline.extract.citation_heads import Head, book, ending_of, find_heads
from pipeline.extract.citation_issuer import Span, full_issuer
from pipeline.extract.citation_own import own_reference
from pipeline.extract.citation_roles import Role, roles_of
from pipeline.extract.citation_tail import Mention, complete
from pipeline.extract.citation_title import title_of
from pipeline.link.instruments import link_instrument
from pipeline.records import Citation, Evidence

if TYPE_CHECKING:
    from pipeline.extract.context import Context
    from pipeline.extract.zones import Zones
    from pipeline.nlp import Reading

_SILENT_ZONES = ("recipients", "signature")
_CONFIDENCE = {
    "citation.numbered": 0.97,
    "citation.law": 0.96,
    "citation.law_amending": 0.95,
    "citation.congress": 0.93,
    "citation.law_other": 0.8,
    "citation.short_bare": 0.8,
}


def read_citations(reading: Reading, zones: Zones, context: Context) -> tuple[Citation, ...]:
    """Every mention in text order; `Citation.parent` is an index into the result."""
    folded = reading.plan.folded
    sentences = _sentences(reading)
    own = own_reference(reading, zones, context.reference)
    mentions = [
        complete(head, reading, _sentence_of(head, sentences, len(folded)))
        for head in find_heads(reading)
        if zones.at(head.start) not in _SILENT_ZONES and not own.is_meant(head, folded, zones.at(head.start))
    ]
    mentions = _with_shared_issuer(mentions, folded)
    numbers = [bisect_right(sentences, m.start) for m in mentions]
    grounds = [_is_ground(m, reading, zones, sentences) for m in mentions]
    roles = roles_of(mentions, folded, numbers, grounds)
    return tuple(
        _citation(m, r, mentions, i, reading, context) for i, (m, r) in enumerate(zip(mentions, roles, strict=True))
    )


def _sentences(reading: Reading) -> list[int]:
    return [sentence.start_char for sentence in reading.doc.sents]


def _sentence_of(head: Head, starts: list[int], length: int) -> Span:
    at = bisect_right(starts, head.start)
    return starts[at - 1] if at else 0, max(head.end, starts[at] if at < len(starts) else length)


def _is_ground(mention: Mention, reading: Reading, zones: Zones, sentences: list[int]) -> bool:
    """In the recital, and not in a sentence that tells how things stand ("Năm 2024 là năm thứ tư thực hiện …")."""
    if zones.at(mention.start) != "recital":
        return False
    start, end = _sentence_of(mention.head, sentences, len(reading.plan.folded))
    return book().first("no_ground", reading.plan.folded[start:end]) is None


def _with_shared_issuer(mentions: list[Mention], folded: str) -> list[Mention]:
    """ "các Nghị định số A và số B của Chính phủ": the issuer said once is that of all numbers of the list."""
    shared = list(mentions)
    for index in range(len(shared) - 2, -1, -1):
        this, after = shared[index], shared[index + 1]
        listed = after.head.sibling or _same_kind(this.head, after.head)
        if this.issuer is None and after.issuer and listed and _adjacent(this, after, folded):
            day = this.date if this.date or this.head.rule_id != "citation.number_list" else after.date
            shared[index] = Mention(this.head, this.start, this.end, this.ref, day, after.issuer, this.locator)
    for index in range(1, len(shared)):
        this, before = shared[index], shared[index - 1]
        if this.issuer is None and this.head.name is None and _follows_tabled(before, this, folded):
            shared[index] = Mention(this.head, this.start, this.end, this.ref, this.date, before.issuer, this.locator)
    return shared


def _same_kind(this: Head, after: Head) -> bool:
    """ "Quyết định số 217-QĐ/TW, Quyết định số 218-QĐ/TW": of one series."""
    return bool(this.ref and after.ref) and this.type == after.type and ending_of(this.ref) == ending_of(after.ref)


def _adjacent(this: Mention, after: Mention, folded: str) -> bool:
    return re.fullmatch(r" ?(?:[,;]|và|, và) ?", folded[this.end : after.start]) is not None


def _follows_tabled(before: Mention, this: Mention, folded: str) -> bool:
    """ "Sở Y tế tại Tờ trình số 1 … và Công văn số 2 …": one body tabled both."""
    said_before = before.issuer is not None and before.issuer[1] <= before.start
    tabled = said_before and folded[: before.start].rstrip().endswith("tại")
    return tabled and re.fullmatch(r" ?(?:,|và|, và)(?: tại)? ?", folded[before.end : this.start]) is not None


def _citation(
    mention: Mention, role: Role, mentions: list[Mention], index: int, reading: Reading, context: Context
) -> Citation:
    text, head = reading.plan.text, mention.head
    limit = mentions[index + 1].start if index + 1 < len(mentions) else len(text)
    issuer = full_issuer(text[slice(*mention.issuer)], context) if mention.issuer else None
    day = context.issue_date or (dt.date(context.issue_year, 12, 31) if context.issue_year else None)
    link = link_instrument(head.type, mention.ref, head.name, mention.date, day)
    confidence = _CONFIDENCE.get(head.rule_id, 0.88)
    return Citation(
        text=re.sub(r"\s+", " ", text[mention.start : mention.end]),
        evidence=Evidence(mention.start, mention.end, head.rule_id, confidence),
        cited_type=head.type,
        cited_ref=re.sub(r"\s*([/-])\s*", r"\1", mention.ref) if mention.ref else None,
        cited_date=mention.date,
        cited_issuer=issuer,
        cited_title=title_of(mention, text, reading.plan.folded, limit),
        locator=text[slice(*mention.locator)] if mention.locator else None,
        role=role.role,
        parent=role.parent,
        instrument_id=link.instrument_id,
        status_at_issue=link.status,
        replaced_by=link.replaced_by,
    )
