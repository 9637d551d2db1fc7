"""The header's fields, put together: number, date, kind, title, then issuer and province that lean on them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.digital_signature import signed_issuer
from pipeline.extract.draft import read_draft
from pipeline.extract.evidence import Span, field
from pipeline.extract.handwritten import settle_hand
from pipeline.extract.issue_date import read_issue_date
from pipeline.extract.issuer import full_name, header_bodies, is_of_ministry, level_of
from pipeline.extract.issuer_body import (
    is_of_symbol,
    issuer_in_authority,
    issuer_in_sentence,
    issuer_in_symbol,
)
from pipeline.extract.issuer_joint import is_joint_paper, joint_name, names_several
from pipeline.extract.lines import Line, lines_of
from pipeline.extract.number import read_number
from pipeline.extract.province import (
    province_in_names,
    province_in_text,
    province_of_place,
    province_of_seats,
    province_of_town,
    signing_day,
)
from pipeline.extract.signature import read_signature
from pipeline.extract.title import read_title, read_type
from pipeline.extract.zones import BODY, HEADER, RECIPIENTS, RECITAL, SIGNATURE, TITLE, Zones
from pipeline.fold import fold
from pipeline.link.provinces import Province
from pipeline.nlp import Reading
from pipeline.records import Field, FieldSource, FieldValue, PlanText

# Where a province is looked for last: what the paper speaks of, then who gets it ("Tỉnh ủy Khánh Hòa (b/c)").
_SPEAKING = (((TITLE, RECITAL, BODY), "province.body", 0.8), ((RECIPIENTS,), "province.recipients", 0.75))


@dataclass(frozen=True, slots=True)
class _Issuer:
    """The bodies named (parent first), where they stand, who says so, and how sure that is."""

    names: tuple[str, ...]
    span: Span
    source: FieldSource
    rule_id: str
    confidence: float


def read_header(reading: Reading, zones: Zones, file_name: str) -> tuple[Field, ...]:
    """All fields of `documents` that the header gives, the lost ones read from body, signature and symbol."""
    plan = reading.plan
    lines = lines_of(plan)
    header = [lines[index] for index in zones.blocks(HEADER)]
    title = [lines[index] for index in zones.blocks(TITLE)]
    signature = [lines[index] for index in zones.blocks(SIGNATURE)]
    fields = list(read_number(plan, header))
    fields += read_type(plan, title, *_symbol(fields))
    fields += read_issue_date(reading, [*header, *signature])
    fields = settle_hand(plan, zones, header, file_name, fields)
    fields += read_title(plan, title, _text(fields, "doc_type"))
    fields.append(read_draft(plan, header, title, file_name))
    return (*fields, *_issuer_fields(reading, zones, lines, header, fields))


def _symbol(fields: Sequence[Field]) -> tuple[str | None, Span | None]:
    found = next((f for f in fields if f.name == "symbol"), None)
    if found is None or found.evidence is None:
        return None, None
    return str(found.value), (found.evidence.start, found.evidence.end)


def _value(fields: Sequence[Field], name: str) -> FieldValue | None:
    return next((found.value for found in fields if found.name == name), None)


def _text(fields: Sequence[Field], name: str) -> str | None:
    value = _value(fields, name)
    return value if isinstance(value, str) else None


def _number(fields: Sequence[Field], name: str) -> int | None:
    value = _value(fields, name)
    return value if isinstance(value, int) else None


def _issuer_fields(
    reading: Reading, zones: Zones, lines: Sequence[Line], header: Sequence[Line], fields: Sequence[Field]
) -> list[Field]:
    plan, issuer = reading.plan, _find_issuer(reading, zones, lines, header, fields)
    day = _day(fields)
    names = issuer.names if issuer else ()
    province_fields, province = _province_fields(plan, zones, fields, issuer, names, day)
    if issuer is None:
        return province_fields
    symbol = _symbol(fields)[0]
    several = _is_joint(fields) or names_several(names, symbol)
    name = (several and joint_name(names, province, symbol)) or full_name(names, province)
    level = "central" if province is None and is_of_ministry(names) else level_of(name)
    values = {"issuer": name, "issuer_level": level, "issuer_source": issuer.source}
    made = [
        field(plan, key, value, issuer.source, issuer.span, issuer.rule_id, issuer.confidence)
        for key, value in values.items()
    ]
    return made + province_fields


def _is_joint(fields: Sequence[Field]) -> bool:
    return is_joint_paper(_text(fields, "doc_type"), _text(fields, "symbol"))


def _find_issuer(
    reading: Reading, zones: Zones, lines: Sequence[Line], header: Sequence[Line], fields: Sequence[Field]
) -> _Issuer | None:
    said = issuer_in_sentence([lines[index] for index in zones.blocks(RECITAL)])
    if bodies := header_bodies(header, _is_joint(fields)):
        names = tuple(body.name for body in bodies)
        if (
            said
            and is_of_symbol(said.name, _symbol(fields)[0])
            and not _same_office(names[-1], said.name, _symbol(fields)[0])
        ):
            # The header lost its last line: symbol and lead-in agree on the body below the one printed.
            return _Issuer((*names, said.name), (said.start, said.end), "body", "issuer.sentence", 0.85)
        return _Issuer(names, (bodies[0].start, bodies[-1].end), "header", "issuer.lines", 0.94)
    if said:
        return _Issuer((said.name,), (said.start, said.end), "body", "issuer.sentence", 0.88)
    signed = read_signature(reading, zones)
    authority = next((found for found in signed if found.name == "sign_authority"), None)
    if authority and authority.evidence and (name := issuer_in_authority(str(authority.value))):
        span = (authority.evidence.start, authority.evidence.end)
        return _Issuer((name,), span, "signature", "issuer.authority", 0.85)
    symbol, span_of_symbol = _symbol(fields)
    if name := signed_issuer(reading.plan, _day(fields)):
        return _Issuer((name,), span_of_symbol or (0, 0), "digital_signature", "issuer.signed", 0.8)
    if span_of_symbol and (name := issuer_in_symbol(symbol)):
        return _Issuer((name,), span_of_symbol, "symbol", "issuer.symbol", 0.75)
    return None


def _same_office(printed: str, said: str, symbol: str | None) -> bool:
    """ "Ban Tuyên giáo" printed under its parent is the "Ban Tuyên giáo Tỉnh ủy" of the sentence."""
    return is_of_symbol(printed, symbol) or fold(said).casefold().startswith(fold(printed).casefold())


def _day(fields: Sequence[Field]) -> dt.date | None:
    issued = _value(fields, "issue_date")
    date = issued if isinstance(issued, dt.date) else None
    year, month = _number(fields, "issue_year"), _number(fields, "issue_month")
    return signing_day(date, year, month, _number(fields, "plan_year"))


def _province_fields(
    plan: PlanText,
    zones: Zones,
    fields: Sequence[Field],
    issuer: _Issuer | None,
    names: Sequence[str],
    day: dt.date | None,
) -> tuple[list[Field], Province | None]:
    place = next((found for found in fields if found.name == "issue_place"), None)
    if issuer and (named := province_in_names(names, day)):
        return _of_province(plan, named, issuer.source, issuer.span, "province.issuer", 0.97), named
    seat = str(place.value) if place else None
    if names and (level_of(names[-1]) == "central" or (is_of_ministry(names) and seat in (None, "Hà Nội"))):
        return [], None
    if place and place.evidence and (placed := province_of_place(str(place.value), day)):
        span = (place.evidence.start, place.evidence.end)
        return _of_province(plan, placed, "header", span, "province.place", 0.96), placed
    if issuer and (seated := province_of_seats(names, day)):
        return _of_province(plan, seated, "inferred", issuer.span, "province.seat", 0.9), seated
    if place and place.evidence and (town := province_of_town(str(place.value), names, day)):
        span = (place.evidence.start, place.evidence.end)
        return _of_province(plan, town, "inferred", span, "province.town", 0.85), town
    for parts, rule_id, confidence in _SPEAKING:
        start, end = _range_of(plan, zones, parts)
        choice, named_there = province_in_text(plan.text[start:end], day)
        if choice:
            span = (start + choice.start, start + choice.end)
            return _of_province(plan, choice.province, "body", span, rule_id, confidence), choice.province
        if named_there:
            break
    return [], None


def _range_of(plan: PlanText, zones: Zones, parts: Sequence[str]) -> Span:
    blocks = zones.blocks(*parts)
    return (plan.blocks[blocks[0]].start, plan.blocks[blocks[-1]].end) if blocks else (0, 0)


def _of_province(
    plan: PlanText, province: Province, source: FieldSource, span: Span, rule_id: str, confidence: float
) -> list[Field]:
    values = {
        "province": province.name,
        "province_code": province.code,
        "province_2025": province.name_2025,
        "province_code_2025": province.code_2025,
    }
    return [field(plan, name, value, source, span, rule_id, confidence) for name, value in values.items()]
