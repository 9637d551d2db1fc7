"""Words of a page that are kept out of its text, as records: nothing that was read is lost."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.ingest.page.words import PageWord, Row, row_text, rows_of
from pipeline.records import Aside, AsideKind, Run


def aside_of(kind: AsideKind, rows: Sequence[Row]) -> Aside:
    """One record of `rows` (not empty), with the box around them; `confidence` is the characters' mean."""
    words = [word for row in rows for word in row]
    box = (
        round(min(word.x0 for word in words), 2),
        round(min(word.top for word in words), 2),
        round(max(word.x1 for word in words), 2),
        round(max(word.bottom for word in words), 2),
    )
    return Aside(kind, " ".join(map(row_text, rows)), box, _mean(words))


def asides_of(kind: AsideKind, words: Sequence[PageWord]) -> list[Aside]:
    """One record a line, two where wide white parts it."""
    return [aside_of(kind, [part]) for row in rows_of(words) for part in parts_of(row)]


def parts_of(row: Row) -> list[Row]:
    """The row's words, cut where the white between two of them is wider than a line is high."""
    parts, start = [], 0
    for at, (one, two) in enumerate(pairwise(row), start=1):
        white = two[1] - one[3]
        if white > 0 and white > 1.2 * max(one[4] - one[2], two[4] - two[2]):
            parts.append(row[start:at])
            start = at
    return [*parts, row[start:]] if row else []


def aside_of_runs(kind: AsideKind, runs: Sequence[Run]) -> Aside:
    """The same for a line, paragraph or table row that was already put together."""
    boxes = [run.bbox for run in runs if run.bbox]
    x0, top, x1, bottom = zip(*boxes, strict=True) if boxes else ((), (), (), ())
    around = (min(x0), min(top), max(x1), max(bottom)) if boxes else None
    return Aside(kind, " ".join("".join(run.text for run in runs).split()), around, _mean(runs))


def _mean(words: Sequence[PageWord] | Sequence[Run]) -> float | None:
    sure = [(word.confidence, len(word.text)) for word in words if word.confidence is not None]
    letters = sum(length for _, length in sure)
    return round(sum(own * length for own, length in sure) / letters, 4) if letters else None
