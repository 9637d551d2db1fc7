"""Tar archives: links, devices, bytes as names, headers that grow, ends that are missing."""

from __future__ import annotations

import gzip
import io
import tarfile
from pathlib import Path

import pytest

from pipeline.errors import Kind
from pipeline.ingest import Limits
from pipeline.ingest.files.archive import is_archive
from tests.made_archives import made_tar
from tests.test_ingest_files_archive import told, unpacked


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_are_refused(kind: bytes, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        info = tarfile.TarInfo("x")
        info.type, info.linkname = kind, "/etc/passwd"
        archive.addfile(info)
        folder = tarfile.TarInfo("folder")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
    assert told(unpacked(buffer.getvalue() + made_tar([]), tmp_path)) == {"K!/x": Kind.UNSAFE_PATH}


def test_a_link_and_a_file_through_it_stay_inside(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        link = tarfile.TarInfo("away")
        link.type, link.linkname = tarfile.SYMTYPE, str(tmp_path / "outside")
        archive.addfile(link)
        info = tarfile.TarInfo("away/x.txt")
        info.size = 1
        archive.addfile(info, io.BytesIO(b"x"))
    (tmp_path / "outside").mkdir()
    assert told(unpacked(buffer.getvalue(), tmp_path)) == {"K!/away": Kind.UNSAFE_PATH, "K!/away/x.txt": b"x"}
    assert not list((tmp_path / "outside").iterdir())


def test_names_in_bytes_are_read_or_shown_escaped(tmp_path: Path) -> None:
    def renamed(old: bytes, new: bytes) -> bytes:
        data = bytearray(made_tar([(old.decode(), b"x")]))
        data[: len(new)] = new
        data[148:156] = b" " * 8
        data[148:156] = b"%06o\0 " % sum(data[:512])
        return bytes(data)

    for number, (raw, shown) in enumerate(
        [("kế hoạch".encode(), "kế hoạch"), ("hoa\u0323ch".encode("cp1258"), "hoạch"), (b"l\xe1\xba", "l\\xe1\\xba")]
    ):
        (folder := tmp_path / str(number)).mkdir()
        assert list(told(unpacked(renamed(b"n" * len(raw), raw), folder))) == [f"K!/{shown}"]


def test_a_header_that_would_be_read_whole_is_bounded(tmp_path: Path) -> None:
    info = tarfile.TarInfo("././@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 50_000_000
    data = made_tar([("a.txt", b"1")])[:1024] + info.tobuf(tarfile.GNU_FORMAT) + bytes(50_000_000)
    assert told(unpacked(data, tmp_path)) == {"K!/a.txt": b"1", "K": Kind.DAMAGED}


def test_a_packed_tar_that_never_ends_is_left(tmp_path: Path) -> None:
    info = tarfile.TarInfo("a.txt")
    info.size = 300_000_000
    data = gzip.compress(info.tobuf() + bytes(info.size) + made_tar([("b.txt", b"2")]), 1)
    found = told(unpacked(data, tmp_path, Limits(unpacked_bytes=1_000_000, archive_members=10)))
    assert found == {"K!/a.txt": Kind.TOO_LARGE, "K": Kind.TOO_LARGE}


def test_a_tar_cut_between_two_members_says_so(tmp_path: Path) -> None:
    whole = made_tar([("a.txt", b"1"), ("b.txt", b"2")])
    assert told(unpacked(whole[:1024], tmp_path)) == {"K!/a.txt": b"1", "K": Kind.DAMAGED}


def test_what_is_packed_but_no_tar_is_no_archive(tmp_path: Path) -> None:
    for number, data in enumerate([gzip.compress(b"text" * 999), b"\x1f\x8b", b"BZh9", b"text" * 999, bytes(10_240)]):
        (tmp_path / str(number)).write_bytes(data)
        assert not is_archive(tmp_path / str(number))
