"""What of a drawn page its words account for: writing without words, and words without writing.

A drawn page is height x width (grey, 0 to 255); words are in points of the same page, origin top left.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.page.words import PageWord

Box = tuple[float, float, float, float]
Drawn = NDArray[np.uint8]
_CONTRAST = 40
"""Grey levels between paper and print, at least."""
_TINY = 1.5
"""Points: lower letters cannot be read by anyone."""
_LINES_LEFT, _LEFT_SHARE = 3, 0.15
_LINE_PITCH, _LINE_LETTERS = 12.0, 12
"""Points from line to line, and letters that make one: a scrawl or a stamp has fewer."""
_MARGIN = 2.0


def unseen_words(words: Sequence[PageWord], drawn: Drawn, width: float) -> set[PageWord]:
    """The words at whose place nothing is drawn: text without ink, white on white, or of no size."""
    scale = drawn.shape[1] / width
    return {word for word in words if word.height < _TINY or _is_flat(_cut(drawn, word[1:5], scale))}


def has_tiny(words: Sequence[PageWord]) -> bool:
    """Whether a word is lower than can be read."""
    return min([word[4] - word[2] for word in words], default=_TINY) < _TINY


def covers_scan(words: Sequence[PageWord], drawn: NDArray[np.uint8], width: float) -> bool:
    """Whether words stand at nearly all writing of a scan; `drawn` is height x width x 3 (BGR)."""
    from pipeline.ingest.scan.image import letter_boxes  # OpenCV: only for scans
    from pipeline.ingest.scan.stains import without_stamps

    scale = drawn.shape[1] / width
    letters = [
        (x0 / scale, top / scale, x1 / scale, bottom / scale)
        for x0, top, x1, bottom in letter_boxes(without_stamps(drawn, 72 * scale))
    ]
    return is_covered(words, letters)


def _is_flat(part: Drawn) -> bool:
    return part.size == 0 or int(part.max()) - int(part.min()) < _CONTRAST


def is_covered(words: Sequence[PageWord], letters: Sequence[Box]) -> bool:
    """Whether words stand at nearly all places where `letters`, boxes in points, are drawn, line by line."""
    bare = [box for box, has in zip(letters, _has_word(words, letters), strict=True) if not has]
    if len(bare) < _LEFT_SHARE * len(letters):
        return True
    lines: dict[int, int] = {}
    for box in bare:
        line = int((box[1] + box[3]) / 2 // _LINE_PITCH)
        lines[line] = lines.get(line, 0) + 1
    return sum(count >= _LINE_LETTERS for count in lines.values()) < _LINES_LEFT


def _has_word(words: Sequence[PageWord], letters: Sequence[Box]) -> list[bool]:
    if not words:
        return [False] * len(letters)
    x0, top, x1, bottom = np.array([word[1:5] for word in words]).T
    found = []
    for left, upper, right, lower in letters:
        across, down = (left + right) / 2, (upper + lower) / 2
        near = (
            (x0 - _MARGIN <= across) & (across <= x1 + _MARGIN) & (top - _MARGIN <= down) & (down <= bottom + _MARGIN)
        )
        found.append(bool(near.any()))
    return found


def _cut(drawn: Drawn, box: Box, scale: float) -> Drawn:
    """The part of the picture under a box in points, without the rows above and below its letters."""
    inset = 0.2 * (box[3] - box[1])
    rows = slice(max(0, int((box[1] + inset) * scale)), max(0, int(np.ceil((box[3] - inset) * scale))))
    return drawn[rows, max(0, int(box[0] * scale)) : max(0, int(np.ceil(box[2] * scale)))]
