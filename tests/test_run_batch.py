"""Nights over one small archive: what is read, what is published, what is held, and what the report says of it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from rich.console import Console

from pipeline.errors import CannotRun, DocumentError, Exit, Kind
from pipeline.ingest.files.walk import Offered
from pipeline.ingest.limits import Limits
from pipeline.ingest.ocr.setup import OcrSetup
from pipeline.rulebook import RuleError, rules_dir
from pipeline.run import batch
from pipeline.run.batch import RunEnd, RunOptions, run_archive
from pipeline.run.engine import Engine, Job
from pipeline.run.lock import AnotherRun, RunLock
from pipeline.run.reading_job import lost
from pipeline.store.builds import builds_of, latest_build, use
from pipeline.store.ledger import LedgerError
from pipeline.store.packing import Packed
from pipeline.store.reading import read_tables
from pipeline.store.sightings import Fingerprints
from tests.misbehaving import quick_read
from tests.object_store import made_bucket, object_store

FIRST_NIGHT = dt.datetime(2026, 1, 5, 1, tzinfo=dt.UTC)
QUIET = Console(quiet=True)


@dataclass
class AtOnce:
    """An engine that reads in the process of the test, when it is asked what is finished."""

    read: Callable[[Job], Packed]
    slots: int = 1
    waiting: list[Job] = field(default_factory=list)

    def start(self, job: Job, *, alone: bool = False) -> None:
        self.waiting.append(job)

    def finished(self, *, wait: bool = True) -> list[tuple[Job, Packed]]:
        jobs, self.waiting = self.waiting, []
        return [(job, self.read(job)) for job in jobs]

    def stop(self) -> None:
        self.waiting.clear()


@dataclass
class Nights:
    """An archive with its tables; every run is a night later than the one before."""

    folder: Path
    out: Path
    read: list[str] = field(default_factory=list)
    """What the last run read."""
    kinds: dict[str, Kind] = field(default_factory=dict)
    """What shall fail, by source path."""
    now: dt.datetime = FIRST_NIGHT

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def run(self, *inputs: str, **options: Any) -> RunEnd:
        self.now += dt.timedelta(days=1)
        self.read.clear()

        def read(job: Job) -> Packed:
            self.read.append(job.source_path)
            if kind := self.kinds.get(job.source_path):
                return lost(job, kind, "Thử. / A trial.")
            return quick_read(job, Limits(), None)

        def make(limits: Limits, ocr: OcrSetup | None) -> Engine:
            return AtOnce(read)

        settings = RunOptions(self.out, Limits(), make, cache=False, settle=0.0, clock=lambda: self.now)
        return run_archive(inputs or [self.folder], replace(settings, **options), QUIET)

    def files(self) -> dict[str, str]:
        rows = pq.read_table(self.out / "latest" / "files.parquet").to_pylist()
        return {row["source_path"]: row["status"] for row in rows}

    def report(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.out / "reports" / "latest.json").read_bytes())
        return found

    def bytes_of_out(self) -> dict[str, str]:
        """Hash and time of every file of every build."""
        paths = sorted(path for path in (self.out / "builds").rglob("*") if path.is_file())
        return {
            str(path): f"{hashlib.sha256(path.read_bytes()).hexdigest()} {path.stat().st_mtime_ns}" for path in paths
        }


@pytest.fixture
def nights(tmp_path: Path) -> Nights:
    found = Nights(tmp_path / "kho", tmp_path / "out")
    for number in range(30):
        found.write(f"2023/kh-{number:02d}.txt", f"Kế hoạch số {number} của tỉnh về thi đua, khen thưởng.")
    return found


def test_every_file_has_its_row_and_every_document_its_place(nights: Nights) -> None:
    nights.write("hỏng.txt", "hỏng")
    nights.kinds["hỏng.txt"] = Kind.DAMAGED
    end = nights.run()
    assert end.exit is Exit.SOME_FAILED
    assert nights.files() == {f"2023/kh-{n:02d}.txt": "ok" for n in range(30)} | {"hỏng.txt": "failed"}
    documents = pq.read_table(nights.out / "latest" / "documents.parquet")["source_path"].to_pylist()
    assert documents == sorted(documents)
    assert len(documents) == 30


def test_a_night_without_news_reads_nothing_and_changes_no_byte(nights: Nights) -> None:
    nights.run()
    before = nights.bytes_of_out()
    end = nights.run()
    assert nights.read == []
    assert nights.bytes_of_out() == before
    assert (end.exit, end.facts.published) == (Exit.OK, True)


def test_one_new_document_is_read_alone_and_stands_in_a_new_build(nights: Nights) -> None:
    first = nights.run().build
    nights.write("2024/kh.txt", "Kế hoạch năm 2024.")
    second = nights.run()
    assert nights.read == ["2024/kh.txt"]
    assert second.build.name != first.name
    assert (nights.out / "latest").resolve().name == second.build.name
    assert second.facts.fresh == {hashlib.sha256("Kế hoạch năm 2024.".encode()).hexdigest()[:16]}
    assert (first.folder / "documents.parquet").exists()


def test_tables_do_not_hang_on_how_the_archive_grew(nights: Nights, tmp_path: Path) -> None:
    late = [path for path in sorted(nights.folder.rglob("*.txt")) if int(path.stem[-2:]) % 3]
    aside = tmp_path / "aside"
    aside.mkdir()
    for path in late:
        path.rename(aside / path.name)
    nights.run()
    for path in late:
        (aside / path.name).rename(path)
    nights.run()
    at_once = Nights(nights.folder, tmp_path / "other")
    at_once.run()
    for name in ("pages", "sections"):
        assert pq.read_table(nights.out / "latest" / f"{name}.parquet").equals(
            pq.read_table(at_once.out / "latest" / f"{name}.parquet")
        )


def test_what_moved_changed_and_vanished_is_told(nights: Nights) -> None:
    nights.run()
    (nights.folder / "2023" / "kh-00.txt").rename(nights.folder / "kh-00.txt")
    (nights.folder / "2023" / "kh-01.txt").unlink()
    nights.write("2023/kh-02.txt", "Kế hoạch khác.")
    end = nights.run()
    assert nights.read == ["2023/kh-02.txt"]
    assert end.facts.moved == [("2023/kh-00.txt", "kh-00.txt")]
    assert end.facts.removed == ["2023/kh-01.txt"]
    assert end.facts.due == {"changed": 1}
    files = nights.files()
    assert (files["2023/kh-00.txt"], files["kh-00.txt"], files["2023/kh-01.txt"]) == ("removed", "ok", "removed")
    assert pq.read_metadata(nights.out / "latest" / "documents.parquet").num_rows == 29


def test_an_archive_that_emptied_overnight_is_held_until_a_person_says_so(nights: Nights) -> None:
    nights.run()
    before = (nights.out / "latest").resolve()
    for number in range(20):
        (nights.folder / "2023" / f"kh-{number:02d}.txt").unlink()
    end = nights.run()
    assert (end.exit, end.facts.published) == (Exit.SOME_FAILED, False)
    assert (nights.out / "latest").resolve() == before
    assert end.build.manifest.verdict == "hold"
    assert nights.report()["publish_command"].startswith(f"kehoach builds use {end.build.name}")
    again = nights.run()
    assert (again.exit, again.build.name) == (Exit.SOME_FAILED, end.build.name)
    assert (nights.out / "latest").resolve() == before
    use(nights.out, end.build.name)
    after = nights.run()
    assert (after.exit, after.facts.published) == (Exit.OK, True)
    assert (nights.out / "latest").resolve().name == end.build.name


def test_other_inputs_are_no_loss(nights: Nights, tmp_path: Path) -> None:
    nights.run()
    nights.folder = tmp_path / "another"
    nights.write("a.txt", "Kế hoạch.")
    end = nights.run()
    assert (end.exit, end.facts.published) == (Exit.OK, True)
    assert nights.files()["a.txt"] == "ok"


def test_a_build_that_a_person_chose_stays_until_there_is_news(nights: Nights) -> None:
    first = nights.run().build
    nights.write("2024/kh.txt", "Kế hoạch năm 2024.")
    second = nights.run().build
    use(nights.out, first.name)
    nights.run()
    assert (nights.out / "latest").resolve().name == first.name
    nights.write("2024/kh-2.txt", "Kế hoạch khác năm 2024.")
    third = nights.run().build
    assert (nights.out / "latest").resolve().name == third.name
    assert len({first.name, second.name, third.name}) == 3


def test_a_build_that_was_not_published_for_a_crash_is_published_by_the_next_run(
    nights: Nights, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OSError("the machine went off")

    nights.run()
    nights.write("2024/kh.txt", "Kế hoạch năm 2024.")
    with monkeypatch.context() as patched:
        patched.setattr("pipeline.run.publication.publish", broken)
        with pytest.raises(OSError, match="went off"):
            nights.run()
    nights.run()
    assert nights.read == []
    assert nights.files()["2024/kh.txt"] == "ok"


def test_a_document_that_can_not_be_read_again_keeps_its_rows(nights: Nights, monkeypatch: pytest.MonkeyPatch) -> None:
    nights.run()
    monkeypatch.setattr(batch, "fingerprints_now", lambda: Fingerprints("other", "rules", "ocr"))
    nights.kinds["2023/kh-03.txt"] = Kind.TIMEOUT
    end = nights.run()
    assert len(nights.read) == 31
    assert end.facts.due == {"code": 30}
    assert end.facts.alone == ["2023/kh-03.txt"]
    assert nights.files()["2023/kh-03.txt"] == "ok"
    assert pq.read_metadata(nights.out / "latest" / "documents.parquet").num_rows == 30


@pytest.mark.parametrize(
    "change", ["UPDATE blocks SET rows = ? WHERE sha256 = ?", "DELETE FROM blocks WHERE ? AND sha256 = ?"]
)
def test_rows_damaged_or_lost_in_the_ledger_are_never_published_but_read_again(nights: Nights, change: str) -> None:
    nights.run()
    before = (nights.out / "latest").resolve()
    with closing(sqlite3.connect(nights.out / "ledger.sqlite")) as ledger:
        sha, rows = ledger.execute("SELECT sha256, rows FROM blocks LIMIT 1").fetchone()
        ledger.execute(change, [rows[:-9] + b"\0" + rows[-8:] if "SET" in change else True, sha])
        ledger.commit()
    nights.write("2024/kh.txt", "Kế hoạch năm 2024.")
    with pytest.raises(LedgerError, match="the next run reads it"):
        nights.run()
    assert (nights.out / "latest").resolve() == before
    assert nights.run().exit is Exit.OK
    assert len(nights.read) == 1
    assert pq.read_metadata(nights.out / "latest" / "documents.parquet").num_rows == 31


def test_only_builds_in_use_are_kept(nights: Nights) -> None:
    for night in range(5):
        nights.write(f"2024/{night}.txt", f"Kế hoạch {night}.")
        nights.run(keep=2)
    assert len(builds_of(nights.out)) == 2
    assert latest_build(nights.out) == builds_of(nights.out)[0]


def test_an_input_that_vanishes_during_the_walk_leaves_the_last_build(
    nights: Nights, monkeypatch: pytest.MonkeyPatch
) -> None:
    nights.run()
    before = (nights.out / "latest").resolve()
    hidden = Offered("kho", error=DocumentError(Kind.UNREADABLE, ""), hides="")
    monkeypatch.setattr(batch, "listed", lambda *_: iter([hidden]))
    with pytest.raises(CannotRun, match="vanished"):
        nights.run()
    monkeypatch.undo()
    assert (nights.out / "latest").resolve() == before
    assert nights.run().exit is Exit.OK
    assert [status for path, status in nights.files().items() if path.startswith("2023/")] == ["ok"] * 30


def test_a_bad_rule_stops_the_run_before_anything_is_read(
    nights: Nights, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nights.run()
    before = (nights.out / "latest").resolve()
    shutil.copytree(rules_dir(), tmp_path / "rules")
    (tmp_path / "rules" / "dates.toml").write_text("[[rule]]\nid = 'none'", encoding="utf-8")
    monkeypatch.setenv("KEHOACH_RULES", str(tmp_path / "rules"))
    with pytest.raises(RuleError, match=r"dates\.toml"):
        nights.run()
    assert nights.read == []
    assert (nights.out / "latest").resolve() == before


def test_a_second_run_is_refused_while_one_is_under_way(nights: Nights) -> None:
    nights.run()
    with RunLock(nights.out, "the other"), pytest.raises(AnotherRun, match="the other"):
        nights.run()
    assert nights.read == []


def test_a_nearly_full_disk_is_told_before_anything_is_read(nights: Nights, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 10, 0))
    with pytest.raises(OSError, match="nearly full"):
        nights.run()
    assert nights.read == []


def test_the_report_counts_the_night(nights: Nights) -> None:
    nights.write("hỏng.txt", "hỏng")
    nights.kinds["hỏng.txt"] = Kind.ENCRYPTED
    nights.run()
    report = nights.report()
    assert report["counts"]["offered"] == report["counts"]["read"] == 31
    assert [(kind["kind"], len(kind["files"])) for kind in report["failures"]] == [("encrypted", 1)]
    assert report["build"] == (nights.out / "latest").resolve().name
    lines = [json.loads(line) for path in (nights.out / "logs").iterdir() for line in path.read_text().splitlines()]
    assert all({"time", "event", "run_id", "document", "page"} <= line.keys() for line in lines)
    assert sum(line["event"] == "document_read" for line in lines) == 31


def test_an_archive_in_a_store_becomes_tables_in_a_store(nights: Nights) -> None:
    with object_store() as query:
        bucket = made_bucket(query, "kho-va-bang")
        for name in ("Cao Bằng/kh.txt", "Hà Nam/kh.txt"):
            bucket.put_object(Key=f"kho/{name}", Body=f"Kế hoạch, {name}.".encode())
        inputs, tables = f"s3://kho-va-bang/kho?{query}", f"s3://kho-va-bang/bảng?{query}"
        nights.run(inputs, remote=tables)
        assert nights.read == ["Cao Bằng/kh.txt", "Hà Nam/kh.txt"]
        assert read_tables(tables)["files"]["status"].tolist() == ["ok", "ok"]
        nights.run(inputs, remote=tables)
        assert nights.read == []
        bucket.put_object(Key="kho/Hà Nam/kh.txt", Body="Kế hoạch mới của Hà Nam.".encode())
        nights.run(inputs, remote=tables)
        assert nights.read == ["Hà Nam/kh.txt"]
        assert "Kế hoạch mới của Hà Nam." in read_tables(tables)["pages"]["text"].tolist()
