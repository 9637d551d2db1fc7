"""Builds: complete, checked, the same bytes for the same rows, and never half made."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.store.builds import Build, UnsoundBuild, builds_of, latest_build, publish, verified, write_build
from pipeline.store.manifest import read_manifest
from pipeline.tables.schemas import SCHEMAS
from tests.made_build import DIMENSIONS, about, doc_id_of, file_rows, made_build, made_rows, published, shelved


class Killed(BaseException):
    """Ends the process as kill -9 would: nothing is caught and nothing is tidied up."""


def test_every_table_is_written_with_its_declared_schema_and_its_rows(tmp_path: Path) -> None:
    build = made_build(tmp_path, "a", "b")
    for name, schema in SCHEMAS.items():
        table = pq.read_table(build.folder / f"{name}.parquet")
        assert table.schema.remove_metadata().equals(schema.remove_metadata())
        assert table.num_rows == build.manifest.tables[name].rows
    assert pq.read_table(build.folder / "tasks.parquet").num_rows == 2


def test_every_column_says_what_it_is_in_both_languages() -> None:
    for schema in SCHEMAS.values():
        for field in schema:
            assert field.metadata[b"en"]
            assert field.metadata[b"vi"]


def test_what_the_ledger_knows_stands_in_documents(tmp_path: Path) -> None:
    first = shelved("a")
    second = shelved("b", source_path="kho/ban sao.pdf", duplicate_of=first.doc_id)
    rows = pq.read_table(made_build(tmp_path, first, second).folder / "documents.parquet").to_pylist()
    assert [row["source_path"] for row in rows] == ["a.txt", "kho/ban sao.pdf"]
    assert [row["duplicate_of"] for row in rows] == [None, first.doc_id]
    assert rows[0]["extracted_at"] == first.extracted_at


def test_the_same_rows_give_the_same_bytes_and_name(tmp_path: Path) -> None:
    first, second = made_build(tmp_path / "x", "a", "b"), made_build(tmp_path / "y", "a", "b", run_id="run-2")
    assert first.name == second.name
    for path in first.folder.glob("*.parquet"):
        assert path.read_bytes() == (second.folder / path.name).read_bytes()
    assert made_build(tmp_path / "z", "b", "a").name != first.name


def test_documents_fill_several_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.store.writing.BATCH_DOCUMENTS", 2)
    build = made_build(tmp_path, *"abcde")
    file = pq.ParquetFile(build.folder / "tasks.parquet")
    assert [file.metadata.row_group(i).num_rows for i in range(file.num_row_groups)] == [2, 2, 1]
    paths = pq.read_table(build.folder / "documents.parquet")["source_path"].to_pylist()
    assert paths == [f"{name}.txt" for name in "abcde"]


def test_other_readers_take_batches_without_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row group without rows stands where no document of a batch has any."""
    import duckdb
    import polars as pl

    monkeypatch.setattr("pipeline.store.writing.BATCH_DOCUMENTS", 1)
    bare = made_rows("b") | {"recipients": [], "warnings": []}
    build = made_build(tmp_path, "a", shelved("b", bare), "c")
    path = str(build.folder / "recipients.parquet")
    owners = [doc_id_of("a"), doc_id_of("c")]
    assert pl.read_parquet(path)["doc_id"].to_list() == owners
    assert [row[0] for row in duckdb.read_parquet(path).fetchall()] == owners


def test_a_build_without_documents_is_whole(tmp_path: Path) -> None:
    build = published(tmp_path)
    assert pq.read_table(build.folder / "pages.parquet").num_rows == 0
    assert verified(build) == build


def test_rows_that_can_not_be_unpacked_name_their_document(tmp_path: Path) -> None:
    before = published(tmp_path, "a")
    whole = shelved("b")
    for block in (b"", whole.rows[:40], whole.rows[:-5], whole.rows[:88] + bytes(50) + whole.rows[138:]):
        with pytest.raises(UnsoundBuild, match=rf"{whole.doc_id} \(b.txt\)"):
            made_build(tmp_path, "a", replace(whole, rows=block))
    assert builds_of(tmp_path) == [before]


def test_rows_of_another_document_are_refused(tmp_path: Path) -> None:
    rows = made_rows("a") | {"tasks": made_rows("b")["tasks"]}
    with pytest.raises(UnsoundBuild, match="rows of another document in tasks"):
        made_build(tmp_path, shelved("a", rows))


def test_a_failed_write_leaves_the_last_build_and_nothing_else(tmp_path: Path) -> None:
    before = published(tmp_path, "a")
    with pytest.raises((pa.ArrowInvalid, pa.ArrowTypeError)):
        write_build([], [{"source_path": "x", "attempts": "not a number"}], DIMENSIONS, tmp_path, about())
    assert latest_build(tmp_path) == before
    assert [path.name for path in (tmp_path / "builds").iterdir()] == [before.name]


def test_what_a_dead_run_left_aside_is_removed(tmp_path: Path) -> None:
    left = tmp_path / "builds" / ".writing-dead"
    left.mkdir(parents=True)
    (left / "tasks.parquet").write_bytes(b"half")
    build = made_build(tmp_path, "a")
    assert [path.name for path in (tmp_path / "builds").iterdir()] == [build.name]


def test_the_same_tables_again_are_the_newest_build_with_the_new_run(tmp_path: Path) -> None:
    first = made_build(tmp_path, "a")
    second = made_build(tmp_path, "b")
    assert [build.name for build in builds_of(tmp_path)] == [second.name, first.name]
    again = made_build(tmp_path, "a", run_id="run-3")
    assert [build.name for build in builds_of(tmp_path)] == [first.name, second.name]
    assert read_manifest(again.folder).run_id == "run-3"


def test_a_damaged_build_is_mended_when_its_tables_are_made_again(tmp_path: Path) -> None:
    build = published(tmp_path, "a")
    (build.folder / "tasks.parquet").write_bytes(b"rubbish")
    (build.folder / "pages.parquet").unlink()
    (build.folder / "manifest.json").unlink()
    assert verified(made_build(tmp_path, "a")).name == build.name


# --- killed at each step ----------------------------------------------------------------------

STEPS = [(os, "fsync"), (os, "rename"), (os, "replace"), (os, "mkdir")]


def killed_at(monkeypatch: pytest.MonkeyPatch, step: int, work: Callable[[], object]) -> bool:
    """Whether `work` was killed at its `step`-th call that changes what is on the disk; from then on nothing works."""
    left = [step]

    def dying(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            if left[0] <= 0:
                raise Killed
            left[0] -= 1
            return real(*args, **kwargs)

        return call

    with monkeypatch.context() as patch:
        for module, name in STEPS:
            patch.setattr(module, name, dying(getattr(module, name)))
        patch.setattr(shutil, "rmtree", lambda *_, **__: None)  # the dead do not tidy up
        try:
            work()
        except Killed:
            return True
    return False


def whole(build: Build | None) -> bool:
    return build is not None and verified(build) == build


@pytest.mark.parametrize("damaged", [False, True])
def test_a_kill_at_any_step_leaves_whole_builds_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damaged: bool
) -> None:
    """Where `damaged`, the tables are a build already, one file of which was lost."""
    shelf = [shelved("a"), shelved("b")]
    new = made_build(tmp_path / "new", *shelf)
    old = published(tmp_path / "before", "a")
    known = {old.name}
    if damaged:
        shutil.copytree(new.folder, old.folder.with_name(new.name))
        (old.folder.with_name(new.name) / "tasks.parquet").unlink()
        known.add(new.name)
    steps = 0
    while True:
        out = tmp_path / str(steps)
        shutil.copytree(tmp_path / "before", out, symlinks=True)

        def work(out: Path = out) -> None:
            publish(write_build(shelf, file_rows(shelf), DIMENSIONS, out, about("run-2")), out)

        killed = killed_at(monkeypatch, steps, work)
        latest = latest_build(out)
        assert whole(latest)
        assert latest is not None
        assert latest.name in ((old.name, new.name) if killed else (new.name,))
        for build in builds_of(out):
            assert (damaged and build.manifest.run_id == "run-1") or whole(build)
        named = {path.name for path in (out / "builds").iterdir() if not path.name.startswith(".")}
        assert named == {build.name for build in builds_of(out)} >= known
        work()
        assert whole(latest_build(out))
        assert not list((out / "builds").glob(".*"))
        if not killed:
            break
        steps += 1
    assert steps > 20


@pytest.mark.parametrize("name", ["fsync", "rename", "replace"])
def test_an_error_at_any_step_leaves_the_old_build_published_and_nothing_aside(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = 0
    while True:
        out = tmp_path / str(failures)
        old = published(out, "a")
        left = [failures]
        real = getattr(os, name)

        def failing(*args: Any, left: list[int] = left, real: Callable[..., Any] = real, **kwargs: Any) -> Any:
            left[0] -= 1
            if left[0] == -1:
                raise OSError(28, "No space left on device")
            return real(*args, **kwargs)

        with monkeypatch.context() as patch:
            patch.setattr(os, name, failing)
            try:
                publish(made_build(out, "a", "b"), out)
            except OSError:
                failed = True
            else:
                failed = False
        assert not list((out / "builds").glob(".*"))
        assert all(whole(build) for build in builds_of(out))
        if not failed:
            assert latest_build(out) != old
            break
        assert whole(latest_build(out))
        failures += 1
    assert failures >= 1
