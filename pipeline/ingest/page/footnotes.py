"""Footnotes of a printed page: small print at its foot that begins with a note's number."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from pipeline.fold import fold
from pipeline.ingest.page.words import Row, row_text
from pipeline.rulebook import load_rulebook

_SMALL = 0.88
"""Times the body's height: notes are set in 10 or 11 points under a body of 13 or 14."""
_UPPER = 0.35
"""No note begins in this part of the page."""
_SPEAKING = 4
"""Words of a row whose height counts."""


def without_footnotes(rows: Sequence[Row], height: float) -> tuple[list[Row], list[list[Row]]]:
    """The page's rows above its notes, and the rows of each note; `height` of the page in the rows' unit."""
    tall = [_height(row) for row in rows if len(row) >= _SPEAKING]
    start, small = len(rows), _SMALL * median(tall) if tall else 0.0
    while start and _height(rows[start - 1]) < small:
        start -= 1
    labelled = [at for at in range(start, len(rows)) if _begins_note(rows[at])]
    if not labelled or labelled[0] == 0 or rows[labelled[0]][0].middle < _UPPER * height or _is_foot(rows[start:]):
        return list(rows), []
    ends = [*labelled[1:], len(rows)]
    return list(rows[: labelled[0]]), [list(rows[a:b]) for a, b in zip(labelled, ends, strict=True)]


def _height(row: Row) -> float:
    return median([word[4] - word[2] for word in row])


def _begins_note(row: Row) -> bool:
    return load_rulebook("pages").first("footnote", fold(row_text(row))) is not None


def _is_foot(rows: Sequence[Row]) -> bool:
    """Recipients are set small too."""
    book = load_rulebook("pages")
    return any(book.first("recipients_head", fold(row_text(row))) for row in rows)
