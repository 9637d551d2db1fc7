"""read_tables: a whole build, by its link or its folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import pipeline
from pipeline.store import reading
from pipeline.store.builds import prune, publish
from pipeline.tables.schemas import SCHEMAS
from tests.made_build import made_build, published


def test_a_build_is_read_by_the_link_and_by_its_folder(tmp_path: Path) -> None:
    old, new = published(tmp_path, "a"), published(tmp_path, "a", "b")
    assert set(pipeline.read_tables(tmp_path / "latest")) == set(SCHEMAS)
    assert len(pipeline.read_tables(tmp_path / "latest")["tasks"]) == 2
    assert len(pipeline.read_tables(str(old.folder))["tasks"]) == 1
    assert len(pipeline.read_tables(new.folder)["tasks"]) == 2


def test_where_no_build_is_both_languages_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"hãy chạy `kehoach run`.*run `kehoach run` first"):
        pipeline.read_tables(tmp_path / "latest")


def test_a_build_that_lost_a_table_is_not_read_in_part(tmp_path: Path) -> None:
    build = published(tmp_path, "a")
    (build.folder / "warnings.parquet").unlink()
    with pytest.raises(FileNotFoundError):
        pipeline.read_tables(tmp_path / "latest")


def test_a_build_removed_while_its_files_are_opened_gives_way_to_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(tmp_path, "a")
    swaps = iter([lambda: (publish(made_build(tmp_path, "a", "b"), tmp_path), prune(tmp_path, keep=1))])
    real = Path.open

    def opening(path: Path, *args: Any, **kwargs: Any) -> Any:
        if path.name == "tasks.parquet":
            next(swaps, lambda: None)()
        return real(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", opening)
    tables = reading.read_tables(tmp_path / "latest")
    assert {len(tables[name]) for name in ("documents", "citations", "tasks", "warnings")} == {2}
