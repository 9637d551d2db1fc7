"""`python -m tests.samples.picture`: draw docs/one_document.png, one page with its evidence and its rows."""

from __future__ import annotations

import io
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from PIL import Image

from pipeline.ingest.limits import Limits
from pipeline.records import BBox, Evidence, PlanRecord, PlanText
from pipeline.run.document import read_plan
from pipeline.text.places import page_of

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "data" / "raw" / "kh-ubnd-huyen-cam-khe-phu-tho-2023.pdf"
PICTURE = ROOT / "docs" / "one_document.png"
SIZE, DPI = (14.0, 9.6), 100
SCALE = 2.0
PALETTE = 256
COLOURS = {"documents": "#1f5fa8", "citations": "#b5451b", "campaigns": "#8a3a9c", "tasks": "#1b7f4b"}
SHOWN_FIELDS = ("number", "symbol", "issuer", "province", "issue_date", "title", "plan_year", "signer_name")
LINE_GRID = 8.0
"""Points: boxes whose lower edges fall together stand on one printed line."""
LINE = 1.0
"""Height of one line of a table, in the right side's own unit."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A small table: columns as (name, width in characters), rows as texts."""

    name: str
    columns: tuple[tuple[str, int], ...]
    rows: list[tuple[str, ...]]


def main() -> None:
    """Read the sample and draw it."""
    _, plan, record = read_plan(SOURCE, SOURCE.name, Limits())
    figure = Figure(figsize=SIZE, dpi=DPI, facecolor="white")
    FigureCanvasAgg(figure)
    _draw_page(figure.add_axes((0.005, 0.01, 0.475, 0.98)), plan, record)
    _draw_sheets(figure.add_axes((0.49, 0.01, 0.505, 0.98)), sheets(record))
    drawn = io.BytesIO()
    figure.savefig(drawn, format="png")
    picture = Image.open(drawn).convert("RGB")
    picture.quantize(PALETTE, dither=Image.Dither.NONE).save(PICTURE, optimize=True)
    print(PICTURE.relative_to(ROOT))


def sheets(record: PlanRecord) -> list[Sheet]:
    """What the tables say, cut to what fits."""
    cited = (("role", 9), ("cited_ref", 16), ("cited_date", 12), ("cited_issuer", 34))
    return [
        Sheet("documents", (("field", 15), ("value", 70)), _fields(record)),
        Sheet("citations", cited, _citations(record)),
        Sheet("campaigns", (("name", 40), ("kind", 16)), [(c.name, c.kind) for c in record.campaigns]),
        Sheet("tasks + task_units", (("text", 41), ("unit (role)", 30), ("due, period", 13)), _tasks(record)),
    ]


def _fields(record: PlanRecord) -> list[tuple[str, ...]]:
    return [(name, str(record.value(name))) for name in SHOWN_FIELDS if record.value(name) is not None]


def _citations(record: PlanRecord) -> list[tuple[str, ...]]:
    return [
        (c.role, c.cited_ref or "", c.cited_date or "", c.cited_issuer or "") for c in record.citations if c.cited_ref
    ]


def _tasks(record: PlanRecord) -> list[tuple[str, ...]]:
    return [
        (
            textwrap.shorten(task.text, 76, placeholder=" …"),
            "\n".join(f"{unit.unit} ({unit.role})" for unit in task.units),
            str(task.deadline or task.period.text or ""),
        )
        for task in record.tasks
        if task.kind != "directive"
    ]


def _draw_page(axes: Axes, plan: PlanText, record: PlanRecord) -> None:
    document = pypdfium2.PdfDocument(SOURCE)
    page = document[0]
    width, height = page.get_size()
    axes.imshow(page.render(scale=SCALE).to_pil(), extent=(0.0, width, height, 0.0), interpolation="antialiased")
    document.close()
    for name, found in _evidence(record):
        if page_of(plan, found.start) == 1:
            for box in line_boxes(plan, found):
                _draw_box(axes, box, COLOURS[name])
    axes.set_xlim(40, width - 40)
    axes.set_ylim(height - 20, 40)
    axes.set_axis_off()


def _evidence(record: PlanRecord) -> list[tuple[str, Evidence]]:
    fields = [("documents", f.evidence) for f in record.fields if f.evidence and f.name in SHOWN_FIELDS]
    return [
        *fields,
        *(("citations", c.evidence) for c in record.citations),
        *(("campaigns", c.evidence) for c in record.campaigns),
        *(("tasks", t.evidence) for t in record.tasks if t.kind != "directive"),
    ]


def line_boxes(plan: PlanText, found: Evidence) -> list[BBox]:
    """One box for each printed line of the evidence on the first page."""
    lines: dict[int, list[BBox]] = {}
    for place in plan.places:
        if place.bbox and place.page == 1 and place.start < found.end and found.start < place.end:
            lines.setdefault(round(place.bbox[3] / LINE_GRID), []).append(place.bbox)
    return [
        (min(b[0] for b in line), min(b[1] for b in line), max(b[2] for b in line), max(b[3] for b in line))
        for line in lines.values()
    ]


def _draw_box(axes: Axes, box: BBox, colour: str) -> None:
    x0, top, x1, bottom = box
    place, width, height = (x0 - 1.5, top - 1), x1 - x0 + 3, bottom - top + 2
    axes.add_patch(Rectangle(place, width, height, facecolor=colour, alpha=0.10, edgecolor="none"))
    axes.add_patch(Rectangle(place, width, height, fill=False, edgecolor=colour, linewidth=1.1))


def _draw_sheets(axes: Axes, every: list[Sheet]) -> None:
    y = 0.0
    for sheet in every:
        y = _draw_sheet(axes, sheet, y) + 0.7 * LINE
    axes.set_xlim(0, 88)
    axes.set_ylim(max(y, 40 * LINE), 0)
    axes.set_axis_off()


def _draw_sheet(axes: Axes, sheet: Sheet, y: float) -> float:
    colour = COLOURS[sheet.name.split(" ", 1)[0]]
    axes.text(0, y + 0.75 * LINE, sheet.name, color=colour, fontsize=12, weight="bold", va="center")
    y += 1.4 * LINE
    axes.add_patch(Rectangle((0, y), 87, 1.1 * LINE, facecolor=colour, alpha=0.16, edgecolor="none"))
    y = _draw_row(axes, tuple((name, width) for name, width in sheet.columns), y, weight="bold")
    for row in sheet.rows:
        cells = tuple((text, width) for text, (_, width) in zip(row, sheet.columns, strict=True))
        y = _draw_row(axes, cells, y)
        axes.plot((0, 87), (y, y), color="#cccccc", linewidth=0.6)
    return y


def _draw_row(axes: Axes, cells: tuple[tuple[str, int], ...], y: float, **style: Any) -> float:
    """One row, each cell wrapped to its column; returns where the next one starts."""
    x, lines = 0.5, 1
    for text, width in cells:
        wrapped = [part for line in text.split("\n") for part in textwrap.wrap(line, width) or [""]]
        for at, part in enumerate(wrapped):
            axes.text(x, y + (at + 0.55) * LINE, part, fontsize=9, va="center", **style)
        lines, x = max(lines, len(wrapped)), x + width
    return y + (lines + 0.1) * LINE


if __name__ == "__main__":
    main()
