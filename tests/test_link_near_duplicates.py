"""Papers that repeat one another are linked; near-identical papers that are two are not."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.link.near_duplicates import CROWD, Paper, repeats, shingles
from pipeline.link.shingles import Wordings

TEXT = " ".join(f"nhiệm vụ {n} do phòng {n % 7} chủ trì" for n in range(60))
EDITED_TEXT = " ".join(f"nhiệm vụ {n} do phòng {n % 7} chủ trì" for n in range(8, 60))
OTHER_TEXT = " ".join(f"đoàn kiểm tra lần {n} tại cơ sở {n % 5}" for n in range(60))
WORDING = shingles(TEXT)
PLAN = Paper(
    doc_id="0" * 16,
    source_path="kh.pdf",
    number="5",
    symbol="KH-SNV",
    issuer="Sở Nội vụ tỉnh Hà Nam",
    province="Hà Nam",
    issue_date=dt.date(2024, 1, 22),
    issue_year=2024,
    issue_month=1,
    issue_day=22,
    title="Công tác thi đua, khen thưởng",
    doc_type="Kế hoạch",
    shingles=WORDING,
)


def named(paper: Paper, doc_id: str) -> Paper:
    return replace(paper, doc_id=doc_id, source_path=f"{doc_id}.pdf")


def undated(paper: Paper) -> Paper:
    return replace(paper, issue_date=None, issue_year=None, issue_month=None, issue_day=None)


# Made-up facts


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (replace(PLAN, doc_id="b"), replace(PLAN, doc_id="a", is_draft=True)),
        (replace(PLAN, doc_id="b"), replace(PLAN, doc_id="a", number=None)),
        (replace(PLAN, doc_id="b", text_source="ocr"), replace(undated(PLAN), doc_id="a", number=None)),
        (replace(PLAN, doc_id="b"), replace(PLAN, doc_id="a", text_source="mixed")),
        (replace(PLAN, doc_id="b", text_source="mixed"), replace(PLAN, doc_id="a", text_source="ocr")),
        (replace(PLAN, doc_id="b"), replace(PLAN, doc_id="a", source_path="kh2.pdf")),
        (replace(PLAN, doc_id="a"), replace(PLAN, doc_id="b")),
    ],
)
def test_the_better_copy_is_kept(better: Paper, worse: Paper) -> None:
    assert repeats([better, worse]) == repeats([worse, better]) == {worse.doc_id: better.doc_id}


def test_nothing_and_one_and_the_same_document_twice_repeat_nothing() -> None:
    assert repeats([]) == repeats([PLAN]) == repeats([PLAN, PLAN]) == {}


def test_a_chain_of_copies_leads_to_the_one_kept() -> None:
    copies = [named(PLAN, "a"), *(replace(named(PLAN, name), text_source="ocr") for name in "bcd")]
    assert repeats(copies) == dict.fromkeys("bcd", "a")


def test_a_paper_without_number_that_fits_two_is_left_alone() -> None:
    blank = named(replace(undated(PLAN), number=None), "c")
    assert repeats([PLAN, replace(PLAN, doc_id="b", number="6"), blank]) == {}
    assert repeats([PLAN, replace(PLAN, doc_id="b", number="6"), blank, named(blank, "d")]) == {"d": "c"}


def test_a_short_text_is_linked_by_its_reference_but_not_by_wording() -> None:
    short = replace(PLAN, shingles=shingles("Kế hoạch công tác thi đua năm 2024"))
    assert repeats([short, replace(named(short, "b"), text_source="ocr")]) == {"b": short.doc_id}
    assert repeats([short, replace(named(short, "b"), number=None)]) == {}


def test_papers_of_which_nothing_is_known_are_one_where_all_words_are() -> None:
    unknown = [Paper(name, f"{name}.pdf", shingles=WORDING) for name in "ab"]
    assert repeats(unknown) == {"b": "a"}
    assert repeats([unknown[0], replace(unknown[1], shingles=shingles(EDITED_TEXT))]) == {}


def test_one_reference_with_another_text_is_not_linked() -> None:
    assert repeats([PLAN, replace(PLAN, doc_id="b", shingles=shingles(OTHER_TEXT))]) == {}
    assert repeats([PLAN, replace(PLAN, doc_id="b", shingles=b"")]) == {}


def test_a_blank_copy_about_another_year_is_another_paper() -> None:
    this, other = (replace(PLAN, shingles=shingles(TEXT + f" trong năm {year}" * 3)) for year in (2024, 2025))
    blank = replace(undated(this), number=None, doc_id="b")
    assert repeats([this, blank]) == {"b": this.doc_id}
    assert repeats([other, blank]) == {}


# Properties


@st.composite
def archives(draw: st.DrawFn) -> list[Paper]:
    """Few values for each fact, so that papers agree, contradict and lack in every way."""
    month = draw(st.lists(st.sampled_from([1, 2, None]), min_size=1, max_size=14))
    return [
        replace(
            PLAN,
            doc_id=f"{at:x}",
            source_path=draw(st.sampled_from(["a.pdf", "b.pdf"])),
            number=draw(st.sampled_from(["5", "6", None])),
            issuer=draw(st.sampled_from([PLAN.issuer, "Sở Tư pháp tỉnh Hà Nam", None])),
            title=draw(st.sampled_from([PLAN.title, None])),
            issue_date=dt.date(2024, m, 22) if m else None,
            issue_month=m,
            is_draft=draw(st.booleans()),
            text_source=draw(st.sampled_from(["native", "ocr"])),
            shingles=shingles(draw(st.sampled_from([TEXT, EDITED_TEXT, OTHER_TEXT]))),
        )
        for at, m in enumerate(month)
    ]


@given(archives(), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_papers_does_not_matter(papers: list[Paper], chance: random.Random) -> None:
    mixed = papers[:]
    chance.shuffle(mixed)
    assert repeats(mixed) == repeats(papers)


@given(archives())
@settings(deadline=None)
def test_no_paper_repeats_itself_or_one_that_repeats(papers: list[Paper]) -> None:
    links = repeats(papers)
    assert not set(links) & set(links.values())
    assert {*links, *links.values()} <= {paper.doc_id for paper in papers}


@given(archives())
@settings(deadline=None)
def test_an_unrelated_paper_changes_nothing(papers: list[Paper]) -> None:
    text = " ".join(f"phòng chống thiên tai {n} tại xã số {n}" for n in range(40))
    unrelated = replace(
        PLAN, doc_id="f" * 16, issuer="Ủy ban nhân dân tỉnh Sơn La", province="Sơn La", shingles=shingles(text)
    )
    assert repeats([unrelated, *papers]) == repeats(papers)


# Ten thousand papers of one template: the work is counted, not timed


def issued(paper: Paper, at: int) -> Paper:
    date = dt.date(1990, 1, 1) + dt.timedelta(at)
    return replace(paper, issue_date=date, issue_year=date.year, issue_month=date.month, issue_day=date.day)


MANY = 10_000
BLANK = replace(undated(PLAN), number=None)


@pytest.mark.parametrize(
    ("made", "links"),
    [
        (lambda at: replace(PLAN, number=str(at + 1)), 0),
        (lambda at: replace(PLAN, issuer=f"Ủy ban nhân dân xã số {at}, tỉnh Hà Nam"), 0),
        (lambda at: issued(replace(PLAN, number=None), at), 0),
        (lambda at: replace(BLANK, title=f"Công tác {at}"), 0),
        (lambda at: issued(replace(PLAN, number=str(at // CROWD + 1), issuer=f"Sở {at % CROWD}"), at % 9), 0),
        (lambda at: BLANK, MANY - 1),
        (lambda at: replace(PLAN, number=str(at + 1)) if at % 2 else BLANK, MANY // 2 - 1),
        (lambda at: Paper("", ""), 0),
    ],
    ids=["numbers", "issuers", "dates", "titles", "blocks", "blank", "half blank", "empty"],
)
def test_a_template_costs_each_paper_a_bounded_look(
    made: Callable[[int], Paper], links: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = 0
    likeness = Wordings.likeness

    def counted(wording: Wordings, at: int, others: list[int]) -> list[float]:
        nonlocal looks
        looks += len(others)
        return likeness(wording, at, others)

    monkeypatch.setattr(Wordings, "likeness", counted)
    assert len(repeats([named(made(at), f"{at:05}") for at in range(MANY)])) == links
    assert looks <= 3 * CROWD * MANY
