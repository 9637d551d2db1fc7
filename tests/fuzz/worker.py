"""One target under atheris in a process of its own: `python -m tests.fuzz.worker TARGET SECONDS SEED OUT`."""

from __future__ import annotations

import faulthandler
import importlib
import json
import pkgutil
import random
import resource
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

MOST_MEMORY = 12_000_000_000
"""Bytes of address space: the models take most of one, and the fuzzer's own books grow by one in ten minutes."""
HANGS = 300
"""Seconds after which a worker ends that is deaf in a library; its input is TARGET-current.bin."""
NOT_IMPORTED = ("pipeline.cli", "pipeline.__main__")


def main(name: str, seconds: int, seed: int, out: Path) -> None:
    """Runs until the time is up; each new fault is written to `out` at once, and the counts with it."""
    atheris: Any = importlib.import_module("atheris")  # has no types, and need not be installed
    with atheris.instrument_imports(include=["pipeline"]):
        for module in pkgutil.walk_packages(importlib.import_module("pipeline").__path__, "pipeline."):
            if module.name not in NOT_IMPORTED and "build_" not in module.name:
                importlib.import_module(module.name)
    from tests.fuzz.oracle import fault_of, watch_writes
    from tests.fuzz.stages import document, rows_of
    from tests.fuzz.targets import LONGEST, TARGETS, folder

    target = TARGETS[name]
    corpus = out / f"{name}-corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, own in enumerate(target.seeds()):
        (corpus / f"seed-{number}").write_bytes(own)
    rows_of(document(()))  # models are loaded before memory and time are measured
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    folder()
    watch_writes(folder().parent)
    keeper = _Keeper(name, seed, out, target, fault_of)

    def mutate(data: bytes, most: int, number: int) -> bytes:
        chance = random.Random(number)
        if target.changed is None or chance.random() < 0.2:
            return bytes(atheris.Mutate(data, most))
        return target.changed(data, most, chance)[:most]

    options = [f"-max_total_time={seconds}", f"-seed={seed}", f"-max_len={LONGEST}", "-timeout=60", "-rss_limit_mb=0"]
    options += ["-print_final_stats=1", f"-artifact_prefix={out}/{name}-crash-"]
    atheris.Setup([sys.argv[0], str(corpus), *options], keeper.one, custom_mutator=mutate)
    atheris.Fuzz()


class _Keeper:
    """Counts inputs and keeps the smallest of each fault."""

    def __init__(self, name: str, seed: int, out: Path, target: Any, fault_of: Any) -> None:
        self.name, self.seed, self.out, self.target, self.fault_of = name, seed, out, target, fault_of
        self.count, self.started, self.told = 0, time.monotonic(), 0.0
        self.sizes: dict[str, int] = {}
        self.faults: list[dict[str, Any]] = []

    def one(self, data: bytes) -> None:
        self.count += 1
        (self.out / f"{self.name}-current.bin").write_bytes(data)
        faulthandler.dump_traceback_later(HANGS, exit=True)  # what no signal reaches
        fault = self.fault_of(self.target.run, data)
        faulthandler.cancel_dump_traceback_later()
        if fault is not None and len(data) < self.sizes.get(fault.where, sys.maxsize):
            self._keep(fault, data)
        elif time.monotonic() - self.told > 2:
            self._tell()

    def _keep(self, fault: Any, data: bytes) -> None:
        if fault.where not in self.sizes:
            self.faults.append(asdict(fault) | {"file": f"{self.name}-{len(self.faults)}.bin"})
        self.sizes[fault.where] = len(data)
        known = next(own for own in self.faults if own["where"] == fault.where)
        (self.out / known["file"]).write_bytes(data)
        self._tell()

    def _tell(self) -> None:
        self.told = time.monotonic()
        told = {
            "target": self.name,
            "seed": self.seed,
            "seconds": round(self.told - self.started, 1),
            "executions": self.count,
            "faults": self.faults,
        }
        (self.out / f"{self.name}.json").write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
