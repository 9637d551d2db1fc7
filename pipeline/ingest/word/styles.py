"""What Word's styles say of a paragraph or run: weight, capitals, alignment, list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.ingest.word.numbering import W, number_in
from pipeline.ingest.word.xmltree import Element
from pipeline.records import Align

OFF = frozenset({"0", "false", "off", "none"})
ALIGNS: Mapping[str, Align] = {
    "center": "center", "right": "right", "end": "right", "left": "left", "start": "left",
    "both": "justify", "distribute": "justify", "thaiDistribute": "justify",
}  # fmt: skip
DEEPEST = 20
NO_LINES = frozenset({"none", "nil"})


@dataclass(frozen=True, slots=True)
class ListPlace:
    """The list (w:num) and level of a paragraph."""

    num_id: str
    level: int | None
    style: str | None = None
    """The style that says so, where the paragraph itself doesn't."""


class Styles:
    """The styles of one document, with what they inherit."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._defaults: dict[str, str] = {}
        self._default_props: list[Element] = []
        self._style_flags: dict[tuple[str | None, str], bool | None] = {}
        self._lines: dict[str | None, tuple[str, ...]] = {}
        if root is not None:
            self._load(root)

    def flag(self, name: str, run: Element | None, run_style: str | None, para_style: str | None) -> bool:
        """Whether a run property (b, caps, vanish) is on: said of the run, its style, or its paragraph's style."""
        if (own := _flag(run, name)) is not None:
            return own
        by_run, by_para = self._style_flag(run_style, name), self._style_flag(self.paragraph_style(para_style), name)
        if by_run is not None and by_para is not None:
            return by_run != by_para
        chosen = by_run if by_run is not None else by_para
        if chosen is not None:
            return chosen
        return next(
            (on for props in self._default_props if (on := _flag(props.find(f"{W}rPr"), name)) is not None), False
        )

    def align(self, para: Element | None, style: str | None) -> Align | None:
        for props in (para, *self._inherited(self.paragraph_style(style), "pPr")):
            if props is not None and (jc := props.find(f"{W}jc")) is not None:
                return ALIGNS.get(jc.get(f"{W}val", ""))
        return None

    def list_place(self, para: Element | None, style: str | None) -> ListPlace | None:
        """The paragraph's own list, completed by its style's; None where there is none (or numId 0)."""
        num_id, level = _list_of(para)
        from_style: str | None = None
        for name in self._line(self.paragraph_style(style)):
            if num_id is not None:
                break
            num_id, own = _list_of(self._styles[name].find(f"{W}pPr"))
            level = own if level is None else level
            from_style = name if num_id is not None else None
        return ListPlace(num_id, level, from_style) if num_id not in (None, "0") and num_id else None

    def is_heading(self, para: Element | None, style: str | None) -> bool:
        for props in (para, *self._inherited(style, "pPr")):
            if props is not None and (outline := props.find(f"{W}outlineLvl")) is not None:
                return outline.get(f"{W}val", "9") < "9"
        return False

    def is_ruled(self, style: str | None) -> bool:
        """Whether a table style draws lines."""
        borders = (p.find(f"{W}tblBorders") for p in self._inherited(style or self._defaults.get("table"), "tblPr"))
        return next((draws(found) for found in borders if found is not None), False)

    def list_styles(self) -> dict[str, str]:
        """List style id → the w:num it names."""
        lists = ((name, _list_of(s.find(f"{W}pPr"))[0]) for name, s in self._styles.items())
        return {name: num_id for name, num_id in lists if num_id is not None}

    def paragraph_style(self, style: str | None) -> str | None:
        return style if style in self._styles else self._defaults.get("paragraph")

    def _load(self, root: Element) -> None:
        for style in root.iterchildren(f"{W}style"):
            name, kind = style.get(f"{W}styleId", ""), style.get(f"{W}type", "")
            self._styles[name] = style
            if style.get(f"{W}default") in ("1", "true", "on"):
                self._defaults[kind] = name
        self._default_props = list(root.iterfind(f"{W}docDefaults/{W}rPrDefault"))

    def _style_flag(self, style: str | None, name: str) -> bool | None:
        if (style, name) not in self._style_flags:
            found = (_flag(props, name) for props in self._inherited(style, "rPr"))
            self._style_flags[style, name] = next((on for on in found if on is not None), None)
        return self._style_flags[style, name]

    def _inherited(self, style: str | None, props: str) -> Iterator[Element]:
        for name in self._line(style):
            if (found := self._styles[name].find(f"{W}{props}")) is not None:
                yield found

    def _line(self, style: str | None) -> tuple[str, ...]:
        """A style and those it is based on, nearest first."""
        if style not in self._lines:
            self._lines[style] = tuple(self._walk(style))
        return self._lines[style]

    def _walk(self, style: str | None) -> Iterator[str]:
        for _ in range(DEEPEST):
            if style is None or style not in self._styles:
                return
            yield style
            based = self._styles[style].find(f"{W}basedOn")
            style = based.get(f"{W}val") if based is not None else None


def draws(borders: Element) -> bool:
    """Whether a borders element draws at least two lines."""
    return sum(side.get(f"{W}val", "none") not in NO_LINES for side in borders) >= 2


def _flag(props: Element | None, name: str) -> bool | None:
    found = props.find(f"{W}{name}") if props is not None else None
    return None if found is None else found.get(f"{W}val", "1") not in OFF


def _list_of(para: Element | None) -> tuple[str | None, int | None]:
    found = para.find(f"{W}numPr") if para is not None else None
    if found is None:
        return None, None
    num, level = found.find(f"{W}numId"), found.find(f"{W}ilvl")
    text = level.get(f"{W}val", "") if level is not None else ""
    depth = number_in(text, -1)
    return (num.get(f"{W}val") if num is not None else None), (depth if depth >= 0 else None)
