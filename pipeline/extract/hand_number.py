"""The paper's number where a hand wrote it: read, told by the file's name, or null; and its symbol put right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.file_name import NamedNumber, number_in_name
from pipeline.extract.hand_frame import READABLE, Frame, hand_of, kept, made_field, slips, value_of
from pipeline.extract.number import tidy_symbol
from pipeline.extract.title import type_of_symbol
from pipeline.extract.toneless import toneless
from pipeline.records import Field, FieldSource, FieldValue, HandReading, PlanText
from pipeline.rulebook import RuleMatch, load_rulebook

_NUMBER = ("number", "symbol", "reference")
_LEAST = 0.5
"""A number the digit reader alone tells is given when it is so sure (counts in models/digits/README.md)."""
_ALONE = 0.9
"""So often such numbers were right, and no surer is one."""
_BORNE = 0.05
"""So much chance for one number among thousands bears another source out."""
_AGREED = 0.97


@dataclass(frozen=True, slots=True)
class _Told:
    number: str
    source: FieldSource
    rule_id: str
    sure: float


def with_number(
    plan: PlanText, frame: Frame, file_name: str, own: RuleMatch | None, fields: Sequence[Field]
) -> list[Field]:
    """`fields` with number, symbol and reference settled by all that tells of them."""
    if re.fullmatch(r"\d{1,5}[a-zđ]? ?/ ?\d{4}", frame.match.values["written"].strip()):
        return list(fields)  # "19/2023/NQ-HĐND": a year inside is printed, and read as such
    symbol = repaired_symbol(tidy_symbol(frame.match.values["symbol"]), value_of(fields, "doc_type"))
    made = kept(fields, _NUMBER)
    made.append(
        made_field(frame, "symbol", symbol, "header", "hand.symbol", round(0.97 * frame.sure(plan, "symbol"), 4))
    )
    told = _told(plan, frame, number_in_name(file_name, symbol), own)
    if told is None:
        return made
    return [
        *made,
        made_field(frame, "number", told.number, told.source, told.rule_id, told.sure),
        made_field(frame, "reference", f"{told.number}/{symbol}", told.source, "hand.reference", told.sure),
    ]


def _told(plan: PlanText, frame: Frame, named: NamedNumber | None, own: RuleMatch | None) -> _Told | None:
    """The number by the best source that tells it; how sure, the others' agreement says."""
    written = frame.match.values["written"].strip(" .…_")
    hand = hand_of(plan, "number")
    figures = written if re.fullmatch(r"\d{1,5}[a-zđ]?", written) else None
    agreed = bool(figures and ((named and _same(figures, named.number)) or (hand and hand.chance(figures) > _BORNE)))
    read = figures if agreed or frame.sure(plan, "written") >= READABLE else None
    if own:
        return _Told(own.values["number"], "body", own.rule_id, _weighed(0.88, hand, own.values["number"]))
    if named and (read is None or (named.beside_type and not _same(read, named.number))):
        sure = named.confidence * (1.0 if _alike(written, named.number) else 0.9)
        return _Told(named.number, "file_name", named.rule_id, _weighed(sure, hand, named.number))
    if read:
        sure = _AGREED if agreed else 0.97 * frame.sure(plan, "written")
        return _Told(read, "header", "hand.number", round(sure, 4))
    if hand and hand.confidence >= _LEAST:
        return _Told(hand.digits, "header", "hand.number_read", round(_ALONE * hand.confidence**0.25, 4))
    return None


def _weighed(sure: float, hand: HandReading | None, number: str) -> float:
    """How sure a number from elsewhere is, once the digit reader has seen what is written."""
    if hand is None or not hand.chances or not number.isdigit():
        return round(sure, 4)
    seen = max(hand.chance(number), hand.chance(number.zfill(2)))
    if seen > _BORNE:
        return _AGREED
    return round(sure * (0.7 if hand.confidence > _LEAST else 1.0), 4)


def _same(one: str, two: str) -> bool:
    return one.lstrip("0") == two.lstrip("0")


def _alike(written: str, number: str) -> bool:
    """Whether what the engine made of the handwriting has a sign in common with the number, at its place."""
    signs = written.strip("/# ")
    return not signs or any(a == b for a, b in zip(signs, number, strict=False))


def repaired_symbol(symbol: str, doc_type: FieldValue | None) -> str:
    """ "QĐĐ-UBND" of a decision → "QĐ-UBND": parts that are one slip away from a code the paper's kind demands."""
    parts = symbol.split("-")
    codes = dict(pair.split("=", 1) for pair in load_rulebook("header").words("symbol_types"))
    wanted = [code for code, kind in codes.items() if kind == doc_type]
    if type_of_symbol(symbol) != doc_type and len(parts) > 1:
        parts[0] = next((code for code in wanted if _one_slip(parts[0], code)), parts[0])
    bodies = load_rulebook("seals").words("symbol_bodies")
    return "-".join([parts[0], *(_body(part, bodies) for part in parts[1:])])


def _body(part: str, bodies: Sequence[str]) -> str:
    """A body whose name has lost nothing but marks."""
    return next((body for body in bodies if toneless(body) == toneless(part) and len(body) > 2), part)


def _one_slip(read: str, code: str) -> bool:
    """One sign more, less or other, marks aside."""
    one, two = toneless(read), toneless(code)
    if len(one) == len(two):
        return slips(one, two) <= 1
    longer, shorter = (one, two) if len(one) > len(two) else (two, one)
    return len(longer) - len(shorter) == 1 and any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))


def looks_like(frame: Frame, number: str) -> bool:
    """Whether the handwriting was read with as many signs, half of them the number's."""
    signs = frame.match.values["written"].strip(" /.`'")
    return len(signs) == len(number) and 2 * slips(signs, number) <= len(number)
