"""Archives of every format: good ones are opened, hostile ones cost nothing."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import Kind
from pipeline.ingest import Limits, Offered
from pipeline.ingest.files.archive import is_archive, unpack
from tests.made_archives import MAKERS, made_7z, made_tar, made_zip

EVERY = pytest.mark.parametrize("form", MAKERS)
PACKED = pytest.mark.parametrize("form", [form for form in MAKERS if form not in ("tar", "rar5", "rar4")])


def unpacked(data: bytes, folder: Path, limits: Limits | None = None) -> list[Offered]:
    """The members of an archive called K, each a file in folder/members."""
    (folder / "kho").write_bytes(data)
    (folder / "members").mkdir()
    return unpack(folder / "kho", "K", limits or Limits(), folder / "members")


def told(offers: list[Offered]) -> dict[str, bytes | Kind]:
    found = {o.source_path: o.error.kind if o.error else o.path.read_bytes() if o.path else b"" for o in offers}
    assert len(found) == len(offers)
    return found


PART = st.text(
    st.characters(exclude_categories=["C", "Z"], exclude_characters='/\\:<>|"?*') | st.just(" "), min_size=1, max_size=9
).filter(lambda part: part.strip(" .") == part and not part.startswith(("~$", "._")) and part.isprintable())
NAME = st.lists(PART, min_size=1, max_size=3).map("/".join)


@EVERY
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(members=st.lists(st.tuples(NAME, st.binary(max_size=300).map(lambda data: b"-" + data)), min_size=1, max_size=5))
def test_each_member_is_offered_once_with_its_bytes_inside_the_folder(
    form: str, members: list[tuple[str, bytes]]
) -> None:
    with tempfile.TemporaryDirectory() as home:
        offers = unpacked(MAKERS[form](members), Path(home))
        assert sorted(Path(home).iterdir()) == [Path(home, "kho"), Path(home, "members")]
        found = told(offers)
        assert sorted(data for data in found.values() if isinstance(data, bytes)) == sorted(d for _, d in members)
        for offer in offers:
            assert offer.path is not None
            assert offer.path.parent == Path(home, "members")
            assert offer.sha256 == hashlib.sha256(offer.path.read_bytes()).hexdigest()
        assert list(found) == sorted(found)


@EVERY
def test_two_members_of_one_name_stay_apart(form: str, tmp_path: Path) -> None:
    members = [
        ("a/kh.pdf", b"1"),
        ("a/kh.pdf", b"2"),
        ("a/kh (2).pdf", b"3"),
        ("x", b"4"),
        ("x", b"5"),
        ("a.b/x", b"6"),
    ]
    found = told(unpacked(MAKERS[form](members), tmp_path))
    assert sorted(map(str, found.values())) == sorted(str(data) for _, data in members)
    assert {"K!/a/kh.pdf", "K!/a/kh (2).pdf", "K!/x", "K!/x (2)", "K!/a.b/x"} < set(found)


@EVERY
def test_names_are_tidied_and_composed(form: str, tmp_path: Path) -> None:
    members = [("./a/b.txt", b"1"), ("kế hoạch.txt", b"2"), ("~$kh.docx", b"3"), (".DS_Store", b"4")]
    assert told(unpacked(MAKERS[form](members), tmp_path)) == {
        "K!/a/b.txt": b"1",
        "K!/kế hoạch.txt": b"2",
        "K!/~$kh.docx": Kind.UNSUPPORTED,
    }


@pytest.mark.parametrize("form", [form for form in MAKERS if form != "7z"])
def test_names_that_climb_out(form: str, tmp_path: Path) -> None:
    members = [("../x.txt", b"1"), ("/etc/x", b"1"), ("c:/x", b"1"), ("a/../../x", b"1"), ("good..txt", b"ok")]
    found = told(unpacked(MAKERS[form](members), tmp_path))
    assert found.pop("K!/good..txt") == b"ok"
    assert list(found.values()) == [Kind.UNSAFE_PATH] * 4
    assert sorted(p.name for p in tmp_path.iterdir()) == ["kho", "members"]


@PACKED
def test_a_bomb_is_refused_and_what_lies_beside_it_read(form: str, tmp_path: Path) -> None:
    data = MAKERS[form]([("a.txt", b"before"), ("bomb.txt", bytes(30_000_000)), ("z.txt", b"behind")])
    assert len(data) < 150_000
    found = told(unpacked(data, tmp_path))
    assert found == {"K!/a.txt": b"before", "K!/bomb.txt": Kind.TOO_LARGE, "K!/z.txt": b"behind"}
    assert sum(path.stat().st_size for path in (tmp_path / "members").iterdir()) == len(b"beforebehind")


@EVERY
def test_the_whole_archive_has_a_budget(form: str, tmp_path: Path) -> None:
    data = MAKERS[form]([(f"{number}.txt", bytes(400)) for number in range(3)])
    found = told(unpacked(data, tmp_path, Limits(unpacked_bytes=900)))
    assert found == {"K!/0.txt": bytes(400), "K!/1.txt": bytes(400), "K!/2.txt": Kind.TOO_LARGE}


@EVERY
def test_too_many_members_are_said_to_be_too_many(form: str, tmp_path: Path) -> None:
    data = MAKERS[form]([(f"{number}.txt", b"x") for number in range(3)])
    found = told(unpacked(data, tmp_path, Limits(archive_members=2)))
    assert found == {"K!/0.txt": b"x", "K!/1.txt": b"x", "K": Kind.TOO_LARGE}


@EVERY
def test_an_archive_cut_short_says_so(form: str, tmp_path: Path) -> None:
    data = MAKERS[form]([("a.txt", os.urandom(1_500_000)), ("b.txt", os.urandom(1_500_000))])
    offers = unpacked(data[:2_500_000], tmp_path)
    assert Kind.DAMAGED in told(offers).values()
    assert all(offer.error is None or offer.error.kind == Kind.DAMAGED for offer in offers)


@EVERY
def test_one_archive_inside_another_and_no_more(form: str, tmp_path: Path) -> None:
    deep = made_zip([("c.txt", b"deep")])
    inner = made_tar([("b.txt", b"mid"), ("deep.zip", deep)])
    inside = [("kho/in.tar", inner), ("kho/in.7z", made_7z([("d.txt", b"seven")])), ("a.txt", b"top")]
    assert told(unpacked(MAKERS[form](inside), tmp_path)) == {
        "K!/a.txt": b"top",
        "K!/kho/in.7z!/d.txt": b"seven",
        "K!/kho/in.tar!/b.txt": b"mid",
        "K!/kho/in.tar!/deep.zip": Kind.UNSUPPORTED,
    }
    assert len(list((tmp_path / "members").iterdir())) == 3


@EVERY
def test_documents_that_are_zips_stay_whole_inside_archives(form: str, tmp_path: Path) -> None:
    docx = made_zip([("[Content_Types].xml", b"x"), ("word/document.xml", b"x")])
    assert told(unpacked(MAKERS[form]([("kh.docx", docx)]), tmp_path)) == {"K!/kh.docx": docx}


@EVERY
def test_an_archive_without_files_has_a_row(form: str, tmp_path: Path) -> None:
    assert told(unpacked(MAKERS[form]([("__MACOSX/._a", b"x")]), tmp_path)) == {"K": Kind.EMPTY}


@EVERY
def test_archives_are_known_by_their_content(form: str, tmp_path: Path) -> None:
    (tmp_path / "kh.pdf").write_bytes(MAKERS[form]([("a.txt", b"x" * 999)]))
    assert is_archive(tmp_path / "kh.pdf")


@EVERY
def test_a_folder_that_cannot_be_written_is_no_fault_of_the_archive(form: str, tmp_path: Path) -> None:
    (tmp_path / "kho").write_bytes(MAKERS[form]([("a.txt", b"x")]))
    with pytest.raises(FileNotFoundError):
        unpack(tmp_path / "kho", "K", Limits(), tmp_path / "gone")


def test_memory_that_runs_out_costs_one_member(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.ingest.files import archive_zip

    real = archive_zip._chunks

    def greedy(archive: object, info: object) -> object:
        if "a.txt" in str(info):
            raise MemoryError
        return real(archive, info)  # type: ignore[arg-type]

    monkeypatch.setattr(archive_zip, "_chunks", greedy)
    found = told(unpacked(made_zip([("a.txt", b"1"), ("b.txt", b"2")]), tmp_path))
    assert found == {"K!/a.txt": Kind.OUT_OF_MEMORY, "K!/b.txt": b"2"}
