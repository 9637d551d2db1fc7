"""Small curves of the morning page, as SVG inside the page: a measure over the last runs, and its usual band."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

_WIDTH, _HEIGHT, _EDGE = 160.0, 40.0, 4.0


def curve(values: Sequence[float | None], low: float | None, high: float | None, level: str, label: str) -> str:
    """One curve, oldest value first, the last one marked; "" where there is no value.

    Args:
        values: one a run; None leaves a gap out.
        low: lower bound of what is usual, drawn as a band with `high`; None for no band.
        high: upper bound.
        level: pass, warn or hold: the colour of the mark.
        label: what a screen reader says.
    """
    known = [(place, value) for place, value in enumerate(values) if value is not None]
    if not known:
        return ""
    seen = [value for _, value in known]
    bounds = [bound for bound in (low, high) if bound is not None]
    bottom, top = min(seen + bounds), max(seen + bounds)
    scale = _Scale(len(values), bottom, top)
    band = "" if low is None or high is None else _band(scale.y(low), scale.y(high))
    points = " ".join(f"{scale.x(place):.1f},{scale.y(value):.1f}" for place, value in known)
    line = f'<polyline class="line" points="{points}"/>' if len(known) > 1 else ""
    place, value = known[-1]
    dot = f'<circle class="dot {escape(level)}" cx="{scale.x(place):.1f}" cy="{scale.y(value):.1f}" r="3.2"/>'
    head = f'<svg class="curve" viewBox="0 0 {_WIDTH:.0f} {_HEIGHT:.0f}" role="img" aria-label="{escape(label)}">'
    return f"{head}{band}{line}{dot}</svg>"


def _band(low: float, high: float) -> str:
    return f'<rect class="band" x="0" y="{high:.1f}" width="{_WIDTH:.0f}" height="{max(low - high, 1):.1f}"/>'


class _Scale:
    """Where runs and values stand in the picture; a flat curve lies in the middle."""

    def __init__(self, runs: int, bottom: float, top: float) -> None:
        self._runs, self._bottom, self._span = runs, bottom, top - bottom

    def x(self, place: int) -> float:
        return _EDGE + (_WIDTH - 2 * _EDGE) * (place / (self._runs - 1) if self._runs > 1 else 1.0)

    def y(self, value: float) -> float:
        part = (value - self._bottom) / self._span if self._span > 0 else 0.5
        return _HEIGHT - _EDGE - (_HEIGHT - 2 * _EDGE) * part
