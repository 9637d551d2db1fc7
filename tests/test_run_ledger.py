"""The ledger: one row a file, times that change only with news."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pipeline.errors import CURE, Kind
from pipeline.run.document import Outcome, failed
from pipeline.run.ledger import Ledger, date_documents

MONDAY = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)
TUESDAY = dt.datetime(2026, 1, 6, tzinfo=dt.UTC)
PAGES = {"pages": [{"status": "ok"}]}


def read(path: str, sha: str = "a" * 64, rows: dict[str, Any] | None = None) -> Outcome:
    return Outcome(path, 1.5, sha, rows if rows is not None else PAGES)


def test_the_same_bytes_are_one_document_and_two_rows() -> None:
    ledger = Ledger({}, "run", MONDAY)
    first, second = ledger.row(read("a.pdf")), ledger.row(read("b.pdf"))
    assert (first["status"], second["status"]) == ("ok", "duplicate")
    assert first["doc_id"] == second["doc_id"] == "a" * 16
    assert "a.pdf" in second["message"]


def test_an_unreadable_page_makes_a_document_partial() -> None:
    row = Ledger({}, "run", MONDAY).row(read("a.pdf", rows={"pages": [{"status": "unreadable"}]}))
    assert row["status"] == "partial"


def test_a_failure_says_its_kind_and_its_cure() -> None:
    row = Ledger({}, "run", MONDAY).row(failed("a.pdf", Kind.TIMEOUT, "> 900 s.", 900.0))
    assert (row["status"], row["error_kind"], row["doc_id"]) == ("failed", "timeout", None)
    assert row["message"] == f"> 900 s. {CURE[Kind.TIMEOUT]}"


def test_unsupported_is_no_failure_of_ours() -> None:
    assert Ledger({}, "run", MONDAY).row(failed("a.exe", Kind.UNSUPPORTED, "", 0.0))["status"] == "unsupported"


def test_no_news_keeps_the_old_times() -> None:
    first = Ledger({}, "monday", MONDAY).row(read("a.pdf"))
    again = Ledger({"a.pdf": first}, "tuesday", TUESDAY).row(read("a.pdf"))
    assert again == first


def test_news_counts_an_attempt_and_keeps_when_it_was_first_seen() -> None:
    first = Ledger({}, "monday", MONDAY).row(failed("a.pdf", Kind.TIMEOUT, "", 9.0))
    again = Ledger({"a.pdf": first}, "tuesday", TUESDAY).row(read("a.pdf"))
    assert (again["first_seen"], again["last_seen"], again["attempts"]) == (MONDAY, TUESDAY, 2)


def test_a_document_read_the_same_way_keeps_its_extraction_time() -> None:
    known = {"doc_id": "a", "title": "Kế hoạch", "extracted_at": MONDAY}
    same, other = {"doc_id": "a", "title": "Kế hoạch"}, {"doc_id": "a", "title": "Quyết định"}
    for row in (same, other):
        date_documents([row], {"a": known}, TUESDAY)
    assert same["extracted_at"] == MONDAY
    assert other["extracted_at"] == TUESDAY


def test_every_kind_has_a_cure_in_both_languages() -> None:
    assert set(CURE) == set(Kind)
    assert all(" / " in cure or cure.count(".") >= 1 for cure in CURE.values())
