"""A folder that shows how each page was read: every step's picture, and an `index.html` with before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.run.debug_page import Shown, ShownPage, is_ours, page_of_steps

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pipeline.ingest.page.reading import PageReading
    from pipeline.ingest.scan.image import Drawn
    from pipeline.ingest.scan.trace import Mark, Step

_MOST_PAGES = 50
_MOST_STEPS = 60
_LONGEST_SIDE = 1300
"""Dots of a picture kept for people."""
_BLUE, _GREY = (200, 90, 0), (170, 170, 170)


class DebugFolder:
    """A `Trace` that writes `p01-1-scan.png` and so on; other files in the folder are left alone."""

    def __init__(self, folder: Path, name: str) -> None:
        """Makes the folder. FileExistsError when its `index.html` is someone else's; OSError."""
        self._folder = folder
        self._name = name
        self._pages: list[ShownPage] = []
        folder.mkdir(parents=True, exist_ok=True)
        index = folder / "index.html"
        if index.exists() and not is_ours(index):
            raise FileExistsError(f"{index} không phải do kehoach ghi / was not written by kehoach")

    def page(self, number: int) -> _PageSteps:
        """The steps of the page; beyond the first 50 pages only what was decided is kept."""
        shown = ShownPage(number)
        self._pages.append(shown)
        return _PageSteps(shown, self._folder if number <= _MOST_PAGES else None)

    def write_index(self) -> Path:
        """The page that shows them all. OSError."""
        path = self._folder / "index.html"
        path.write_text(page_of_steps(self._name, self._pages), encoding="utf-8")
        return path


@dataclass(slots=True)
class _PageSteps:
    shown: ShownPage
    folder: Path | None

    def show(self, step: Step, picture: NDArray[np.uint8], note: str = "", marks: Sequence[Mark] = ()) -> None:
        if self.folder is None or len(self.shown.steps) >= _MOST_STEPS:
            return
        from pipeline.ingest.scan.image import boxed, scaled, write_png

        number = len(self.shown.steps) + 1
        name = f"p{self.shown.number:02d}-{number}-{step}.png"
        drawn = boxed(picture, [_drawn(mark) for mark in marks]) if marks else picture
        write_png(scaled(drawn, min(1.0, _LONGEST_SIDE / max(drawn.shape))), self.folder / name)
        self.shown.steps.append(Shown(step, name, note))

    def decided(self, reading: PageReading) -> None:
        self.shown.decided(reading)


def _drawn(mark: Mark) -> Drawn:
    from pipeline.ingest.scan.image import Drawn

    if mark.dropped:
        return Drawn(mark.box, _GREY)
    if mark.confidence is None:
        return Drawn(mark.box, _BLUE, mark.label)
    return Drawn(mark.box, _shade(mark.confidence))


def _shade(confidence: float) -> tuple[int, int, int]:
    """BGR from red (at 0.5 and below) over yellow to green (at 1)."""
    part = min(1.0, max(0.0, (confidence - 0.5) / 0.5))
    return 0, round(190 * min(1.0, 2 * part)), round(230 * min(1.0, 2 - 2 * part))
