"""Zip archives: good ones are opened, hostile ones cost nothing."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

from pipeline.errors import Kind
from pipeline.ingest import Limits, offered

Members = dict[str, bytes]


def packed(members: Members, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def read(path: Path, limits: Limits | None = None) -> dict[str, bytes | Kind]:
    found: dict[str, bytes | Kind] = {}
    for item in offered([path], limits or Limits()):
        found[item.source_path] = item.error.kind if item.error else item.path.read_bytes() if item.path else b""
    return found


def test_members_are_read_in_order_and_gone_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "kho.zip"
    path.write_bytes(packed({"b.txt": b"2", "thư mục/a.txt": b"1", "__MACOSX/._b.txt": b"", "thư mục/": b""}))
    seen: list[Path] = []
    for item in offered([path], Limits()):
        assert item.path is not None
        assert item.path.is_file()
        assert not any(old.exists() for old in seen)
        seen.append(item.path)
    assert not any(old.exists() for old in seen)
    assert read(path) == {"kho.zip!/b.txt": b"2", "kho.zip!/thư mục/a.txt": b"1"}


def test_names_that_climb_out(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(packed({"../x.txt": b"1", "/etc/x": b"1", "c:/x": b"1", "a/../../x": b"1", "good..txt": b"ok"}))
    found = read(path)
    assert found.pop("a.zip!/good..txt") == b"ok"
    assert set(found.values()) == {Kind.UNSAFE_PATH}
    assert len(found) == 4
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.zip"]


def test_links_in_archives(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("link.txt")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    assert read(path) == {"a.zip!/link.txt": Kind.UNSAFE_PATH}


def test_bombs(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(packed({"bomb.txt": bytes(5_000_000), "small.txt": b"x"}))
    assert read(path) == {"a.zip!/bomb.txt": Kind.TOO_LARGE, "a.zip!/small.txt": b"x"}


def test_the_whole_archive_has_a_budget(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(packed({f"{n}.txt": bytes(400) for n in range(3)}, zipfile.ZIP_STORED))
    assert read(path, Limits(unpacked_bytes=900)) == {
        "a.zip!/0.txt": bytes(400),
        "a.zip!/1.txt": bytes(400),
        "a.zip!/2.txt": Kind.TOO_LARGE,
    }
    assert list(read(path, Limits(archive_members=1)).values()) == [bytes(400), Kind.TOO_LARGE]


def test_sizes_that_lie_are_counted(tmp_path: Path) -> None:
    data = bytearray(packed({"a.txt": bytes(3_000_000)}))
    directory = data.rindex(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (10).to_bytes(4, "little")
    path = tmp_path / "a.zip"
    path.write_bytes(bytes(data))
    assert read(path)["a.zip!/a.txt"] in (Kind.TOO_LARGE, Kind.DAMAGED)


def test_one_archive_inside_another_and_no_more(tmp_path: Path) -> None:
    inner = packed({"c.txt": b"deep"})
    path = tmp_path / "a.zip"
    path.write_bytes(packed({"b.zip": packed({"b.txt": b"mid", "c.zip": inner})}))
    assert read(path) == {"a.zip!/b.zip!/b.txt": b"mid", "a.zip!/b.zip!/c.zip": Kind.UNSUPPORTED}


def test_encrypted_and_damaged_members(tmp_path: Path) -> None:
    data = bytearray(packed({"a.txt": b"secret" * 9, "b.txt": b"whole" * 99}, zipfile.ZIP_STORED))
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1
    broken = data.index(b"wholewhole")
    data[broken] ^= 0xFF
    path = tmp_path / "a.zip"
    path.write_bytes(bytes(data))
    assert read(path) == {"a.zip!/a.txt": Kind.ENCRYPTED, "a.zip!/b.txt": Kind.DAMAGED}


def test_a_broken_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(packed({"a.txt": b"x"})[:20])
    assert read(path) == {"a.zip": Kind.DAMAGED}


def test_names_of_old_tools_are_repaired(tmp_path: Path) -> None:
    data = packed({"XXXXXXXXXXXXXXX.txt": b"x"})
    raw = "kế hoạch.txt".encode()
    path = tmp_path / "a.zip"
    path.write_bytes(data.replace(b"XXXXXXXXXXXXXXX.txt", raw.ljust(19, b"_")))
    assert list(read(path)) == ["a.zip!/kế hoạch.txt" + "_" * (19 - len(raw))]


def test_documents_that_are_zips_are_no_archives(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(packed({"[Content_Types].xml": b"x", "word/document.xml": b"x"}))
    assert list(read(path)) == ["a.docx"]
