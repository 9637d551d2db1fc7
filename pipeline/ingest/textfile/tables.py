"""Tables in text drawn with tabs or Markdown pipes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.errors import DocumentError, Kind
from pipeline.ingest.textfile.lines import TextLine
from pipeline.ingest.textfile.markup import unmark
from pipeline.records import Run, SourceCell, SourceRow, SourceTable

_PIPE_RULE = re.compile(r"\|?\s*(?::?-{2,}:?\s*\|\s*)*:?-{2,}:?\s*\|?")
PIPE_SIGNS = ("|", "│", "║", "+", "├", "┌", "└", "╔", "╠", "╚")
GRID_RULE = re.compile(r"\s*[+├┌└╔╠╚][-=+─┬┼┴═╦╬╩:]{2,}[+┤┐┘╗╣╝]\s*")
PIPE = re.compile(r"(?<!\\)[|│║]")
ITEM = re.compile(r"(?:[-–—+•*●]|\d{1,2}[.)]|[a-zđ][.)])\s*\S")
LIST_SIGN = re.compile(r"[-–—+•*●]|(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ]|[IVX]{1,5})[.)]|\d{1,2}(?:\.\d{1,2})+")
HEAD_CELL = re.compile(r"\W*(?:TT|STT|Số TT|S\.?TT)\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TextTable:
    """Rows of raw cell texts; `row` is the line where the table starts."""

    row: int
    rows: tuple[tuple[str, ...], ...]


def split_tables(lines: Sequence[TextLine]) -> list[TextTable | list[TextLine]]:
    """Part lines into tables drawn with tabs or pipes and the lines between them, in order."""
    runs = _pipe_runs(lines)
    refused: dict[int, int] = {}
    return part(lines, lambda index: _pipe_table(lines, index, runs[index]) or _tab_table(lines, index, refused))


def part(
    lines: Sequence[TextLine], table_at: Callable[[int], tuple[TextTable, int] | None]
) -> list[TextTable | list[TextLine]]:
    """Tables and the lines between them, in order; `table_at` gives the table at an index and the index behind it."""
    parts: list[TextTable | list[TextLine]] = []
    index = 0
    while index < len(lines):
        found = table_at(index)
        if found:
            table, index = found
            parts.append(table)
            continue
        if not parts or isinstance(parts[-1], TextTable):
            parts.append([])
        last = parts[-1]
        if isinstance(last, list):
            last.append(lines[index])
        index += 1
    return parts


# --- tabs -------------------------------------------------------------------------------------


def _tab_table(lines: Sequence[TextLine], start: int, refused: dict[int, int]) -> tuple[TextTable, int] | None:
    """The table starting at a line with tabs inside, and the index after it.

    `refused`: number of tabs → where lines end that were no table; the last of them alone are none either.
    """
    tabs = _tabs(lines[start])
    if tabs == 0 or not lines[start].text.strip() or start < refused.get(tabs, 0):
        return None
    rows: list[str] = []
    index = end = start
    while index < len(lines):
        if not lines[index].text.strip(" "):
            index += 1
            continue
        if not _goes_on(lines, index, rows, tabs):
            break
        _add(rows, lines[index].text, tabs)
        index += 1
        end = index
    if len(rows) < 2 or sum(row.count("\t") == tabs for row in rows) < 2 or all(map(_is_list_item, rows)):
        refused[tabs] = index
        return None
    return TextTable(lines[start].row, tuple(tuple(row.split("\t")) for row in rows)), end


def _is_list_item(row: str) -> bool:
    """A sign or number with its stop, a tab and the text: how lists are saved, not tables."""
    *signs, _ = row.split("\t")
    return all(not sign.strip() or LIST_SIGN.fullmatch(sign.strip()) for sign in signs)


def _tabs(line: TextLine) -> int:
    """Tabs that part cells: an indented line's leading tabs don't, unless others follow."""
    inside = line.text.lstrip(" ")
    return inside.count("\t") if "\t" in inside.strip("\t ") or inside.rstrip(" ").endswith("\t") else 0


def _goes_on(lines: Sequence[TextLine], index: int, rows: list[str], tabs: int) -> bool:
    here = lines[index].text.count("\t")
    if not rows or here == tabs:
        return True
    open_tabs = tabs - rows[-1].count("\t")
    if open_tabs:
        return here <= open_tabs
    following = _next_filled(lines, index)
    if following is None:
        return False
    if here == 0:
        return _is_row(following, tabs) and not HEAD_CELL.match(following.text.split("\t")[0] + " ")
    return here < tabs and _completes(lines, index, tabs)


def _completes(lines: Sequence[TextLine], index: int, tabs: int) -> bool:
    """Whether the lines from here add up to one row, within a few lines."""
    total = 0
    for line in lines[index : index + 12]:
        total += line.text.count("\t")
        if total >= tabs:
            return total == tabs
    return False


def _next_filled(lines: Sequence[TextLine], index: int) -> TextLine | None:
    return next((line for line in lines[index + 1 : index + 6] if line.text.strip(" ")), None)


def _is_row(line: TextLine, tabs: int) -> bool:
    return line.text.count("\t") == tabs


def _add(rows: list[str], text: str, tabs: int) -> None:
    """Add a line as a row, or to the row that is not full yet, or to the last cell it wraps from."""
    if (
        rows
        and rows[-1].count("\t") + text.count("\t") <= tabs
        and (rows[-1].count("\t") < tabs or _wraps(rows[-1], text))
    ):
        rows[-1] = f"{rows[-1].rstrip(' ')}\n{text.strip(' ')}"
    elif "\t" not in text:
        rows.append(text + "\t" * tabs)
    else:
        rows.append(text)


def _wraps(row: str, text: str) -> bool:
    """Whether a line without tabs after a full row is the rest of its last cell (else it heads what follows)."""
    last = row.rsplit("\t", 1)[-1].strip()
    bare = unmark(text)[0].text.strip()
    return (
        bool(last)
        and (bare[:1].islower() or bare[:1] in "-+•(" or not last.endswith((".", ";", ":")))
        and (not bare.isupper())
        and not re.match(r"(?:[IVX]{1,5}|\d{1,2}|[A-Z])[.)]\s|Quý\s|Tháng\s", bare)
    )


# --- pipes ------------------------------------------------------------------------------------


class _PipeRun(NamedTuple):
    """The lines with pipes from one line on: where they end, whether all begin with one and one is a rule."""

    end: int
    framed: bool = True
    ruled: bool = False


def _pipe_runs(lines: Sequence[TextLine]) -> list[_PipeRun]:
    """The run that begins at each line, told from the last line up, so that no line is looked at twice."""
    runs: list[_PipeRun] = []
    below = _PipeRun(len(lines))
    for index in range(len(lines) - 1, -1, -1):
        text = lines[index].text
        if _is_piped(text):
            framed = below.framed and text.strip().startswith(PIPE_SIGNS)
            below = _PipeRun(below.end, framed, below.ruled or _is_pipe_rule(text))
        else:
            below = _PipeRun(index)
        runs.append(below)
    return runs[::-1]


def _pipe_table(lines: Sequence[TextLine], start: int, run: _PipeRun) -> tuple[TextTable, int] | None:
    """The Markdown or grid table starting here, and the index after it."""
    if run.end - start < 2 or not (run.framed or run.ruled):
        return None
    block = [line.text for line in lines[start : run.end]]
    if any(GRID_RULE.fullmatch(text) for text in block):
        rows = _grid_rows(block)
    else:
        rows = [_pipe_cells(text) for text in block if not _is_pipe_rule(text)]
    rows = [row for row in rows if row]
    return (TextTable(lines[start].row, tuple(rows)), run.end) if rows else None


def _is_pipe_rule(text: str) -> bool:
    return _PIPE_RULE.fullmatch(text.strip()) is not None


def _is_piped(text: str) -> bool:
    bare = text.strip()
    if GRID_RULE.fullmatch(text) or ("|" in bare and _is_pipe_rule(bare)):
        return True
    return bare.startswith(("|", "│", "║")) or len(PIPE.findall(bare)) >= 2


def _pipe_cells(text: str) -> tuple[str, ...]:
    bare = text.strip()
    cells = PIPE.split(bare)
    if bare[:1] in "|│║":
        cells = cells[1:]
    if cells and not cells[-1].strip() and bare[-1:] in "|│║":
        cells = cells[:-1]
    return tuple(cell.replace("\\|", "|").strip() for cell in cells)


def _grid_rows(block: Sequence[str]) -> list[tuple[str, ...]]:
    """Rows of a table ruled with "+---+": the lines between two rules are one row."""
    rows: list[tuple[str, ...]] = []
    pending: list[tuple[str, ...]] = []
    for text in [*block, "+--+"]:
        if not GRID_RULE.fullmatch(text):
            pending.append(_pipe_cells(text))
        elif pending:
            count = Counter(map(len, pending)).most_common(1)[0][0]
            same = [cells for cells in pending if len(cells) == count]
            rows.append(tuple("\n".join(filter(None, column)) for column in zip(*same, strict=True)))
            pending = []
    return rows


# --- records ----------------------------------------------------------------------------------


class Cells:
    """How many cells a text may still have: a short one may hold rows of very different width, all filled up."""

    def __init__(self, left: int) -> None:
        self._left = left

    def take(self, number: int) -> None:
        """TOO_LARGE where there are no more."""
        self._left -= number
        if self._left < 0:
            raise DocumentError(Kind.TOO_LARGE, "Quá nhiều ô bảng. / Too many table cells.")


def source_table(table: TextTable, page: int, cells: Cells) -> SourceTable:
    """The record of a table; a row with its first cell alone filled spans all columns. TOO_LARGE."""
    count = max(len(row) for row in table.rows)
    cells.take(count * len(table.rows))
    rows = tuple(_row(row, count, page) for row in table.rows if any(cell.strip() for cell in row))
    return SourceTable(rows, count)


def _row(cells: Sequence[str], count: int, page: int) -> SourceRow:
    filled = [index for index, cell in enumerate(cells) if cell.strip()]
    if filled == [0] and count > 1 and not _is_label(cells[0]):
        return SourceRow((_cell(cells[0], 0, page, count),), page)
    padded = [*cells, *[""] * (count - len(cells))]
    return SourceRow(tuple(_cell(cell, index, page) for index, cell in enumerate(padded)), page)


def _is_label(text: str) -> bool:
    """A number alone in the first cell is a row's number, no heading."""
    return re.fullmatch(r"\W*(?:\d+(?:\.\d+)*|[IVX]+|[a-zđ])\W*", unmark(text)[0].text.strip()) is not None


def _cell(text: str, column: int, page: int, span: int = 1) -> SourceCell:
    marked = [line for part in _unwrapped(text) for line in unmark(part) if line.text.strip()]
    paragraphs = tuple((Run(" ".join(line.text.split()), page),) for line in marked)
    return SourceCell(paragraphs, column, column_span=span, bold=bool(marked) and all(line.bold for line in marked))


def _unwrapped(text: str) -> list[str]:
    """The paragraphs of a cell whose lines wrap: an item's sign begins another."""
    parts: list[str] = []
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        if not parts or ITEM.match(line):
            parts.append(line)
        else:
            joint = "" if re.search(r"\w[-/]$", parts[-1]) else " "
            parts[-1] += joint + line
    return parts
