"""Specks that OCR read as signs at the start of a line: "_- Phối hợp", "'TRƯỞNG BAN", ".V. TỔ CHỨC"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.ingest.page.words import PageWord

_BEFORE_DASH = re.compile(r"[_.,'`:~]{1,3}(?=[-–+]$)")
_BEFORE_WORD = re.compile(r"[_`:~|^.,']{1,2}(?=[^\W\d_]{2}|[IVX]{1,4}[.)])")
_ELLIPSIS = ".."
_CLOSES = "'`"
"""A sign that may open a quotation is no speck where the line has it again."""
_RULE = "repair.speck"


def without_specks_before(lines: Sequence[Sequence[PageWord]]) -> list[list[PageWord]]:
    """The lines without signs that nobody prints before a line's first word; a dash or number behind them stays."""
    return [_cleared(list(line)) for line in lines]


def _cleared(line: list[PageWord]) -> list[PageWord]:
    if not line:
        return line
    first = line[0].text
    match = _BEFORE_DASH.match(first) or (_BEFORE_WORD.match(first) if len(line) > 1 or first[1:].isupper() else None)
    if (
        match is None
        or match[0] == _ELLIPSIS
        or any(sign in _CLOSES and sign in _rest(line, match.end()) for sign in match[0])
    ):
        return line
    return [line[0].repaired(first[match.end() :], _RULE), *line[1:]]


def _rest(line: Sequence[PageWord], start: int) -> str:
    return " ".join([line[0].text[start:], *(word.text for word in line[1:])])
