"""Rar archives: passwords, links, copies, parts, and members that need an outside tool."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from pipeline.errors import Kind
from tests.made_archives import (
    RAR5,
    RAR5_END,
    RAR5_MAIN,
    made_rar4,
    made_rar5,
    rar4_block,
    rar5_block,
    rar5_file,
    vint,
)
from tests.test_ingest_files_archive import told, unpacked


def rar5(*blocks: bytes) -> bytes:
    return RAR5 + RAR5_MAIN + b"".join(blocks) + RAR5_END


def extra(kind: int, fields: bytes) -> bytes:
    return vint(len(vint(kind) + fields)) + vint(kind) + fields


LOCKED = extra(1, vint(0) + vint(0) + b"\x0f" + bytes(16) + bytes(16))


def test_encrypted_members_each_say_so(tmp_path: Path) -> None:
    data = rar5(rar5_file("a.txt", b"x", extra=LOCKED), rar5_file("b.txt", b"2"))
    assert told(unpacked(data, tmp_path)) == {"K!/a.txt": Kind.ENCRYPTED, "K!/b.txt": b"2"}
    (old := tmp_path / "old").mkdir()
    assert told(unpacked(made_rar4([("a.txt", b"x")], flags=0x04), old)) == {"K!/a.txt": Kind.ENCRYPTED}


def test_an_encrypted_list_of_members_is_one_error(tmp_path: Path) -> None:
    locked = rar5_block(4, vint(0) + vint(0) + b"\x0f" + bytes(16))
    assert told(unpacked(RAR5 + locked + bytes(64), tmp_path)) == {"K": Kind.ENCRYPTED}
    (old := tmp_path / "old").mkdir()
    data = b"Rar!\x1a\x07\x00" + rar4_block(0x73, 0x80, bytes(6)) + bytes(64)
    assert told(unpacked(data, old)) == {"K": Kind.ENCRYPTED}


@pytest.mark.parametrize("kind", [1, 2, 3, 4])
def test_links_are_refused(kind: int, tmp_path: Path) -> None:
    target = b"/etc/passwd"
    link = rar5_file("link", b"", extra=extra(5, vint(kind) + vint(0) + vint(len(target)) + target))
    found = told(unpacked(rar5(link, rar5_file("a.txt", b"1")), tmp_path))
    assert found == {"K!/a.txt": b"1", "K!/link": Kind.UNSAFE_PATH}


def test_a_copy_of_another_member_has_its_bytes(tmp_path: Path) -> None:
    copy = rar5_file("b.txt", b"", extra=extra(5, vint(5) + vint(0) + vint(5) + b"a.txt"))
    lost = rar5_file("c.txt", b"", extra=extra(5, vint(5) + vint(0) + vint(5) + b"x.txt"))
    found = told(unpacked(rar5(rar5_file("a.txt", b"same"), copy, lost), tmp_path))
    assert found == {"K!/a.txt": b"same", "K!/b.txt": b"same", "K!/c.txt": Kind.DAMAGED}


def test_damaged_members_say_so(tmp_path: Path) -> None:
    data = made_rar5([("a.txt", b"whole" * 9), ("b.txt", b"2")])
    found = told(unpacked(data.replace(b"wholewhole", b"wholeWhole"), tmp_path))
    assert found == {"K!/a.txt": Kind.DAMAGED, "K!/b.txt": b"2"}


def test_an_archive_in_parts_is_refused(tmp_path: Path) -> None:
    data = RAR5 + rar5_block(1, vint(1)) + rar5_file("a.txt", b"1") + RAR5_END
    assert told(unpacked(data, tmp_path)) == {"K": Kind.UNSUPPORTED}


def test_an_archive_without_its_end_says_so(tmp_path: Path) -> None:
    data = RAR5 + RAR5_MAIN + rar5_file("a.txt", b"1")
    assert told(unpacked(data, tmp_path)) == {"K!/a.txt": b"1", "K": Kind.DAMAGED}


def test_a_packed_member_without_a_tool_names_the_cure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import rarfile

    monkeypatch.setattr(rarfile, "CURRENT_SETUP", None)
    monkeypatch.setenv("PATH", str(tmp_path))
    offers = unpacked(rar5(rar5_file("a.txt", b"packed", method=3), rar5_file("b.txt", b"2")), tmp_path)
    assert told(offers) == {"K!/a.txt": Kind.TOOL_MISSING, "K!/b.txt": b"2"}
    assert "unar" in str(offers[0].error)


TOOLS = {
    "unrar": "for last; do :; done",
    "bsdtar": """[ "$1" = --version ] && exit; [ "$3" = -f ] && last=$4; [ -f "$last" ] || exit 1""",
}


@pytest.mark.parametrize("name", TOOLS)
def test_a_tool_reads_packed_members(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tool that unpacks everything to the same text: what it is given, and that its output is checked."""
    import rarfile

    (tmp_path / "tools").mkdir()
    tool = tmp_path / "tools" / name
    tool.write_text(f"#!/bin/sh\n{TOOLS[name]}\necho \"$last\" >> {tmp_path}/asked\nprintf 'unpacked'\n")
    tool.chmod(0o755)
    monkeypatch.setattr(rarfile, "CURRENT_SETUP", None)
    monkeypatch.setenv("PATH", str(tmp_path / "tools"))
    right = rar5_file("a.txt", b"unpacked", method=3)
    copy = rar5_file("b.txt", b"", extra=extra(5, vint(5) + vint(0) + vint(5) + b"a.txt"))
    wrong = rar5_file("c.txt", b"otherwise", method=3)
    found = told(unpacked(rar5(right, copy, wrong), tmp_path))
    assert found == {"K!/a.txt": b"unpacked", "K!/b.txt": b"unpacked", "K!/c.txt": Kind.DAMAGED}
    asked = (tmp_path / "asked").read_text(encoding="utf-8").split()
    assert {str(Path(path).parent) for path in asked if path.startswith("/")} == {str(tmp_path / "members")}
    assert len(list((tmp_path / "members").iterdir())) == 2


def test_old_archives_have_no_end_mark(tmp_path: Path) -> None:
    whole = made_rar4([("a.txt", b"1")])
    assert told(unpacked(whole[: whole.index(b"a.txt1") + 6], tmp_path)) == {"K!/a.txt": b"1"}


def test_a_bomb_that_lies_about_its_size_is_counted(tmp_path: Path) -> None:
    fields = vint(4) + vint(10**15) + vint(0o644) + struct.pack("<L", zlib.crc32(b"x")) + vint(0) + vint(1) + vint(1)
    found = told(unpacked(rar5(rar5_block(2, fields + b"a", b"x")), tmp_path))
    assert found == {"K!/a": Kind.TOO_LARGE}
