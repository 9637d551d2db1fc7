"""Zip archives: passwords, links, lies about sizes, names of old tools."""

from __future__ import annotations

import bz2
import stat
import struct
import tracemalloc
import unicodedata
import zipfile
from pathlib import Path

from pipeline.errors import Kind
from tests.made_archives import made_zip
from tests.test_ingest_files_archive import told, unpacked


def test_links_in_archives(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("link.txt")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(info, "/etc/passwd")
    assert told(unpacked((tmp_path / "a.zip").read_bytes(), tmp_path)) == {"K!/link.txt": Kind.UNSAFE_PATH}


def test_sizes_that_lie_are_counted(tmp_path: Path) -> None:
    data = bytearray(made_zip([("a.txt", bytes(3_000_000))]))
    directory = data.rindex(b"PK\x01\x02")
    struct.pack_into("<L", data, directory + 24, 10)
    assert told(unpacked(bytes(data), tmp_path))["K!/a.txt"] in (Kind.TOO_LARGE, Kind.DAMAGED)


def test_a_bomb_that_lies_about_its_size_takes_little_memory(tmp_path: Path) -> None:
    bomb = bz2.compress(bytes(400_000_000))
    data = bytearray(made_zip([("a.txt", b"1234567890")], zipfile.ZIP_BZIP2))
    size = struct.unpack_from("<L", data, data.index(b"PK\x01\x02") + 20)[0]
    start = 30 + len("a.txt")
    data[start : start + size] = bomb
    directory = data.index(b"PK\x01\x02")
    struct.pack_into("<L", data, directory + 20, len(bomb))
    struct.pack_into("<L", data, data.index(b"PK\x05\x06") + 16, directory)
    tracemalloc.start()
    found = told(unpacked(bytes(data), tmp_path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == {"K!/a.txt": Kind.TOO_LARGE}
    assert peak < 30_000_000


def test_encrypted_and_damaged_members(tmp_path: Path) -> None:
    data = bytearray(made_zip([("a.txt", b"secret" * 9), ("b.txt", b"whole" * 99)], zipfile.ZIP_STORED))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    data[data.index(b"wholewhole")] ^= 0xFF
    assert told(unpacked(bytes(data), tmp_path)) == {"K!/a.txt": Kind.ENCRYPTED, "K!/b.txt": Kind.DAMAGED}


def test_a_method_nobody_unpacks_here_is_said_to_be_unsupported(tmp_path: Path) -> None:
    data = bytearray(made_zip([("a.txt", b"x" * 99), ("b.txt", b"2")]))
    struct.pack_into("<H", data, data.index(b"PK\x01\x02") + 10, 9)  # Deflate64
    assert told(unpacked(bytes(data), tmp_path)) == {"K!/a.txt": Kind.UNSUPPORTED, "K!/b.txt": b"2"}


def test_names_of_old_tools_are_repaired(tmp_path: Path) -> None:
    for number, raw in enumerate(("kế hoạch.txt".encode(), unicodedata.normalize("NFD", "kế hoạch").encode())):
        data = made_zip([("X" * len(raw), b"x")]).replace(b"X" * len(raw), raw)
        (folder := tmp_path / str(number)).mkdir()
        assert list(told(unpacked(data, folder))) == [f"K!/{unicodedata.normalize('NFC', raw.decode())}"]


def test_folders_of_windows_tools_are_folders(tmp_path: Path) -> None:
    data = made_zip([("Cao Bang\\", b""), ("Cao Bang\\kh.pdf", b"1"), ("..\\x", b"2")])
    assert told(unpacked(data, tmp_path)) == {"K!/../x": Kind.UNSAFE_PATH, "K!/Cao Bang/kh.pdf": b"1"}


def test_a_member_without_a_name(tmp_path: Path) -> None:
    data = bytearray(made_zip([("a", b"1"), ("b", b"2")]))
    at = data.index(b"PK\x01\x02") + 46
    assert data[at : at + 1] == b"a"
    data[at] = 0
    data[30] = 0
    assert told(unpacked(bytes(data), tmp_path)) == {"K!/_": b"1", "K!/b": b"2"}
