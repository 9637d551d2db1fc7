"""What a paper goes through between the printer and the archive: every wear an option with a strength."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

StampPlace = Literal["signature", "motto", "edge"]


@dataclass(frozen=True, slots=True)
class Wear:
    """How worn a scan is; without arguments a clean one. Bounds are checked: ValueError.

    Strengths run from 0 (absent) to 1, where nothing else is said; lengths in mm, angles in degrees.
    """

    dpi: int = 200
    jpeg: int = 92
    """JPEG quality, 5 to 95."""
    skew: float = 0.0
    """Each page lies askew by at most so much, up to 10 degrees, to either side."""
    grain: float = 0.0
    """Standard deviation of the sensor's noise in grey levels, up to 60."""
    specks: float = 0.0
    """Share of pixels turned black or white, up to 0.05."""
    blur: float = 0.0
    """Radius of the lens's blur in thousandths of an inch, up to 20: 5 is one pixel at 200 dpi."""
    light: float = 0.0
    """How much darker the worst corner is."""
    folds: float = 0.0
    """How dark the shadow of the two folds is."""
    borders: float = 0.0
    """Width of the black borders in mm, up to 25."""
    holes: int = 0
    """Punch holes at the left edge, up to 4."""
    bleed: float = 0.0
    """How much of the back page's ink shows through."""
    stamp: float = 0.0
    """How strong the red round stamp's ink is."""
    stamp_on: tuple[StampPlace, ...] = ("signature",)
    arrival: float = 0.0
    """The red ĐẾN stamp with a number and a date of its own."""
    urgent: float = 0.0
    """The HỎA TỐC mark."""
    seal: float = 0.0
    """The coloured block of a digital signature in the corner ("Ký bởi: …")."""
    scribble: float = 0.0
    """The signer's own hand."""
    hand: Literal["strokes", "digits"] | None = None
    """The number and the day written by hand: by drawn strokes or with scikit-learn's handwritten digits."""
    blank_backs: bool = False
    two_up: bool = False
    """Two pages on one picture, side by side."""
    turn: int = 0
    """Every page turned by 90, 180 or 270 degrees clockwise."""

    def __post_init__(self) -> None:
        for name, (low, high) in BOUNDS.items():
            if not low <= getattr(self, name) <= high:
                raise ValueError(f"{name} must be {low} to {high}, not {getattr(self, name)}")
        if self.turn not in (0, 90, 180, 270):
            raise ValueError(f"turn must be 0, 90, 180 or 270, not {self.turn}")


BOUNDS: dict[str, tuple[float, float]] = {
    "dpi": (100, 300),
    "jpeg": (5, 95),
    "skew": (0, 10),
    "grain": (0, 60),
    "specks": (0, 0.05),
    "blur": (0, 20),
    "borders": (0, 25),
    "holes": (0, 4),
    **dict.fromkeys(("light", "folds", "bleed", "stamp", "arrival", "urgent", "seal", "scribble"), (0, 1)),
}

CLEAN = Wear()
OFFICE = Wear(dpi=200, jpeg=75, skew=2.0, grain=6.0, specks=0.0002, stamp=0.8, scribble=0.9)
"""The usual office scanner: what the made-up scans of the regression are worn by."""
POOR = replace(OFFICE, dpi=120)
"""The same paper on a scanner set to 120 dpi."""
WORN = replace(
    OFFICE, jpeg=55, blur=3.0, light=0.25, folds=0.25, borders=5.0, holes=2, bleed=0.12,
    stamp_on=("signature", "motto", "edge"), arrival=0.8, urgent=0.8, seal=1.0, hand="strokes",
)  # fmt: skip
"""Everything at once."""
PRESETS = {"clean": CLEAN, "office": OFFICE, "poor": POOR, "worn": WORN}
