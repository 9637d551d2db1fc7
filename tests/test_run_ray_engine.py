"""On a local cluster of two nodes, one of which is killed, every document reads as on one machine, byte for byte."""

from __future__ import annotations

import builtins
import shutil
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import Kind
from pipeline.ingest.limits import Limits
from pipeline.run.engine import Job
from pipeline.run.pool import LocalEngine
from pipeline.run.ray_engine import EngineMissing, RayEngine
from pipeline.run.reading_job import HEAVY, read_job
from pipeline.run.readings import readings
from pipeline.store.packing import Packed
from tests.misbehaving import Misbehaving, MisbehavingOcr, quick_read
from tests.test_run_pool import ROOT, expected, job_of, written

LIMITS = Limits(document_seconds=120, worker_bytes=2 << 30)
SAMPLES = sorted(path for path in (ROOT / "data" / "raw").iterdir() if "scan" not in path.name)


def test_without_ray_the_cure_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    true_import = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "ray":
            raise ImportError(name)
        return true_import(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(EngineMissing, match=r"pip install 'kehoach\[ray\]'"):
        RayEngine(read_job, LIMITS, None, None, 1)


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Two nodes of one CPU on this machine; nothing leaves it."""
    pytest.importorskip("ray", reason="Ray is not installed: the cluster engine is NOT tested")
    for name in ("RAY_USAGE_STATS_ENABLED", "RAY_DEDUP_LOGS"):
        monkeypatch.setenv(name, "0")
    from ray.cluster_utils import Cluster

    node = {"num_cpus": 1, "object_store_memory": 100_000_000, "include_dashboard": False}
    made: Any = Cluster(initialize_head=True, head_node_args=node)
    made.doomed = made.add_node(num_cpus=1, object_store_memory=100_000_000)
    made.wait_for_nodes()
    yield made
    made.shutdown()


def test_a_node_that_dies_in_the_middle_changes_nothing(cluster: Any, tmp_path: Path) -> None:
    jobs = _texts(tmp_path)
    assert len(jobs) >= 20
    here = LocalEngine(read_job, LIMITS, None, 2, HEAVY)
    wanted = {job: _lasting(packed) for job, packed, _ in readings(iter(jobs), here)}
    here.stop()
    there = RayEngine(read_job, LIMITS, None, cluster.address, preload=HEAVY)
    assert there.slots == 4
    found: dict[Job, Packed] = {}
    for reading in readings(iter(jobs), there):
        assert reading.attempts == 1
        found[reading.job] = _lasting(reading.packed)
        if len(found) == 5:
            cluster.remove_node(cluster.doomed, allow_graceful=False)
    there.stop()
    assert found == wanted
    assert {packed.kind for packed in found.values()} == {None}


def test_faults_on_a_cluster_cost_what_they_cost_here_and_sigterm_stays_with_the_run(
    cluster: Any, tmp_path: Path
) -> None:
    faults = ["kill always", "segv once", "exit always", "eat always", "throw once", "nothing always", "poison once"]
    jobs = written(tmp_path, *faults, "ocr-abort once", *[""] * 10)
    before = signal.getsignal(signal.SIGTERM)
    engine = RayEngine(Misbehaving(tmp_path), LIMITS, MisbehavingOcr(tmp_path), cluster.address)  # type: ignore[arg-type]
    assert signal.getsignal(signal.SIGTERM) is before
    found = {reading.job: reading.packed for reading in readings(iter(jobs), engine)}
    gone = Job("gone.txt", str(tmp_path / "gone.txt"), "0" * 64)
    engine.start(gone)
    [(_, unreadable)] = engine.finished()
    engine.stop()
    assert {job: packed.kind for job, packed in found.items()} == {
        job: expected(fault) for job, fault in zip(jobs, [*faults, *[""] * 11], strict=True)
    }
    good = jobs[-1]
    assert found[good].rows == quick_read(good, LIMITS, None).rows
    assert unreadable.kind is Kind.UNREADABLE


def test_a_file_over_the_limit_does_not_travel_and_reads_as_here(cluster: Any, tmp_path: Path) -> None:
    [job] = written(tmp_path, "")
    limits = replace(LIMITS, file_bytes=3)
    there = RayEngine(read_job, limits, None, cluster.address)
    there.start(job)
    [(_, found)] = there.finished()
    there.stop()
    assert _lasting(found) == _lasting(read_job(job, limits, None))


def _texts(folder: Path) -> list[Job]:
    """The text samples and, to be enough, copies of them that say one thing more."""
    jobs = [job_of(path) for path in SAMPLES]
    for number in range(4):
        for path in (path for path in SAMPLES if path.suffix in (".txt", ".md")):
            copy = folder / f"{number}-{path.name}"
            shutil.copyfile(path, copy)
            with copy.open("a", encoding="utf-8") as file:
                file.write(f"\nBản số {number}.\n")
            jobs.append(job_of(copy))
    return jobs


def _lasting(packed: Packed) -> Packed:
    """The reading without the time it took."""
    return replace(packed, seconds=0.0)
