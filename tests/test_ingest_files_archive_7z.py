"""7z archives: passwords, damage inside a block, links, blocks that grow."""

from __future__ import annotations

import io
import os
import struct
import zlib
from pathlib import Path

import pytest

from pipeline.errors import Kind
from pipeline.ingest import Limits
from tests.made_archives import made_7z
from tests.test_ingest_files_archive import told, unpacked

MEMBERS = [("a.txt", b"secret" * 9), ("b.txt", b"other" * 9)]


def test_encrypted_members_each_say_so(tmp_path: Path) -> None:
    found = told(unpacked(made_7z(MEMBERS, password="mật khẩu"), tmp_path))
    assert found == {"K!/a.txt": Kind.ENCRYPTED, "K!/b.txt": Kind.ENCRYPTED}


def test_an_encrypted_list_of_members_is_one_error(tmp_path: Path) -> None:
    data = made_7z(MEMBERS, password="mật khẩu", header_encryption=True)
    assert told(unpacked(data, tmp_path)) == {"K": Kind.ENCRYPTED}


def test_damage_in_a_block_costs_what_lies_behind_it(tmp_path: Path) -> None:
    from py7zr import FILTER_COPY, SevenZipFile

    buffer = io.BytesIO()
    with SevenZipFile(buffer, "w", filters=[{"id": FILTER_COPY}]) as archive:
        for name, data in MEMBERS:
            archive.writestr(data, name)
    broken = bytearray(buffer.getvalue())
    broken[broken.index(b"secret")] ^= 0xFF
    assert told(unpacked(bytes(broken), tmp_path)) == {"K!/a.txt": Kind.DAMAGED, "K!/b.txt": b"other" * 9}


def test_damage_that_stops_the_unpacking_is_told_of_each_member(tmp_path: Path) -> None:
    data = bytearray(made_7z([("a.txt", os.urandom(9_000)), ("b.txt", os.urandom(9_000)), ("c.txt", b"c")]))
    data[32:40] = b"\xff" * 8
    found = told(unpacked(bytes(data), tmp_path))
    assert found == {f"K!/{name}.txt": Kind.DAMAGED for name in "abc"}


def test_a_block_that_grows_beyond_all_bounds_is_left(tmp_path: Path) -> None:
    data = made_7z([("a.txt", b"1"), ("b.txt", bytes(40_000_000)), ("c.txt", b"3")])
    found = told(unpacked(data, tmp_path, Limits(unpacked_bytes=20_000_000)))
    assert found == {"K!/a.txt": b"1", "K!/b.txt": Kind.TOO_LARGE, "K!/c.txt": Kind.TOO_LARGE}


def test_links_are_refused(tmp_path: Path) -> None:
    from py7zr import SevenZipFile

    (tmp_path / "target").touch()
    (tmp_path / "link").symlink_to("target")
    with SevenZipFile(tmp_path / "a.7z", "w") as archive:
        archive.write(tmp_path / "link", "link")
        archive.writestr(b"1", "a.txt")
    found = told(unpacked((tmp_path / "a.7z").read_bytes(), tmp_path))
    assert found == {"K!/a.txt": b"1", "K!/link": Kind.UNSAFE_PATH}


def test_names_that_climb_out(tmp_path: Path) -> None:
    """The library writes no such names: they are put in by hand, and the sums over the list set right."""
    from py7zr import SevenZipFile

    buffer = io.BytesIO()
    with SevenZipFile(buffer, "w") as archive:
        archive.set_encoded_header_mode(False)
        for name in ("12/x.txt", "good.txt", "3etc/y"):
            archive.writestr(name.encode(), name)
    data = bytearray(buffer.getvalue())
    for old, new in (("12/x", "../x"), ("3etc/", "/etc/")):
        data = data.replace(old.encode("utf-16-le"), new.encode("utf-16-le"))
    start, size = struct.unpack_from("<QQ", data, 12)
    struct.pack_into("<L", data, 28, zlib.crc32(data[32 + start : 32 + start + size]))
    struct.pack_into("<L", data, 8, zlib.crc32(data[12:32]))
    found = told(unpacked(bytes(data), tmp_path))
    assert found == {"K!/../x.txt": Kind.UNSAFE_PATH, "K!//etc/y": Kind.UNSAFE_PATH, "K!/good.txt": b"good.txt"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kho", "members"]


@pytest.mark.parametrize("method", ["DEFLATE", "ZSTD", "BZIP2", "X86"])
def test_its_methods_are_unpacked(method: str, tmp_path: Path) -> None:
    import py7zr

    chain = [{"id": getattr(py7zr, f"FILTER_{method}")}]
    if method == "ZSTD":
        chain[0] |= {"level": 3}
    elif method == "X86":
        chain.append({"id": py7zr.FILTER_LZMA2, "preset": 1})
    buffer = io.BytesIO()
    members = [("a.txt", os.urandom(50_000)), ("b.txt", os.urandom(1_500_000).hex().encode())]
    with py7zr.SevenZipFile(buffer, "w", filters=chain) as archive:
        for name, data in members:
            archive.writestr(data, name)
    assert told(unpacked(buffer.getvalue(), tmp_path)) == {f"K!/{name}": data for name, data in members}


def test_a_method_that_is_not_trusted_is_unsupported(tmp_path: Path) -> None:
    from py7zr import FILTER_PPMD, SevenZipFile

    buffer = io.BytesIO()
    with SevenZipFile(buffer, "w", filters=[{"id": FILTER_PPMD, "order": 6, "mem": 24}]) as archive:
        archive.writestr(b"1", "a.txt")
    assert told(unpacked(buffer.getvalue(), tmp_path)) == {"K!/a.txt": Kind.UNSUPPORTED}
