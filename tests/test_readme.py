"""What the README shows runs as it stands there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from pipeline.records import AsideKind
from pipeline.tables.schemas import SCHEMAS
from tests.whole_run import run_over

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with tables of two samples where the README expects them."""
    place = tmp_path_factory.mktemp("readme")
    samples = [ROOT / "data" / "raw" / name for name in ("kh-so-noi-vu-ha-nam-2024.docx", "kh-btgtu-son-la-2022.md")]
    run_over(samples, place / "data" / "processed")
    return place


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize("code", blocks("python"))
def test_python_blocks_run(code: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102


@pytest.mark.parametrize("query", blocks("sql"))
def test_sql_blocks_answer(query: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import duckdb

    monkeypatch.chdir(folder)
    answer = duckdb.sql(query)
    assert answer is not None
    provinces = {row[0] for row in answer.fetchall()}
    assert provinces == (set() if "repair" in query else {"Hà Nam"})  # nothing is repaired in text documents


def test_there_is_something_to_run() -> None:
    assert len(blocks("python")) >= 2
    assert len(blocks("sql")) >= 1


def test_the_table_page_names_every_table() -> None:
    page = (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")
    assert [name for name in SCHEMAS if f"`{name}`" not in page] == []


def test_the_table_page_names_every_kind_of_aside() -> None:
    page = (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")
    described = SCHEMAS["pages"].field("aside").metadata[b"en"].decode()
    assert [kind for kind in get_args(AsideKind) if f"`{kind}`" not in page or kind not in described] == []


def test_every_model_has_a_row_on_the_page_of_models() -> None:
    page = (ROOT / "models" / "README.md").read_text(encoding="utf-8")
    folders = [path.name for path in (ROOT / "models").iterdir() if path.is_dir()]
    assert [name for name in folders if f"`{name}/" not in page] == []


def test_every_make_target_of_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([a-z]+)", README, re.MULTILINE)) <= targets
