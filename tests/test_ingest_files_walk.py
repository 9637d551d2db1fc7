"""Which files are offered, in which order and under which names."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import Kind
from pipeline.ingest import Limits, Offered
from pipeline.ingest.files.walk import listed
from tests.opened import offered


def kinds(inputs: list[Path]) -> dict[str, Kind | None]:
    return {o.source_path: o.error.kind if o.error else None for o in offered(inputs, Limits())}


def test_folders_are_walked_in_a_stable_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/kế hoạch số 1.txt", "c/d/e.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    found = list(offered([tmp_path], Limits()))
    assert [o.source_path for o in found] == ["a/kế hoạch số 1.txt", "a/z.txt", "b.txt", "c/d/e.txt"]
    assert all(o.path is not None and o.path.read_text(encoding="utf-8") == "x" for o in found)


def test_same_names_in_two_inputs_stay_apart(tmp_path: Path) -> None:
    for folder in ("một/kh", "hai/kh"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "a.txt").write_text(folder, encoding="utf-8")
    names = list(kinds([tmp_path / "một/kh", tmp_path / "hai/kh"]))
    assert names == ["kh/a.txt", "kh (2)/a.txt"]


def test_a_single_file_goes_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    assert kinds([tmp_path / "a.txt"]) == {"a.txt": None}


def test_droppings_are_silent_and_lock_files_have_a_row(tmp_path: Path) -> None:
    for name in (".DS_Store", "Thumbs.db", "._a.docx", "~$a.docx", "a.txt"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert kinds([tmp_path]) == {"a.txt": None, "~$a.docx": Kind.UNSUPPORTED}


def test_links(tmp_path: Path) -> None:
    home, outside = tmp_path / "home", tmp_path / "outside"
    home.mkdir()
    outside.mkdir()
    (outside / "secret.txt").write_text("x", encoding="utf-8")
    (home / "a.txt").write_text("x", encoding="utf-8")
    (home / "again").symlink_to(home)
    (home / "away").symlink_to(outside)
    (home / "gone.txt").symlink_to(home / "nothing")
    (home / "inside.txt").symlink_to(home / "a.txt")
    (home / "loop.txt").symlink_to(home / "loop.txt")
    (home / "out.txt").symlink_to(outside / "secret.txt")
    assert kinds([home]) == {
        "a.txt": None,
        "gone.txt": Kind.UNREADABLE,
        "inside.txt": None,
        "loop.txt": Kind.UNREADABLE,
        "out.txt": Kind.UNSAFE_PATH,
    }


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_pipes_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert kinds([tmp_path]) == {"pipe": Kind.UNSUPPORTED}


def test_missing_input(tmp_path: Path) -> None:
    assert kinds([tmp_path / "none.pdf"]) == {"none.pdf": Kind.UNREADABLE}


def test_odd_names_are_printable_and_valid(tmp_path: Path) -> None:
    (tmp_path / "hai\ndòng.txt").write_text("x", encoding="utf-8")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/l\xe1\xba.txt")).write_text("x", encoding="utf-8")
    found: list[Offered] = list(offered([tmp_path], Limits()))
    assert [o.source_path for o in found] == ["hai\\ndòng.txt", "l\\xe1\\xba.txt"]
    assert all(o.source_path.encode("utf-8") and o.path is not None and o.path.is_file() for o in found)


def test_nothing_is_opened_and_no_plain_file_resolved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        (tmp_path / f"{number}.zip").write_bytes(b"PK\x03\x04")
    names: list[str] = []

    def opened(name: str, *_: object) -> None:
        if name in ("open", "os.listdir"):
            names.append(name)

    sys.addaudithook(opened)
    found = list(listed([tmp_path], Limits()))
    assert names == []
    names.extend(["over"] * 9)  # a hook can't be taken away
    assert [o.source_path for o in found] == [f"{number}.zip" for number in range(5)]


def test_a_stamp_changes_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("one", encoding="utf-8")
    (tmp_path / "b.txt").symlink_to(path)
    first, link = listed([tmp_path], Limits())
    assert first.stamp is not None
    assert first.stamp == first.stamp_now() == link.stamp_now() == link.stamp
    assert len(first.stamp.split(":")) == 5
    assert first.changed_at == path.stat().st_mtime
    assert first.local(tmp_path / "nowhere") == path
    os.utime(path, ns=(1, 1))
    assert first.stamp_now() not in (None, first.stamp)
    before = first.stamp_now()
    (tmp_path / "new").write_text("two", encoding="utf-8")
    (tmp_path / "new").replace(path)
    os.utime(path, ns=(1, 1))
    assert first.stamp_now() not in (None, before)
    path.unlink()
    assert first.stamp_now() is None


def hidden(inputs: Sequence[Path]) -> dict[str, str]:
    return {o.source_path: o.hides for o in listed(inputs, Limits()) if o.hides is not None}


def test_a_missing_input_hides_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    assert hidden([tmp_path / "gone"]) == {"gone": ""}
    assert hidden([tmp_path / "one", tmp_path / "gone"]) == {"gone": "gone/"}
    assert hidden([tmp_path / "one"]) == {}


def test_a_folder_that_vanishes_in_the_middle_is_told(tmp_path: Path) -> None:
    for name in ("a/1.txt", "b/2.txt", "c/d/3.txt", "e.txt"):
        (tmp_path / "kho" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "kho" / name).write_text("x", encoding="utf-8")
    walk = listed([tmp_path / "kho"], Limits())
    assert next(walk).source_path == "a/1.txt"
    (tmp_path / "kho").rename(tmp_path / "away")
    rest = {o.source_path: (o.error.kind if o.error else None, o.hides) for o in walk}
    assert rest == {
        "b": (Kind.UNREADABLE, "b/"),
        "c": (Kind.UNREADABLE, "c/"),
        "e.txt": (Kind.UNREADABLE, None),
        "kho": (Kind.UNREADABLE, ""),
    }


def test_another_disk_in_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "kho").mkdir()
    (tmp_path / "kho" / "a.txt").write_text("x", encoding="utf-8")
    (tmp_path / "khác").mkdir()
    walk = listed([tmp_path / "kho", tmp_path / "khác"], Limits())
    assert next(walk).source_path == "kho/a.txt"
    (tmp_path / "kho").rename(tmp_path / "away")
    (tmp_path / "kho").mkdir()
    assert [(o.source_path, o.hides) for o in walk] == [("kho", "kho/")]


def test_a_folder_that_cannot_be_listed_hides_only_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a/1.txt", "b/2.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("x", encoding="utf-8")
    real = os.scandir

    def closed(path: str) -> object:
        if str(path).endswith("/a"):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", closed)
    found = {o.source_path: o for o in listed([tmp_path], Limits())}
    assert list(found) == ["a", "b/2.txt"]
    assert found["a"].hides == "a/"
    assert "Permission denied" in str(found["a"].error)


def test_folders_deeper_than_anything_calls_itself_are_walked(tmp_path: Path) -> None:
    here, deep = os.getcwd(), 1_200
    os.chdir(tmp_path)
    try:
        for _ in range(deep):
            os.mkdir("d")
            os.chdir("d")
        Path("a.txt").write_text("x", encoding="utf-8")
    finally:
        os.chdir(here)
    (found,) = listed([tmp_path], Limits())
    subprocess.run(["rm", "-rf", tmp_path / "d"], check=True)  # what clears up after tests does call itself
    assert found.source_path == "d/" * deep + "a.txt"


def test_ten_thousand_files_are_listed_at_once(tmp_path: Path) -> None:
    for folder in range(10):
        (tmp_path / str(folder)).mkdir()
        for number in range(1_000):
            os.close(os.open(tmp_path / str(folder) / f"kế hoạch {number}.pdf", os.O_CREAT | os.O_WRONLY))
    assert sum(1 for _ in listed([tmp_path], Limits())) == 10_000
    started = time.process_time()
    list(listed([tmp_path], Limits()))
    assert time.process_time() - started < 0.5


def test_a_file_that_cannot_be_opened_is_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    (offer,) = listed([tmp_path], Limits())
    assert offer.error is None
    real = Path.open

    def locked(self: Path, *args: Any, **kwargs: Any) -> Any:
        if self.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return real(self, *args, **kwargs)

    monkeypatch.setattr(Path, "open", locked)
    assert kinds([tmp_path]) == {"a.txt": Kind.UNREADABLE}


def test_members_of_archives_follow_in_place_and_are_gone_afterwards(tmp_path: Path) -> None:
    for name in ("a.txt", "c.txt"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("một.txt", "1")
        archive.writestr("hai.txt", "2")
    seen: dict[str, Path] = {}
    for item in offered([tmp_path], Limits()):
        assert item.path is not None
        assert item.path.is_file()
        seen[item.source_path] = item.path
    assert list(seen) == ["a.txt", "b.zip!/hai.txt", "b.zip!/một.txt", "c.txt"]
    assert [path.exists() for path in seen.values()] == [True, False, False, True]
