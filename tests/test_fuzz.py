"""What fuzzing once found stays mended, and a few seconds of made-up input of every kind go through.

Longer runs: `python -m tests.fuzz --seconds 600` (needs atheris).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import DocumentError, Kind
from pipeline.fold import fold
from pipeline.rulebook import load_rulebook, rules_dir
from tests.fuzz import hostile
from tests.fuzz.oracle import fault_of
from tests.fuzz.targets import TARGETS

FINDINGS = sorted((Path(__file__).parent / "fuzz" / "findings").iterdir())
SECONDS = 15.0
"""Processor time: generous, for what is not linear needs minutes."""
FORMATS = [name for name, target in TARGETS.items() if target.changed is not None and name != "stages"]
LONG = 40_000
REPEATED = (" ", "\n", " \n", "1.", "a", "A ", "(", ", ", "- ", "1/")


@pytest.mark.parametrize("path", FINDINGS, ids=lambda path: path.name)
def test_a_finding_stays_mended(path: Path) -> None:
    target = TARGETS[path.name.partition("--")[0]]
    assert fault_of(target.run, path.read_bytes()) is None


@pytest.mark.parametrize("name", TARGETS)
def test_every_target_takes_its_own_seeds(name: str) -> None:
    assert [fault for seed in TARGETS[name].seeds() if (fault := fault_of(TARGETS[name].run, seed))] == []


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=25, deadline=None, derandomize=True)
@given(seed=st.integers(0, 2**32))
def test_changed_seeds_end_in_rows_or_in_a_kind(name: str, seed: int) -> None:
    target, chance = TARGETS[name], random.Random(seed)
    assert target.changed is not None
    data = target.changed(chance.choice(target.seeds()), 20_000, chance)
    assert fault_of(target.run, data) is None


@settings(max_examples=25, deadline=None, derandomize=True)
@given(data=st.binary(max_size=8))
def test_any_document_that_the_types_allow_becomes_rows(data: bytes) -> None:
    assert fault_of(TARGETS["made"].run, data) is None


@pytest.mark.parametrize("made", hostile.TEXTS.values(), ids=hostile.TEXTS)
def test_a_text_of_one_piece_takes_no_more_than_its_length(made: Callable[[], str]) -> None:
    assert fault_of(TARGETS["text"].run, hostile.text(made), SECONDS) is None


@pytest.mark.parametrize("made", hostile.PAGES.values(), ids=hostile.PAGES)
def test_a_page_of_one_piece_takes_no_more_than_its_length(made: Callable[[], str]) -> None:
    assert fault_of(TARGETS["web"].run, hostile.page(made), SECONDS) is None


@pytest.mark.parametrize("book", sorted(path.stem for path in rules_dir().glob("*.toml")))
def test_rules_take_no_more_than_the_length_of_what_is_repeated(book: str) -> None:
    """The square of 40,000 would be minutes for each."""
    rules = load_rulebook(book).rules

    def search(piece: bytes) -> None:
        text = fold(piece.decode() * (LONG // len(piece)))
        for rule in rules:
            for _ in rule.pattern.finditer(text):
                pass

    slow = [(piece, fault) for piece in REPEATED if (fault := fault_of(search, piece.encode(), SECONDS))]
    assert slow == []


def test_the_oracle_tells_a_kind_from_a_fault_of_ours() -> None:
    def kind(data: bytes) -> None:
        raise DocumentError(Kind.DAMAGED, "cut short")

    def forever(data: bytes) -> None:
        while True:
            pass

    def ours(data: bytes) -> None:
        fold(None)  # type: ignore[arg-type]

    def in_clothes(data: bytes) -> None:
        try:
            ours(data)
        except TypeError as error:
            raise DocumentError(Kind.DAMAGED, "TypeError") from error

    assert fault_of(kind, b"") is None
    assert [getattr(fault_of(run, b"", 0.2), "what", None) for run in (forever, ours, in_clothes)] == [
        "TooSlow",
        "TypeError",
        "TypeError",
    ]
