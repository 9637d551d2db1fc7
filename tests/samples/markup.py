"""The little markup the Word and PDF samples are written in, read into blocks.

`<< ` and `>> `: a line of the left or right column; `== `: centred, bold; `=~ `: centred, italic; `** `: bold;
`#1 `, `#2 `, `#- `: an item the word processor numbers; `| a | b |`: a table row, with ¶ between a cell's
paragraphs, `<` for a cell merged with its left neighbour and `^` with the one above; `---landscape---`: a new
page, turned. Anything else is a paragraph. Inside a line **bold** and //italic// hold for the whole line.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph; `mark` is its opening sign ("" for a plain one)."""

    mark: str
    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    left: tuple[Line, ...]
    right: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of equal length; a cell is its paragraphs, "<" and "^" stand for merged cells."""

    rows: tuple[tuple[tuple[Line, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """From here on a new page, landscape."""


Block = Line | Columns | Grid | Turn
MARKS = ("<< ", ">> ", "== ", "=~ ", "** ", "#1 ", "#2 ", "#- ")


def read_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a sample's text, in order."""
    lines = [_line(raw) for raw in text.split("\n") if raw.strip()]
    blocks: list[Block] = []
    for kind, group in groupby(lines, _kind):
        run = list(group)
        if kind == "columns":
            blocks.append(Columns(_side(run, "<<"), _side(run, ">>")))
        elif kind == "grid":
            blocks.append(Grid(tuple(_row(line.text) for line in run)))
        elif kind == "turn":
            blocks.append(Turn())
        else:
            blocks.extend(run)
    return tuple(blocks)


def _line(raw: str) -> Line:
    mark = next((m for m in MARKS if raw.startswith(m)), "")
    text = raw.removeprefix(mark).strip()
    bold = text.startswith("**") and text.endswith("**") and len(text) > 4
    text = text.strip("*") if bold else text
    italic = text.startswith("//")
    text = text.strip("/") if italic else text
    return Line(mark.strip(), text, bold or mark.strip() in ("==", "**"), italic or mark.strip() == "=~")


def _kind(line: Line) -> str:
    if line.mark in ("<<", ">>"):
        return "columns"
    if line.text == "---landscape---":
        return "turn"
    return "grid" if line.text.startswith("|") else "line"


def _side(run: list[Line], mark: str) -> tuple[Line, ...]:
    return tuple(line for line in run if line.mark == mark)


def _row(text: str) -> tuple[tuple[Line, ...], ...]:
    return tuple(tuple(_line(part.strip()) for part in cell.split("¶")) for cell in text.strip("|").split("|"))
