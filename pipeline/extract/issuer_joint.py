"""Papers of several bodies (liên tịch, liên ngành): which names of the header issue them together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.extract.issuer import full_name, is_place
from pipeline.extract.issuer_body import is_of_symbol
from pipeline.extract.issuer_names import written
from pipeline.fold import fold
from pipeline.link.provinces import Province
from pipeline.rulebook import load_rulebook


def is_joint_paper(doc_type: str | None, symbol: str | None) -> bool:
    """Do the kind of paper or its symbol say that several bodies issue it ("KHLT-SYT-BHXH")?"""
    rules = load_rulebook("issuers")
    return any(rules.first("joint_type", fold(words)) for words in (doc_type, symbol) if words)


def names_several(names: Sequence[str], symbol: str | None) -> bool:
    """One printed line of two bodies, both in the symbol: "SỞ Y TẾ - SỞ NỘI VỤ", "KH-SYT-SNV"."""
    rules = load_rulebook("issuers")
    broken = any(rules.first("joint_break", fold(name)) and not rules.first("bloc", fold(name)) for name in names)
    return broken and len(_offices(symbol)) > 1


def joint_name(names: Sequence[str], province: Province | None, symbol: str | None) -> str:
    """Each body's full name, joined by "; ". A place, or the parent they share, above them is none of them."""
    bodies = [body for name in names for body in _parts(name)]
    shared = [body for body in bodies if is_place(body)]
    bodies = [body for body in bodies if not is_place(body)]
    if _is_parent(bodies, symbol):
        shared.append(bodies.pop(0))
    return "; ".join(dict.fromkeys(full_name([*shared, body], province) for body in bodies))


def _parts(name: str) -> Iterator[str]:
    rules = load_rulebook("issuers")
    if group := rules.first("joint_group", fold(name)):
        head = group.values.get("head", "")
        yield from (written(f"{head} {part}".upper()) for part in re.split(r" - ", name[group.end :]))
        return
    start = 0
    for gap in rules.find("joint_break", fold(name)):
        yield name[start : gap.start]
        start = gap.end
    yield name[start:]


def _is_parent(bodies: Sequence[str], symbol: str | None) -> bool:
    """More bodies than the symbol has, the first of them unnamed there: "UBND tỉnh" above two of its offices."""
    offices = _offices(symbol)
    alone = len(offices) == 1 and is_of_symbol(bodies[-1], symbol) if bodies else False
    fewest = 1 if alone else max(2, len(offices))
    above = load_rulebook("issuers").first("joint_parent", fold(bodies[0])) if bodies else None
    return above is not None and len(bodies) > fewest and "UBND" not in offices


def _offices(symbol: str | None) -> list[str]:
    """ "KHLT-SYT-SGDĐT" → SYT, SGDĐT."""
    return re.split(r"\s*[-/]\s*", symbol)[1:] if symbol else []
