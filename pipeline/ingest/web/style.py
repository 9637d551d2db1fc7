"""What tags, attributes and inline styles say of a text: weight, capitals, alignment, visible lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.ingest.word.xmltree import Element, children, name_of
from pipeline.records import Align

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BOLD_TAGS = frozenset({"b", "strong", "th"}) | HEADINGS
ALIGN = re.compile(r"text-align\s*:\s*(left|center|right|justify)", re.IGNORECASE)
WEIGHT = re.compile(r"font-weight\s*:\s*(bold(?:er)?|[1-9]00|normal)", re.IGNORECASE)
UPPER = re.compile(r"text-transform\s*:\s*uppercase", re.IGNORECASE)
BORDER = re.compile(r"border(?:-(?:top|bottom|left|right|width|style))?\s*(?=:)", re.IGNORECASE)
ANY_BORDER = re.compile(r"border", re.IGNORECASE)
DRAWN = re.compile(r"solid|double|[1-9]\d*(?:\.\d+)?p[xt]", re.IGNORECASE)
NOT_DRAWN = re.compile(r"none|#f{3}(?:fff)?\b|white|\b0", re.IGNORECASE)
ALIGNS: dict[str, Align] = {"left": "left", "center": "center", "right": "right", "justify": "justify"}


@dataclass(frozen=True, slots=True)
class Style:
    """What the elements around a text say of it."""

    bold: bool = False
    upper: bool = False
    align: Align | None = None
    keep_lines: bool = False
    depth: int = 0


def styled(element: Element, style: Style) -> Style:
    css, name = element.get("style", ""), name_of(element)
    bold = style.bold or name in BOLD_TAGS
    if weight := WEIGHT.search(css):
        bold = weight[1].lower().startswith("bold") or weight[1] in ("600", "700", "800", "900")
    return replace(
        style,
        bold=bold,
        upper=style.upper or UPPER.search(css) is not None,
        align=_align(element, css) or style.align,
        keep_lines=style.keep_lines or name == "pre",
        depth=style.depth + 1,
    )


def _align(element: Element, css: str) -> Align | None:
    if found := ALIGN.search(css):
        return ALIGNS.get(found[1].lower())
    return "center" if name_of(element) == "center" else ALIGNS.get(element.get("align", "").lower())


def is_ruled(table: Element, rows: Sequence[Element]) -> bool:
    """Whether the table's lines are seen."""
    if table.get("border", "0").strip() not in ("", "0", "0px"):
        return True
    styles = [table.get("style", ""), *(cell.get("style", "") for row in rows for cell in children(row))]
    drawn = sum(_says(css, BORDER, DRAWN) and not _says(css, ANY_BORDER, NOT_DRAWN) for css in styles)
    return drawn * 2 > len(styles)


def _says(css: str, name: re.Pattern[str], value: re.Pattern[str]) -> bool:
    """Whether some declaration has such a name and behind it such a value."""
    named = ((part, part.find(":", found.end())) for part in css.split(";") if (found := name.search(part)))
    return any(colon >= 0 and value.search(part, colon) for part, colon in named)
