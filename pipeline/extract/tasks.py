"""Tasks: the items of work of a paper in text order, out of its tables and its lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.extract.context import Context
from pipeline.extract.labels import NUMBER, PLAIN
from pipeline.extract.lines import Line
from pipeline.extract.outline import Node, ancestors, build_outline
from pipeline.extract.paper_kind import bound_plan, speaks_as_plan
from pipeline.extract.periods import read_day
from pipeline.extract.surroundings import Surroundings, about_heading, surroundings
from pipeline.extract.table_columns import Columns
from pipeline.extract.task_facets import Facet, line_facets
from pipeline.extract.task_lists import Item, heirs_of, is_note, read_item
from pipeline.extract.task_tables import TableContext, read_task_table, table_columns
from pipeline.extract.units import UnitMention
from pipeline.extract.zones import BODY, Zones
from pipeline.fold import fold
from pipeline.nlp import Reading
from pipeline.records import PlanText, Section, Table, Task
from pipeline.rulebook import load_rulebook

FacetLine = tuple[Node, tuple[Facet, ...]]


@dataclass(slots=True)
class _Walk:
    """What a walk over the outline has found so far."""

    plan: PlanText
    outline: tuple[Node, ...]
    sections: dict[int, int]
    context: Context
    tasks: list[Task] = field(default_factory=list)
    task_of: dict[int, int] = field(default_factory=dict)
    heirs: dict[int, tuple[UnitMention, ...]] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)
    table: tuple[Table, Columns] | None = None
    bound: int = 0


def read_tasks(reading: Reading, zones: Zones, sections: Sequence[Section], context: Context) -> tuple[Task, ...]:
    """The tasks of body, closing and appendix. `section` and `parent` are indices of `sections` and of the result."""
    outline = build_outline(reading.plan, zones)
    places = {section.start: number for number, section in enumerate(sections)}
    walk = _Walk(reading.plan, outline, places, context, bound=bound_plan(outline))
    end = _last_words(outline)
    for index, node in enumerate(outline):
        if node.line.is_table or index <= end or node.zone != BODY:
            _visit(walk, index)
    return tuple(walk.tasks)


def _last_words(outline: Sequence[Node]) -> int:
    """Where the plan says it ends ("./."): what the zones still count to the body after it are specks of a stamp."""
    body = [i for i, node in enumerate(outline) if node.zone == BODY]
    ended = [i for i in body if outline[i].folded.rstrip(" .").endswith("./")]
    called = next((i for i in ended if is_note(outline[i])), None)
    late = next((i for i in reversed(ended) if i >= body[len(body) // 2]), len(outline))
    return late if called is None else called


def _visit(walk: _Walk, index: int) -> None:
    node = walk.outline[index]
    if index in walk.used:
        return
    year = walk.context.plan_year or walk.context.issue_year
    around = surroundings(walk.outline, index, walk.heirs, year)
    if node.line.is_table:
        _visit_table(walk, node, around)
        return
    if node.heading:
        walk.table = None
        if not _is_task_heading(walk, index, around):
            return
    facets = tuple(_facet_lines(walk, index))
    if not facets and _only_describes(walk, index, around):
        return
    heads = tuple(walk.outline[at] for at, _ in around.heads)
    item = Item(node, around, facets, heads)
    task = read_item(item, _section(walk, around), _parent(walk, index), walk.context.issue_date)
    if task is not None and not speaks_as_plan(index, walk.bound, around, walk.context.doc_type):
        task = replace(task, kind="directive")
    if load_rulebook("tasks").first("leads_in", node.folded) and (heirs := heirs_of(item)):
        walk.heirs[index] = heirs
    if task is not None:
        walk.task_of[index] = len(walk.tasks)
        walk.tasks.append(task)


def _section(walk: _Walk, around: Surroundings) -> int | None:
    node = None if around.section_node is None else walk.outline[around.section_node]
    return walk.sections.get(node.line.start) if node else None


def _parent(walk: _Walk, index: int) -> int | None:
    return next((walk.task_of[i] for i in ancestors(walk.outline, index) if i in walk.task_of), None)


# --- facets -----------------------------------------------------------------------------------


def _facet_lines(walk: _Walk, index: int) -> Iterator[FacetLine]:
    """The sub-lines below an item that only describe it: deeper ones, or its own siblings where it is a "Nội dung"."""
    node = walk.outline[index]
    siblings = line_facets(node.text)[:1]
    rank = node.rank if siblings and siblings[0].kind == "content" else node.rank + 1
    for at in range(index + 1, len(walk.outline)):
        line = walk.outline[at]
        if line.line.is_table or line.rank < rank or line.heading or line.zone != node.zone:
            return
        facets = line_facets(line.text)
        if not facets:
            if line.rank <= node.rank or line.rank == PLAIN:
                return
            continue
        walk.used.add(at)
        yield line, facets


def _only_describes(walk: _Walk, index: int, around: Surroundings) -> bool:
    """A line "Thời gian: …" or "Địa điểm: …" that stands alone describes its section and is no item."""
    above = [walk.outline[i] for i in ancestors(walk.outline, index) if not walk.outline[i].heading]
    if any((told := line_facets(node.text)) and told[0].kind == "other" for node in above):
        return True
    found = line_facets(walk.outline[index].text)
    return bool(found) and found[0].kind in ("time", "other", "product") and not around.heads


def _is_task_heading(walk: _Walk, index: int, around: Surroundings) -> bool:
    """A heading whose lines below only describe it ("1. Hội nghị sơ kết" + "- Đơn vị chủ trì: …") is an item itself."""
    node = walk.outline[index]
    if (
        node.rank < NUMBER
        or around.no_work
        or about_heading(node) in ("purpose", "past", "people", "money", "organize")
    ):
        return False
    below = [i for i in range(index + 1, len(walk.outline)) if walk.outline[i].parent == index][:12]
    facets = [found for i in below if (found := line_facets(walk.outline[i].text))]
    told = {facet.kind for found in facets for facet in found}
    says = bool(told & {"lead", "coordinator", "performer"}) or ("time" in told and _is_event(node, around))
    starts_with_content = bool(below) and fold(walk.outline[below[0]].text).lower().startswith("nội dung")
    return says and len(facets) == len(below) and not starts_with_content


def _is_event(node: Node, around: Surroundings) -> bool:
    """A heading that names something to be held, where its lines only say when and where."""
    return about_heading(node) is None and not around.organized


# --- tables -----------------------------------------------------------------------------------


def _visit_table(walk: _Walk, node: Node, around: Surroundings) -> None:
    table = walk.plan.blocks[node.line.index]
    if not isinstance(table, Table):
        return
    columns = table_columns(walk.plan, table, walk.table)
    if columns is None or (around.no_work and around.about != "people"):
        return
    walk.table = (table, columns)
    context = TableContext(
        _section(walk, around), around.period, around.year, _meeting_day(walk, node.line, around.year)
    )
    offset = len(walk.tasks)
    for task in read_task_table(walk.plan, table, context, columns):
        walk.tasks.append(task if task.parent is None else replace(task, parent=task.parent + offset))


def _meeting_day(walk: _Walk, line: Line, year: int | None) -> dt.date | None:
    """The day a timetable of hours is for: the one a line "Thời gian: …" names."""
    rules = load_rulebook("tasks")
    for node in walk.outline:
        if node.line.is_table:
            continue
        facet = rules.first("facet", node.folded, 0, 60)
        below = node.heading and "thời gian" in node.folded.lower()
        told = below or (facet is not None and facet.rule_id == "facet.time")
        if told and (day := read_day(node.text, year)):
            return day
    return None
