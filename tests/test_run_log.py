"""The log: one JSON line an event, and no trouble of its own for the run."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.run.log import Event, RunLog, line_of, page_events
from pipeline.tables.document_tables import DOCUMENT_SCHEMAS
from pipeline.tables.finding_tables import FINDING_SCHEMAS

TIME = dt.datetime(2026, 3, 2, 19, 0, 0, 5000, tzinfo=dt.UTC)
KEYS = ["time", "level", "event", "run_id", "document", "doc_id", "page", "message"]


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().split(b"\n") if line]


def test_every_line_says_when_what_and_where(tmp_path: Path) -> None:
    path = tmp_path / "logs" / "run.jsonl"
    with RunLog(path, "run-1") as log:
        log.write(Event("started"))
        log.write(Event("page_unreadable", "Trang hỏng.", "warning", "a.zip!/b.pdf", "abc", 3, {"seconds": 1.5}))
    first, second = lines(path)
    assert list(first) == KEYS
    assert (first["run_id"], first["document"], first["page"]) == ("run-1", None, None)
    assert list(second) == [*KEYS, "seconds"]
    assert (second["document"], second["doc_id"], second["page"]) == ("a.zip!/b.pdf", "abc", 3)


def test_times_are_utc() -> None:
    there = TIME.astimezone(dt.timezone(dt.timedelta(hours=7)))
    assert json.loads(line_of(Event("x"), "r", there))["time"] == "2026-03-02T19:00:00.005Z"


@given(
    st.text(),
    st.text(st.characters(categories=("Cs", "Cc", "Zl", "Zp"))),
    st.dictionaries(st.text(), st.floats() | st.text()),
)
def test_any_name_and_value_make_one_line_of_sound_json(name: str, odd: str, more: dict[str, Any]) -> None:
    line = line_of(Event("x", odd, document=name + odd, more=more), "r", TIME)
    assert line.splitlines(keepends=True) == [line]
    line.encode()

    def no(constant: str) -> None:
        raise AssertionError(constant)

    found = json.loads(line, parse_constant=no)
    assert wide(found["document"]) == wide(name + odd)
    assert set(found) == set(KEYS) | set(more)


def wide(text: str) -> bytes:
    """Two halves of a sign that stand side by side are that sign, in JSON as in UTF-16."""
    return text.encode("utf-16-le", "surrogatepass")


def test_a_line_s_own_keys_can_t_be_overwritten() -> None:
    found = json.loads(line_of(Event("x", more={"run_id": "other", "level": 1}), "r", TIME))
    assert (found["run_id"], found["level"]) == ("r", "info")


def test_what_json_can_t_hold_is_written_as_text() -> None:
    ring: list[Any] = []
    ring.append(ring)
    found = json.loads(line_of(Event("x", more={"path": Path("/a"), "ring": ring, "nan": float("nan")}), "r", TIME))
    assert found["ring"] == "[[...]]"
    assert found["nan"] == "nan"


def test_later_lines_go_behind_earlier_ones(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    for name in ("one", "two"):
        with RunLog(path, "r") as log:
            log.write(Event(name))
    assert [line["event"] for line in lines(path)] == ["one", "two"]


def test_each_line_is_on_disk_at_once(tmp_path: Path) -> None:
    log = RunLog(tmp_path / "run.jsonl", "r")
    log.write(Event("one"))
    assert len(lines(tmp_path / "run.jsonl")) == 1
    log.close()


def test_a_full_disk_costs_lines_and_not_the_run(tmp_path: Path) -> None:
    log = RunLog(Path("/dev/full"), "r")
    log.write_all([Event("one"), Event("two")])
    assert log.lost == 2
    log.close()


def test_a_line_that_was_cut_short_does_not_spoil_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "run.jsonl"
    log = RunLog(path, "r")
    whole = os.write
    monkeypatch.setattr(os, "write", lambda handle, content: whole(handle, content[:20]))
    log.write(Event("one"))
    monkeypatch.undo()
    log.write(Event("two"))
    log.close()
    torn, second = path.read_bytes().rstrip(b"\n").split(b"\n")
    assert len(torn) == 20
    assert json.loads(second)["event"] == "two"
    assert log.lost == 1


def test_a_folder_that_can_t_be_made_and_a_closed_log_raise_nothing(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file")
    log = RunLog(tmp_path / "logs" / "run.jsonl", "r")
    log.write(Event("x"))
    log.close()
    log.close()
    log.write(Event("x"))
    assert log.lost == 3


def test_an_object_that_won_t_say_its_name_raises_nothing(tmp_path: Path) -> None:
    class Mute:
        def __repr__(self) -> str:
            raise RuntimeError("mute")

    log = RunLog(tmp_path / "run.jsonl", "r")
    log.write(Event("x", more={"mute": Mute()}))
    log.close()
    assert log.lost == 1


def test_lines_go_to_a_stream_too_until_it_is_gone(tmp_path: Path) -> None:
    stream = io.StringIO()
    log = RunLog(tmp_path / "run.jsonl", "r", stream)
    log.write(Event("one"))
    assert json.loads(stream.getvalue())["event"] == "one"
    stream.close()
    log.write(Event("two"))
    log.close()
    assert len(lines(tmp_path / "run.jsonl")) == 2


def test_the_handle_is_not_handed_to_workers(tmp_path: Path) -> None:
    log = RunLog(tmp_path / "run.jsonl", "r")
    assert log._file is not None
    assert not os.get_inheritable(log._file)
    log.close()


def test_old_logs_go(tmp_path: Path) -> None:
    for night in range(402):
        (tmp_path / f"{night:06}.jsonl").touch()
    RunLog(tmp_path / "999999.jsonl", "r").close()
    left = sorted(file.stem for file in tmp_path.iterdir())
    assert (len(left), left[0], left[-1]) == (401, "000002", "999999")


ROWS: dict[str, list[dict[str, Any]]] = {
    "pages": [
        {"doc_id": "d", "page": 1, "text": "chữ", "text_source": "native", "ocr_confidence": None, "status": "ok"},
        {"doc_id": "d", "page": 2, "text": "chữ", "text_source": "ocr", "ocr_confidence": 0.9, "status": "ok"},
        {"doc_id": "d", "page": 3, "text": "", "text_source": "ocr", "ocr_confidence": None, "status": "unreadable"},
    ],
    "warnings": [
        {"doc_id": "d", "code": "unread_page", "message": "Trang 3.", "page": 3},
        {"doc_id": "d", "code": "missing_date", "message": None, "page": None},
    ],
}


@pytest.mark.parametrize("as_batches", [False, True])
def test_pages_worth_a_line_have_their_document_and_page(as_batches: bool) -> None:
    rows: dict[str, Any] = ROWS
    if as_batches:
        schemas = DOCUMENT_SCHEMAS | FINDING_SCHEMAS
        rows = {name: pa.RecordBatch.from_pylist(found, schemas[name]) for name, found in ROWS.items()}
    found = [(event.event, event.level, event.page) for event in page_events("a.pdf", rows)]
    assert found == [
        ("page_ocr", "info", 2),
        ("page_unreadable", "warning", 3),
        ("finding", "warning", 3),
        ("finding", "warning", None),
    ]
    assert {(event.document, event.doc_id) for event in page_events("a.pdf", rows)} == {("a.pdf", "d")}


def test_a_document_without_pages_has_nothing_to_tell() -> None:
    assert list(page_events("a.pdf", {})) == []
