"""places: from offsets back to page, box and confidence."""

from pipeline.records import Place, PlanText
from pipeline.text.places import Seen, bbox_of, confidence_of, page_of, seen_in


def plan(*places: Place) -> PlanText:
    text = "x" * 40
    return PlanText(text, text, (), (), places)


WORDS = plan(
    Place(0, 4, 1, (10, 20, 30, 32), 0.9),
    Place(4, 8, 1, (31, 21, 60, 33), 0.5),
    Place(9, 13, 2, (10, 5, 40, 17), 0.7),
    Place(14, 20, 2),
)


def test_page_is_the_place_s_own() -> None:
    assert [page_of(WORDS, offset) for offset in (0, 3, 4, 7, 9, 13, 19)] == [1, 1, 1, 1, 2, 2, 2]


def test_a_separator_belongs_to_what_stands_before_it() -> None:
    assert page_of(WORDS, 8) == 1
    assert page_of(WORDS, 39) == 2


def test_without_places_there_is_one_page() -> None:
    assert page_of(plan(), 3) == 1
    assert page_of(plan(Place(5, 9, 3)), 0) == 3


def test_box_is_the_union_on_the_first_page() -> None:
    assert bbox_of(WORDS, 2, 6) == (10, 20, 60, 33)
    assert bbox_of(WORDS, 5, 12) == (31, 21, 60, 33)
    assert bbox_of(WORDS, 9, 20) == (10, 5, 40, 17)


def test_no_box_where_the_source_has_none() -> None:
    assert bbox_of(WORDS, 14, 20) is None
    assert bbox_of(WORDS, 8, 9) is None
    assert bbox_of(WORDS, 25, 30) is None
    assert bbox_of(WORDS, 3, 3) is None


def test_confidence_is_the_mean_by_sign() -> None:
    assert confidence_of(WORDS, 0, 4) == 0.9
    assert confidence_of(WORDS, 2, 8) == (2 * 0.9 + 4 * 0.5) / 6
    assert confidence_of(WORDS, 12, 20) == 0.7


def test_native_text_has_no_confidence() -> None:
    assert confidence_of(WORDS, 14, 20) is None
    assert confidence_of(WORDS, 30, 31) is None


def test_the_worst_word_and_the_repaired_share_are_told_beside_the_mean() -> None:
    text = plan(Place(0, 4, 1, None, 0.9), Place(5, 8, 1, None, 0.4, "thành phó"), Place(9, 12, 1))
    assert seen_in(text, 0, 8) == Seen((4 * 0.9 + 3 * 0.4) / 7, 0.4, 3 / 7)
    assert seen_in(text, 0, 12) == seen_in(text, 0, 8)
    assert seen_in(text, 0, 4) == Seen(0.9, 0.9, 0.0)
    assert seen_in(text, 9, 12) is None
