"""A worker that dies, hangs, eats or lies costs its own document, and nothing of it stays behind."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from multiprocessing import forkserver
from pathlib import Path

import pytest

from pipeline.errors import DocumentError, Kind
from pipeline.ingest.files.walk import Offered
from pipeline.ingest.limits import Limits
from pipeline.run.engine import Job, Read
from pipeline.run.pool import LocalEngine
from pipeline.run.reading_job import read_job
from pipeline.run.readings import Reading, readings
from pipeline.run.unpacking import Unpacker
from pipeline.store.packing import Packed, unpacked_rows
from tests.bench_scans import Prompt, long_scan
from tests.misbehaving import ANSWERS, FAULTS, KINDS, Misbehaving, MisbehavingOcr, quick_read

ROOT = Path(__file__).parents[1]
LIMITS = Limits(document_seconds=60, worker_bytes=2 << 30)
SHORT = Limits(document_seconds=1, worker_bytes=2 << 30)
Engines = Callable[..., LocalEngine]


@pytest.fixture
def engines(tmp_path: Path) -> Iterator[Engines]:
    """Makes engines that are stopped at the end; faults leave their marks in `tmp_path`."""
    made: list[LocalEngine] = []

    def make(read: Read | None = None, limits: Limits = LIMITS, jobs: int = 2, setup: object = None) -> LocalEngine:
        setup = setup or MisbehavingOcr(tmp_path)
        made.append(LocalEngine(read or Misbehaving(tmp_path), limits, setup, jobs))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for engine in made:
        engine.stop()


def job_of(path: Path) -> Job:
    return Job(f"kho/{path.name}", str(path), hashlib.sha256(path.read_bytes()).hexdigest())


def written(folder: Path, *faults: str) -> list[Job]:
    """A text file for each fault; an empty one is a document that nothing is wrong with."""
    jobs = []
    for number, fault in enumerate(faults):
        path = folder / f"{number}.txt"
        path.write_text(f"fault: {fault} {number}\nKế hoạch" if fault else f"Kế hoạch số {number}", encoding="utf-8")
        jobs.append(job_of(path))
    return jobs


def kinds(found: list[Reading]) -> dict[str, Kind | None]:
    return {reading.job.path: reading.packed.kind for reading in found}


@pytest.mark.parametrize("fault", sorted({*FAULTS, *ANSWERS}))
def test_a_fault_costs_its_own_document_and_its_kind_is_told(fault: str, engines: Engines, tmp_path: Path) -> None:
    bad, *good = written(tmp_path, f"{fault} always", "", "")
    hangs = KINDS[fault] is Kind.TIMEOUT
    engine = engines(limits=SHORT if hangs else LIMITS, jobs=1)
    found = {r.job: r for r in readings(iter([good[0], bad, good[1]]), engine)}
    assert found[bad].packed.kind == KINDS[fault]
    assert found[bad].attempts == (2 if KINDS[fault] in (Kind.CRASHED, Kind.TIMEOUT, Kind.OUT_OF_MEMORY) else 1)
    for job in good:
        assert found[job].packed.rows == quick_read(job, LIMITS, None).rows


@pytest.mark.parametrize("fault", ["ocr-segv", "ocr-exit", "ocr-kill", "kill", "exit", "eat", "orphan"])
def test_what_fails_once_is_read_when_it_is_alone(fault: str, engines: Engines, tmp_path: Path) -> None:
    [job] = written(tmp_path, f"{fault} once")
    [reading] = readings(iter([job]), engines())
    assert (reading.packed.kind, reading.attempts) == (None, 2)
    assert reading.packed.rows == quick_read(job, LIMITS, None).rows


def test_a_mixed_crowd_loses_no_document_and_mistakes_none(engines: Engines, tmp_path: Path) -> None:
    chosen = random.Random(7)
    quick = [fault for fault in KINDS if KINDS[fault] is not Kind.TIMEOUT]
    faults = [f"{chosen.choice(quick)} {chosen.choice(['once', 'always'])}" for _ in range(25)]
    crowd = [*faults, *[""] * 25]
    chosen.shuffle(crowd)
    jobs = written(tmp_path, *crowd)
    found = kinds(list(readings(iter(jobs), engines())))
    assert found == {job.path: expected(fault) for job, fault in zip(jobs, crowd, strict=True)}


def expected(fault: str) -> Kind | None:
    name, _, when = fault.partition(" ")
    kind = KINDS.get(name)
    return kind if when == "always" or kind is Kind.INTERNAL else None


def test_a_kill_is_told_by_its_signal_and_a_leaving_by_its_code(engines: Engines, tmp_path: Path) -> None:
    jobs = written(tmp_path, "kill always", "segv always", "exit always", "exit_badly always")
    told = {r.job: r.packed.message for r in readings(iter(jobs), engines())}
    for job, word in zip(jobs, ("SIGKILL", "SIGSEGV", "Exit 0", "Exit 3"), strict=True):
        assert word in told[job]


def test_a_failure_is_told_on_one_line_of_bounded_length(engines: Engines, tmp_path: Path) -> None:
    [job] = written(tmp_path, "throw always")
    [reading] = readings(iter([job]), engines(read=_talks))
    assert "\n" not in reading.packed.message
    assert 100 < len(reading.packed.message) < 600
    assert reading.packed.kind is Kind.INTERNAL


def _talks(job: Job, limits: Limits, ocr: object) -> Packed:
    raise ValueError("nhiều lời\n\x1b[2J" * 100_000)


def test_no_more_workers_start_than_there_is_work(engines: Engines, tmp_path: Path) -> None:
    engine = engines(jobs=8)
    for job in written(tmp_path, "", "", "", ""):
        engine.start(job)
        while not engine.finished():
            pass
    assert len(_workers(engine)) == 1


def test_a_document_that_is_read_alone_has_a_worker_of_its_own(engines: Engines, tmp_path: Path) -> None:
    engine = engines(jobs=1)
    first, second, third = written(tmp_path, "", "", "")
    seen = []
    for job, alone in ((first, False), (second, True), (third, False)):
        engine.start(job, alone=alone)
        seen.append(_workers(engine))
        assert engine.finished()[0][1].kind is None
    assert len({pid for pids in seen for pid in pids}) == 3
    assert [len(pids) for pids in seen] == [1, 1, 1]


def test_an_idle_worker_that_was_killed_costs_no_document(engines: Engines, tmp_path: Path) -> None:
    engine = engines(jobs=1)
    first, second = written(tmp_path, "", "")
    engine.start(first)
    engine.finished()
    [pid] = _workers(engine)
    os.kill(pid, signal.SIGKILL)
    _gone(pid)
    engine.start(second)
    assert engine.finished()[0][1].kind is None


def test_a_worker_is_renewed_after_its_share_of_documents(
    engines: Engines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.run.pool.DOCUMENTS_A_WORKER", 2)
    engine, pids = engines(jobs=1), []
    for job in written(tmp_path, *[""] * 4):
        engine.start(job)
        pids += _workers(engine)
        engine.finished()
    assert len(set(pids)) == 2


def test_a_worker_that_has_grown_is_renewed(engines: Engines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.run.pool.GROWN", 1)
    engine = engines(jobs=1)
    [job] = written(tmp_path, "")
    engine.start(job)
    assert engine.finished()[0][1].kind is None
    assert _workers(engine) == []


def test_when_the_process_that_makes_workers_dies_only_what_was_under_way_is_lost(
    engines: Engines, tmp_path: Path
) -> None:
    hanging, good = written(tmp_path, "hang once", "")
    engine = engines(jobs=1)
    engine.start(hanging)
    os.kill(forkserver._forkserver._forkserver_pid, signal.SIGKILL)  # type: ignore[attr-defined]
    [(job, packed)] = engine.finished()
    assert (job, packed.kind) == (hanging, Kind.CRASHED)
    engine.start(good)
    assert engine.finished()[0][1].kind is None


def test_nothing_of_a_worker_stays_behind(engines: Engines, tmp_path: Path) -> None:
    jobs = written(tmp_path, "orphan always", "hang_in_c always")
    engine = engines(limits=SHORT, read=Misbehaving(tmp_path, _litters))
    assert {r.packed.kind for r in readings(iter(jobs), engine)} == {Kind.CRASHED, Kind.TIMEOUT}
    assert "left behind" not in _commands()
    [home] = [Path(tempfile.gettempdir(), name) for name in [engine._folder.name]]
    engine.stop()
    assert not home.exists()


def _litters(job: Job, limits: Limits, ocr: object) -> Packed:
    tempfile.mkdtemp()
    return quick_read(job, limits, None)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux binds a process to its parent")
def test_no_worker_outlives_a_run_that_is_killed(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from pipeline.run.pool import LocalEngine\n"
        "from tests.test_run_pool import LIMITS, Misbehaving, job_of\n"
        "engine = LocalEngine(Misbehaving(Path(sys.argv[1])), LIMITS, None, 2)\n"
        "[engine.start(job_of(Path(path))) for path in sys.argv[2:]]\n"
        "while not all((Path(sys.argv[1]) / f'hang_in_c-{n}').exists() for n in range(2)):\n"
        "    pass\n"
        "print(*[post.worker.pid for post in engine._posts], flush=True)\n"
        "sys.stdin.read()\n"
    )
    jobs = written(tmp_path, "hang_in_c once", "hang_in_c once")
    command = [sys.executable, "-c", code, str(tmp_path), *(job.path for job in jobs)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        pids = [int(pid) for pid in run.stdout.readline().split()]
        assert len(pids) == 2
        run.kill()
    for pid in pids:
        _gone(pid)


def test_sigterm_to_a_worker_changes_nothing(engines: Engines, tmp_path: Path) -> None:
    engine = engines(jobs=1, read=_signals_itself)
    [job] = written(tmp_path, "")
    engine.start(job)
    assert engine.finished()[0][1].kind is None


def _signals_itself(job: Job, limits: Limits, ocr: object) -> Packed:
    for sent in (signal.SIGTERM, signal.SIGINT):
        os.kill(os.getpid(), sent)
    done = subprocess.run(["/bin/sh", "-c", "kill -TERM $$"])  # a program must still be able to end by it
    assert done.returncode == -signal.SIGTERM
    return quick_read(job, limits, None)


def test_draining_finishes_what_is_under_way_takes_no_more_and_repeats_nothing(
    engines: Engines, tmp_path: Path
) -> None:
    jobs = written(tmp_path, "kill once", "", "", "", "", "", "", "")
    taken: list[Job] = []

    def stream() -> Iterator[Job]:
        for job in jobs:
            taken.append(job)
            yield job

    found = list(readings(stream(), engines(jobs=1), draining=lambda: len(taken) >= 2))
    assert [reading.job for reading in found] != jobs
    assert {reading.job for reading in found} == set(taken) == set(jobs[:2])
    assert {reading.job: (reading.packed.kind, reading.attempts) for reading in found} == {
        jobs[0]: (Kind.CRASHED, 1),
        jobs[1]: (None, 1),
    }


def test_suspects_are_read_last_and_alone_and_not_at_all_while_draining(engines: Engines, tmp_path: Path) -> None:
    suspect, *others = written(tmp_path, "kill always", "", "")
    found = list(readings(iter([suspect, *others]), engines(), suspects=frozenset({suspect.sha256})))
    assert [r.job for r in found][-1] == suspect
    assert (found[-1].packed.kind, found[-1].attempts) == (Kind.CRASHED, 1)
    stopped = readings(iter([suspect]), engines(), draining=lambda: True, suspects=frozenset({suspect.sha256}))
    assert list(stopped) == []


def test_a_moment_without_a_job_waits_for_nothing(engines: Engines, tmp_path: Path) -> None:
    hanging, good = written(tmp_path, "hang always", "")
    order = []

    def stream() -> Iterator[Job | None]:
        yield hanging
        for _ in range(3):
            order.append("moment")
            yield None
        yield good

    for reading in readings(stream(), engines(limits=SHORT)):
        order.append(str(reading.packed.kind))
    assert order[:3] == ["moment"] * 3
    assert sorted(order[3:]) == ["None", "timeout"]


@pytest.mark.parametrize(("faults", "kind"), [(("abort", "kill"), Kind.CRASHED), (("hang_in_c",), Kind.TIMEOUT)])
def test_a_fault_inside_the_ocr_engine_is_mended_by_reading_again(
    faults: tuple[str, ...], kind: Kind, engines: Engines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OMP_THREAD_LIMIT", raising=False)
    scan = long_scan(1, tmp_path / "0.pdf")
    papers = [scan, *(Path(shutil.copyfile(scan, tmp_path / f"{name}.pdf")) for name in faults)]
    limits = Limits(document_seconds=15 if kind is Kind.TIMEOUT else 300)
    engine = engines(read_job, limits, 1, MisbehavingOcr(tmp_path, faults, Prompt()))
    found = list(readings(map(job_of, papers), engine))
    assert sorted(reading.attempts for reading in found) == [1, *[2] * len(faults)]
    assert [(r.packed.kind, r.packed.pages, r.packed.used_ocr) for r in found] == [(None, 1, True)] * len(papers)


def test_the_document_function_says_what_the_run_needs_to_know(tmp_path: Path) -> None:
    packed = read_job(job_of(ROOT / "data" / "raw" / "kh-ubnd-tinh-ben-tre-2025.txt"), Limits(), None)
    assert packed.kind is None
    assert packed.rows is not None
    rows = {name: batch.to_pylist() for name, batch in unpacked_rows(packed.rows).items()}
    assert packed.pages == len(rows["pages"]) == rows["documents"][0]["page_count"]
    assert (packed.unreadable, packed.used_ocr) == (0, False)
    assert rows["documents"][0]["file_sha256"] == packed.sha256
    assert f'"issue_date": "{rows["documents"][0]["issue_date"]}"' in packed.facts


def test_the_document_function_never_raises(tmp_path: Path) -> None:
    (empty := tmp_path / "a.pdf").touch()
    assert read_job(job_of(empty), Limits(), None).kind is Kind.EMPTY
    assert read_job(Job("b", str(tmp_path / "none"), "0" * 64), Limits(), None).kind is Kind.UNREADABLE


def _members(path: Path, shown: str, limits: Limits, folder: Path) -> list[Offered]:
    command = path.read_text(encoding="utf-8")
    if command in FAULTS:
        FAULTS[command]()
    if command == "rubbish":
        return [1]  # type: ignore[list-item]
    (folder / "0.bin").write_text("Kế hoạch", encoding="utf-8")
    return [
        Offered(f"{shown}!/a.txt", folder / "0.bin"),
        Offered(f"{shown}!/b", error=DocumentError(Kind.ENCRYPTED, "")),
    ]


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("segv", Kind.CRASHED),
        ("exit", Kind.CRASHED),
        ("hang_in_c", Kind.TIMEOUT),
        ("eat", Kind.OUT_OF_MEMORY),
        ("throw", Kind.INTERNAL),
        ("rubbish", Kind.INTERNAL),
    ],
)
def test_an_archive_that_breaks_its_library_is_one_refused_offer(fault: str, kind: Kind, tmp_path: Path) -> None:
    (path := tmp_path / "a.zip").write_text(fault, encoding="utf-8")
    limits = SHORT if kind is Kind.TIMEOUT else LIMITS
    [refused] = Unpacker(limits, _members).members(path, "kho/a.zip", tmp_path)
    assert refused.source_path == "kho/a.zip"
    assert refused.error is not None
    assert refused.error.kind is kind


def test_the_members_of_an_archive_outlive_the_process_that_took_them_out(tmp_path: Path) -> None:
    (path := tmp_path / "a.zip").write_text("", encoding="utf-8")
    good, bad = Unpacker(LIMITS, _members).members(path, "a.zip", tmp_path)
    assert good.path is not None
    assert good.path.read_text(encoding="utf-8") == "Kế hoạch"
    assert bad.error is not None
    assert bad.error.kind is Kind.ENCRYPTED


def _workers(engine: LocalEngine) -> list[int]:
    return [post.worker.pid for post in engine._posts]


def _gone(pid: int) -> None:
    """Waits until the process has ended; a zombie has, once its last thread has let go of its files."""
    for _ in range(2_000_000):
        try:
            state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
            threads = len(os.listdir(f"/proc/{pid}/task"))
        except (FileNotFoundError, ProcessLookupError):
            return
        if state == "Z" and threads == 1:
            return
    raise AssertionError(f"process {pid} goes on")


def _commands() -> str:
    return subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
