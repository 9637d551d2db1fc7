"""Tables that go on over the page: one table on its first page, headings once, broken rows whole again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.ingest.page.table_cells import GridCell, GridRow, PageTable

_TOLERANCE = 8.0
"""Points by which borders may differ from page to page; twice that where all of them are there (scans lie askew)."""
_NUMBER = re.compile(r"[\dIVXa-zđ.)\s]{1,8}")
_ENDED = re.compile(r"[.;:!?]\W*$|\./\.$")


def goes_on(above: PageTable, below: PageTable) -> bool:
    """Whether the table at the top of a page has the columns of the one at the bottom of the page before."""
    if len(above.edges) == len(below.edges):
        return all(_close(one, two, 2) for one, two in zip(above.edges, below.edges, strict=True))
    if not _close(above.edges[0], below.edges[0]) or not _close(above.edges[-1], below.edges[-1]):
        return False
    few, many = sorted((above.edges, below.edges), key=len)
    return all(any(_close(edge, other) for other in many) for edge in few)


def join_tables(above: PageTable, below: PageTable) -> PageTable:
    """Both parts in one: repeated headings dropped, a row that the page broke put together."""
    edges = max((above.edges, below.edges), key=len)
    rows = list(below.rows[len(repeated_rows(above, below)) :])
    head = list(above.rows)
    if rows and _continues(head, rows[0], len(edges) - 1):
        head[-1] = _stitched(head[-1], rows.pop(0))
    return PageTable(tuple(head + rows), edges, above.box, above.ruled)


def repeated_rows(above: PageTable, below: PageTable) -> tuple[GridRow, ...]:
    """The rows at the top of a page that only repeat the table's own first ones."""
    return below.rows[: _repeated(above.rows, below.rows)]


def _close(one: float, two: float, times: int = 1) -> bool:
    return abs(one - two) < times * _TOLERANCE


def _texts(row: GridRow) -> list[str]:
    return [cell.text.strip().casefold() for cell in row.cells]


def _repeated(first: Sequence[GridRow], rows: Sequence[GridRow]) -> int:
    """How many rows at the top repeat the table's own first ones."""
    count = 0
    for one, two in zip(first, rows, strict=False):
        if _texts(one) != _texts(two) or not any(_texts(two)):
            break
        count += 1
    return count


def _continues(above: Sequence[GridRow], row: GridRow, columns: int) -> bool:
    """No number of its own, and text that goes on (or only the rest of some cells)."""
    last = above[-1]
    if len(row.cells) < 2 or row.cells[0].text.strip() or len(last.cells) != len(row.cells):
        return False
    filled = [(a, b) for a, b in zip(last.cells, row.cells, strict=True) if b.text.strip()]
    if any(_goes_on(a, b) for a, b in filled):
        return True
    numbered = sum(bool(_NUMBER.fullmatch(r.cells[0].text)) for r in above if r.cells)
    return 2 * numbered >= len(above) and 2 * len(filled) <= columns


def _goes_on(above: GridCell, below: GridCell) -> bool:
    end, start = above.text.strip(), below.text.strip()
    return bool(end) and not _ENDED.search(end) and (start[0].islower() or end[-1] in ",-")


def _stitched(above: GridRow, below: GridRow) -> GridRow:
    pairs = zip(above.cells, below.cells, strict=True)
    return GridRow(tuple(replace(a, paragraphs=a.paragraphs + b.paragraphs) for a, b in pairs), above.page)
