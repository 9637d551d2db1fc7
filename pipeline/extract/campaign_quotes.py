"""Quoted names, also where a quote sign is missing, doubled or of the wrong kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

OPENING, CLOSING = "“„«", "”»"
_STRAIGHT = '"‟″＂'
_LONGEST = 300
_ENDS = "\n\t"
_SIGNS = re.compile(f"[{OPENING}{CLOSING}{_STRAIGHT}{_ENDS}]")


@dataclass(frozen=True, slots=True)
class Quote:
    """[start, end) with its quote signs; [name_start, name_end) without."""

    start: int
    end: int
    name_start: int
    name_end: int


def find_quotes(text: str) -> Iterator[Quote]:
    """Left to right. A sign that closes nothing is passed over; an opening inside an open quote starts anew."""
    opened: int | None = None
    for found in _SIGNS.finditer(text):
        at, sign = found.start(), found[0]
        if sign in _ENDS or (opened is not None and at - opened > _LONGEST):
            opened = None
        if not _is_quote(sign):
            continue
        if opened is None:
            opened = at if _may_open(text, at) else None
        elif sign in OPENING:
            opened = at
        else:
            if quote := _quote(text, opened, at):
                yield quote
            opened = None


def _is_quote(sign: str) -> bool:
    return sign in OPENING or sign in CLOSING or sign in _STRAIGHT


def _may_open(text: str, at: int) -> bool:
    """An opening sign, or any sign that stands before a word and not behind one."""
    after = text[at + 1 : at + 2]
    if text[at] in OPENING:
        return bool(after)
    before = text[at - 1] if at else " "
    return after.isalnum() and not (before.isalnum() or before in ".!?")


def _quote(text: str, start: int, end: int) -> Quote | None:
    inside = text[start + 1 : end]
    name_start = start + 1 + len(inside) - len(inside.lstrip())
    name_end = end - (len(inside) - len(inside.rstrip()))
    return Quote(start, end + 1, name_start, name_end) if name_end - name_start >= 4 else None
