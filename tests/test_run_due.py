"""What is due: new bytes, a change that touches the result, a failure that may pass. Nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.errors import LOST, PASSING, Kind
from pipeline.run.due import MOST_LOSSES, REASONS, reason
from pipeline.store.packing import Packed
from pipeline.store.sightings import Fingerprints, Reading, after

NOW = Fingerprints("code", "rules", "ocr")
BOUNDS = "900 s"
GOOD = Packed("a", "a.pdf", rows=b"rows", used_ocr=True)


def read(packed: Packed, known: Reading | None = None, prints: Fingerprints = NOW, bounds: str = BOUNDS) -> Reading:
    return after(known, packed, "a", prints, bounds, 1, "2026-01-05")


def lost(kind: Kind) -> Packed:
    return Packed("a", "a.pdf", kind=kind, message="")


def test_bytes_never_seen_are_due() -> None:
    assert reason(None, NOW, BOUNDS) == "new"


def test_what_was_read_stands() -> None:
    assert reason(read(GOOD), NOW, BOUNDS) is None
    assert reason(read(GOOD), NOW, "10 s") is None


@pytest.mark.parametrize("part", ["code", "rules", "ocr"])
def test_a_change_of_what_touches_the_result_makes_it_due(part: str) -> None:
    assert reason(read(GOOD), replace(NOW, **{part: "other"}), BOUNDS) == part


def test_ocr_settings_do_not_touch_what_was_read_without_ocr() -> None:
    native = read(replace(GOOD, used_ocr=False))
    assert reason(native, replace(NOW, ocr="other"), BOUNDS) is None
    assert reason(native, replace(NOW, rules="other"), BOUNDS) == "rules"


@pytest.mark.parametrize("kind", sorted(set(Kind) - LOST - PASSING))
def test_a_fault_of_the_file_is_not_read_again(kind: Kind) -> None:
    assert reason(read(lost(kind)), NOW, BOUNDS) is None
    assert reason(read(lost(kind)), replace(NOW, code="other"), BOUNDS) == "code"


@pytest.mark.parametrize("kind", sorted(PASSING))
def test_a_fault_of_the_machine_is_tried_by_every_run(kind: Kind) -> None:
    reading = None
    for _ in range(10):
        reading = read(lost(kind), reading)
        assert reason(reading, NOW, BOUNDS) == "transient"


@pytest.mark.parametrize("kind", sorted(LOST))
def test_a_lost_document_is_tried_again_but_not_for_ever(kind: Kind) -> None:
    reading, reasons = None, []
    for _ in range(MOST_LOSSES):
        reading = read(lost(kind), reading)
        reasons.append(reason(reading, NOW, BOUNDS))
    assert reasons == ["transient"] * (MOST_LOSSES - 1) + [None]
    assert reason(reading, NOW, "more") == "bounds"
    assert reason(reading, replace(NOW, code="mended"), BOUNDS) == "code"


def test_a_greater_limit_makes_what_was_too_large_due() -> None:
    assert reason(read(lost(Kind.TOO_LARGE)), NOW, "greater") == "bounds"
    assert reason(read(lost(Kind.ENCRYPTED)), NOW, "greater") is None


def test_a_result_that_failed_under_new_rules_is_tried_again_and_kept() -> None:
    newer = replace(NOW, rules="newer")
    kept = read(lost(Kind.INTERNAL), read(GOOD), newer)
    assert kept.is_good
    assert kept.fingerprints == NOW
    assert reason(kept, newer, BOUNDS) is None
    assert reason(kept, replace(NOW, rules="newest"), BOUNDS) == "rules"


def test_a_success_forgets_the_failure_before_it() -> None:
    assert read(GOOD, read(lost(Kind.TIMEOUT))).loss is None


def test_rows_that_come_out_the_same_keep_the_time_they_were_first_read() -> None:
    again = after(read(GOOD), GOOD, "a", replace(NOW, rules="other"), BOUNDS, 1, "2026-02-01")
    assert again.extracted_at == "2026-01-05"
    other = after(again, replace(GOOD, rows=b"other"), "a", NOW, BOUNDS, 1, "2026-03-01")
    assert other.extracted_at == "2026-03-01"
    assert other.attempts == 3


def test_every_reason_given_is_one_the_report_knows() -> None:
    found = {
        reason(None, NOW, BOUNDS),
        *(reason(read(GOOD), replace(NOW, **{part: "x"}), BOUNDS) for part in ("code", "rules", "ocr")),
        reason(read(lost(Kind.TIMEOUT)), NOW, BOUNDS),
        reason(read(lost(Kind.TIMEOUT)), NOW, "more"),
    }
    assert found < set(REASONS)
