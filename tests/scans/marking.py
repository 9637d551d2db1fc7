"""Where each mark goes: beside the signer's name, over the motto, at the page's edge, in the corner."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tests.scans.blocks import BLANK
from tests.scans.hand import Frame, frame_box, write_by_hand
from tests.scans.ink import Pixels
from tests.scans.marks import (
    MM,
    RADIUS,
    Mark,
    arrival_lines,
    draw_arrival,
    draw_scribble,
    draw_seal,
    draw_stamp,
    draw_urgent,
)
from tests.scans.page_setting import SIGNING_ROOM, Print
from tests.scans.press import Printed
from tests.scans.wear import StampPlace, Wear

UNNAMED = "CƠ QUAN BAN HÀNH"
STAMP_LETTERS = 28


def mark_page(page: Pixels, made: Print, number: int, frames: Sequence[Frame], wear: Wear, seed: int) -> list[Mark]:
    """Draw on page `number` (from 1) what `wear` asks for; what was drawn, in that order."""
    here = [piece for piece in made.pieces if piece.page == number]
    random = np.random.default_rng([seed, number, 7])
    marks = _written(page, here, frames, wear, random)
    if number == 1:
        marks += _head_marks(page, made, here, wear, random)
    signed = _signed(here)
    if signed and wear.scribble:
        left, top, right, _ = signed
        place = (left + 50, top + 2, right - 30, top + SIGNING_ROOM)
        box = draw_scribble(page, wear.dpi, place, wear.scribble, int(random.integers(1 << 31)))
        marks.append(Mark("scribble", number, box, "", wear.scribble))
    for where in wear.stamp_on if wear.stamp else ():
        if centre := _stamp_centre(where, made, here, number, random):
            words = _issuer(made)
            box = draw_stamp(page, wear.dpi, centre, words, wear.stamp, int(random.integers(1 << 31)))
            marks.append(Mark(f"stamp_{where}", number, box, words, wear.stamp))
    return marks


def _written(
    page: Pixels, here: Sequence[Printed], frames: Sequence[Frame], wear: Wear, random: np.random.Generator
) -> list[Mark]:
    marks = []
    for frame in frames:
        piece = next((p for p in here if p.text == frame.line and BLANK in p.text), None)
        if piece and wear.hand:
            seed = int(random.integers(1 << 31))
            marks.append(write_by_hand(page, wear.dpi, piece.page, frame, frame_box(piece), wear.hand, seed))
    return marks


def _head_marks(
    page: Pixels, made: Print, here: Sequence[Printed], wear: Wear, random: np.random.Generator
) -> list[Mark]:
    """Below the issuer on the left: HỎA TỐC, then ĐẾN; in the corner above: the digital seal."""
    marks = []
    width = made.sizes[0][0]
    foot = max((p.box[3] for p in here if p.role in ("issuer", "motto")), default=60.0) + 4
    if wear.urgent:
        box = draw_urgent(page, wear.dpi, (34 * MM, foot), wear.urgent, int(random.integers(1 << 31)))
        marks.append(Mark("urgent", 1, box, "HỎA TỐC", wear.urgent))
    if wear.arrival:
        number, date = int(random.integers(10, 9999)), f"{random.integers(1, 29):02}/{random.integers(1, 13):02}/2023"
        corner = (8 * MM, foot + (28 if wear.urgent else 2))
        box = draw_arrival(page, wear.dpi, corner, number, date, wear.arrival)
        marks.append(Mark("arrival", 1, box, " ".join(("ĐẾN", *arrival_lines(number, date))), wear.arrival))
    if wear.seal:
        lines = _seal_lines(made, random)
        box = draw_seal(page, wear.dpi, (width - 184, 16), lines, wear.seal)
        marks.append(Mark("seal", 1, box, "\n".join(lines), wear.seal))
    return marks


def _seal_lines(made: Print, random: np.random.Generator) -> tuple[str, ...]:
    day, hour = f"{random.integers(1, 29):02}.{random.integers(1, 13):02}.2023", f"{random.integers(7, 18):02}:14:05"
    return (f"Ký bởi: {_issuer(made)[:24]}", "Cơ quan: Văn phòng", f"Thời gian ký: {day} {hour} +07:00")


def _signed(here: Sequence[Printed]) -> tuple[float, float, float, float] | None:
    """The room under the signer's title: its column's borders, and where the title ends."""
    titles = [piece for piece in here if piece.role == "signer"]
    if not titles:
        return None
    left, _, right, bottom = titles[-1].box
    return (left, bottom, right, bottom + SIGNING_ROOM)


def _stamp_centre(
    where: StampPlace, made: Print, here: Sequence[Printed], number: int, random: np.random.Generator
) -> tuple[float, float] | None:
    shift = random.uniform(-3 * MM, 3 * MM, 2)
    if where == "signature" and (signed := _signed(here)):
        left, top, right, _ = signed
        return ((left + right) / 2 - 16 * MM + shift[0], top + 11 * MM + shift[1])
    motto = next((p for p in here if p.role == "motto"), None)
    if where == "motto" and motto:
        return (motto.box[0] + 8 * MM + shift[0], motto.box[1] + 8 * MM + shift[1])
    if where == "edge":
        return (made.sizes[number - 1][0] - RADIUS * 0.3, made.sizes[number - 1][1] * 0.55 + shift[1])
    return None


def _issuer(made: Print) -> str:
    """The words on the stamp's rim: the last capital line above the number."""
    names = [p.text for p in made.pieces if p.role == "issuer" and p.text.isupper() and len(p.text) <= STAMP_LETTERS]
    return names[-1] if names else UNNAMED
