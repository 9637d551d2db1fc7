"""Which files are offered, in which order and under which names."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from pipeline.errors import Kind
from pipeline.ingest import Limits, Offered, offered
from pipeline.ingest.files.walk import estimate


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


def test_the_estimate_counts_what_will_be_offered(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "kh.txt").write_text("Kế hoạch", encoding="utf-8")
    (tmp_path / "gone.pdf").symlink_to(tmp_path / "nowhere")
    with zipfile.ZipFile(tmp_path / "kho.zip", "w") as archive:
        archive.writestr("một.txt", "Kế hoạch một")
        archive.writestr("thư mục/hai.txt", "Kế hoạch hai")
    (tmp_path / "hỏng.zip").write_bytes((tmp_path / "kho.zip").read_bytes()[:40])
    assert estimate([tmp_path]) == len(list(offered([tmp_path], Limits()))) == 5
