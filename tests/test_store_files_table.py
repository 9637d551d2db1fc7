"""The `files` table: each path has one row, its status follows from what was seen and read, times change with news only."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.errors import CURE, DocumentError, Kind
from pipeline.store.files_table import Face, file_rows, files_table, primaries
from pipeline.store.sightings import Fingerprints, Loss, Reading, Sighting

PRINTS = Fingerprints("c", "r", "")
A, B = "a" * 64, "b" * 64
MONDAY, TUESDAY = "2026-01-05T00:00:00+00:00", "2026-01-06T00:00:00+00:00"


def good(sha: str = A, name: str = "a.pdf", **more: object) -> Reading:
    return replace(Reading(sha, 1, 1.5, name, PRINTS, pages=1, rows_sha256="x"), **more)  # type: ignore[arg-type]


def lost(kind: Kind, sha: str = A) -> Reading:
    return Reading(sha, 2, 9.0, loss=Loss(kind, str(DocumentError(kind, "Thấy.")), PRINTS, ""))


def table(
    *sightings: Sighting, readings: tuple[Reading, ...] = (), faces: dict[str, Face] | None = None, now: str = MONDAY
) -> dict[str, Face]:
    read = {reading.sha256: reading for reading in readings}
    return files_table({s.source_path: s for s in sightings}, read, faces or {}, f"run {now[:10]}", now)


def test_the_same_bytes_are_one_document_and_two_rows() -> None:
    rows = table(Sighting("a.pdf", "1", A), Sighting("b.pdf", "2", A), readings=(good(),))
    assert (rows["a.pdf"]["status"], rows["b.pdf"]["status"]) == ("ok", "duplicate")
    assert rows["a.pdf"]["doc_id"] == rows["b.pdf"]["doc_id"] == "a" * 16
    assert "a.pdf" in rows["b.pdf"]["message"]


def test_a_copy_never_takes_the_place_of_what_was_there_first() -> None:
    first = table(Sighting("kho/z.pdf", "1", A), readings=(good(name="z.pdf"),))
    rows = table(
        Sighting("kho/a/z.pdf", "2", A),
        Sighting("kho/z.pdf", "1", A),
        readings=(good(name="z.pdf"),),
        faces=first,
        now=TUESDAY,
    )
    assert rows["kho/z.pdf"] == first["kho/z.pdf"]
    assert rows["kho/a/z.pdf"]["status"] == "duplicate"


def test_when_the_first_is_gone_a_copy_stands_for_the_document() -> None:
    gone = Sighting("a.pdf", "1", A, state="gone")
    rows = table(gone, Sighting("b/a.pdf", "2", A), readings=(good(),))
    assert (rows["a.pdf"]["status"], rows["b/a.pdf"]["status"]) == ("removed", "ok")


def test_a_path_whose_name_was_not_read_stands_last() -> None:
    seen = [Sighting("a.pdf", "1", A), Sighting("z.pdf", "2", A)]
    assert primaries(seen, {A: good(name="z.pdf")}, {}) == {A: "z.pdf"}


def test_an_unreadable_page_makes_a_document_partial() -> None:
    assert table(Sighting("a.pdf", "1", A), readings=(good(unreadable=1),))["a.pdf"]["status"] == "partial"


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.UNSUPPORTED])
def test_a_failure_says_its_kind_and_its_cure(kind: Kind) -> None:
    row = table(Sighting("a.pdf", "1", A), readings=(lost(kind),))["a.pdf"]
    assert (row["status"], row["error_kind"], row["doc_id"], row["attempts"]) == ("failed", kind.value, None, 2)
    assert CURE[kind] in row["message"]


def test_unsupported_is_no_failure_of_ours() -> None:
    assert table(Sighting("a.exe", "1", A), readings=(lost(Kind.UNSUPPORTED),))["a.exe"]["status"] == "unsupported"


def test_what_the_walk_refused_says_why() -> None:
    row = table(Sighting("a.pdf", "1", kind=Kind.UNSAFE_PATH, message="Ra ngoài.", tries=1))["a.pdf"]
    assert (row["status"], row["error_kind"], row["message"], row["attempts"]) == (
        *("failed", "unsafe_path", "Ra ngoài."),
        1,
    )


def test_a_result_stands_when_the_same_bytes_can_not_be_read_again() -> None:
    again = good(loss=Loss(Kind.TIMEOUT, "> 900 s.", Fingerprints("c", "new", ""), ""))
    row = table(Sighting("a.pdf", "1", A), readings=(again,))["a.pdf"]
    assert (row["status"], row["error_kind"]) == ("ok", None)
    assert "> 900 s." in row["message"]


def test_a_file_that_is_still_written_waits_and_has_no_kind() -> None:
    row = table(Sighting("a.pdf", None, state="waiting"))["a.pdf"]
    assert (row["status"], row["error_kind"], row["doc_id"]) == ("waiting", None, None)


def test_a_document_being_written_again_stands_until_it_is_whole() -> None:
    before = table(Sighting("a.pdf", "1", A), readings=(good(),))
    rows = table(Sighting("a.pdf", "1", A, state="waiting"), readings=(good(),), faces=before, now=TUESDAY)
    assert rows == before


def test_a_move_is_told_and_the_document_stays() -> None:
    rows = table(Sighting("a.pdf", "1", A, state="gone"), Sighting("2023/a.pdf", "1", A), readings=(good(),))
    assert rows["a.pdf"]["message"].endswith("Moved to 2023/a.pdf.")
    assert (rows["a.pdf"]["doc_id"], rows["2023/a.pdf"]["doc_id"]) == (None, "a" * 16)


def test_an_archive_that_opens_is_told_by_its_members_alone() -> None:
    rows = table(
        Sighting("a.zip", "1", is_archive=True), Sighting("a.zip!/b.pdf", None, A, "a.zip"), readings=(good(),)
    )
    assert set(rows) == {"a.zip!/b.pdf"}


def test_an_archive_that_could_not_be_opened_keeps_its_row_when_it_can() -> None:
    before = table(Sighting("a.zip", "1", kind=Kind.DAMAGED, message="Hỏng.", is_archive=True))
    assert before["a.zip"]["status"] == "failed"
    after = table(Sighting("a.zip", "2", is_archive=True), faces=before, now=TUESDAY)
    assert (after["a.zip"]["status"], after["a.zip"]["error_kind"]) == ("removed", None)


def test_times_change_with_news_alone() -> None:
    monday = table(Sighting("a.pdf", "1", A), readings=(lost(Kind.TIMEOUT),))
    same = table(Sighting("a.pdf", "1", A), readings=(lost(Kind.TIMEOUT),), faces=monday, now=TUESDAY)
    assert same == monday
    news = table(Sighting("a.pdf", "1", A), readings=(good(),), faces=monday, now=TUESDAY)["a.pdf"]
    assert (news["first_seen"], news["last_seen"], news["run_id"]) == (MONDAY, TUESDAY, "run 2026-01-06")


def test_another_attempt_with_the_same_end_is_no_news() -> None:
    monday = table(Sighting("a.pdf", "1", A), readings=(lost(Kind.TOOL_MISSING),))
    again = replace(lost(Kind.TOOL_MISSING), attempts=3, seconds=0.2)
    assert table(Sighting("a.pdf", "1", A), readings=(again,), faces=monday, now=TUESDAY) == monday


def test_rows_of_the_table_have_times() -> None:
    row = file_rows(table(Sighting("a.pdf", "1", A)).values())[0]
    assert row["first_seen"].year == 2026
    assert row["first_seen"].tzinfo is not None


def test_every_kind_has_a_cure_in_both_languages() -> None:
    assert set(CURE) == set(Kind)
    assert all(" / " in cure or cure.count(".") >= 1 for cure in CURE.values())
