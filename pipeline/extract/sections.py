"""Sections: every heading of the paper with its numbering, title, level and parent."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.labels import PLAIN
from pipeline.extract.outline import Node, ancestors, build_outline
from pipeline.extract.zones import Zones
from pipeline.nlp import Reading
from pipeline.records import Section


def read_sections(reading: Reading, zones: Zones) -> tuple[Section, ...]:
    """The headings of body and appendix in text order; level 1 is the outermost one in use."""
    return sections_of(build_outline(reading.plan, zones))


def sections_of(outline: Sequence[Node]) -> tuple[Section, ...]:
    sections: list[Section] = []
    places: dict[int, int] = {}
    for index, node in enumerate(outline):
        if not node.heading or node.rank == PLAIN:
            continue
        parent = next((places[a] for a in ancestors(outline, index) if a in places), None)
        level = 1 if parent is None else sections[parent].level + 1
        label = node.label.text if node.label else None
        places[index] = len(sections)
        sections.append(Section(node.line.start, node.line.end, level, label, node.title, parent))
    return tuple(sections)
