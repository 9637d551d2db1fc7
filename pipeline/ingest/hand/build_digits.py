"""Fit the digit reader: `python -m pipeline.ingest.hand.build_digits models/digits` (needs scikit-learn).

Two sources: scikit-learn's handwritten digits (1,797 samples of 8 x 8 greys by 43 people, in the package), and the pen
strokes of models/digits/strokes.toml. Each is written many times over, leaning, thick and thin, seeded; what is no
digit (halves, pairs) is a class of its own. One file is written, digits.npz: the weights of three nets, each with one
hidden layer.
"""

from __future__ import annotations

import sys
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.hand.glyph import NONE, Floats, Ink, normal_form, tight
from pipeline.ingest.hand.pen import Shape, beside, drawn, read_shapes, sampled

NET_FILE = "digits.npz"
_SEED = 7
_TIMES = 12
"""So often each sample of the digit set is written."""
_DRAWN = 420
"""So often each shape of the pen strokes is written."""
_NO_DIGITS = 8000
_HIDDEN = 128
_NETS = 3
"""Nets that differ by their first weights; their mean is read."""
_HEAT = 1.5
"""Divides the net's scores: fitted on clean made-up digits, it is too sure of real ones."""

Set = tuple[Floats, NDArray[np.int64]]


def build(target: Path) -> float:
    """Write the net into `target`; the share of unseen people's digits it reads right (two parts, each in turn)."""
    greys, digits = load_samples()
    shapes = read_shapes(target / "strokes.toml")
    shares = [_share(greys, digits, shapes, part) for part in (0, 1)]
    forms, classes = training_set(greys, digits, shapes, _SEED)
    nets = [fit(forms, classes, _SEED + number) for number in range(_NETS)]
    arrays: dict[str, Any] = {name: np.stack([net[name] for net in nets]) for name in nets[0]}
    np.savez(target / NET_FILE, **arrays, heat=np.float32(_HEAT))
    return float(np.mean(shares))


def load_samples() -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """scikit-learn's digits: greys of 0 to 1 (n x 8 x 8), and what they are."""
    from sklearn.datasets import load_digits

    found = load_digits()
    return np.asarray(found.images / 16.0), np.asarray(found.target)


def training_set(
    greys: NDArray[np.float64], digits: NDArray[np.int64], shapes: tuple[Shape, ...], seed: int, times: int = _TIMES
) -> Set:
    """Normal forms and their classes, the same for the same seed; the fewer `times`, the smaller in all its parts."""
    rng = np.random.default_rng(seed)
    inks: list[tuple[Ink, int]] = []
    for grey, digit in zip(greys, digits, strict=True):
        inks += [(sampled(grey, rng), int(digit)) for _ in range(times)]
    for shape in shapes:
        inks += [(drawn(shape, rng), shape.digit) for _ in range(_DRAWN * times // _TIMES)]
    inks += [(ink, NONE) for ink in _no_digits([ink for ink, _ in inks], rng, _NO_DIGITS * times // _TIMES)]
    forms = np.stack([normal_form(roughened(ink, rng)) for ink, _ in inks])
    return forms, np.array([digit for _, digit in inks])


def roughened(ink: Ink, rng: np.random.Generator) -> Ink:
    """As a scanner gives it back: the rim frayed, at most a dot or two lost or added on each side."""
    noise = rng.random(ink.shape)
    framed = np.pad(ink, 1)
    near = framed[:-2, 1:-1].astype(int) + framed[2:, 1:-1] + framed[1:-1, :-2] + framed[1:-1, 2:]
    rim = (near > 0) & (near < 4)
    return tight(np.where(rim, ink ^ (noise < 0.06), ink))


def fit(forms: Floats, classes: NDArray[np.int64], seed: int = _SEED) -> dict[str, Floats]:
    """The arrays of a fitted net: first (in x hidden), bias, second (hidden x out), last."""
    from sklearn.neural_network import MLPClassifier

    net = MLPClassifier((_HIDDEN,), alpha=2e-3, batch_size=256, max_iter=24, random_state=seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it stops after max_iter on purpose
        net.fit(forms, classes)
    (first, second), (bias, last) = net.coefs_, net.intercepts_
    arrays = {"first": first, "bias": bias, "second": second, "last": last}
    return {name: np.round(array, 4).astype(np.float32) for name, array in arrays.items()}


def _no_digits(inks: list[Ink], rng: np.random.Generator, many: int) -> list[Ink]:
    """Halves of broad digits, and pairs that touch."""
    made: list[Ink] = []
    while len(made) < many:
        one, two = (inks[int(at)] for at in rng.integers(0, len(inks), 2))
        if rng.random() < 0.5:
            made.append(beside((one, two), int(rng.integers(-4, 3))))
        elif one.shape[1] > 0.5 * one.shape[0]:
            made.append(_half(one, rng))
    return made


def _half(ink: Ink, rng: np.random.Generator) -> Ink:
    """The upper, lower, left or right part; a left part that is only a bar would look like a 1, so it stays broad."""
    height, width = ink.shape
    down, across = int(height * rng.uniform(0.35, 0.6)), int(width * rng.uniform(0.5, 0.7))
    return tight((ink[:down], ink[down:], ink[:, :across], ink[:, -across:])[int(rng.integers(0, 4))])


def _share(greys: NDArray[np.float64], digits: NDArray[np.int64], shapes: tuple[Shape, ...], part: int) -> float:
    """Right answers on one half of the set by a net fitted on the other; the set is ordered by writer."""
    middle = len(greys) // 2
    own, other = (slice(0, middle), slice(middle, None))[:: 1 if part else -1]
    net = fit(*training_set(greys[other], digits[other], shapes, _SEED, 6))
    rng = np.random.default_rng(_SEED + 1)
    forms = np.stack([normal_form(sampled(grey, rng)) for grey in greys[own]])
    score = np.maximum(forms @ net["first"] + net["bias"], 0) @ net["second"] + net["last"]
    return float(np.mean(score[:, :NONE].argmax(axis=1) == digits[own]))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m pipeline.ingest.hand.build_digits models/digits")
    print(f"{sys.argv[1]}: {build(Path(sys.argv[1])):.4f} of unseen digits right")
