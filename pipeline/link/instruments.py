"""Cited instruments linked to the dated register. Source: rules/instruments.csv.

Only what is certain is linked: a reference borne by two instruments (every province has its own 01/KH-UBND), or a
law's name without a year that several laws have borne at no known date, stays unlinked.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.fold import fold
from pipeline.rulebook import read_csv


@dataclass(frozen=True, slots=True)
class Instrument:
    """A row of the register; an unknown day is None."""

    instrument_id: str
    type: str
    ref: str
    name: str
    issued_on: dt.date | None
    in_force_from: dt.date | None
    in_force_to: dt.date | None
    amended_by: tuple[str, ...]
    replaced_by: str | None


@dataclass(frozen=True, slots=True)
class Link:
    """The instrument found and how it stood at the day asked: in_force | amended | expired | not_yet | unknown."""

    instrument_id: str | None = None
    status: str = "unknown"
    replaced_by: str | None = None


def link_instrument(
    cited_type: str, ref: str | None, name: str | None, cited_date: str | None, on: dt.date | None
) -> Link:
    """The register's row for a citation: by reference, else a law by its name and `cited_date` (ISO or a part)."""
    if ref:
        rows: Sequence[Instrument] = _by_ref().get(_key(ref), ())
        rows = [row for row in rows if _agrees(row, cited_date)]
    else:
        rows = _law(_key(name or ""), cited_date, on) if name else ()
    rows = [row for row in rows if _same_type(row.type, cited_type)]
    if len(rows) != 1:
        return Link()
    row = rows[0]
    return Link(row.instrument_id, status_of(row, on), row.replaced_by)


def status_of(row: Instrument, on: dt.date | None) -> str:
    """How the instrument stood on the day `on`; unknown when a day needed for the answer is missing."""
    if on is None:
        return "unknown"
    if row.in_force_to and on > row.in_force_to:
        return "expired"
    start = row.in_force_from or row.issued_on
    if start is None:
        return "unknown"
    if on < start:
        return "not_yet"
    return "amended" if any(_in_force(other, on) for other in row.amended_by) else "in_force"


def law_names() -> tuple[str, ...]:
    """Names of laws as the register has them, without the type word."""
    return tuple(row.name for row in _rows() if row.type in ("Luật", "Bộ luật", "Pháp lệnh") and row.name)


def _in_force(instrument_id: str, on: dt.date) -> bool:
    row = next((r for r in _rows() if r.instrument_id == instrument_id), None)
    start = row and (row.in_force_from or row.issued_on)
    return bool(start and start <= on)


def _law(name: str, cited_date: str | None, on: dt.date | None) -> Sequence[Instrument]:
    rows = _by_name().get(name, [])
    if cited_date:
        return [row for row in rows if row.issued_on and row.issued_on.isoformat().startswith(cited_date)]
    if len(rows) < 2:
        return rows
    # Several laws have borne the name: the one in force on the day is meant.
    return [row for row in rows if status_of(row, on) in ("in_force", "amended")]


def _agrees(row: Instrument, cited_date: str | None) -> bool:
    """A directive's number comes back every year: a date that is said must not contradict."""
    if not cited_date or not row.issued_on:
        return True
    return row.issued_on.isoformat()[:4] == cited_date[:4]


def _same_type(registered: str, cited: str) -> bool:
    return registered.casefold() == cited.casefold() or {registered, cited} <= {"Luật", "Bộ luật"}


def _key(text: str) -> str:
    return re.sub(r"\s*([-/,])\s*", r"\1", re.sub(r"\s+", " ", fold(text))).strip().casefold()


@cache
def _by_ref() -> dict[str, list[Instrument]]:
    index: dict[str, list[Instrument]] = {}
    for row in _rows():
        if row.ref:
            index.setdefault(_key(row.ref), []).append(row)
    return index


@cache
def _by_name() -> dict[str, list[Instrument]]:
    index: dict[str, list[Instrument]] = {}
    for row in _rows():
        if row.name:
            index.setdefault(_key(row.name), []).append(row)
    return index


@cache
def _rows() -> tuple[Instrument, ...]:
    return tuple(
        Instrument(
            row["instrument_id"],
            row["type"],
            row["ref"],
            row["name"],
            _day(row["issued_on"]),
            _day(row["in_force_from"]),
            _day(row["in_force_to"]),
            tuple(filter(None, row["amended_by"].split("|"))),
            row["replaced_by"] or None,
        )
        for row in read_csv("instruments")
    )


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if len(text) == 10 else None
