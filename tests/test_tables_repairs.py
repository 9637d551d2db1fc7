"""What was repaired on a scan is told by the rows: the rules, and the words as the engine read them."""

from __future__ import annotations

from pipeline.records import Evidence, Field, PlanRecord, Run, SourceDocument, SourceLine, SourcePage
from pipeline.tables.rows import Versions, table_rows
from pipeline.text import compose
from pipeline.text.places import raw_text, repairs_of

WORDS = (
    Run("Số: ", 1, (72, 90, 95, 102), 0.95),
    Run(
        "98/2023/NĐ-CP ",
        1,
        (100, 90, 180, 102),
        0.9,
        "98/2O23/ND-CP",
        "repair.reference.number+repair.reference.stroke",
    ),
    Run("về ", 1, (185, 90, 200, 102), 0.9, "vê", "repair.marks"),
    Run("thi ", 1, (205, 90, 220, 102), 0.96),
    Run("đua", 1, (225, 90, 245, 102), 0.9, "đúa", "repair.marks"),
)
PAGE = SourcePage(1, (SourceLine(WORDS, 72, 245, 90, 102, 72, 520),), 595, 842, text_source="ocr", ocr_confidence=0.9)
SOURCE = SourceDocument("0" * 16, "0" * 64, "scan.pdf", "application/pdf", 9, (PAGE,))
PLAN = compose(SOURCE)


def row_of(words: str) -> dict[str, object]:
    """The row of a field whose evidence is `words`."""
    start = PLAN.text.index(words)
    field = Field("number", words, "header", Evidence(start, start + len(words), "number.line", 0.8))
    return table_rows(SOURCE, PLAN, PlanRecord((field,)), Versions("1", "1"))["fields"][0]


def test_the_text_is_what_was_understood() -> None:
    assert PLAN.text.strip() == "Số: 98/2023/NĐ-CP về thi đua"


def test_a_row_names_each_repair_under_it_once() -> None:
    row = row_of("98/2023/NĐ-CP về thi đua")
    assert row["rule_id"] == "number.line+repair.marks+repair.reference.number+repair.reference.stroke"
    assert row["raw_text"] == "98/2O23/ND-CP vê thi đúa"


def test_a_part_of_a_repaired_word_gives_the_whole_raw_word() -> None:
    row = row_of("2023/NĐ")
    assert row["rule_id"] == "number.line+repair.reference.number+repair.reference.stroke"
    assert row["raw_text"] == "98/2O23/ND-CP"


def test_words_that_were_not_repaired_say_nothing() -> None:
    row = row_of("thi")
    assert (row["rule_id"], row["raw_text"]) == ("number.line", None)
    assert (repairs_of(PLAN, 0, 4), raw_text(PLAN, 0, 4)) == ((), None)


def test_a_value_without_evidence_has_neither() -> None:
    record = PlanRecord((Field("province_code", "35", "inferred", None),))
    row = table_rows(SOURCE, PLAN, record, Versions("1", "1"))["fields"][0]
    assert (row["rule_id"], row["raw_text"]) == (None, None)
