"""The paper's number where a hand wrote it: read, told by the file's name, or null; and its symbol put right."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.file_name import number_in_name
from pipeline.extract.hand_frame import READABLE, Frame, kept, made_field, slips, value_of
from pipeline.extract.number import tidy_symbol
from pipeline.extract.title import type_of_symbol
from pipeline.extract.toneless import toneless
from pipeline.records import Field, FieldValue, PlanText
from pipeline.rulebook import RuleMatch, load_rulebook

_NUMBER = ("number", "symbol", "reference")


def with_number(
    plan: PlanText, frame: Frame, file_name: str, own: RuleMatch | None, fields: Sequence[Field]
) -> list[Field]:
    if re.fullmatch(r"\d{1,5}[a-zđ]? ?/ ?\d{4}", frame.match.values["written"].strip()):
        return list(fields)  # "19/2023/NQ-HĐND": a year inside is printed, and read as such
    symbol = repaired_symbol(tidy_symbol(frame.match.values["symbol"]), value_of(fields, "doc_type"))
    made = kept(fields, _NUMBER)
    made.append(
        made_field(frame, "symbol", symbol, "header", "hand.symbol", round(0.97 * frame.sure(plan, "symbol"), 4))
    )
    written = frame.match.values["written"].strip(" .…_")
    named = number_in_name(file_name, symbol)
    figures = written if re.fullmatch(r"\d{1,5}[a-zđ]?", written) else None
    agreed = bool(named and figures and figures.lstrip("0") == named.number.lstrip("0"))
    read = figures if agreed or frame.sure(plan, "written") >= READABLE else None
    if own:
        number = made_field(frame, "number", own.values["number"], "body", own.rule_id, 0.88)
    elif named and (read is None or (named.beside_type and read.lstrip("0") != named.number.lstrip("0"))):
        sure = round(named.confidence * (1.0 if _alike(written, named.number) else 0.9), 4)
        number = made_field(frame, "number", named.number, "file_name", named.rule_id, sure)
    elif read:
        sure = 0.97 if agreed else round(0.97 * frame.sure(plan, "written"), 4)
        number = made_field(frame, "number", read, "header", "hand.number", sure)
    else:
        return made
    confidence = number.evidence.confidence if number.evidence else 0.0
    return [
        *made,
        number,
        made_field(frame, "reference", f"{number.value}/{symbol}", number.source, "hand.reference", confidence),
    ]


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
