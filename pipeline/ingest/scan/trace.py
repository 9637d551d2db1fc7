"""Who wants to see the steps of a page's picture says so with a `Trace`; without one nothing is kept or drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from pipeline.ingest.page.reading import PageReading

Step = Literal[
    "scan", "turned", "scaled", "stamp-removed", "edges-whitened", "holes-whitened", "light-evened", "back-faded",
    "half", "deskewed", "lines-wiped-cells", "pieces", "words",
]  # fmt: skip


class Mark(NamedTuple):
    """A box in dots of the picture it is drawn on; `confidence` 0 to 1 of a word, None of anything else."""

    box: tuple[float, float, float, float]
    label: str = ""
    confidence: float | None = None
    dropped: bool = False


class PageTrace(Protocol):
    """Is told the steps of one page, in their order."""

    def show(self, step: Step, picture: NDArray[np.uint8], note: str = "", marks: Sequence[Mark] = ()) -> None:
        """`picture` after the step: height x width (grey) or x 3 (BGR). It must not be changed."""

    def decided(self, reading: PageReading) -> None:
        """What came of the page."""


class Trace(Protocol):
    """Is told the pages of one document."""

    def page(self, number: int) -> PageTrace:
        """The page with this number, from 1."""
