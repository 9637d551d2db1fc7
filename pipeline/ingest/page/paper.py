"""How large the paper of a page is: what the file claims where that can be, else A4."""

from __future__ import annotations

A4 = (595.0, 842.0)
"""Points. Photographs and most scans don't say how large the paper was; plans are A4."""
_LEAST, _MOST = 283.0, 1276.0
"""Points: 10 and 45 cm. Programs that make one point of each dot claim pages of half a metre and more."""


def paper_width(size: tuple[float, float]) -> float:
    """Points: the claimed width, or that of A4 lying or standing where the claim is no sheet of an office."""
    if all(_LEAST <= side <= _MOST for side in size):
        return size[0]
    return A4[0] if size[1] >= size[0] else A4[1]
