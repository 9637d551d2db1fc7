"""Numbers of headings that OCR misread into other numbers, told by the whole document's numbering.

"I., II., II., IV." can only be "I., II., III., IV."; the same holds for headings of quarters. Each series is read as
counting up by one, with restarts, gaps and strangers in it at a price; a number changes where that is clearly cheaper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.fold import fold
from pipeline.ingest.page.words import joined_rules
from pipeline.ingest.repair.grammar import ROMANS
from pipeline.records import Run, SourceBlock, SourceLine, SourceTable
from pipeline.rulebook import load_rulebook

_SURE = 0.9
_MISREAD, _GAP, _STRANGER, _RESTART, _MISREAD_RESTART = 1.0, 1.2, 1.6, 0.3, 2.0
"""What it costs to say that one stroke was lost or added, that a number is missing, that a label belongs to no series
or begins a new one."""
_MARGIN = 0.5
"""By so much a change must be cheaper than any reading of the series that keeps the label."""
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class _Label:
    """A Roman number in a run of text, `start` to `end`."""

    run: Run
    start: int
    end: int
    value: int


def repair_sequences(pages: Sequence[Sequence[SourceBlock]]) -> list[list[SourceBlock]]:
    """The blocks of all pages with the numbers of their headings repaired; text layers are left as they are."""
    if not any(run.confidence is not None for page in pages for block in page for run in _runs(block)):
        return [list(page) for page in pages]
    changed: dict[int, Run] = {}
    for group in ("heading_number", "heading_quarter"):
        labels = [label for page in pages for block in page for label in _labels(block, group)]
        if len(labels) <= _LONGEST and any(label.run.confidence is not None for label in labels):
            for label, value in zip(labels, counted([label.value for label in labels]), strict=True):
                if value != label.value and label.run.confidence is not None:
                    changed[id(label.run)] = _renumbered(label, value)
    return [[_changed(block, changed) for block in page] for page in pages] if changed else [list(p) for p in pages]


def counted(read: Sequence[int]) -> list[int]:
    """What a series of numbers, some of them misread by a stroke, is: the numbers as they must be, from 1."""
    least = _cost(read, None)
    result = []
    for at, value in enumerate(read):
        if _cost(read, at) < least + _MARGIN:
            result.append(value)
            continue
        others = [other for other in range(1, len(ROMANS) + 1) if _alike(value, other)]
        result.append(min(others, key=lambda other: _cost([*read[:at], other, *read[at + 1 :]], at), default=value))
    return result


def _cost(read: Sequence[int], kept: int | None) -> float:
    """The price of the cheapest reading of the series; the label at `kept` must be what was read, or a stranger."""
    costs = {0: 0.0}
    for at, value in enumerate(read):
        costs_here = {number: cost + _STRANGER for number, cost in costs.items()}
        for number in range(1, len(ROMANS) + 1):
            if number == value or (at != kept and _alike(value, number)):
                steps = min(cost + _step(before, number, value) for before, cost in costs.items())
                price = steps + (0.0 if number == value else _MISREAD)
                costs_here[number] = min(price, costs_here.get(number, price))
        costs = costs_here
    return min(costs.values())


def _step(before: int, number: int, read: int) -> float:
    if number > before:
        return _GAP * (number - before - 1)
    return (_RESTART if read == 1 else _MISREAD_RESTART) + _GAP * (number - 1)


def _alike(one: int, two: int) -> bool:
    """Whether two Roman numbers differ by one upright stroke."""
    if not (0 < one <= len(ROMANS) and 0 < two <= len(ROMANS)):
        return False
    short, long = sorted((ROMANS[one - 1], ROMANS[two - 1]), key=len)
    return len(long) == len(short) + 1 and any(
        long[at] == "I" and long[:at] + long[at + 1 :] == short for at in range(len(long))
    )


def _runs(block: SourceBlock) -> Iterator[Run]:
    if isinstance(block, SourceTable):
        yield from (run for row in block.rows for cell in row.cells for runs in cell.paragraphs for run in runs)
    else:
        yield from block.runs


def _labels(block: SourceBlock, group: str) -> Iterator[_Label]:
    """Of a printed line, and of table rows that are one cell: headings over all columns."""
    if isinstance(block, SourceLine):
        yield from _label(block.runs, group)
    elif isinstance(block, SourceTable):
        for row in block.rows:
            if len(row.cells) == 1 and row.cells[0].paragraphs:
                yield from _label(row.cells[0].paragraphs[0], group)


def _label(runs: Sequence[Run], group: str) -> Iterator[_Label]:
    text = "".join(run.text for run in runs)
    match = load_rulebook("repair").first(group, fold(text))
    if match is None or match.values["roman"] not in ROMANS:
        return
    start, end = match.spans["roman"]
    for run in runs:
        if start >= 0 and end <= len(run.text):
            yield _Label(run, start, end, ROMANS.index(match.values["roman"]) + 1)
            return
        start, end = start - len(run.text), end - len(run.text)


def _renumbered(label: _Label, value: int) -> Run:
    run = label.run
    return replace(
        run,
        text=run.text[: label.start] + ROMANS[value - 1] + run.text[label.end :],
        raw=run.text if run.raw is None else run.raw,
        repair=joined_rules(run.repair, "repair.sequence"),
        confidence=min(run.confidence or 0.0, _SURE),
    )


def _changed(block: SourceBlock, changed: dict[int, Run]) -> SourceBlock:
    if isinstance(block, SourceLine):
        return replace(block, runs=_with(block.runs, changed))
    if not isinstance(block, SourceTable):
        return block
    rows = []
    for row in block.rows:
        cells = [replace(c, paragraphs=tuple(_with(runs, changed) for runs in c.paragraphs)) for c in row.cells]
        rows.append(replace(row, cells=tuple(cells)))
    return replace(block, rows=tuple(rows))


def _with(runs: Sequence[Run], changed: dict[int, Run]) -> tuple[Run, ...]:
    return tuple(changed.get(id(run), run) for run in runs)
