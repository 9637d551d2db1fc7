"""The paragraphs of a table cell; those cut by a hard return or at a hyphen are made whole."""

from __future__ import annotations

import re

from pipeline.records import Run, SourceCell
from pipeline.text.openings import breaks_reference, is_capitals, is_open, label_end, starts_low
from pipeline.text.passages import Passage

_ASKS_FOR_MORE = re.compile(
    r"(?:,|\b(?:và|của|về|các|cho|với|theo|trong|tại|từ|đến|năm|tháng|quý|ngày|số|hoặc|là|những|việc))$", re.IGNORECASE
)
"""Ends that no item of a list has; short cell lines with other ends may well be items, small letter or not."""


def cell_passages(cell: SourceCell, page: int) -> list[Passage]:
    """A cell's paragraphs, top to bottom."""
    groups: list[list[tuple[str, tuple[Run, ...]]]] = []
    before = ""
    for runs in cell.paragraphs:
        text = " ".join("".join(run.text for run in runs).split())
        if not text:
            continue
        joint = _joint(before, text, printed=all(run.bbox for run in runs))
        if joint is None:
            groups.append([("", runs)])
        else:
            groups[-1].append((joint, runs))
        before = text
    return [
        Passage(tuple(runs for _, runs in group), tuple(joint for joint, _ in group), page, cell.bold)
        for group in groups
    ]


def _joint(before: str, text: str, printed: bool) -> str | None:
    """`printed` cells come from a page, where a small letter after an open line says that it was wrapped."""
    if breaks_reference(before, text):
        return ""
    if label_end(text) or not before:
        return None
    if printed and starts_low(text) and is_open(before) and not is_capitals(before):
        return " "
    goes_on = _ASKS_FOR_MORE.search(before) and (starts_low(text) or text[:1].isdigit())
    return " " if goes_on else None
