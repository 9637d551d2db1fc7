"""One page of a picture, made ready: set upright, its tables found, read in pieces, and again where that leaves doubt.

Places here are dots of the picture.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipeline.ingest.page.words import PageWord
from pipeline.ingest.repair.cells import repair_cells
from pipeline.ingest.scan.frames import Reader, part_boxed_stamps, read_beside_stamps
from pipeline.ingest.scan.grids import find_grids
from pipeline.ingest.scan.header_again import read_issuer_again
from pipeline.ingest.scan.image import Box, Grey, Grid, with_red
from pipeline.ingest.scan.lines import read_lines_again
from pipeline.ingest.scan.marks import piece_marks, word_marks
from pipeline.ingest.scan.missed import read_missed_lines
from pipeline.ingest.scan.noise import part_noise
from pipeline.ingest.scan.pieces import Piece, cut_page
from pipeline.ingest.scan.ready import Ready
from pipeline.ingest.scan.signature import find_foot, part_scrawl
from pipeline.ingest.scan.signature_again import read_signer_again
from pipeline.ingest.scan.skew import deskewed, skew
from pipeline.ingest.scan.stamps import seems_stamped
from pipeline.ingest.scan.trace import Mark, PageTrace


@dataclass(slots=True)
class Print:
    """What was read on one page: `noise` and each stamp's words are set aside; `tables` are boxes of cells."""

    words: list[PageWord]
    tables: list[tuple[Box, ...]] = field(default_factory=list)
    noise: list[PageWord] = field(default_factory=list)
    stamps: list[list[PageWord]] = field(default_factory=list)

    def moved(self, right: float) -> Print:
        """The same, so many dots further to the right."""
        return Print(
            _moved(self.words, right),
            [tuple((c[0] + right, c[1], c[2] + right, c[3]) for c in cells) for cells in self.tables],
            _moved(self.noise, right),
            [_moved(stamp, right) for stamp in self.stamps],
        )


def read_print(ready: Ready, edges: tuple[int, int], read: Reader, trace: PageTrace | None) -> Print:
    """The part of the picture from one dot to another across, as a page of its own. OcrError."""
    own = slice(*edges)
    angle = skew(ready.grey[:, own])
    grey = deskewed(ready.grey[:, own], angle)
    grids, plain = find_grids(grey)
    grids, plain, stamps = part_boxed_stamps(grey, plain, grids, read)
    pieces = cut_page(plain, grids)
    if trace:
        _show(trace, ready.grey, own, grey, angle, plain, grids, pieces)
    words = read(plain, pieces)
    if not stamps and seems_stamped(words, grey.shape[0]):
        plain, words, stamps = read_beside_stamps(plain, words, pieces, read)
    words = read_missed_lines(plain, read_lines_again(plain, words, pieces, read), pieces, read)
    words = read_issuer_again(plain, words, pieces, read)
    words, scrawl = _with_foot(
        plain, words, pieces, grids, read, lambda: deskewed(with_red(ready.picture[:, own]), angle)
    )
    words, noise = part_noise(words)
    words = repair_cells(words, [grid.cells for grid in grids])
    if trace:
        dropped = [*noise, *scrawl, *(word for stamp in stamps for word in stamp)]
        trace.show("words", plain, str(len(words)), word_marks(words, dropped))
    return Print(words, [grid.cells for grid in grids], [*noise, *scrawl], stamps).moved(edges[0])


def _with_foot(
    plain: Grey,
    words: list[PageWord],
    pieces: Sequence[Piece],
    grids: Sequence[Grid],
    read: Reader,
    red: Callable[[], Grey],
) -> tuple[list[PageWord], list[PageWord]]:
    """The words with the page's foot read in its two columns, and the scrawl in it; `red` gives the page with red."""
    foot = find_foot(plain, words, pieces, grids)
    if foot is None:
        return words, []
    if foot.mixed:
        again = read(plain, [foot.left, foot.right])
        words = [word for word in words if word not in foot.words] + again
    return part_scrawl(read_signer_again(plain, words, foot, read, red), foot)


def _show(
    trace: PageTrace,
    before: Grey,
    own: slice,
    grey: Grey,
    angle: float,
    plain: Grey,
    grids: Sequence[Grid],
    pieces: Sequence[Piece],
) -> None:
    if grey.shape != before.shape:
        trace.show("half", before[:, own])
    trace.show("deskewed", grey, f"{angle:.1f}°")
    trace.show("lines-wiped-cells", plain, str(len(grids)), [Mark(cell) for grid in grids for cell in grid.cells])
    trace.show("pieces", plain, str(len(pieces)), piece_marks(pieces))


def _moved(words: Sequence[PageWord], right: float) -> list[PageWord]:
    return [word._replace(x0=word.x0 + right, x1=word.x1 + right) for word in words]
