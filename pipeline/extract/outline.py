"""The outline of a paper: which paragraph is a heading, which an item, and what stands under what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extract.labels import (
    APPENDIX,
    ARTICLE,
    CHAPTER,
    DASH,
    INTRO,
    LETTER,
    NESTED,
    NUMBER,
    PART,
    PLAIN,
    ROMAN,
    Label,
    read_label,
)  # fmt: skip
from pipeline.extract.lines import Line, lines_of
from pipeline.extract.periods import heading_period
from pipeline.extract.units import is_unit_name
from pipeline.extract.zones import APPENDIX as APPENDIX_ZONE
from pipeline.extract.zones import BODY, CLOSING, Zones
from pipeline.records import PlanText

_LONGEST_HEADING = 350
_LONGEST_PLAIN_HEADING = 160
_FEWEST_LETTERS = 4


@dataclass(frozen=True, slots=True)
class Node:
    """A paragraph or table in the outline. `parent` is an index into the outline; `words` is where the text begins."""

    line: Line
    zone: str
    label: Label | None
    rank: int
    heading: bool
    parent: int | None
    words: int

    @property
    def text(self) -> str:
        """The words after the numbering."""
        return self.line.text[self.words - self.line.start :]

    @property
    def folded(self) -> str:
        return self.line.folded[self.words - self.line.start :]

    @property
    def title(self) -> str:
        return " ".join(self.text.split()).rstrip(" :;")


def build_outline(plan: PlanText, zones: Zones) -> tuple[Node, ...]:
    """The blocks of body, closing and appendix as nodes, in text order."""
    lines = [line for line in lines_of(plan) if zones.names[line.index] in (BODY, CLOSING, APPENDIX_ZONE)]
    lines = [line for line in lines if line.role != "footnote" and not _is_speck(line)]
    labels = _mended([None if line.is_table else read_label(line.folded) for line in lines])
    nodes: list[Node] = []
    open_nodes: list[int] = []
    for at, line in enumerate(lines):
        heading, rank = _place(lines, labels, at)
        zone = zones.names[line.index]
        if zone != (nodes[-1].zone if nodes else zone) and zone != CLOSING:
            open_nodes.clear()
        while open_nodes and _closes(nodes[open_nodes[-1]], rank):
            open_nodes.pop()
        label = labels[at]
        words = line.start + (label.end if label else 0)
        nodes.append(Node(line, zone, label, rank, heading, open_nodes[-1] if open_nodes else None, words))
        if rank != PLAIN:
            open_nodes.append(len(nodes) - 1)
    return tuple(nodes)


def _mended(labels: list[Label | None]) -> list[Label | None]:
    """Labels with a point that OCR lost put back: "44." that follows "4.3" is "4.4"."""
    last = ""
    for at, label in enumerate(labels):
        if label is None or label.rank not in (NUMBER, NESTED):
            continue
        head, point, tail = last.rpartition(".")
        if label.rank == NUMBER and point and label.text == f"{head}{int(tail) + 1}" and label.text != head:
            label = labels[at] = replace(label, text=f"{head}.{int(tail) + 1}", rank=NESTED)
        last = label.text
    return labels


def _is_speck(line: Line) -> bool:
    """A few letters without a label: a speck that OCR read, no paragraph."""
    letters = sum(c.isalpha() for c in line.text)
    return not line.is_table and letters < _FEWEST_LETTERS and read_label(line.folded) is None


def ancestors(outline: Sequence[Node], index: int) -> list[int]:
    """The nodes a node stands under, nearest first."""
    found: list[int] = []
    parent = outline[index].parent
    while parent is not None:
        found.append(parent)
        parent = outline[parent].parent
    return found


def _closes(open_node: Node, rank: int) -> bool:
    """Whether a line of `rank` ends what is open: plain words end a list, but not the heading it stands under."""
    if rank == PLAIN:
        return open_node.rank >= LETTER and not open_node.heading
    return open_node.rank >= rank


def _place(lines: Sequence[Line], labels: Sequence[Label | None], at: int) -> tuple[bool, int]:
    """Whether the line is a heading, and its rank in the outline."""
    line, label = lines[at], labels[at]
    if line.is_table:
        return False, PLAIN
    following = lines[at + 1] if at + 1 < len(lines) else None
    next_rank = _rank(following, labels[at + 1]) if following else None
    if label is None:
        return _place_plain(line, next_rank)
    words = line.folded[label.end :].strip()
    if label.rank in (APPENDIX, PART, CHAPTER):
        return True, label.rank
    if label.rank in (ROMAN, ARTICLE):
        return (len(words) <= _LONGEST_HEADING and not words.endswith((".", "./", ";"))) or line.bold, label.rank
    deeper = next_rank is not None and next_rank > label.rank
    return _is_heading(line, words, label, deeper), label.rank


def _rank(line: Line, label: Label | None) -> int:
    return label.rank if label else PLAIN


def _place_plain(line: Line, next_rank: int | None) -> tuple[bool, int]:
    """A line without numbering: a heading in capitals or bold, the lead-in of a list, or plain words."""
    words = line.folded.strip()
    opens = next_rank is not None
    if opens and _in_capitals(words):
        return True, CHAPTER if words.upper().startswith("PH") else ROMAN
    if opens and words.endswith(":") and next_rank is not None and next_rank >= LETTER and next_rank != PLAIN:
        return _names_scope(words), INTRO
    short = len(words) <= _LONGEST_PLAIN_HEADING and not words.endswith((".", ";", ","))
    if opens and short and ((line.bold and len(words) > 3) or _names_scope(words)):
        return True, INTRO
    return False, PLAIN


def _names_scope(words: str) -> bool:
    """Whether the words are just a unit or a period, which holds for what stands below."""
    name = words.rstrip(" :.")
    return is_unit_name(name) or heading_period(name, 2000) is not None


def _in_capitals(words: str) -> bool:
    letters = [c for c in words if c.isalpha()]
    return 6 <= len(letters) <= 200 and not words.endswith((";", ",")) and all(c.isupper() for c in letters)


def _is_heading(line: Line, words: str, label: Label, deeper: bool) -> bool:
    """A numbered line is a heading when it has no sentence's end and something stands under it."""
    name = words.rstrip(" :.")
    if label.rank >= DASH or label.is_bullet:
        return deeper and _names_scope(name) and not words.endswith((".", ";"))
    if len(words) > _LONGEST_HEADING or words.endswith((";", ",", "./", "./.")):
        return False
    if words.endswith("."):
        return (
            ": " not in words and deeper and len(words) <= 100 and (line.bold or is_unit_name(name) or len(words) <= 40)
        )
    return deeper or is_unit_name(name)
