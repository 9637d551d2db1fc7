"""A clock that is set back, and files from times to come: a run goes by neither."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from pipeline.store.builds import builds_of, latest_build
from tests.faults import checks
from tests.faults.inline import Counted, run_inline
from tests.faults.papers import sha256_of


def at(year: int) -> dt.datetime:
    return dt.datetime(year, 3, 4, 5, 6, 7, tzinfo=dt.UTC)


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text(f"Kế hoạch {name}\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("years", [(2030, 2020), (2030, 2020, 2040), (2030, 2029, 2028, 2027)])
def test_the_newest_build_is_published_whatever_the_clock_says(
    years: tuple[int, ...], papers: Path, tmp_path: Path
) -> None:
    out, counted = tmp_path / "out", Counted(tmp_path / "tally")
    for year in years:
        (papers / f"{year}.txt").write_text(f"Kế hoạch năm {year}\n", encoding="utf-8")
        run_inline(papers, out, counted, clock=lambda year=year: at(year))  # type: ignore[misc]
    newest = latest_build(out)
    assert newest is not None
    assert newest.name == builds_of(out)[0].name
    rows = checks.tables_of(out)
    assert len(rows["documents"]) == 2 + len(years) == len(counted.counted())
    assert {row["attempts"] for row in rows["files"]} == {1}


def test_a_file_from_times_to_come_is_read_once_it_stands_still(papers: Path, tmp_path: Path) -> None:
    out, counted = tmp_path / "out", Counted(tmp_path / "tally")
    os.utime(papers / "a.txt", (at(2090).timestamp(),) * 2)
    assert run_inline(papers, out, counted, settle=0.01).facts.waiting == []
    assert len(counted.counted()) == 2


def test_a_file_of_new_bytes_and_an_old_time_is_read_anew(papers: Path, tmp_path: Path) -> None:
    out, counted = tmp_path / "out", Counted(tmp_path / "tally")
    before = (papers / "a.txt").stat()
    run_inline(papers, out, counted)
    counted.counted()
    (papers / "a.txt").write_text("Kế hoạch c\n", encoding="utf-8")  # as long as the old one
    os.utime(papers / "a.txt", ns=(before.st_atime_ns, before.st_mtime_ns))
    run_inline(papers, out, counted)
    assert counted.counted() == [sha256_of("Kế hoạch c\n")]


def test_a_file_whose_time_alone_is_new_is_not_read(papers: Path, tmp_path: Path) -> None:
    out, counted = tmp_path / "out", Counted(tmp_path / "tally")
    name = run_inline(papers, out, counted).build.name
    counted.counted()
    os.utime(papers / "a.txt", (at(2001).timestamp(),) * 2)
    assert run_inline(papers, out, counted, clock=lambda: at(2002)).build.name == name
    assert counted.counted() == []
