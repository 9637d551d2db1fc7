"""The curves of the morning page."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from pipeline.run.morning_plots import curve

numbers = st.floats(-1e9, 1e9)


@given(st.lists(st.none() | numbers, max_size=70), st.none() | numbers, st.none() | numbers)
def test_every_point_lies_inside_the_picture(values: list[float | None], low: float | None, high: float | None) -> None:
    shown = curve(values, low, high, "pass", "OCR")
    places = re.findall(r"(?<=[ \"])(-?[\d.]+),(-?[\d.]+)", shown)
    assert all(0 <= float(x) <= 160 and 0 <= float(y) <= 40 for x, y in places)
    known = [value for value in values if value is not None]
    assert len(places) == (len(known) if len(known) > 1 else 0)
    assert ("circle" in shown) == bool(known)


def test_higher_is_up_and_later_is_right() -> None:
    found = re.search('points="([^"]+)"', curve([0.0, 1.0], None, None, "pass", ""))
    assert found is not None
    assert found[1] == "4.0,36.0 156.0,4.0"


def test_the_usual_band_is_drawn_and_the_mark_has_the_colour_of_its_level() -> None:
    shown = curve([0.5, 2.0], 0.0, 1.0, "hold", 'a "b"')
    assert 'class="band" x="0" y="20.0"' in shown
    assert 'class="dot hold"' in shown
    assert 'aria-label="a &quot;b&quot;"' in shown
