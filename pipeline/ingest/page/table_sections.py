"""Roman labels of a scanned table's section rows ("II | Phát triển hạ tầng") that were misread: told by their order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.ingest.page.table_cells import GridRow, PageTable
from pipeline.ingest.repair.grammar import ROMANS
from pipeline.records import Run

_MISREAD = re.compile(r"[IlLH1|\]!ÍÌĨỊVvX]{0,5}")
"""What the engine makes of a Roman numeral's strokes."""
_CLEAN = re.compile(r"[IVX]{1,5}")
_SURE = 0.9
_SLACK = 6.0
"""Points by which borders of one line may differ."""


def is_section(row: GridRow, table: PageTable) -> bool:
    """A label of its own, and one cell over all other columns."""
    return len(row.cells) == 2 and len(table.edges) > 3 and row.cells[1].x1 >= table.edges[-1] - _SLACK


def with_sections(rows: Sequence[GridRow], table: PageTable) -> tuple[GridRow, ...]:
    """The rows; where most sections are I, II, III … in order, those of mere strokes between them too."""
    places = [at for at, row in enumerate(rows) if is_section(row, table)]
    texts = [rows[at].cells[0].text.strip().rstrip(".:,") for at in places]
    right = list(ROMANS[: len(places)])
    same = sum(one == two for one, two in zip(texts, right, strict=False))
    if len(right) < len(places) or 2 * same < len(places) or not all(_fits(text) for text in texts):
        return tuple(rows)
    if any(_CLEAN.fullmatch(text) and _is_other(text, new) for text, new in zip(texts, right, strict=True)):
        return tuple(rows)
    wrong = {at: new for at, text, new in zip(places, texts, right, strict=True) if text != new}
    return tuple(_labelled(row, wrong[at]) if at in wrong else row for at, row in enumerate(rows))


def _fits(text: str) -> bool:
    return _MISREAD.fullmatch(text) is not None


def _is_other(text: str, right: str) -> bool:
    """A numeral with a V or X more or less is another one, not the same misread."""
    return text.count("V") != right.count("V") or text.count("X") != right.count("X")


def _labelled(row: GridRow, label: str) -> GridRow:
    first = row.cells[0]
    box = next((run.bbox for runs in first.paragraphs for run in runs if run.bbox), None)
    tail = "." if first.text.strip().endswith(".") else ""
    run = Run(label + tail, row.page, box, _SURE, first.text)
    return replace(row, cells=(replace(first, paragraphs=((run,),)), *row.cells[1:]))
