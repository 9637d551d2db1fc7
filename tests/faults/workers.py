"""Readers and OCR that throw, hang, eat memory, exit, print rubbish or give none, among good documents of a whole run."""

from __future__ import annotations

import io
import tempfile
from contextlib import redirect_stderr
from dataclasses import dataclass
from pathlib import Path
from random import Random

from rich.console import Console

from pipeline.errors import LOST
from pipeline.ingest.limits import Limits
from pipeline.run.batch import RunOptions, run_archive
from pipeline.run.engine import Engine
from pipeline.run.pool import LocalEngine
from pipeline.run.worker import prepare
from tests.faults import checks
from tests.faults.findings import Findings
from tests.faults.living import living
from tests.faults.quick import loaded_read
from tests.misbehaving import ANSWERS, FAULTS, KINDS, Misbehaving, MisbehavingOcr

GOOD = 10
"""Good documents of a round."""
LIMITS = Limits(document_seconds=3.0, worker_bytes=2 * 1024**3)
SORTS = (*FAULTS, *ANSWERS, *(f"ocr-{fault}" for fault in FAULTS))


@dataclass(frozen=True, slots=True)
class Faulty:
    """A document that commands a fault, once or always."""

    fault: str
    once: bool
    name: str

    @property
    def text(self) -> str:
        return f"fault: {self.fault} {'once' if self.once else 'always'} {self.name}\nKế hoạch {self.name}\n"

    def expected(self, runs: int) -> tuple[str, str | None, int]:
        """Status, kind and attempts of so many runs: a lost worker is tried again, twice a run; an answer is not."""
        kind = KINDS[self.fault.removeprefix("ocr-")]
        if kind is None:
            return "ok", None, 1
        if kind in LOST and self.once:
            return "ok", None, 2
        return "failed", kind.value, 2 * runs if kind in LOST else 1


def faulty_round(root: Path, faults: list[Faulty], findings: Findings, where: str) -> None:
    """Two runs over good documents with these among them; `root` is an empty folder."""
    inputs, marks = root / "in", root / "marks"
    for folder in (inputs, marks):
        folder.mkdir()
    for number in range(GOOD):
        (inputs / f"kh-{number}.txt").write_text(f"Kế hoạch số {number} {where}\n", encoding="utf-8")
    for fault in faults:
        (inputs / f"{fault.name}.txt").write_text(fault.text, encoding="utf-8")
        findings.injected[f"{fault.fault} {'once' if fault.once else 'always'}"] += 1
    prepare()  # what workers are forked from outlives the round, and is none of its own
    tempfile.tempdir = str(root)  # workers and what they start tell by it that they are ours
    for run in (1, 2):
        with redirect_stderr(io.StringIO()):
            end = run_archive([inputs], _options(root, marks), Console(quiet=True))
        findings.met[f"exit {end.exit}"] += 1
        _check(root / "out", faults, run, findings, f"{where} run {run}")
    tempfile.tempdir = None
    findings.note("processes left", where, [str(pid) for pid in living(root)])


def by_chance(seed: int, count: int) -> list[Faulty]:
    chance = Random(f"workers {seed}")
    return [Faulty(chance.choice(SORTS), chance.random() < 0.5, f"f-{seed}-{at}") for at in range(count)]


def _options(root: Path, marks: Path) -> RunOptions:
    read, ocr = Misbehaving(marks, loaded_read), MisbehavingOcr(marks)

    def make(limits: Limits, _: object) -> Engine:
        return LocalEngine(read, limits, ocr, jobs=2)  # type: ignore[arg-type]

    return RunOptions(root / "out", LIMITS, make, settle=0.0)


def _check(out: Path, faults: list[Faulty], runs: int, findings: Findings, where: str) -> None:
    """A row of `files` counts the attempts until its last news, the ledger counts all."""
    rows = {row["source_path"]: row for row in checks.tables_of(out)["files"]}
    tried = checks.attempts(out)
    expected = {f"{fault.name}.txt": (fault.fault, fault.expected(1), fault.expected(runs)[2]) for fault in faults}
    expected |= {f"kh-{number}.txt": ("", ("ok", None, 1), 1) for number in range(GOOD)}
    findings.note("lost documents", where, sorted(expected.keys() - rows.keys()))
    for path in expected.keys() & rows.keys():
        row, (fault, want, tries) = rows[path], expected[path]
        found = (row["status"], row["error_kind"], row["attempts"]), tried[row["file_sha256"]]
        if found != (want, tries):
            findings.note("wrong statuses", where, [f"{path}, {fault}: {found}, expected {want}, {tries}"])
    findings.note("torn builds", where, checks.torn(out))
