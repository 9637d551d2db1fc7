"""Nights with faults of the disk: builds stay whole, nothing is lost, no work is done again; and a broken run is found out."""

from __future__ import annotations

import pytest

from tests.faults.disk import disk_faults
from tests.faults.findings import SORTS
from tests.faults.shim import COMPILER

pytestmark = pytest.mark.skipif(COMPILER is None, reason="KHÔNG CÓ trình dịch C / no C compiler")

FAULTS = 30
"""A part of `python -m tests.faults`, which injects a thousand."""
BOUND = 100
"""Faults within which a run that is broken on purpose must be found; it takes 5 to 15."""


def test_no_fault_of_the_disk_tears_a_build_loses_a_document_or_repeats_work() -> None:
    sound, said = disk_faults(FAULTS, seed=1)
    assert sound, said
    lines = [line.split(maxsplit=1) for line in said.splitlines()]
    assert f"{FAULTS} faults" in said
    assert [["0", sort] in lines for sort in SORTS] == [True] * len(SORTS), said


@pytest.mark.parametrize(
    ("sabotage", "found"),
    [
        ("no-sync", "torn builds"),
        ("no-sync-of-the-ledger", "work done again"),
        ("no-transaction", "no recovery"),
        ("done-before-read", "wrong statuses"),
    ],
)
def test_a_run_that_is_broken_on_purpose_is_found(sabotage: str, found: str) -> None:
    sound, said = disk_faults(BOUND, 7, sabotage)
    assert not sound, said
    assert any(line.strip().endswith(found) and line.split()[0] != "0" for line in said.splitlines()), said
