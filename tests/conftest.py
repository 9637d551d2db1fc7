"""Fixtures shared by all tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.records import PlanText, Run, SourceDocument, SourcePage, SourceParagraph

if TYPE_CHECKING:
    from spacy.language import Language

    from pipeline.nlp import Reading

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The real documents beside the project; tests that need them say so when they are absent."""
    if not SHARED.is_dir():
        pytest.skip("KHÔNG CÓ ../shared: the real documents are not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The project's spaCy pipeline, loaded once."""
    from pipeline.nlp import load_nlp

    return load_nlp()


def source_of(text: str) -> SourceDocument:
    """A source document whose paragraphs are the lines of `text`."""
    blocks = tuple(SourceParagraph((Run(line),)) for line in text.split("\n") if line.strip())
    page = SourcePage(1, blocks)
    return SourceDocument("0" * 16, "0" * 64, "made-up.txt", "text/plain", len(text.encode()), (page,))


@pytest.fixture(scope="session")
def plan_of() -> Callable[[str], PlanText]:
    """Text to canonical text, one paragraph a line."""
    from pipeline.text import compose

    return lambda text: compose(source_of(text))


@pytest.fixture(scope="session")
def reading_of(nlp: Language, plan_of: Callable[[str], PlanText]) -> Callable[[str], Reading]:
    """Text to a reading, one paragraph a line."""
    from pipeline.nlp import read

    return lambda text: read(plan_of(text), nlp)
