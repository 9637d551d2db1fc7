"""Confidence: more evidence never makes a row less sure, nothing is certain, and every published row is weighed."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract import extract
from pipeline.extract.confidence import confidence, fitted, read_weights, weights_at_hand
from pipeline.extract.signs import Signs, with_confidence
from pipeline.nlp import Reading
from pipeline.records import (
    DigitalSignature,
    Evidence,
    Field,
    Place,
    PlanPage,
    PlanRecord,
    PlanText,
    Recipient,
    Task,
    TaskUnit,
)
from pipeline.rulebook import RuleError
from pipeline.text.places import Seen
from tests.samples.spec import read_samples

share = st.floats(0, 1)
seens = st.builds(Seen, share, share, share)
signs = st.builds(
    Signs,
    st.sampled_from(("fields", "citations", "campaigns", "tasks", "task_units", "recipients", "unheard of")),
    share,
    st.sampled_from(("", "issuer", "basis", "scheduled", "lead", "unheard of")),
    st.sampled_from(("", "header", "hand", "file_name", "table", "unheard of")),
    st.none() | seens,
    st.booleans(),
)


@given(signs)
def test_nothing_is_certain(row: Signs) -> None:
    assert 0 < fitted(row) < 1


@given(signs, share)
def test_a_stronger_rule_is_never_less_sure(row: Signs, other: float) -> None:
    weak, strong = sorted((row.strength, other))
    assert fitted(dataclasses.replace(row, strength=weak)) <= fitted(dataclasses.replace(row, strength=strong))


@given(signs, seens, st.sampled_from(("mean", "least")), share)
def test_print_read_better_is_never_less_sure(row: Signs, seen: Seen, name: str, other: float) -> None:
    poor, good = sorted((getattr(seen, name), other))
    doubted = dataclasses.replace(row, seen=seen._replace(**{name: poor}))
    assert fitted(doubted) <= fitted(dataclasses.replace(row, seen=seen._replace(**{name: good})))


@given(signs, seens)
def test_a_scan_is_never_surer_than_text_nor_a_second_witness_worse_than_none(row: Signs, seen: Seen) -> None:
    assert fitted(dataclasses.replace(row, seen=seen)) <= fitted(dataclasses.replace(row, seen=None))
    assert fitted(dataclasses.replace(row, agreed=False)) <= fitted(dataclasses.replace(row, agreed=True))


def test_a_group_nobody_has_seen_is_as_its_table() -> None:
    known = Signs("fields", 0.9, "number", "header")
    assert fitted(dataclasses.replace(known, kind="new", source="new")) == fitted(Signs("fields", 0.9))


def test_poor_print_raises_the_odds_of_an_error_by_half_and_more() -> None:
    clean = fitted(Signs("citations", 0.97, "basis", seen=Seen(0.96, 0.93, 0.0)))
    poor = fitted(Signs("citations", 0.97, "basis", seen=Seen(0.78, 0.3, 0.2)))
    assert (1 - poor) / poor > 1.5 * (1 - clean) / clean


def test_missing_or_spoilt_weights_stop_the_program(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"weights\.json"):
        read_weights(tmp_path / "weights.json")
    for weight in ('"much"', "NaN", "-Infinity", "1e4"):
        (tmp_path / "weights.json").write_text(f'{{"weights": {{"all": {weight}}}}}', encoding="utf-8")
        with pytest.raises(RuleError, match="malformed"):
            read_weights(tmp_path / "weights.json")


# --- what speaks for a row --------------------------------------------------------------------

TEXT = "Số: 12/KH-SNV Văn phòng chủ trì sơ kết"


def asked(record: PlanRecord, signed: dt.date | None = None, path: str = "kh.pdf") -> list[Signs]:
    """What `with_confidence` asks about, on a scan whose first half was read well and whose second was repaired."""
    places = (Place(0, 13, 1, None, 0.9), Place(14, len(TEXT), 1, None, 0.5, "Văn phỏng"))
    stamps = (DigitalSignature(dt.datetime.combine(signed, dt.time(9)), None, None),) if signed else ()
    page = PlanPage(1, 0, len(TEXT), text_source="ocr")
    plan = PlanText(TEXT, TEXT, (), (page,), places, (), stamps)
    seen: list[Signs] = []

    def note(signs: Signs) -> float:
        seen.append(signs)
        return signs.raw

    with_confidence(plan, record, path, note)
    return seen


def number(source: str = "header", rule: str = "number.state", value: str = "012") -> PlanRecord:
    return PlanRecord(fields=(Field("number", value, source, Evidence(4, 7, rule, 0.9)),))  # type: ignore[arg-type]


def test_the_engine_s_confidence_is_that_of_the_evidence() -> None:
    (row,) = asked(number())
    assert row.seen == Seen(0.9, 0.9, 0.0)
    assert row.raw == pytest.approx(0.81)
    (poor,) = asked(PlanRecord(recipients=(Recipient("Văn phòng", Evidence(14, 23, "recipients.line", 0.95)),)))
    assert poor.seen == Seen(0.5, 0.5, 1.0)
    (both,) = asked(PlanRecord(recipients=(Recipient("…", Evidence(8, 20, "recipients.line", 0.95)),)))
    assert both.seen == Seen((5 * 0.9 + 6 * 0.5) / 11, 0.5, 6 / 11)


@pytest.mark.parametrize(
    ("source", "rule"), [("file_name", "file_name.number"), ("digital_signature", "x"), ("header", "hand.number")]
)
def test_what_was_not_read_there_does_not_hang_on_the_print(source: str, rule: str) -> None:
    (row,) = asked(number(source, rule))
    assert row.seen is None
    assert row.raw == 0.9


def test_the_file_s_name_and_the_signature_s_day_are_witnesses() -> None:
    assert asked(number(), path="scans/12 KH SNV.pdf")[0].agreed
    assert not asked(number(), path="scans/112 KH SNV.pdf")[0].agreed
    assert not asked(number("file_name"), path="12.pdf")[0].agreed
    issued = PlanRecord(fields=(Field("issue_date", dt.date(2023, 3, 1), "header", Evidence(4, 7, "date.words", 0.9)),))
    assert asked(issued, dt.date(2023, 3, 2))[0].agreed
    assert not asked(issued, dt.date(2023, 2, 28))[0].agreed
    assert not asked(issued)[0].agreed


def test_tasks_and_their_units_are_asked_about_each() -> None:
    unit = TaskUnit("Văn phòng", "lead", Evidence(14, 23, "charge.subject", 0.85), unit_id="van-phong")
    task = Task(TEXT, Evidence(14, 38, "task.table_row", 0.96), "scheduled", "table", units=(unit, unit))
    rows = sorted((s.table, s.kind, s.source, s.agreed) for s in asked(PlanRecord(tasks=(task,))))
    assert rows == [("task_units", "lead", "", True)] * 2 + [("tasks", "scheduled", "table", False)]


# --- the rows that are published --------------------------------------------------------------


def test_every_row_of_a_document_is_as_sure_as_the_model_says(reading_of: Callable[[str], Reading]) -> None:
    path = (
        Path(__file__).parents[1]
        / "data"
        / "raw"
        / next(s.file_name for s in read_samples() if s.file_name.endswith(".txt"))
    )
    reading = reading_of(path.read_text(encoding="utf-8"))
    told: list[float] = []

    def note(signs: Signs) -> float:
        told.append(confidence(signs, weights_at_hand()))
        return signs.raw

    def sure(record: PlanRecord) -> list[float]:
        own = [row.evidence for row in record.fields] + [row.evidence for row in record.citations]
        own += [row.evidence for row in record.campaigns]
        own += [found for task in record.tasks for found in (*(unit.evidence for unit in task.units), task.evidence)]
        own += [row.evidence for row in record.recipients]
        return [found.confidence for found in own if found]

    raw, record = extract(reading, path.name, note), extract(reading, path.name)
    assert sure(record) == told
    assert len(told) > 40
    assert sure(raw) != told
    assert [field.value for field in raw.fields] == [field.value for field in record.fields]
    assert raw.warnings == record.warnings
