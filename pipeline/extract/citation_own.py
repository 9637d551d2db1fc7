"""The document's own number, by which it speaks of itself: that is no citation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extract.citation_heads import Head, book

if TYPE_CHECKING:
    from pipeline.extract.zones import Zones
    from pipeline.nlp import Reading


@dataclass(frozen=True, slots=True)
class OwnReference:
    """What the header's number line says, without blanks; each part None where it is blank or unreadable."""

    number: str | None
    symbol: str | None
    whole: str | None = None
    """What the header was found to say where a hand wrote the number and the line alone cannot be read."""

    def is_meant(self, head: Head, folded: str, zone: str) -> bool:
        """Does the mention speak of the document itself ("Kèm theo Kế hoạch số …/KH-SYT")?"""
        attached = book().first("attached", folded, max(0, head.start - 40), head.start) is not None
        if head.ref is None:
            return head.symbol is not None and attached and _tight(head.symbol) == (self.symbol or _tight(head.symbol))
        if self.whole is not None and _tight(head.ref) == self.whole:
            return True
        number, symbol = _parts(head.ref)
        if self.symbol is None:
            return attached and zone == "appendix"
        if symbol != self.symbol and not (symbol is None and attached):
            return False
        return number == self.number or (self.number is None and attached)


def own_reference(reading: Reading, zones: Zones, whole: str | None) -> OwnReference:
    """The first number line of the header; `whole` is the reference that the document was found to have."""
    blocks = reading.plan.blocks
    for index in zones.blocks("header", "title"):
        line = reading.plan.folded[blocks[index].start : blocks[index].end].strip()
        if found := book().first("own_number", line):
            return OwnReference(found.values.get("number"), _tight(found.values["symbol"]), whole)
    return OwnReference(None, None, whole)


def _parts(ref: str) -> tuple[str, str | None]:
    """ "19/2023/NQ-HĐND" → ("19/2023", "NQ-HĐND")."""
    found = re.match(r"(\d+\w?(?:/\d+)?)[\s/-]*(.*)", ref)
    return (found[1], _tight(found[2]) or None) if found else (ref, None)


def _tight(symbol: str) -> str:
    return re.sub(r"\s+", "", symbol)
