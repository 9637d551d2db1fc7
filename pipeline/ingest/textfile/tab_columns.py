"""Letterheads and signature blocks set with tabs: "issuer ⇥ motto" in one paragraph after another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.ingest.word.cells import Grid, GridCell, Para, Piece, grid_blocks, para_blocks
from pipeline.records import SourceBlock

TABS = re.compile(r"\t+")
LONGEST_SIDE = 80
"""A side of a letterhead line has no more characters; running text with a tab in it has."""


def blocks_of(paras: Iterable[Para]) -> Iterator[SourceBlock]:
    """The blocks of neighbouring paragraphs; those that make two columns with tabs are given column by column."""
    group: list[Para] = []
    for para in paras:
        if _sides(para) is not None:
            group.append(para)
            continue
        yield from _flush(group)
        group = []
        yield from para_blocks(para)
    yield from _flush(group)


def _flush(group: Sequence[Para]) -> Iterator[SourceBlock]:
    cells: list[GridCell] = []
    for row, para in enumerate(group):
        for index, side in enumerate(_sides(para) or ()):
            cells.append(GridCell(row, index, index, (Para(((Piece(side, _is_bold(para)),),)),)))
    grid = Grid(tuple(cells), len(group), 2, ruled=False)
    if cells and grid.is_layout:
        yield from grid_blocks(grid)
        return
    for para in group:
        yield from para_blocks(para)


def _sides(para: Para) -> tuple[str, str] | None:
    """The left and right part of a one-line paragraph with tabs between (the left may be blank)."""
    if len(para.lines) != 1 or para.label or "\t" not in para.text.rstrip():
        return None
    parts = TABS.split(para.text.rstrip())
    filled = [part.strip() for part in parts if part.strip()]
    if not 1 <= len(filled) <= 2 or any(len(part) > LONGEST_SIDE for part in filled):
        return None
    return (filled[0], filled[1]) if len(filled) == 2 else ("", filled[0])


def _is_bold(para: Para) -> bool:
    weights = [piece.bold for line in para.lines for piece in line if piece.text.strip()]
    return bool(weights) and all(weights)
