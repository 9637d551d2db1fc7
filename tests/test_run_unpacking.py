"""Archives are opened in a process of their own; what it does to itself stands with the tests of workers (`run_pool`)."""

from __future__ import annotations

import errno
import os
import zipfile
from pathlib import Path

import pytest

from pipeline.ingest.files.archive import unpack
from pipeline.ingest.files.walk import Offered
from pipeline.ingest.limits import Limits
from pipeline.run.unpacking import Unpack, Unpacker


def full(path: Path, shown: str, limits: Limits, folder: Path) -> list[Offered]:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))


def members(function: Unpack, tmp_path: Path) -> list[Offered]:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("Cao Bằng/kh.txt", "Kế hoạch")
    folder = tmp_path / "members"
    folder.mkdir()
    return Unpacker(Limits(), function).members(tmp_path / "a.zip", "kho/a.zip", folder)


def test_members_come_back_as_files_of_our_own(tmp_path: Path) -> None:
    (member,) = members(unpack, tmp_path)
    assert member.source_path == "kho/a.zip!/Cao Bằng/kh.txt"
    assert member.path is not None
    assert member.path.read_text(encoding="utf-8") == "Kế hoạch"
    assert member.path.parent == tmp_path / "members"


def test_a_full_disk_is_no_fault_of_the_archive(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space left"):
        members(full, tmp_path)
