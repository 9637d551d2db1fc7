"""`python -m tests.faults.disk FAULTS SEED [SABOTAGE]`, with the shim inside: nights until so many faults were injected."""

from __future__ import annotations

import sys
import tempfile
from itertools import count
from pathlib import Path

from tests.faults.findings import Findings
from tests.faults.inline import run_inline
from tests.faults.nights import Night
from tests.faults.sabotage import SABOTAGES
from tests.faults.shim import built, preloaded

MEMORY = Path("/dev/shm")
"""Where nights are tried: what is lost with the power is reckoned by the shim, so no sync need wait for a disk."""


def disk_faults(faults: int, seed: int, sabotage: str = "") -> tuple[bool, str]:
    """In a process of its own, for the shim must be loaded before all else; whether all is well, and what was said."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["-m", "tests.faults.disk", str(faults), str(seed), *([sabotage] if sabotage else [])]
        process = preloaded(command, built(Path(folder)))
        said, errors = process.communicate()
    return process.returncode == 0, said + errors


def main() -> None:
    """Exit 1 where anything is wrong. With a sabotage, it ends at the first thing found."""
    faults, seed, sabotage = int(sys.argv[1]), int(sys.argv[2]), (*sys.argv[3:], "")[0]
    _load()
    if sabotage:
        SABOTAGES[sabotage]()
    findings = Findings()
    for at in count():
        if sum(findings.injected.values()) >= faults or (sabotage and findings.wrong):
            break
        _night(seed * 1_000_000 + at, findings, faults, at_once=bool(sabotage))
    print("\n".join(findings.lines()))
    sys.exit(1 if findings.wrong else 0)


def _night(seed: int, findings: Findings, faults: int, *, at_once: bool) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        night = Night(Path(folder), seed, run_inline, findings)
        night.prepare()
        for _ in night.injected():
            if sum(findings.injected.values()) >= faults or (at_once and findings.wrong):
                return


def _load() -> None:
    """What every child would load or reckon again: modules, rules, the weights of confidence, the hash of the code."""
    import pyarrow.parquet  # noqa: F401

    from pipeline.extract.confidence import weights_at_hand
    from pipeline.rulebook import check_rules
    from pipeline.run import morning_page  # noqa: F401
    from pipeline.store import fingerprints

    check_rules()
    weights_at_hand()
    code = fingerprints.fingerprints_now().code
    fingerprints._code = lambda: code


if __name__ == "__main__":
    main()
