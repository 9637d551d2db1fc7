"""Tables on pictures: lines of every kind make cells, merged cells stay whole, writing makes none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.ingest import Limits, read_document
from pipeline.ingest.scan.grids import find_grids
from pipeline.ingest.scan.image import Grey
from pipeline.ingest.scan.skew import lines_stand
from pipeline.records import SourceTable
from tests.fonts import SERIF
from tests.made_pages import HEIGHT, WIDTH, prose, written
from tests.scans.picture_pdf import picture_pdf

LEFT, TOP, COLUMN, ROW = 150, 300, 300, 90
COLUMNS, ROWS = 3, 4


def paper() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = Image.new("L", (WIDTH, HEIGHT), 245)
    return picture, ImageDraw.Draw(picture)


def dotted(draw: ImageDraw.ImageDraw, start: tuple[int, int], end: tuple[int, int]) -> None:
    across = start[1] == end[1]
    for at in range(start[0] if across else start[1], end[0] if across else end[1], 5):
        x, y = (at, start[1]) if across else (start[0], at)
        draw.rectangle((x, y, x + 1, y + 1), fill=30)


def solid(draw: ImageDraw.ImageDraw, start: tuple[int, int], end: tuple[int, int]) -> None:
    draw.line((*start, *end), fill=30, width=2)


def double(draw: ImageDraw.ImageDraw, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Two thin lines that end a little before the lines they would meet."""
    down = start[0] == end[0]
    x0, y0, x1, y1 = (start[0], start[1] + 4, end[0], end[1] - 4) if down else (*start, *end)
    draw.line((x0, y0, x1, y1), fill=30, width=1)
    draw.line((x0 + 4 * down, y0 + 4 * (not down), x1 + 4 * down, y1 + 4 * (not down)), fill=30, width=1)


@pytest.mark.parametrize("line", [solid, dotted, double])
@pytest.mark.parametrize("open_sides", [False, True])
def test_lines_of_every_kind_close_cells(line: object, open_sides: bool) -> None:
    picture, draw = paper()
    right, bottom = LEFT + COLUMNS * COLUMN, TOP + ROWS * ROW
    for row in range(ROWS + 1):
        line(draw, (LEFT, TOP + row * ROW), (right, TOP + row * ROW))  # type: ignore[operator]
    for column in range(1, COLUMNS) if open_sides else range(COLUMNS + 1):
        line(draw, (LEFT + column * COLUMN, TOP), (LEFT + column * COLUMN, bottom))  # type: ignore[operator]
    (grid,), wiped = find_grids(np.asarray(picture, np.uint8))
    assert len(grid.cells) == ROWS * COLUMNS
    if not open_sides:
        assert wiped[TOP - 8 : bottom + 8, LEFT - 8 : right + 8].min() > 200


def test_a_low_row_over_all_columns_stays_one_cell() -> None:
    picture, draw = paper()
    low = 24
    heights = [TOP, TOP + ROW, TOP + ROW + low, TOP + 2 * ROW + low]
    for y in heights:
        solid(draw, (LEFT, y), (LEFT + COLUMNS * COLUMN, y))
    for column in range(COLUMNS + 1):
        x = LEFT + column * COLUMN
        for top, bottom in ((heights[0], heights[1]), (heights[2], heights[3])):
            solid(draw, (x, top), (x, bottom))
    for x in (LEFT, LEFT + COLUMNS * COLUMN):
        solid(draw, (x, heights[0]), (x, heights[-1]))
    (grid,), _ = find_grids(np.asarray(picture, np.uint8))
    wide = [cell for cell in grid.cells if cell[2] - cell[0] > 2 * COLUMN]
    assert len(grid.cells) == 2 * COLUMNS + 1
    assert len(wide) == 1


def test_a_line_with_a_worn_gap_still_parts_cells() -> None:
    picture, draw = paper()
    for x in (LEFT, LEFT + COLUMN, LEFT + 2 * COLUMN):
        solid(draw, (x, TOP), (x, TOP + 2 * ROW))
    for y in (TOP, TOP + ROW, TOP + 2 * ROW):
        solid(draw, (LEFT, y), (LEFT + 2 * COLUMN, y))
    draw.rectangle((LEFT + COLUMN - 3, TOP + 40, LEFT + COLUMN + 3, TOP + 55), fill=245)
    (grid,), _ = find_grids(np.asarray(picture, np.uint8))
    assert len(grid.cells) == 4


def test_prose_and_dotted_leaders_are_no_table() -> None:
    picture = Image.fromarray(written(prose(12, WIDTH - 300)))
    draw = ImageDraw.Draw(picture)
    for y in (1200, 1240, 1280):
        dotted(draw, (LEFT, y), (WIDTH - 200, y))
    grids, same = find_grids(np.asarray(picture.convert("L"), np.uint8))
    assert grids == []
    assert (same < 100).any()


def table_page(degrees: float = 0.0) -> Image.Image:
    """A scanned page with a table: a heading, a section row, numbered rows."""
    picture, draw = paper()
    font = ImageFont.truetype(str(SERIF), 22)
    edges, y = [120, 220, 760, 1120], 200
    rows = [("STT", "Nội dung", "Đơn vị chủ trì"), ("Quý II/2026",)]
    rows += [(str(at), f"Tập huấn nghiệp vụ đợt {at}", "Sở Nội vụ") for at in range(1, 9)]
    for row in rows:
        own = edges if len(row) > 1 else [edges[0], edges[-1]]
        for left, right, text in zip(own, own[1:], row, strict=False):
            draw.rectangle((left, y, right, y + 50), outline=30, width=2)
            draw.text((left + 14, y + 10), text, font=font, fill=25)
        y += 50
    return picture.rotate(degrees, fillcolor=245, resample=Image.Resampling.BICUBIC)


def jpeg(picture: Image.Image, path: Path) -> bytes:
    picture.convert("RGB").save(path, "JPEG", quality=80)
    return path.read_bytes()


@pytest.mark.parametrize("turn", [0, 90])
def test_a_slanted_scanned_table_is_read_either_way_up(tmp_path: Path, turn: int) -> None:
    """With the real engine: rows, numbers, units and the row over all columns."""
    picture = table_page(1.2).rotate(turn, expand=True)
    path = tmp_path / "scan.pdf"
    path.write_bytes(picture_pdf([jpeg(picture, tmp_path / "page.jpg")], 150))
    document = read_document(path, path.name, Limits())
    (table,) = [block for page in document.pages for block in page.blocks if isinstance(block, SourceTable)]
    texts = [
        [" ".join("".join(r.text for r in p) for p in c.paragraphs).strip() for c in row.cells] for row in table.rows
    ]
    assert [len(row) for row in texts] == [3, 1, *([3] * 8)]
    assert texts[1] == ["Quý II/2026"]
    assert [row[0] for row in texts[2:]] == [str(at) for at in range(1, 9)]
    assert {row[2] for row in texts[2:]} == {"Sở Nội vụ"}


def grey_of(picture: Image.Image) -> Grey:
    return np.asarray(picture.convert("RGB"), np.uint8)


def test_a_slanted_page_on_its_side_is_seen_to_stand() -> None:
    page = Image.fromarray(written(prose(40, WIDTH - 300))).rotate(1.8, fillcolor=245)
    assert not lines_stand(grey_of(page))
    assert not lines_stand(grey_of(table_page(1.8)))
    assert lines_stand(grey_of(page.rotate(90, expand=True)))
