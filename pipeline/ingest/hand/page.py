"""Numbers, days and months that a hand wrote into the printed frames of a page's header, read from its picture."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.hand.frames import Gap, find_gaps
from pipeline.ingest.hand.glyph import NONE, Floats
from pipeline.ingest.hand.ink import Crop, read_ink
from pipeline.ingest.hand.split import read_digits, usual
from pipeline.ingest.hand.window import open_window
from pipeline.ingest.page.words import PageWord
from pipeline.records import HandKind, HandReading

_HEADER = 0.4
"""Of the page's height: frames stand in its head."""
_MOST: dict[HandKind, int] = {"number": 99_999, "day": 31, "month": 12}
_LEAST_EM, _WIDEST = 4.0, 25.0
"""Points, and em: the words of a text layer may claim any size, and what is cut out must stay small."""
_CHOSEN = 0.75
"""So sure is a cut that was chosen by what it makes of the ink."""
_CLEAR = 0.6
"""A reading so sure needs no other way to cut the gap out."""


def read_hands(
    picture: NDArray[np.uint8], size: tuple[float, float], words: Sequence[PageWord]
) -> tuple[HandReading, ...]:
    """The frames' gaps, written or blank. FileNotFoundError without models/digits.

    `picture` is the page's own (height x width x 3, BGR), stamps and all; `size` and the words' boxes are in points,
    the words' of the page set upright.
    """
    found = find_gaps([word for word in words if word.top < _HEADER * size[1]])
    gaps = [gap for gap in found if gap.em >= _LEAST_EM and gap.right - gap.left <= _WIDEST * gap.em]
    if not gaps:
        return ()
    angle = _lean(picture)
    return tuple(_reading(picture, size, angle, gap) for gap in gaps)


def _lean(picture: NDArray[np.uint8]) -> float:
    """The page's lean as the reading of its words took it: less than 0.3 degrees is left alone."""
    from pipeline.ingest.scan.image import darkest  # OpenCV: only where there is a frame
    from pipeline.ingest.scan.skew import skew

    angle = skew(darkest(picture))
    return angle if abs(angle) > 0.3 else 0.0


def _reading(picture: NDArray[np.uint8], size: tuple[float, float], angle: float, gap: Gap) -> HandReading:
    window = open_window(picture, size, angle, gap)
    best: HandReading | None = None
    for way, crop in enumerate(read_ink(window)):
        reading = _read_crop(gap, crop, window.box, _CHOSEN if way else 1.0)
        if best is None or _worth(reading) > _worth(best):
            best = reading
        if _worth(best) > 0 and best.confidence > _CLEAR:
            break
    return best or HandReading(gap.kind, False, window.box)


def _worth(reading: HandReading) -> float:
    """How good a reading is beside other ways to cut; a day of 41 is none."""
    possible = reading.chances and 1 <= int(reading.digits) <= _MOST[reading.kind]
    if not possible:
        return 0.0
    even = reading.confidence ** (1 / len(reading.chances)) if reading.kind == "number" else reading.confidence
    return even * usual(reading.kind, len(reading.chances))


def _read_crop(gap: Gap, crop: Crop, box: tuple[float, float, float, float], trust: float) -> HandReading:
    digits, certain = read_digits(crop, gap.kind)
    left, top, right, bottom = (round(side, 2) for side in box)
    written = crop.dense or bool(crop.blots)
    return HandReading(
        gap.kind, written, (left, top, right, bottom), tuple(_honest(own) for own in digits), round(trust * certain, 4)
    )


def _honest(own: Floats) -> tuple[float, ...]:
    """The chances of the ten digits; what the reader held for no digit is shared out among all."""
    spread = own[:NONE] + own[NONE] / NONE
    return tuple(round(float(chance), 5) for chance in spread)
