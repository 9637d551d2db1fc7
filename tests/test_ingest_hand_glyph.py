"""The digit reader's chances: a distribution, the same every time, right on clean pen strokes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest.hand.glyph import NONE, SIDE, chances, normal_form, tight
from pipeline.ingest.hand.pen import beside, drawn, read_shapes
from pipeline.rulebook import models_dir

SHAPES = models_dir() / "digits/strokes.toml"


@given(st.integers(1, 60), st.integers(1, 60), st.integers(0, 99))
@settings(max_examples=25, deadline=None)
def test_any_ink_has_chances_that_add_up(height: int, width: int, seed: int) -> None:
    ink = np.random.default_rng(seed).random((height, width)) < 0.5
    (own,) = chances([ink])
    assert own.shape == (NONE + 1,)
    assert float(own.sum()) == pytest.approx(1, abs=1e-4)
    assert np.isfinite(normal_form(ink)).all()


def test_ink_is_kept_by_the_normal_form() -> None:
    square = np.ones((32, 32), np.bool_)
    form = normal_form(square)
    assert form[: SIDE * SIDE].min() == pytest.approx(1)
    assert form[-1] == 1


def test_pen_strokes_are_read() -> None:
    rng = np.random.default_rng(99)
    shapes = read_shapes(SHAPES)
    assert {shape.digit for shape in shapes} == set(range(10))
    read = chances([drawn(shape, rng) for shape in shapes for _ in range(4)])[:, :NONE].argmax(axis=1)
    wrote = np.repeat([shape.digit for shape in shapes], 4)
    assert (read == wrote).mean() > 0.85


def test_two_digits_together_are_none() -> None:
    rng = np.random.default_rng(5)
    shapes = [shape for shape in read_shapes(SHAPES) if shape.digit in (5, 8)]
    pairs = [beside((drawn(shapes[0], rng), drawn(shapes[-1], rng)), -1) for _ in range(12)]
    assert (chances(pairs).argmax(axis=1) == NONE).mean() > 0.7


def test_nothing_gives_nothing_and_no_ink_one_dot() -> None:
    assert chances([]).shape == (0, NONE + 1)
    assert tight(np.zeros((5, 5), np.bool_)).shape == (1, 1)
