"""The command fits a net from named data; the same seed gives the same set."""

from __future__ import annotations

import numpy as np

from pipeline.ingest.hand.build_digits import fit, load_samples, training_set
from pipeline.ingest.hand.glyph import NONE
from pipeline.ingest.hand.pen import read_shapes
from pipeline.rulebook import models_dir


def test_a_small_fit_reads_unseen_samples_and_is_the_same_twice() -> None:
    greys, digits = load_samples()
    shapes = read_shapes(models_dir() / "digits/strokes.toml")[:4]
    forms, classes = training_set(greys[:500], digits[:500], shapes, 3, 1)
    again, _ = training_set(greys[:500], digits[:500], shapes, 3, 1)
    assert np.array_equal(forms, again)
    assert set(classes) == set(range(NONE + 1))
    net = fit(forms, classes)
    unseen, wrote = training_set(greys[900:1100], digits[900:1100], (), 4, 1)
    score = np.maximum(unseen @ net["first"] + net["bias"], 0) @ net["second"] + net["last"]
    own = wrote < NONE
    assert (score[own, :NONE].argmax(axis=1) == wrote[own]).mean() > 0.75
