"""How two workers compare with one on scans, and a Ray cluster of two nodes with two local workers.

`python -m tests.bench_engines`: ratios of one run, side by side, starts apart. Nothing else should run beside it.
"""

from __future__ import annotations

import hashlib
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pipeline.ingest.limits import Limits
from pipeline.run.engine import Engine, Job
from pipeline.run.pool import LocalEngine
from pipeline.run.reading_job import HEAVY, read_job
from pipeline.run.readings import readings
from tests.samples.build import RAW

_ROUNDS = 3
_SCANS = 24
_SCAN = "kh-so-tu-phap-lam-dong-2023-scan.pdf"
_TEXTS = (".txt", ".md", ".html", ".pdf")


def main() -> None:
    """Prints each round, and the median of the rounds."""
    with tempfile.TemporaryDirectory(prefix="kehoach-bench-") as folder:
        place = Path(folder)
        warm = _copies(place, [_SCAN], 4, "warm")
        scans = _copies(place, [_SCAN], _SCANS, "scan")
        texts = [path.name for path in RAW.iterdir() if path.suffix in _TEXTS and path.name != _SCAN]
        mixed = scans[: _SCANS // 2] + _copies(place, texts, _SCANS // 2, "text")
        _compared("two workers are %.2f times one (target 1.8)", _one_over_two(warm, scans))
        _compared("Ray takes %.2f of two local workers' time (target 1.15)", _ray_over_local(warm, mixed))


def _compared(words: str, ratios: Iterator[float]) -> None:
    found = []
    for ratio in ratios:
        found.append(ratio)
        print(f"  round {len(found)}: {ratio:.2f}", flush=True)
    print(words % statistics.median(found), flush=True)


def _one_over_two(warm: Sequence[Job], jobs: Sequence[Job]) -> Iterator[float]:
    for _ in range(_ROUNDS):
        one, two = (_seconds(LocalEngine(read_job, Limits(), None, workers, HEAVY), warm, jobs) for workers in (1, 2))
        yield one / two


def _ray_over_local(warm: Sequence[Job], jobs: Sequence[Job]) -> Iterator[float]:
    from pipeline.run.ray_engine import RayEngine

    for _ in range(_ROUNDS):
        local = _seconds(LocalEngine(read_job, Limits(), None, 2, HEAVY), warm, jobs)
        with _two_nodes() as address:
            yield _seconds(RayEngine(read_job, Limits(), None, address, preload=HEAVY), warm, jobs) / local


def _seconds(engine: Engine, warm: Sequence[Job], jobs: Sequence[Job]) -> float:
    """What `jobs` take by the clock, once all workers are warm."""
    try:
        _read(engine, warm)
        started = time.monotonic()
        _read(engine, jobs)
        return time.monotonic() - started
    finally:
        engine.stop()


def _read(engine: Engine, jobs: Sequence[Job]) -> None:
    for _, packed, _ in readings(iter(jobs), engine):
        if packed.kind is not None:
            sys.exit(f"{packed.file_name}: {packed.message}")


@contextmanager
def _two_nodes() -> Iterator[str]:
    from ray.cluster_utils import Cluster

    node = {"num_cpus": 1, "object_store_memory": 100_000_000}
    cluster = Cluster(initialize_head=True, head_node_args={**node, "include_dashboard": False})
    try:
        cluster.add_node(**node)
        cluster.wait_for_nodes()
        yield cluster.address
    finally:
        cluster.shutdown()


def _copies(folder: Path, names: Sequence[str], count: int, prefix: str) -> list[Job]:
    """Jobs of the samples, each copy with bytes of its own."""
    found = []
    for number in range(count):
        for name in names:
            path = folder / f"{prefix}-{number}-{name}"
            path.write_bytes((RAW / name).read_bytes() + f"\n{number}\n".encode())
            found.append(Job(path.name, str(path), hashlib.sha256(path.read_bytes()).hexdigest()))
    return found


if __name__ == "__main__":
    main()
