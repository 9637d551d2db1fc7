"""Row ids are stable: other rows may come and go."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.tables.ids import RowIds

words = st.text(min_size=1, max_size=30)


def ids_of(texts: list[str]) -> list[str]:
    ids = RowIds("0123456789abcdef")
    return [ids.next("task", text) for text in texts]


@given(st.lists(words, unique_by=lambda w: " ".join(w.casefold().split())), st.integers(0, 10), words)
def test_a_row_elsewhere_does_not_shift_the_others(texts: list[str], at: int, extra: str) -> None:
    with_extra = ids_of([*texts[:at], "khác " + extra, *texts[at:]])
    assert set(ids_of(texts)) <= set(with_extra)


@given(st.lists(words, max_size=20))
def test_ids_are_unique_in_a_document(texts: list[str]) -> None:
    assert len(set(ids_of(texts))) == len(texts)


def test_the_same_words_in_another_kind_or_document_have_another_id() -> None:
    first, second = RowIds("a" * 16), RowIds("b" * 16)
    assert first.next("task", "Sơ kết") != first.next("citation", "Sơ kết")
    assert RowIds("a" * 16).next("task", "Sơ kết") != second.next("task", "Sơ kết")
