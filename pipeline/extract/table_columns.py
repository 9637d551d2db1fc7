"""What the columns of a table hold, by their heading words; headings may take two rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.extract.periods import heading_period
from pipeline.fold import fold
from pipeline.records import Cell, Row, Table
from pipeline.rulebook import load_rulebook

# In this order: "Đơn vị phối hợp thực hiện" is asked for "phối hợp" before "thực hiện".
_KINDS = (
    "number", "money", "note", "begin", "finish", "time", "coordinator", "lead", "product", "performer", "content",
    "name",
)  # fmt: skip
_UNIT_KINDS = ("lead", "coordinator", "performer")
_MOST_HEADER_ROWS = 4


@dataclass(frozen=True, slots=True)
class Columns:
    """`kinds`: column → number, content, lead, coordinator, performer, time, begin, finish, product, mark or note.

    `periods`: for columns headed by a period ("Quý I") where rows carry a mark, its words. `first_row`: of the body.
    """

    kinds: dict[int, str]
    first_row: int
    periods: dict[int, str] = field(default_factory=dict)

    def of(self, *kinds: str) -> list[int]:
        return [column for column, kind in sorted(self.kinds.items()) if kind in kinds]

    @property
    def content(self) -> int:
        return self.of("content")[0]


def cell_text(text: str, cell: Cell) -> str:
    return text[cell.start : cell.end]


def read_columns(table: Table, text: str) -> Columns | None:
    """The columns of a table whose rows are tasks, or None for any other table."""
    for first in range(min(_MOST_HEADER_ROWS, len(table.rows))):
        for height in (1, 2, 3):
            rows = table.rows[first : first + height]
            if len(rows) < height or not _may_head(rows, text):
                break
            columns = _columns(rows, first + height, text)
            taller = height < 3 and _has_subheads(table, first + height, rows, text)
            if columns is not None and not taller:
                return columns
    return None


def repeats_header(row: Row, table: Table, columns: Columns, text: str) -> bool:
    """Whether a row is the heading again (a page break) or numbers the columns: "(1)", "(2)", …"."""
    words = [fold(cell_text(text, c)).split() for c in row.cells]
    rules = load_rulebook("tasks")
    filled = [" ".join(w) for w in words if w]
    if len(filled) > 1 and all(rules.full("numbering_cell", w) for w in filled):
        return True
    heads = [[fold(cell_text(text, c)).split() for c in r.cells] for r in table.rows[: columns.first_row]]
    return words in heads


def _may_head(rows: Sequence[Row], text: str) -> bool:
    """A heading is short words, each cell filled from the start."""
    return all(len(cell_text(text, c)) <= 120 for row in rows for c in row.cells)


def _has_subheads(table: Table, at: int, rows: Sequence[Row], text: str) -> bool:
    """Whether the row below still belongs to the heading: a cell above spans columns that it parts."""
    if at >= len(table.rows):
        return False
    wide = {
        c for cell in rows[-1].cells if cell.column_span > 1 for c in range(cell.column, cell.column + cell.column_span)
    }
    below = [c for c in table.rows[at].cells if cell_text(text, c).strip()]
    return bool(below) and all(c.column in wide for c in below) and len(below) > 1


def _columns(rows: Sequence[Row], first_row: int, text: str) -> Columns | None:
    heads: dict[int, list[str]] = {}
    for row in rows:
        for cell in row.cells:
            for column in range(cell.column, cell.column + cell.column_span):
                heads.setdefault(column, []).append(" ".join(cell_text(text, cell).split()))
    kinds: dict[int, str] = {}
    periods: dict[int, str] = {}
    for column, words in heads.items():
        said = [w for w in words if w]
        if said and heading_period(said[-1], 2000) is not None:
            kinds[column], periods[column] = "mark", said[-1]
        elif kind := next((k for w in (*reversed(said), " ".join(said)) if (k := _kind(w))), None):
            kinds[column] = kind
    return _task_columns(kinds, first_row, periods)


def _kind(words: str) -> str | None:
    rules, folded = load_rulebook("tasks"), fold(words)
    return next((kind for kind in _KINDS if rules.first(f"column_{kind}", folded)), None)


def _task_columns(kinds: dict[int, str], first_row: int, periods: dict[int, str]) -> Columns | None:
    """The columns if they make a task table: something to do, and who or when."""
    if "money" in kinds.values():
        kinds = {c: ("note" if k == "performer" else k) for c, k in kinds.items()}
    if "content" not in kinds.values():
        named = [c for c, k in kinds.items() if k == "name"]
        if not named:
            return None
        kinds = {**kinds, min(named): "content"}
    if not {"begin", "finish"} <= set(kinds.values()):
        kinds = {c: ("time" if k in ("begin", "finish") else k) for c, k in kinds.items()}
    useful = {"lead", "coordinator", "performer", "time", "begin", "mark"} & set(kinds.values())
    return Columns(kinds, first_row, periods) if useful else None
