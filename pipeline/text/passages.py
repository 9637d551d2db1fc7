"""What the canonical text is written from: passages of printed lines that belong together, and tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.records import Align, Run, SourceTable

Role = Literal["body", "footnote", "textbox", "heading"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A logical paragraph: the runs of each of its lines, and the joint (" " or "") before each."""

    lines: tuple[tuple[Run, ...], ...]
    joints: tuple[str, ...]
    page: int
    bold: bool = False
    align: Align | None = None
    column: int = 0
    role: Role = "body"


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table and the page where it starts."""

    table: SourceTable
    page: int


Item = Passage | PlacedTable
