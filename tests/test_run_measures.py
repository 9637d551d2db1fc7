"""Measures of a build: each against a count made by hand."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import pytest

from pipeline.run.drift_limits import LIMITS
from pipeline.run.measures import Measure, measures
from tests.made_builds import documents, each, made_build


def test_every_measure_has_its_limits_and_every_limit_its_measure(tmp_path: Path) -> None:
    assert set(measures(made_build(tmp_path))) == set(LIMITS)


def test_a_build_without_documents_measures_nothing(tmp_path: Path) -> None:
    found = measures(made_build(tmp_path))
    assert found.pop("documents") == Measure(0.0, 0)
    assert set(found.values()) == {Measure(None, 0)}


def test_null_rates_are_shares_of_documents(tmp_path: Path) -> None:
    rows = documents(3, issue_date=dt.date(2024, 1, 2)) + documents(1, first=3, title=None)
    found = measures(made_build(tmp_path, documents=rows))
    assert (found["null_title"].value, found["null_title"].support) == (0.25, 4)
    assert found["null_issue_date"].value == 0.25
    assert found["null_issuer"].value == 0.0


def test_ocr_confidence_is_the_mean_over_ocr_pages_and_rests_on_their_documents(tmp_path: Path) -> None:
    first, second, native = documents(3)
    pages = [
        *each([first], page=1, status="ok", ocr_confidence=0.9),
        *each([first], page=2, status="unreadable", ocr_confidence=0.6),
        *each([second], page=1, status="ok", ocr_confidence=0.9),
        *each([native], page=1, status="ok"),
    ]
    found = measures(made_build(tmp_path, documents=[first, second, native], pages=pages))
    assert found["ocr_confidence"].value == pytest.approx(0.8)
    assert found["ocr_confidence"].support == 2
    assert found["unreadable_pages"].value == 0.25


def test_links_count_only_what_could_be_linked(tmp_path: Path) -> None:
    rows = documents(2)
    citations = [
        *each(rows, "citation_id", cited_ref="1/KH", instrument_id="known"),
        *each(rows[:1], "citation_id", cited_ref="2/KH"),
        *each(rows[:1], "citation_id"),
    ]
    units = [*each(rows, unit="Sở Nội vụ", collective=False), *each(rows, unit="các sở", collective=True)]
    campaigns = each(rows, "campaign_row_id", campaign_id="known")
    build = made_build(tmp_path, documents=rows, citations=citations, task_units=units, campaigns=campaigns)
    found = measures(build)
    assert found["unlinked_citations"].value == pytest.approx(1 / 3)
    assert found["unlinked_units"].value == 1.0
    assert found["unlinked_campaigns"].value == 0.0


def test_plans_without_tasks_are_shares_of_plans(tmp_path: Path) -> None:
    rows = documents(2) + documents(1, first=2, doc_type="Công văn")
    found = measures(made_build(tmp_path, documents=rows, tasks=each(rows[:1] * 3, text="việc")))
    assert found["plans_without_tasks"].value == 0.5
    assert found["tasks_per_document"].value == 1.0


def test_text_sources_and_warnings_are_told_by_document(tmp_path: Path) -> None:
    rows = documents(3, warning_count=2) + documents(1, first=3, text_source="ocr")
    found = measures(made_build(tmp_path, documents=rows))
    assert (found["source_native"].value, found["source_ocr"].value, found["source_mixed"].value) == (0.75, 0.25, 0.0)
    assert found["warnings_per_document"].value == 1.5


def test_chosen_documents_are_measured_alone(tmp_path: Path) -> None:
    rows = documents(2) + documents(2, first=2, title=None)
    build = made_build(tmp_path, documents=rows, tasks=each(rows[:1], "task_id"))
    found = measures(build, {"d2", "d3", "not there"})
    assert found["documents"].value == 2.0
    assert found["null_title"].value == 1.0
    assert found["tasks_per_document"].value == 0.0


def test_the_error_of_a_share_is_that_of_its_documents(tmp_path: Path) -> None:
    rows = documents(50) + documents(50, first=50, title=None)
    one_each = measures(made_build(tmp_path / "a", documents=rows))["null_title"]
    assert one_each.error == pytest.approx((0.25 / 99) ** 0.5)
    pages = [page for n in range(40) for page in each(rows, page=n, status="unreadable" if n == 39 else "ok")]
    by_page = measures(made_build(tmp_path / "b", documents=rows, pages=pages))["unreadable_pages"]
    assert by_page.error == pytest.approx(0.0)


def test_pages_that_go_wrong_together_make_a_larger_error_than_as_many_apart(tmp_path: Path) -> None:
    rows = documents(20)
    together = [
        page
        for n in range(10)
        for row in rows
        for page in each([row], page=n, status="unreadable" if row is rows[0] else "ok")
    ]
    apart = [
        page
        for n in range(10)
        for i, row in enumerate(rows)
        for page in each([row], page=n, status="unreadable" if i % 2 and n == 0 else "ok")
    ]
    one = measures(made_build(tmp_path / "a", documents=rows, pages=together))["unreadable_pages"]
    other = measures(made_build(tmp_path / "b", documents=rows, pages=apart))["unreadable_pages"]
    assert one.value == other.value == 0.05
    assert one.error > 3 * other.error


def test_ten_thousand_documents_are_measured_in_half_a_second(tmp_path: Path) -> None:
    rows = documents(10_000)
    tasks = [task for n in range(9) for task in each(rows, f"task{n}", text="việc")]
    build = made_build(
        tmp_path,
        documents=rows,
        pages=each(rows * 3, page=1, status="ok", ocr_confidence=0.9, text="chữ " * 50),
        tasks=[task | {"task_id": str(n)} for n, task in enumerate(tasks)],
        task_units=each(rows * 6, unit="Sở Nội vụ"),
        citations=each(rows * 3, "citation_id", cited_ref="1/KH"),
    )
    measures(build)
    start = time.process_time()
    measures(build)
    assert time.process_time() - start < 1.5  # 0.2 s on a quiet machine; the limit leaves room for a busy one
