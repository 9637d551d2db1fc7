"""The rows of those groups (documents, mostly) that differ between two versions of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc


class GroupChanges(NamedTuple):
    """The rows of groups that came, went or changed, as they were and as they are."""

    old: pa.Table
    new: pa.Table


class _Pair(NamedTuple):
    """Where one group's rows stand in both tables."""

    old_start: int
    old_length: int
    new_start: int
    new_length: int


def changed_groups(old: pa.Table, new: pa.Table, column: str) -> GroupChanges:
    """Rows of groups that are not the same in both tables.

    Args:
        old, new: under the same schema.
        column: names the group of a row; the rows of a group stand together.
    """
    before, after = _places(old[column]), _places(new[column])
    pairs = [_Pair(*place, *after[name]) for name, place in before.items() if name in after]
    apart = [pair for run in _runs(pairs) for pair in _differing(old, new, run)]
    olds = [place for name, place in before.items() if name not in after] + [pair[:2] for pair in apart]
    news = [place for name, place in after.items() if name not in before] + [pair[2:] for pair in apart]
    return GroupChanges(_taken(old, olds), _taken(new, news))


def _places(groups: pa.ChunkedArray) -> dict[str, tuple[int, int]]:
    """Group to its first row and its number of rows."""
    runs = pc.run_end_encode(groups.combine_chunks())
    ends = runs.run_ends.to_pylist()
    starts = [0, *ends][: len(ends)]
    names = runs.values.to_pylist()
    return {name: (start, end - start) for name, start, end in zip(names, starts, ends, strict=True)}


def _runs(pairs: Iterable[_Pair]) -> Iterator[list[_Pair]]:
    """Stretches of groups that follow one another in both tables, each with as many rows here as there."""
    run: list[_Pair] = []
    for pair in pairs:
        if run and not (_follows(run[-1], pair) and pair.old_length == pair.new_length):
            yield run
            run = []
        run.append(pair)
        if pair.old_length != pair.new_length:
            yield run
            run = []
    if run:
        yield run


def _follows(last: _Pair, pair: _Pair) -> bool:
    return pair.old_start == last.old_start + last.old_length and pair.new_start == last.new_start + last.new_length


def _differing(old: pa.Table, new: pa.Table, run: list[_Pair]) -> Iterator[_Pair]:
    """The groups of a run that differ: the run is halved until they stand alone."""
    first, last = run[0], run[-1]
    one = old.slice(first.old_start, last.old_start + last.old_length - first.old_start)
    other = new.slice(first.new_start, last.new_start + last.new_length - first.new_start)
    if one.equals(other):
        return
    if len(run) == 1:
        yield first
        return
    middle = len(run) // 2
    yield from _differing(old, new, run[:middle])
    yield from _differing(old, new, run[middle:])


def _taken(table: pa.Table, places: Iterable[tuple[int, ...]]) -> pa.Table:
    slices = [table.slice(start, length) for start, length in sorted(places)]
    return pa.concat_tables(slices) if slices else table.slice(0, 0)
