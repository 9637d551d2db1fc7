"""The zones of a paper: which part each block of the text belongs to. Every extractor works inside its own."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from pipeline.extract.ending import find_ending
from pipeline.extract.lines import lines_of
from pipeline.extract.opening import find_opening
from pipeline.nlp import Reading

HEADER = "header"
TITLE = "title"
RECITAL = "recital"
BODY = "body"
CLOSING = "closing"
RECIPIENTS = "recipients"
SIGNATURE = "signature"
APPENDIX = "appendix"


@dataclass(frozen=True, slots=True)
class Zones:
    """`names[i]` is the zone of `plan.blocks[i]`; `starts[i]` its first character in the text."""

    names: tuple[str, ...]
    starts: tuple[int, ...]

    def at(self, offset: int) -> str:
        """The zone of the character at `offset`; "body" where the text has no blocks."""
        index = bisect_right(self.starts, offset) - 1
        return self.names[max(index, 0)] if self.names else BODY

    def blocks(self, *names: str) -> tuple[int, ...]:
        """Indices of the blocks in any of the zones, in text order."""
        return tuple(index for index, name in enumerate(self.names) if name in names)


def find_zones(reading: Reading) -> Zones:
    """The zones of the first paper in the text; all that follows its signature and recipients is appendix."""
    lines = lines_of(reading.plan)
    opening = find_opening(lines)
    ending = find_ending(lines, opening.body)
    names = [HEADER] * len(lines)
    _name(names, opening.recital, opening.body, RECITAL)
    _name(names, opening.body, ending.appendix, BODY)
    _name(names, *ending.closing, CLOSING)
    _name(names, *ending.recipients, RECIPIENTS)
    _name(names, *ending.signature, SIGNATURE)
    _name(names, ending.appendix, len(names), APPENDIX)
    for index in opening.title if opening.type_line is None else (opening.type_line, *opening.title):
        names[index] = TITLE
    return Zones(tuple(names), tuple(block.start for block in reading.plan.blocks))


def _name(names: list[str], start: int, end: int, zone: str) -> None:
    for index in range(start, end):
        names[index] = zone
