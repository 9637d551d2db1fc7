"""Objects of a store, asked of a server on this machine that speaks its language."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import DocumentError, Kind
from pipeline.ingest import Limits, Offered
from pipeline.ingest.files.archive import is_archive, unpack
from pipeline.ingest.files.remote import is_uri, last_name
from pipeline.ingest.files.walk import listed
from tests.made_archives import made_zip
from tests.object_store import made_bucket, object_store


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with object_store() as query:
        yield query


@pytest.fixture
def bucket(server: str, request: pytest.FixtureRequest) -> Any:
    return made_bucket(server, f"kho-{abs(hash(request.node.name))}")


def offers(bucket: Any, server: str, prefix: str = "", limits: Limits | None = None) -> dict[str, Offered]:
    found = list(listed([f"s3://{bucket.name}/{prefix}?{server}"], limits or Limits()))
    assert len({offer.source_path for offer in found}) == len(found)
    return {offer.source_path: offer for offer in found}


def test_objects_are_listed_by_name_and_fetched(bucket: Any, server: str, tmp_path: Path) -> None:
    for key in ("năm 2023/b.txt", "năm 2023/Cao Bằng/kh.pdf", "năm 2023/.DS_Store", "năm 2023/~$a.docx", "khác.txt"):
        bucket.put_object(Key=key, Body=key.encode())
    found = offers(bucket, server, "năm 2023")
    assert list(found) == ["Cao Bằng/kh.pdf", "b.txt", "~$a.docx"]
    lock = found.pop("~$a.docx")
    assert lock.error is not None
    assert lock.error.kind == Kind.UNSUPPORTED
    for name, offer in found.items():
        assert (offer.path, offer.error, offer.hides, offer.sha256) == (None, None, None, None)
        copy = pickle.loads(pickle.dumps(offer)).local(tmp_path)  # noqa: S301
        assert copy.parent == tmp_path
        assert copy.read_bytes() == f"năm 2023/{name}".encode()
    assert set(offers(bucket, server)) == {"khác.txt"} | {f"năm 2023/{name}" for name in (*found, "~$a.docx")}


def test_a_stamp_changes_with_the_bytes(bucket: Any, server: str) -> None:
    bucket.put_object(Key="a.txt", Body=b"one")
    offer = offers(bucket, server)["a.txt"]
    assert offer.stamp is not None
    assert offer.stamp == offer.stamp_now() == offers(bucket, server)["a.txt"].stamp
    assert offer.changed_at is not None
    bucket.put_object(Key="a.txt", Body=b"another")
    assert offer.stamp_now() not in (None, offer.stamp)
    bucket.Object("a.txt").delete()
    assert offer.stamp_now() is None


def test_an_object_that_is_gone_is_unreadable(bucket: Any, server: str, tmp_path: Path) -> None:
    bucket.put_object(Key="a.txt", Body=b"one")
    offer = offers(bucket, server)["a.txt"]
    bucket.Object("a.txt").delete()
    with pytest.raises(DocumentError) as raised:
        offer.local(tmp_path)
    assert raised.value.kind == Kind.UNREADABLE
    assert not list(tmp_path.iterdir())


def test_keys_with_odd_names_are_each_offered(bucket: Any, server: str, tmp_path: Path) -> None:
    keys = ["a/../b.txt", "/đầu.txt", "a//b.txt", "x?y#z%41.txt", "hai\tdòng.txt", "a/b.txt"]
    for key in keys:
        bucket.put_object(Key=key, Body=key.encode())
    found = offers(bucket, server)
    assert set(found) == {key.replace("\t", "\\t") for key in keys}
    refused = {name for name, offer in found.items() if offer.error and offer.error.kind == Kind.UNREADABLE}
    assert refused == {"/đầu.txt", "a//b.txt", "a/../b.txt"}
    for name in found.keys() - refused:
        path = found[name].local(tmp_path)
        assert path.parent == tmp_path
        assert path.read_bytes() == name.replace("\\t", "\t").encode()


def test_what_stands_for_a_folder_is_no_file(bucket: Any, server: str, tmp_path: Path) -> None:
    for key in ("trống/", "a", "a/", "a/b.txt"):
        bucket.put_object(Key=key, Body=b"x" if key in ("a", "a/b.txt") else b"")
    found = offers(bucket, server)
    assert list(found) == ["a", "a/b.txt"]
    assert all(offer.local(tmp_path).read_bytes() == b"x" for offer in found.values())


def test_one_object_can_be_an_input(bucket: Any, server: str, tmp_path: Path) -> None:
    bucket.put_object(Key="kho/a b.txt", Body=b"x")
    found = offers(bucket, server, "kho/a b.txt")
    assert list(found) == ["a b.txt"]
    assert found["a b.txt"].local(tmp_path).read_bytes() == b"x"


def test_several_inputs_are_told_apart(bucket: Any, server: str, tmp_path: Path) -> None:
    bucket.put_object(Key="kho/a.txt", Body=b"x")
    (tmp_path / "kho").mkdir()
    (tmp_path / "kho" / "a.txt").write_bytes(b"y")
    inputs: list[str | Path] = [
        tmp_path / "kho",
        f"s3://{bucket.name}/kho/?{server}",
        f"s3://{bucket.name}/nothing?{server}",
    ]
    found = {offer.source_path: offer for offer in listed(inputs, Limits())}
    assert list(found) == ["kho/a.txt", "kho (2)/a.txt", "nothing"]
    assert found["nothing"].hides == "nothing/"


@pytest.mark.parametrize(
    "uri", ["s3://gone-{bucket}/x?{server}", "nonsense://{bucket}", "s3://?", "s3://a b/%zz?{server}"]
)
def test_what_cannot_be_listed_hides_what_lies_there(uri: str, bucket: Any, server: str) -> None:
    (offer,) = listed([uri.format(bucket=bucket.name, server=server)], Limits())
    assert offer.error is not None
    assert offer.error.kind == Kind.UNREADABLE
    assert offer.hides == ""


def test_a_copy_is_bounded_and_archives_more_widely(bucket: Any, server: str, tmp_path: Path) -> None:
    limits = Limits(file_bytes=1_000, unpacked_bytes=5_000)
    archive = made_zip([("a.txt", os.urandom(900)), ("b.txt", os.urandom(900))])
    for key, body in {"big.txt": b"x" * 1_001, "kho.zip": archive, "huge.zip": archive * 3}.items():
        bucket.put_object(Key=key, Body=body)
    found = offers(bucket, server, limits=limits)
    for name in ("big.txt", "huge.zip"):
        with pytest.raises(DocumentError) as raised:
            found[name].local(tmp_path)
        assert raised.value.kind == Kind.TOO_LARGE
    assert not list(tmp_path.iterdir())
    path = found["kho.zip"].local(tmp_path)
    assert is_archive(path)
    (folder := tmp_path / "members").mkdir()
    assert [o.source_path for o in unpack(path, "kho.zip", limits, folder)] == ["kho.zip!/a.txt", "kho.zip!/b.txt"]


def test_addresses_are_told_from_paths() -> None:
    assert is_uri("s3://a/b")
    assert not is_uri(Path("s3://a/b"))
    assert not is_uri("a/b.txt")
    assert [last_name(uri) for uri in ("s3://kho/a/b%20c/?x=1", "s3://kho", "s3://kho/?x=/y")] == ["b c", "kho", "kho"]
