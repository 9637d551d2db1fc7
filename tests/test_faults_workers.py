"""Readers and OCR that throw, hang, eat memory, exit or talk rubbish cost their own document, in a whole run."""

from __future__ import annotations

from pathlib import Path

from tests.faults.findings import Findings
from tests.faults.workers import Faulty, faulty_round

ALWAYS = (
    *("throw", "hang", "eat", "exit", "kill", "print", "nothing", "rubbish", "poison"),
    *("ocr-throw", "ocr-eat", "ocr-exit", "ocr-print"),
)
ONCE = ("throw", "hang_in_c", "eat", "exit", "kill", "orphan", "nothing", "ocr-kill", "ocr-segv", "ocr-abort")


def test_each_fault_costs_its_own_document_and_one_that_passes_costs_none(tmp_path: Path) -> None:
    faults = [Faulty(fault, False, f"always-{fault}") for fault in ALWAYS]
    faults += [Faulty(fault, True, f"once-{fault}") for fault in ONCE]
    findings = Findings()
    faulty_round(tmp_path, faults, findings, "suite")
    assert findings.wrong == {}
    assert findings.met == {"exit 4": 2}


def test_a_run_that_judged_a_fault_wrong_would_be_found(tmp_path: Path) -> None:
    class Hopeful(Faulty):
        def expected(self, runs: int) -> tuple[str, str | None, int]:
            return "ok", None, 1

    findings = Findings()
    faulty_round(tmp_path, [Hopeful("throw", False, "x")], findings, "suite")
    assert list(findings.wrong) == ["wrong statuses"]
