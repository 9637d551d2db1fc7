from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.fold import fold
from pipeline.nlp import load_nlp
from pipeline.nlp.matcher import PlanMatcher
from pipeline.nlp.tokenizer import PlanTokenizer
from pipeline.rulebook import Rulebook, RuleError, load_rulebook

TEXT = "Hà Nội, ngày 30 tháng 01 năm 2023.\nTừ 01/3/2023–31/5/2023, Nghị định số 91/2017/NĐ-CP"


def test_matches_keep_their_own_offsets_and_spans_cover_them() -> None:
    doc = load_nlp()(TEXT)
    matches = doc._.matches["date"]
    assert [TEXT[m.start : m.end] for m in matches] == ["ngày 30 tháng 01 năm 2023", "01/3/2023", "31/5/2023"]
    spans = list(doc.spans["date"])
    assert [span.label_ for span in spans] == [match.rule_id for match in matches]
    assert all(
        span.start_char <= match.start and match.end <= span.end_char
        for span, match in zip(spans, matches, strict=True)
    )


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(["ngày 3/2", "30/6/2024", "năm 2023", "x", "\u0301", "\n", " ", "NĐ-"])).map("".join))
def test_no_match_is_dropped(text: str) -> None:
    doc = load_nlp()(text)
    expected = load_rulebook("dates").find("date", fold(text))
    assert list(doc._.matches["date"]) == expected
    assert len(doc.spans["date"]) == len(expected)


def test_it_can_be_made_twice_with_all_or_some_groups() -> None:
    sentences = load_rulebook("sentences")
    assert set(PlanMatcher({sentences: []}).groups) == {"sentence_break", "sentence_break_not"}
    assert set(PlanMatcher({sentences: ["sentence_break"]}).groups) == {"sentence_break"}


def test_it_refuses_a_group_that_is_nowhere_or_in_two_files() -> None:
    dates = load_rulebook("dates")
    with pytest.raises(RuleError, match="nothing"):
        PlanMatcher({dates: ["nothing"]})
    with pytest.raises(RuleError, match="two files: date"):
        PlanMatcher({dates: [], Rulebook("other", dates.rules, {}): []})


def test_components_stand_in_any_pipeline() -> None:
    nlp = spacy.blank("xx")
    nlp.tokenizer = PlanTokenizer(nlp.vocab)
    nlp.add_pipe("plan_matcher", config={"rule_files": {"dates": []}})
    doc = nlp("trước ngày 25/12/2024")
    assert [span.text for span in doc.spans["date"]] == ["ngày 25/12/2024"]
