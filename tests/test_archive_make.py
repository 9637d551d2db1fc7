"""Made-up archives: the same seed gives the same bytes, a larger one holds the smaller, and their truth is what a run says."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.run.reading_job import read_job
from tests.archive.broken import BROKEN
from tests.archive.make import Recipe, blocks, made_document, make_archive
from tests.archive.plan import made_plan
from tests.archive.verdict import wrong
from tests.faults.inline import run_inline

MIXED = Recipe(250, seed=3, broken=0.4)
"""Two in five are broken, so that few documents hold every sort."""
LAST = range(222, 250)
"""The end of a block, which lies in a bundle."""


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_same_recipe_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    truths = [make_archive(tmp_path / name, MIXED, LAST) for name in ("a", "b")]
    other = make_archive(tmp_path / "c", Recipe(250, seed=4, broken=0.4), LAST)
    assert truths[0] == truths[1]
    assert files_of(tmp_path / "a") == files_of(tmp_path / "b")
    plans, others = ({truth.sha256 for truth in found if truth.status == "ok"} for found in (truths[0], other))
    assert plans
    assert not plans & others


@pytest.mark.parametrize("number", [*range(12), 101, 238, 249])
def test_a_larger_archive_holds_the_smaller_one(number: int) -> None:
    assert made_document(Recipe(250, 1), number) == made_document(Recipe(9000, 1), number)


def test_every_document_belongs_to_one_block() -> None:
    assert [number for block in blocks(Recipe(612, 1)) for number in block] == list(range(612))


def test_no_two_plans_share_a_number_or_a_text() -> None:
    plans = [made_plan(1, number) for number in range(60)]
    assert len({plan.markup for plan in plans}) == len(plans)
    assert all(f"Số: {plan.number}/" in plan.markup for plan in plans)


def test_an_archive_holds_copies_twins_and_broken_files_of_all_sorts() -> None:
    found = [made_document(Recipe(400, 1, 0.2), number) for number in range(200)]
    assert any("ban-sao" in made.name for made in found)
    assert any(made.truth.twin_of for made in found)
    assert {made.truth.error_kind for made in found} == {None, *(broken.kind.value for broken in BROKEN)}


def test_a_run_says_what_the_truth_says(tmp_path: Path) -> None:
    truths = make_archive(tmp_path / "in", MIXED, LAST)
    assert len({truth.error_kind for truth in truths}) > 4
    run_inline(tmp_path / "in", tmp_path / "out", read_job)
    assert wrong(tmp_path / "out", truths) == []


def test_a_wrong_status_and_a_lost_file_are_found(tmp_path: Path) -> None:
    truths = make_archive(tmp_path / "in", MIXED, range(222, 230))
    good = next(truth for truth in truths if truth.status == "ok")
    bad = next(truth for truth in truths if truth.status == "failed")
    (tmp_path / "in" / good.source_path).rename(tmp_path / "in" / bad.source_path)
    run_inline(tmp_path / "in", tmp_path / "out", read_job)
    found = wrong(tmp_path / "out", truths)
    assert any(good.source_path in line and "lost" in line for line in found)
    assert any(bad.source_path in line and "expected failed" in line for line in found)
