"""A worker that dies or hangs inside an engine of its own process costs one document, and every worker has one thread."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.errors import Kind
from pipeline.ingest.files.walk import offered
from pipeline.ingest.limits import Limits
from pipeline.ingest.ocr.engine import OcrEngine
from pipeline.ingest.page.words import PageWord
from pipeline.run.pool import outcomes
from tests.bench_scans import Prompt, long_scan

FAULTS: dict[str, Callable[[], object]] = {
    "abort": os.abort,
    "kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "hang": lambda: ctypes.PyDLL(None).sleep(3600),  # as a C library does that never lets go of the interpreter
}


@dataclass(frozen=True, slots=True)
class Faulty:
    """A setup whose engine does one fault after the other, over all workers, a page each; then it reads well."""

    faults: tuple[str, ...]
    done: Path

    def engine(self, limits: Limits) -> OcrEngine:
        good = Prompt().engine(limits)

        def read(picture: NDArray[np.uint8], seconds: float) -> list[PageWord]:
            if os.environ.get("OMP_THREAD_LIMIT") != "1":
                raise AssertionError("a worker's engine would start threads")
            for fault in self.faults:
                if not (mark := self.done / fault).exists():
                    mark.touch()
                    FAULTS[fault]()
            return good(picture, seconds)

        return read


@pytest.mark.parametrize(
    ("faults", "seconds", "kind"), [(("abort", "kill"), 300, Kind.CRASHED), (("hang",), 15, Kind.TIMEOUT)]
)
def test_a_fault_inside_the_engine_costs_one_document(
    faults: tuple[str, ...], seconds: float, kind: Kind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OMP_THREAD_LIMIT", raising=False)
    scan = long_scan(1, tmp_path / "0.pdf")
    papers = [scan, *(Path(shutil.copyfile(scan, tmp_path / f"{name}.pdf")) for name in faults)]
    limits = Limits(document_seconds=seconds)
    setup = Faulty(faults, tmp_path)
    found = list(outcomes(offered(papers, limits), limits, 1, setup))  # type: ignore[arg-type]
    assert sorted(outcome.kind or "" for outcome in found) == ["", *[kind] * len(faults)]
    assert sorted(len(outcome.rows.get("pages", ())) for outcome in found) == [*[0] * len(faults), 1]
