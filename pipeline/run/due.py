"""When bytes are to be read: they are new, what their reading hangs on has changed, or it failed in passing."""

from __future__ import annotations

from pipeline.errors import LOST, PASSING, Kind
from pipeline.store.sightings import Fingerprints, Loss, Reading

MOST_LOSSES = 3
"""Runs that lose the same document to the same limits, before it is left until something changes."""
_BOUNDED = LOST | {Kind.TOO_LARGE}
"""Failures that greater limits may cure."""
REASONS = ("new", "changed", "code", "rules", "ocr", "name", "bounds", "transient")
"""Why a document was due, as the report of a run counts it."""


def reason(reading: Reading | None, now: Fingerprints, bounds: str) -> str | None:
    """Why bytes are due, one of `REASONS`; None where what is known of them stands."""
    if reading is None:
        return "new"
    if reading.loss is not None and reading.loss.fingerprints == now:
        return _again(reading.loss, bounds)
    if reading.fingerprints is None:
        return _changed(reading.loss.fingerprints, now) if reading.loss else "new"
    return _changed(reading.fingerprints, now)


def _changed(then: Fingerprints, now: Fingerprints) -> str | None:
    """What changed; OCR settings count only where OCR was asked."""
    if then.code != now.code:
        return "code"
    if then.rules != now.rules:
        return "rules"
    return "ocr" if then.ocr and then.ocr != now.ocr else None


def _again(loss: Loss, bounds: str) -> str | None:
    if loss.kind in PASSING:
        return "transient"
    if loss.kind in _BOUNDED and loss.bounds != bounds:
        return "bounds"
    return "transient" if loss.kind in LOST and loss.times < MOST_LOSSES else None
