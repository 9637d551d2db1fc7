"""The intake: what is new or due becomes a job once, what is not is not opened, what moves or vanishes is told."""

from __future__ import annotations

import errno
import os
import time
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from pipeline.errors import DocumentError, Kind
from pipeline.ingest.files.archive import unpack
from pipeline.ingest.files.offer import stamp_of
from pipeline.ingest.files.walk import Offered, listed
from pipeline.ingest.limits import Limits
from pipeline.run import intake as intake_module
from pipeline.run.engine import Job
from pipeline.run.intake import Intake
from pipeline.store.packing import Packed
from pipeline.store.sightings import Fingerprints, Known, Reading, Sighting, after, file_name

PRINTS = Fingerprints("code", "rules", "")
LIMITS = Limits()


class Unpacking:
    """Takes archives apart in this process."""

    def members(self, path: Path, shown: str, folder: Path) -> list[Offered]:
        return unpack(path, shown, LIMITS, folder)


@dataclass
class Archive:
    """A folder and what a ledger would know of it after each walk."""

    folder: Path
    spool: Path
    sightings: dict[str, Sighting] = field(default_factory=dict)
    readings: dict[str, Reading] = field(default_factory=dict)
    prints: Fingerprints = PRINTS
    waiting: list[str] = field(default_factory=list)
    reasons: Mapping[str, int] = field(default_factory=dict)

    def write(self, name: str, text: str, age: float = 100) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        os.utime(path, (time.time() - age,) * 2)
        return path

    def zip(self, name: str, **members: str) -> Path:
        with zipfile.ZipFile(self.folder / name, "w") as archive:
            for member, text in members.items():
                archive.writestr(f"{member}.txt", text)
        return self.folder / name

    def walk(
        self,
        *,
        settle: float = 0.0,
        sleep: Callable[[float], object] = lambda seconds: None,
        while_read: Callable[[Job], object] = lambda job: None,
        kind: Kind | None = None,
        at_most: int | None = None,
    ) -> list[str]:
        """One run's walk: the source paths that were read, in order."""
        known = Known(self.sightings, self.readings, self.prints, "")
        self.spool.mkdir(exist_ok=True)
        for left in self.spool.iterdir():
            left.rmdir()
        walk = Intake(known, Unpacking(), self.spool, settle, sleep)
        read = []
        for job in walk.jobs(list(listed([self.folder], LIMITS))):
            assert Path(job.path).is_file()
            read.append(job.source_path)
            while_read(job)
            if walk.stood_still(job):
                packed = Packed(job.sha256, file_name(job.source_path), rows=None if kind else b"rows", kind=kind)
                self.readings[job.sha256] = after(
                    self.readings.get(job.sha256), packed, job.sha256, self.prints, "", 1, "now"
                )
            if len(read) == at_most:
                break
        assert not [path for path in self.spool.rglob("*") if path.is_file()]
        self.sightings |= walk.seen | {seen.source_path: seen for seen in walk.gone()}
        self.waiting, self.reasons = walk.waiting, walk.reasons
        return read


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    found = Archive(tmp_path / "kho", tmp_path / "spool")
    found.folder.mkdir()
    return found


def test_each_new_file_is_read_once(archive: Archive) -> None:
    archive.write("a.txt", "một")
    archive.write("b/c.txt", "hai")
    assert archive.walk() == ["a.txt", "b/c.txt"]
    assert archive.reasons == {"new": 2}


def test_without_news_nothing_is_opened(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.write("a.txt", "một")
    archive.zip("b.zip", x="hai")
    archive.walk()
    before = dict(archive.sightings)

    def refuse(*_: object) -> bool:
        raise AssertionError("a file was opened")

    monkeypatch.setattr(intake_module, "is_archive", refuse)
    assert archive.walk() == []
    assert archive.sightings == before


def test_changed_bytes_are_read_and_touched_ones_are_not(archive: Archive) -> None:
    archive.write("a.txt", "một")
    archive.write("b.txt", "hai")
    archive.walk()
    archive.write("a.txt", "một khác", age=50)
    archive.write("b.txt", "hai", age=50)
    assert archive.walk() == ["a.txt"]
    assert archive.reasons == {"changed": 1}
    assert archive.walk() == []


def test_a_file_that_moved_is_gone_there_and_here_without_being_read(archive: Archive) -> None:
    path = archive.write("a.txt", "một")
    archive.walk()
    (archive.folder / "2023").mkdir()
    path.rename(archive.folder / "2023" / "a.txt")
    assert archive.walk() == []
    assert {name: seen.state for name, seen in archive.sightings.items()} == {"a.txt": "gone", "2023/a.txt": "here"}


def test_the_same_bytes_are_read_once(archive: Archive) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        archive.write(name, "một")
    assert archive.walk() == ["a.txt"]
    assert archive.walk() == []


def test_a_new_name_is_read_again_only_when_the_old_one_is_gone(archive: Archive) -> None:
    path = archive.write("z.txt", "một")
    archive.walk()
    archive.write("so-12-kh.txt", "một")
    assert archive.walk() == []
    path.unlink()
    assert archive.walk() == ["so-12-kh.txt"]
    assert archive.reasons == {"name": 1}
    assert archive.walk() == []


def test_a_member_of_an_unchanged_archive_can_take_a_lost_name_s_place(archive: Archive) -> None:
    path = archive.write("z.txt", "một")
    archive.zip("zz.zip", a="một", b="hai")
    archive.walk()
    path.unlink()
    assert archive.walk() == ["zz.zip!/a.txt"]


def test_changed_rules_make_all_due_again(archive: Archive) -> None:
    archive.write("a.txt", "một")
    archive.zip("b.zip", x="hai", y="ba")
    archive.walk()
    archive.prints = replace(PRINTS, rules="newer")
    assert archive.walk() == ["a.txt", "b.zip!/x.txt", "b.zip!/y.txt"]
    assert archive.reasons == {"rules": 3}


def test_a_file_that_is_being_written_waits_for_the_next_run(archive: Archive) -> None:
    archive.write("old.txt", "cũ")
    path = archive.write("a.txt", "nửa", age=0)
    assert archive.walk(settle=60, sleep=lambda seconds: archive.write("a.txt", "nửa còn lại", age=0)) == ["old.txt"]
    assert archive.waiting == ["a.txt"]
    os.utime(path, (time.time() - 100,) * 2)
    assert archive.walk(settle=60) == ["a.txt"]


def test_a_young_file_that_stands_still_is_read_after_all_others(archive: Archive) -> None:
    archive.write("a.txt", "mới", age=0)
    archive.write("b.txt", "cũ")
    slept: list[float] = []
    assert archive.walk(settle=60, sleep=slept.append) == ["b.txt", "a.txt"]
    assert 0 < slept[0] <= 60
    assert archive.waiting == []


def test_a_file_from_the_future_is_looked_at_twice(archive: Archive) -> None:
    archive.write("a.txt", "mai", age=-86_400)
    slept: list[float] = []
    assert archive.walk(settle=2, sleep=slept.append) == ["a.txt"]
    assert len(slept) == 1
    assert archive.walk(settle=2, sleep=slept.append) == []
    assert len(slept) == 1


def test_what_changes_while_it_is_read_is_read_by_the_next_run(archive: Archive) -> None:
    archive.write("a.txt", "một")
    assert archive.walk(while_read=lambda job: archive.write("a.txt", "hai ba")) == ["a.txt"]
    assert archive.waiting == ["a.txt"]
    assert archive.readings == {}
    assert archive.walk() == ["a.txt"]
    assert archive.waiting == []


def test_members_are_gone_with_their_archive_and_come_back_unread(archive: Archive) -> None:
    path = archive.zip("kho.zip", a="một", b="hai")
    assert archive.walk() == ["kho.zip!/a.txt", "kho.zip!/b.txt"]
    aside = path.rename(archive.folder.parent / "kho.zip")
    assert archive.walk() == []
    assert {seen.state for seen in archive.sightings.values()} == {"gone"}
    aside.rename(path)
    assert archive.walk() == []
    assert {seen.state for seen in archive.sightings.values()} == {"here"}


def test_a_new_archive_with_known_members_reads_only_the_new_ones(archive: Archive) -> None:
    archive.zip("kho.zip", a="một")
    archive.walk()
    archive.zip("kho.zip", a="một", b="hai")
    assert archive.walk() == ["kho.zip!/b.txt"]


def test_nothing_is_gone_from_a_place_that_could_not_be_listed(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.write("a/x.txt", "một")
    archive.write("b/y.txt", "hai").unlink()
    archive.write("c.txt", "ba")
    archive.walk()
    archive.sightings["b/y.txt"] = replace(archive.sightings["c.txt"], source_path="b/y.txt")
    offers = [
        offer
        for offer in listed([archive.folder], LIMITS)
        if not offer.source_path.startswith("a/") and offer.source_path != "c.txt"
    ]
    hidden = Offered("a", error=DocumentError(Kind.UNREADABLE, ""), hides="a/")
    monkeypatch.setitem(globals(), "listed", lambda *_: [*offers, hidden])
    archive.walk()
    states = {name: seen.state for name, seen in archive.sightings.items()}
    assert states == {"a": "here", "a/x.txt": "here", "b/y.txt": "gone", "c.txt": "gone"}


def test_nothing_is_gone_when_the_walk_did_not_come_to_its_end(archive: Archive) -> None:
    path = archive.write("a.txt", "một")
    archive.walk()
    path.unlink()
    archive.write("b.txt", "hai")
    archive.write("c.txt", "ba")
    assert archive.walk(at_most=1) == ["b.txt"]
    assert archive.sightings["a.txt"].state == "here"
    assert archive.walk() == ["c.txt"]
    assert archive.sightings["a.txt"].state == "gone"


def test_a_refusal_is_told_once_and_not_opened_again(archive: Archive) -> None:
    (archive.folder / "a.zip").write_bytes(b"PK\x03\x04 broken")
    archive.walk()
    first = archive.sightings["a.zip"]
    assert (first.kind, first.tries) == (Kind.DAMAGED, 1)
    archive.walk()
    assert archive.sightings["a.zip"] == first


@pytest.mark.parametrize("name", ["~$a.docx", "leads_nowhere.txt"])
def test_a_refusal_that_every_walk_meets_again_is_no_news(archive: Archive, name: str) -> None:
    """A lock file of Office, a link to nothing: each was one more attempt every night, and thus another build."""
    path = archive.write(name, "khóa")
    if name == "leads_nowhere.txt":
        path.unlink()
        path.symlink_to(archive.folder / "nowhere.txt")
    archive.walk()
    first = archive.sightings[name]
    assert first.kind is not None
    archive.walk()
    assert archive.sightings[name] == first


def test_a_refusal_is_looked_at_again_by_another_version(archive: Archive) -> None:
    (archive.folder / "a.zip").write_bytes(b"PK\x03\x04 broken")
    archive.walk()
    archive.zip("b.zip", x="một")
    whole = (archive.folder / "b.zip").read_bytes()
    stamp = archive.sightings["a.zip"].stamp
    archive.walk()
    (archive.folder / "a.zip").write_bytes(whole)
    archive.sightings["a.zip"] = replace(archive.sightings["a.zip"], stamp=_stamp(archive.folder / "a.zip"))
    assert stamp != archive.sightings["a.zip"].stamp
    assert archive.walk() == []
    archive.prints = replace(PRINTS, code="newer")
    assert set(archive.walk()) == {"a.zip!/x.txt"}
    assert archive.sightings["a.zip"].kind is None


def test_a_tool_that_was_missing_is_asked_for_by_every_run(archive: Archive) -> None:
    archive.write("a.txt", "một")
    assert archive.walk(kind=Kind.TOOL_MISSING) == ["a.txt"]
    assert archive.walk(kind=Kind.TOOL_MISSING) == ["a.txt"]
    assert archive.reasons == {"transient": 1}
    assert archive.walk() == ["a.txt"]
    assert archive.walk() == []


def test_a_full_disk_stops_the_run_and_is_no_fault_of_the_file(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.write("a.txt", "một")

    def full(path: Path) -> bool:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(intake_module, "is_archive", full)
    with pytest.raises(OSError, match="No space left"):
        archive.walk()


def _stamp(path: Path) -> str:
    return stamp_of(path.stat())
