"""A build in an object store: readers come in by `latest.json`, and see one whole build whatever breaks off."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.store import remote
from pipeline.store.reading import read_tables
from pipeline.store.remote import copy_build, latest_remote
from pipeline.tables.schemas import SCHEMAS
from tests.made_build import made_build
from tests.object_store import made_bucket, object_store


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with object_store() as query:
        yield query


@pytest.fixture
def bucket(server: str, request: pytest.FixtureRequest) -> Any:
    return made_bucket(server, f"bang-{abs(hash(request.node.name))}")


def place(bucket: Any, server: str) -> str:
    return f"s3://{bucket.name}/tỉnh/bảng?{server}"


def keys(bucket: Any) -> set[str]:
    return {entry.key for entry in bucket.objects.all()}


def test_a_copy_reads_as_the_build_it_is_of(bucket: Any, server: str, tmp_path: Path) -> None:
    build = made_build(tmp_path, "a", "b")
    uri = place(bucket, server)
    copy_build(build, uri, [build.name])
    here, there = read_tables(build.folder), read_tables(uri)
    assert set(there) == set(SCHEMAS)
    assert all(here[name].equals(there[name]) for name in SCHEMAS)


def test_nothing_published_is_said_kindly(bucket: Any, server: str) -> None:
    with pytest.raises(FileNotFoundError):
        latest_remote(place(bucket, server))


def test_what_breaks_off_leaves_what_was_published(
    bucket: Any, server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    uri = place(bucket, server)
    first = made_build(tmp_path, "a")
    copy_build(first, uri, [first.name])
    second = made_build(tmp_path, "a", "b")
    put = remote._put
    for at in range(len(SCHEMAS) + 2):
        left = [at]

        def some(store: Any, key: str, source: Any, left: list[int] = left) -> None:
            if left[0] == 0:
                raise OSError("the line broke")
            left[0] -= 1
            put(store, key, source)

        with monkeypatch.context() as patched:
            patched.setattr(remote, "_put", some)
            with pytest.raises(OSError, match="the line broke"):
                copy_build(second, uri, [first.name, second.name])
        assert len(read_tables(uri)["documents"]) == 1
    copy_build(second, uri, [first.name, second.name])
    assert len(read_tables(uri)["documents"]) == 2


def test_what_is_there_is_not_sent_again_and_old_builds_go(
    bucket: Any, server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    uri = place(bucket, server)
    first = made_build(tmp_path, "a")
    copy_build(first, uri, [first.name])
    sent: list[str] = []
    put = remote._put

    def told(store: Any, key: str, source: Any) -> None:
        sent.append(key.rpartition("/")[2])
        put(store, key, source)

    monkeypatch.setattr(remote, "_put", told)
    copy_build(first, uri, [first.name])
    assert sent == ["latest.json"]
    second = made_build(tmp_path, "a", "b")
    copy_build(second, uri, [second.name])
    assert not [key for key in keys(bucket) if first.name in key]
    pointer = json.loads(bucket.Object("tỉnh/bảng/latest.json").get()["Body"].read())
    assert pointer["build"] == second.name
