"""Archives are opened in a process of their own: what it does to itself costs the archive alone."""

from __future__ import annotations

import errno
import os
import signal
import zipfile
from pathlib import Path

import pytest

from pipeline.errors import DocumentError, Kind
from pipeline.ingest.files.archive import unpack
from pipeline.ingest.files.walk import Offered
from pipeline.ingest.limits import Limits
from pipeline.run.unpacking import Unpack, Unpacker

LIMITS = Limits(document_seconds=20)


def killed(path: Path, shown: str, limits: Limits, folder: Path) -> list[Offered]:
    os.kill(os.getpid(), signal.SIGKILL)
    return []


def left(path: Path, shown: str, limits: Limits, folder: Path) -> list[Offered]:
    raise SystemExit(3)


def greedy(path: Path, shown: str, limits: Limits, folder: Path) -> list[Offered]:
    eaten = []
    while True:
        eaten.append(bytearray(1 << 28))


def wrong(path: Path, shown: str, limits: Limits, folder: Path) -> list[Offered]:
    return "rubbish"  # type: ignore[return-value]


def refused(path: Path, shown: str, limits: Limits, folder: Path) -> list[Offered]:
    raise DocumentError(Kind.ENCRYPTED, "7z.")


def full(path: Path, shown: str, limits: Limits, folder: Path) -> list[Offered]:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))


def members(function: Unpack, tmp_path: Path, limits: Limits = LIMITS) -> list[Offered]:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("Cao Bằng/kh.txt", "Kế hoạch")
    folder = tmp_path / "members"
    folder.mkdir()
    return Unpacker(limits, function).members(tmp_path / "a.zip", "kho/a.zip", folder)


def test_members_come_back_as_files_of_our_own(tmp_path: Path) -> None:
    (member,) = members(unpack, tmp_path)
    assert member.source_path == "kho/a.zip!/Cao Bằng/kh.txt"
    assert member.path is not None
    assert member.path.read_text(encoding="utf-8") == "Kế hoạch"
    assert member.path.parent == tmp_path / "members"


@pytest.mark.parametrize(
    ("function", "kind"),
    [
        (killed, Kind.CRASHED),
        (left, Kind.INTERNAL),
        (greedy, Kind.OUT_OF_MEMORY),
        (wrong, Kind.INTERNAL),
        (refused, Kind.ENCRYPTED),
    ],
)
def test_what_goes_wrong_is_one_refusal_of_the_archive(function: Unpack, kind: Kind, tmp_path: Path) -> None:
    (member,) = members(function, tmp_path)
    assert member.source_path == "kho/a.zip"
    assert member.error is not None
    assert member.error.kind is kind


def test_a_full_disk_is_no_fault_of_the_archive(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space left"):
        members(full, tmp_path)
