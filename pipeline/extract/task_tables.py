"""Tasks from tables: one row one task; heading rows, ditto marks, merged cells and rows that go on are understood."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pipeline.extract.deadlines import split_deadline
from pipeline.extract.labels import ROMAN, UPPER, read_label
from pipeline.extract.periods import heading_period, is_hours, read_period
from pipeline.extract.table_columns import Columns, cell_text, read_columns, repeats_header
from pipeline.extract.unit_cells import cell_units
from pipeline.extract.units import Role, task_unit
from pipeline.fold import fold
from pipeline.records import Cell, Evidence, Period, PlanText, Row, Table, Task, TaskUnit
from pipeline.rulebook import load_rulebook

_ROLES: dict[str, Role] = {"lead": "lead", "coordinator": "coordinator", "performer": "performer"}


@dataclass(frozen=True, slots=True)
class TableContext:
    """What covers a table from outside: its section, a period named above, the year, a day for hours."""

    section: int | None
    period: Period | None
    year: int | None
    day: dt.date | None = None


@dataclass(slots=True)
class _State:
    """What rows above say for those below."""

    above_cells: dict[int, Cell] = field(default_factory=dict)
    carried: dict[int, tuple[Cell, int]] = field(default_factory=dict)
    period: Period | None = None


def read_task_table(plan: PlanText, table: Table, around: TableContext, columns: Columns) -> list[Task]:
    """The tasks of a table's rows, in order; section rows name a period for the rows below them."""
    state = _State(period=around.period)
    tasks: list[Task] = []
    for number, row in enumerate(table.rows[columns.first_row :], columns.first_row):
        if repeats_header(row, table, columns, plan.text):
            continue
        cells = _row_cells(state, row)
        following = table.rows[number + 1] if number + 1 < len(table.rows) else None
        if _is_section(plan, table, columns, row, cells, following):
            state.period = _section_period(plan, row, around) or (
                around.period if _is_outer(plan, row) else state.period
            )
            continue
        task = _row_task(plan, columns, cells, row, state, around)
        if task is None:
            continue
        if task.label == "" and tasks:
            tasks[-1] = _joined(tasks[-1], task)
        else:
            tasks.append(task)
    return [t if t.label else replace(t, label=None) for t in tasks]


def table_columns(plan: PlanText, table: Table, before: tuple[Table, Columns] | None) -> Columns | None:
    """The columns of a table, or those of the table before it where it goes on without a heading of its own."""
    columns = read_columns(table, plan.text)
    if columns is not None or before is None or before[0].column_count != table.column_count:
        return columns
    return replace(before[1], first_row=0)


# --- rows -------------------------------------------------------------------------------------


def _row_cells(state: _State, row: Row) -> dict[int, Cell]:
    """The cells of a row by column, those that span down from above among them."""
    cells = {column: cell for column, (cell, left) in state.carried.items() if left > 0}
    state.carried = {c: (cell, left - 1) for c, (cell, left) in state.carried.items() if left > 1}
    for cell in row.cells:
        cells[cell.column] = cell
        if cell.row_span > 1:
            state.carried[cell.column] = (cell, cell.row_span - 1)
    return cells


def _is_section(
    plan: PlanText, table: Table, columns: Columns, row: Row, cells: dict[int, Cell], following: Row | None
) -> bool:
    """A row that heads those below: it spans the table, or names a period or a group and nothing else."""
    filled = [c for c in row.cells if cell_text(plan.text, c).strip()]
    if not filled:
        return False
    words = " ".join(cell_text(plan.text, c) for c in filled)
    wide = max(c.column_span for c in filled)
    if len(filled) == 1 and wide >= max(2, table.column_count - 1):
        return True
    others = [
        c
        for c in columns.of("lead", "coordinator", "performer", "time", "begin", "finish", "mark", "product")
        if c in cells
    ]
    if any(cell_text(plan.text, cells[c]).strip() for c in others) or len(filled) > 2:
        return False
    if heading_period(words.strip(), 2000) is not None:
        return True
    label = read_label(fold(words.strip()))
    if (label and label.rank in (ROMAN, UPPER)) or load_rulebook("tasks").full(
        "roman_cell", _number(plan, columns, row)
    ):
        return True
    return _is_group(plan, columns, row, filled, following)


def _is_group(plan: PlanText, columns: Columns, row: Row, filled: list[Cell], following: Row | None) -> bool:
    number = _number(plan, columns, row)
    below = _number(plan, columns, following) if following else ""
    if number and below.startswith(number.rstrip(".") + "."):
        return True
    content = cell_text(plan.text, filled[-1]).strip()
    starts_new = content[:1].isupper()
    return starts_new and (
        all(c.bold for c in filled) or (not number and bool(columns.of("number")) and len(filled) == 1)
    )


def _number(plan: PlanText, columns: Columns, row: Row) -> str:
    """What stands in the row's number column."""
    column = next(iter(columns.of("number")), None)
    return next((cell_text(plan.text, c).strip() for c in row.cells if c.column == column), "")


def _is_outer(plan: PlanText, row: Row) -> bool:
    label = read_label(fold(cell_text(plan.text, row.cells[0]).strip() + ". x")) if row.cells else None
    return label is not None and label.rank <= ROMAN


def _section_period(plan: PlanText, row: Row, around: TableContext) -> Period | None:
    words = " ".join(" ".join(cell_text(plan.text, c).split()) for c in row.cells).strip()
    label = read_label(fold(words))
    return heading_period(words, around.year) or (heading_period(words[label.end :], around.year) if label else None)


def _row_task(
    plan: PlanText, columns: Columns, cells: dict[int, Cell], row: Row, state: _State, around: TableContext
) -> Task | None:
    """The task of a row. Its label is "" when the row only goes on with the one above."""
    own = {c.column for c in row.cells}
    content = cells.get(columns.content)
    words = cell_text(plan.text, content).strip() if content else ""
    units = tuple(u for column in columns.of(*_ROLES) for u in _units(plan, columns, column, cells, state))
    period, deadline = _times(plan, columns, cells, state, around)
    goes_on = not words or columns.content not in own
    if (goes_on and not units and period is None) or load_rulebook("tasks").full("total_row", words or "-"):
        return None
    if content is None or (not any(c.isalpha() for c in words) and not goes_on):
        return None
    number = _number(plan, columns, row).rstrip(" .)")
    start = content.start + (len(cell_text(plan.text, content)) - len(cell_text(plan.text, content).lstrip()))
    label = read_label(fold(words)) if not columns.of("number") else None
    if label:
        number = "" if label.is_bullet else label.text
        words, start = words[label.end :], start + label.end
    text = " ".join(words.split())
    goes_on = goes_on or (not number and words[:1].islower())
    evidence = Evidence(start, start + len(words), "task.table_row", 0.96)
    return Task(
        text=text, evidence=evidence, kind="scheduled", source="table", label="" if goes_on else number or None,
        section=around.section, period=period or Period(), deadline=deadline, units=units,
        deliverable=_product(plan, columns, cells),
        conditional=load_rulebook("tasks").first("conditional", fold(text)) is not None,
    )  # fmt: skip


def _joined(task: Task, more: Task) -> Task:
    """A task with what the row below adds to it."""
    fresh = tuple(u for u in more.units if (u.unit, u.role) not in {(v.unit, v.role) for v in task.units})
    same = more.evidence.start == task.evidence.start or not more.text
    return replace(
        task,
        text=task.text if same else f"{task.text} {more.text}",
        units=task.units + fresh,
        period=task.period if task.period.text else more.period,
        deadline=task.deadline or more.deadline,
    )


# --- cells ------------------------------------------------------------------------------------


def _said(plan: PlanText, columns: Columns, column: int, cells: dict[int, Cell], state: _State) -> Cell | None:
    """The cell of a column, or the one above: for a ditto mark, and left of the content for an empty cell."""
    cell = cells.get(column)
    if cell is None:
        return None
    words = cell_text(plan.text, cell).strip()
    same = bool(words) and load_rulebook("tasks").full("ditto", words) is not None
    if same or (not words and column < columns.content):
        return state.above_cells.get(column)
    if words:
        state.above_cells[column] = cell
    return cell


def _units(plan: PlanText, columns: Columns, column: int, cells: dict[int, Cell], state: _State) -> Iterator[TaskUnit]:
    cell = _said(plan, columns, column, cells, state)
    if cell is None:
        return
    words = cell_text(plan.text, cell)
    for mention in cell_units(words, _ROLES[columns.kinds[column]], "unit.column"):
        yield task_unit(words, mention, cell.start)


def _times(
    plan: PlanText, columns: Columns, cells: dict[int, Cell], state: _State, around: TableContext
) -> tuple[Period | None, dt.date | None]:
    """The period and due date of a row: of its time cell, its marked columns, or the section row above it."""
    ends = [_words(plan, columns, column, cells, state) for column in columns.of("begin", "finish")]
    if sum(map(bool, ends)) > 1 and (run := read_period(" - ".join(filter(None, ends)), around.year)):
        return run, None
    for column in columns.of("time", "begin", "finish"):
        words = _words(plan, columns, column, cells, state)
        if not words:
            continue
        if is_hours(words) and around.day:
            return _on_day(words, around.day), None
        deadline, rest = split_deadline(words, around.year)
        period = read_period(rest, around.year) if rest else None
        if period or deadline:
            return period, deadline
    marked = [columns.periods[c] for c in columns.of("mark") if c in cells and cell_text(plan.text, cells[c]).strip()]
    if marked:
        return read_period(", ".join(marked), around.year), None
    return state.period, None


def _words(plan: PlanText, columns: Columns, column: int, cells: dict[int, Cell], state: _State) -> str:
    cell = _said(plan, columns, column, cells, state)
    return " ".join(cell_text(plan.text, cell).split()) if cell else ""


def _on_day(words: str, day: dt.date) -> Period:
    return Period(words, "day", day, day, (f"{day.year}-Q{(day.month + 2) // 3}",))


def _product(plan: PlanText, columns: Columns, cells: dict[int, Cell]) -> str | None:
    words = [" ".join(cell_text(plan.text, cells[c]).split()) for c in columns.of("product") if c in cells]
    said = [w for w in words if re.search(r"\w{2}", w)]
    return said[0] if said else None
