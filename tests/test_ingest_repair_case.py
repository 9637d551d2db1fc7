"""Capitals amid small letters: what only their height tells apart is put in the case of the words beside it."""

from __future__ import annotations

import pytest

from pipeline.ingest.repair.case import in_case
from tests.test_ingest_repair_page import page


def cased(text: str, confidence: float = 0.96) -> str:
    line = page(text, confidence=confidence)
    return " ".join(in_case(line, at, word.text) for at, word in enumerate(line))


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("Công văn sỐ 12", "Công văn số 12"),
        ("thái đỘ phục vụ", "thái độ phục vụ"),
        ("các SỞ và các ban", "các Sở và các ban"),
        ("trụ SỞ của xã", "trụ sở của xã"),
        ("khen thưởng; TỔ chức", "khen thưởng; Tổ chức"),
        ("của BỘ Xây dựng", "của Bộ Xây dựng"),
        ("Luật SỐ hóa", "Luật số hóa"),
        ("các ban ngành Và các xã", "các ban ngành và các xã"),
        ("các ban, Với các xã", "các ban, với các xã"),
    ],
)
def test_the_case_of_the_words_beside_is_taken(read: str, right: str) -> None:
    assert cased(read) == right


@pytest.mark.parametrize(
    "text",
    ["SỞ NỘI VỤ", "CƠ SỞ", "Và các xã", "đã xong. Và các xã", "bà Vân và con", "HĐND tỉnh", "iOS và eOffice", "KHÔNG"],
)
def test_meant_capitals_stay(text: str) -> None:
    assert cased(text) == text


def test_a_joining_word_that_begins_a_line_stays() -> None:
    line = page("các xã Với các ban")
    first = line[2]._replace(x0=0)
    assert in_case([*line[:2], first, *line[3:]], 2, first.text) == "Với"


def test_and_is_small_where_a_line_is_broken() -> None:
    line = page("các xã Và các ban")
    first = line[2]._replace(x0=0)
    assert in_case([*line[:2], first, *line[3:]], 2, first.text) == "và"
