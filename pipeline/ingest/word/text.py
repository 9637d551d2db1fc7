"""A Word paragraph's printed text: what was inserted but not what was deleted, breaks, tabs, symbols, capitals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.ingest.word.cells import Para, Piece, Role
from pipeline.ingest.word.numbering import Numbering, W
from pipeline.ingest.word.styles import Styles
from pipeline.ingest.word.xmltree import Element, children, name_of

UNPRINTED = frozenset({"del", "moveFrom", "rPr", "pPr", "Fallback", "txbxContent", "instrText", "delText", "rt", "tbl"})
"""Not this paragraph's printed text: deletions, properties, the copy of a drawing for old programs, boxes."""
BREAKS = frozenset({"br", "cr"})
TABS = frozenset({"tab", "ptab"})
SYMBOL_SIGNS = {
    "f0a3": "□", "f06f": "□", "f0a8": "□", "f071": "□", "f0fe": "☒", "f052": "☑", "f0fc": "✓", "f0b7": "•", "f02d": "-",
}  # fmt: skip
DEEPEST = 60


@dataclass(slots=True)
class _Writing:
    """The lines of a paragraph while they are read."""

    lines: list[list[Piece]] = field(default_factory=lambda: [[]])

    def add(self, text: str, bold: bool) -> None:
        self.lines[-1].append(Piece(text, bold))


class ParagraphReader:
    """Reads paragraphs in document order: the numbers Word generates depend on it."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering

    def read(self, paragraph: Element, role: Role = "body") -> Para:
        props = paragraph.find(f"{W}pPr")
        style = _style(props, "pStyle")
        writing = _Writing()
        self._gather(paragraph, style, writing, 0)
        lines = tuple(tuple(line) for line in writing.lines)
        # Typists leave heading styles on running text; a real heading is also printed bold.
        bold = all(piece.bold for line in lines for piece in line if piece.text.strip())
        if role == "body" and bold and self._styles.is_heading(props, style):
            role = "heading"
        label = self._label(props, style, "".join(piece.text for piece in lines[0]))
        return Para(lines, self._styles.align(props, style), role, label)

    def _label(self, props: Element | None, style: str | None, text: str) -> str:
        """The generated number, counted on in any case; none where the same was typed too."""
        place = self._styles.list_place(props, style)
        if place is None:
            return ""
        level = place.level
        if level is None:
            level = self._numbering.level_of_style(place.num_id, place.style) if place.style else 0
        label = self._numbering.label(place.num_id, level)
        return "" if label and text.strip().startswith(label) else label

    def _gather(self, element: Element, style: str | None, writing: _Writing, depth: int) -> None:
        for child in children(element):
            name = name_of(child)
            if name in UNPRINTED or depth > DEEPEST:
                continue
            if name == "r":
                self._run(child, style, writing)
            else:
                self._gather(child, style, writing, depth + 1)

    def _run(self, run: Element, style: str | None, writing: _Writing) -> None:
        props = run.find(f"{W}rPr")
        own = _style(props, "rStyle")
        if self._styles.flag("vanish", props, own, style):
            return
        bold = self._styles.flag("b", props, own, style)
        capitals = self._styles.flag("caps", props, own, style)
        for child in children(run):
            name = name_of(child)
            if name in BREAKS and child.get(f"{W}type") not in ("page", "column"):
                writing.lines.append([])
            elif text := _printed(child, name):
                writing.add(text.upper() if capitals else text, bold)


def _printed(child: Element, name: str) -> str:
    if name == "t":
        return (child.text or "").replace("\u00ad", "")
    if name in TABS:
        return "\t"
    if name in BREAKS:
        return " "
    if name == "noBreakHyphen":
        return "-"
    return _symbol(child.get(f"{W}char", "")) if name == "sym" else ""


def _symbol(code: str) -> str:
    """A sign of a symbol font: known ones as Unicode, other private ones have no reading."""
    if known := SYMBOL_SIGNS.get(code.lower()):
        return known
    try:
        sign = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return "" if "\ue000" <= sign <= "\uf8ff" else sign


def _style(props: Element | None, name: str) -> str | None:
    found = props.find(f"{W}{name}") if props is not None else None
    return found.get(f"{W}val") if found is not None else None


def text_boxes(paragraph: Element) -> Iterator[Element]:
    """The contents of the text boxes that hang on a paragraph, each once (not its copy for old programs)."""
    for box in paragraph.iter(f"{W}txbxContent"):
        above = {name_of(parent) for parent in box.iterancestors()}
        if "Fallback" not in above and _nearest_paragraph(box) is paragraph:
            yield box


def _nearest_paragraph(box: Element) -> Element | None:
    return next((parent for parent in box.iterancestors() if parent.tag == f"{W}p"), None)
