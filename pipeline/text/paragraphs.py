"""Printed lines → logical paragraphs: does the next line go on with the paragraph, or begin another?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeGuard

from pipeline.records import Align, SourceLine, SourcePage, SourceParagraph, SourceTable
from pipeline.text.lines import Layout, Line, layout_of, line_of, measured
from pipeline.text.openings import (
    HEADING_LENGTH,
    begins_item,
    breaks_date,
    breaks_reference,
    breaks_word,
    is_capitals,
    is_open,
    starts_low,
)
from pipeline.text.passages import Item, Passage, PlacedTable


@dataclass(frozen=True, slots=True)
class _Written:
    """A paragraph whose limits the source itself set, right or wrong."""

    paragraph: SourceParagraph
    text: str
    page: int


_Unit = Line | _Written


def items_of(pages: Sequence[SourcePage]) -> Iterator[Item]:
    """The passages and tables of a document in reading order, page borders bridged."""
    units = _units(pages)
    layout = layout_of([unit for unit in units if isinstance(unit, Line)])
    group: list[_Unit] = []
    joints: list[str] = []
    notes: list[_Unit] = []
    for unit in units:
        if group and _is_footnote(unit) and isinstance(group[-1], Line):
            notes.append(unit)  # at the page's foot: the paragraph above it may go on behind the page's end
            continue
        joint = None if isinstance(unit, PlacedTable) or not group else _joint(group, unit, layout)
        if joint is None and group:
            yield _passage(group, joints, layout)
            yield from (_passage([note], [""], layout) for note in notes)
            group, joints, notes = [], [], []
        if isinstance(unit, PlacedTable):
            yield unit
        else:
            group.append(unit)
            joints.append(joint or "")
    if group:
        yield _passage(group, joints, layout)
        yield from (_passage([note], [""], layout) for note in notes)


def _is_footnote(unit: _Unit | PlacedTable) -> TypeGuard[_Written]:
    return isinstance(unit, _Written) and unit.paragraph.role == "footnote"


def _units(pages: Sequence[SourcePage]) -> list[_Unit | PlacedTable]:
    lines = iter(
        measured(
            [line_of(block, page.number) for page in pages for block in page.blocks if isinstance(block, SourceLine)]
        )
    )
    units: list[_Unit | PlacedTable] = []
    for page in pages:
        for block in page.blocks:
            if isinstance(block, SourceTable):
                units.append(PlacedTable(block, page.number))
            elif isinstance(block, SourceLine):
                units.append(next(lines))
            else:
                text = " ".join("".join(run.text for run in block.runs).split())
                units.append(_Written(block, text, page.number))
    return [unit for unit in units if isinstance(unit, PlacedTable) or unit.text]


def _joint(group: Sequence[_Unit], two: _Unit, layout: Layout) -> str | None:
    """What stands before the next unit of a paragraph (" " or ""); None where it begins another."""
    one = group[-1]
    if isinstance(one, Line) and isinstance(two, Line):
        return line_joint(one, two, layout, first=len(group) == 1)
    if isinstance(one, _Written) and isinstance(two, _Written):
        return _written_joint(one, two)
    return None


def line_joint(one: Line, two: Line, layout: Layout, first: bool = False) -> str | None:
    """The same for printed lines: labels, borders, white space, style and the words themselves are weighed.

    `first` says that `one` begins its paragraph.
    """
    if one.column == two.column and breaks_date(one.text, two.text):
        return " "
    if one.column or two.column or layout.centred(one) or layout.centred(two):
        return None
    full = layout.full(one, two, first)
    if breaks_reference(one.text, two.text) and (full or not layout.wrapped):
        return ""
    begins = begins_item(two.text, one.text, full) and not _dash_inside(one, two, layout, full)
    if begins or (is_capitals(one.text) != is_capitals(two.text) and not full):
        return None
    joint = "" if breaks_reference(one.text, two.text) else " "
    if is_open(one.text) and starts_low(two.text) and not is_capitals(one.text):
        broken = layout.broken or breaks_word(one.text, two.text)
        return joint if full or broken or len(one.text) >= HEADING_LENGTH else None
    return joint if full and not _begins_anew(one, two, layout) else None


def _dash_inside(one: Line, two: Line, layout: Layout, full: bool) -> bool:
    """A dash at the very border, where items are set in, parts words: "Hội đồng Thi đua" + "- Khen thưởng tỉnh"."""
    flush = layout.indent > 0 and not layout.set_in(two)
    return full and flush and is_open(one.text) and two.text.startswith(("- ", "– "))


def _begins_anew(one: Line, two: Line, layout: Layout) -> bool:
    """Signs of a new paragraph after a full line, where the words leave it open."""
    if one.text.endswith((":", "./.")) or one.bold != two.bold or is_capitals(one.text) != is_capitals(two.text):
        return True
    if layout.apart(one, two) or (not is_open(one.text) and layout.apart(one, two, share=0.25)):
        return True
    return layout.set_in(two) and two.x0 - one.x0 > -two.sign_width and not is_open(one.text)


def _written_joint(one: _Written, two: _Written) -> str | None:
    """A paragraph cut by a hard return: it ends open and the next starts small, in the same style."""
    first, second = one.paragraph, two.paragraph
    if (
        first.role != "body"
        or second.role != "body"
        or first.bold != second.bold
        or "center" in (first.align, second.align)
    ):
        return None
    if is_capitals(one.text) or len(one.text) < HEADING_LENGTH or begins_item(two.text, one.text, full=False):
        return None
    if breaks_reference(one.text, two.text):
        return ""
    return " " if is_open(one.text) and starts_low(two.text) else None


def _passage(group: Sequence[_Unit], joints: Sequence[str], layout: Layout) -> Passage:
    first = group[0]
    lines = tuple(unit.runs if isinstance(unit, Line) else unit.paragraph.runs for unit in group)
    if isinstance(first, _Written):
        source = first.paragraph
        return Passage(lines, tuple(joints), first.page, source.bold, source.align, 0, source.role)
    bold = all(isinstance(unit, Line) and unit.bold for unit in group)
    align: Align | None = "center" if first.column == 0 and layout.centred(first) else None
    return Passage(lines, tuple(joints), first.page, bold, align, first.column)
