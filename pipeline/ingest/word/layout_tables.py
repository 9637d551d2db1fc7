"""Which tables are no tables: letterheads and signature blocks set in a table or in two columns."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.fold import fold
from pipeline.rulebook import load_rulebook

LONGEST_LETTERHEAD = 3000
"""A letterhead or signature block with more characters than this is something else."""


def is_layout(cells: Iterable[str], rows: int, columns: int, ruled: bool = False) -> bool:
    """Whether the cells of a table hold a letterhead or a signature block.

    `cells` are the texts of the cells, their lines parted by "\\n"; `columns` counts those filled in one row. A ruled
    table needs clearer words (the motto, "Nơi nhận"): "Số: 5" alone stands in real tables too.
    """
    if columns > 3 or rows > 40:
        return False
    text = "\n".join(cell for cell in cells if cell.strip())
    if len(text) > LONGEST_LETTERHEAD:
        return False
    return _has("layout", text) if ruled else has_layout_words(text) or (rows <= 8 and _has("sign_off", text))


def has_layout_words(text: str) -> bool:
    """Whether a text holds the motto, the number line, "Nơi nhận" or a line of signing authority."""
    return _has("layout", text) or _has("layout_weak", text)


def _has(group: str, text: str) -> bool:
    return load_rulebook("layout").first(group, fold(text)) is not None
