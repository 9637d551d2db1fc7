"""A clean text is not changed: the words of all text documents at hand, repaired as if an engine had read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from pipeline.ingest import Limits, read_document
from pipeline.ingest.page.words import PageWord
from pipeline.ingest.repair.page import repair_page
from pipeline.text import compose

RAW = Path(__file__).parents[1] / "data" / "raw"
NATIVE_PDFS = ("kh-haiduong-1914-cds-2023.pdf", "kh-sgddt-dongthap-362-stem-pdf.pdf", "kh-thptcaolanh2-58-pdf.pdf")
_WORDS, _LINES = 13, 38
"""Of a page: words a line and lines."""


def texts(paths: Iterable[Path]) -> list[str]:
    return [compose(read_document(path, path.name, Limits())).text for path in paths]


def pages(text: str, sure: float) -> Iterator[list[PageWord]]:
    """The text's words on pages, in lines below one another."""
    lines = [
        words[at : at + _WORDS] for words in map(str.split, text.split("\n")) for at in range(0, len(words), _WORDS)
    ]
    for first in range(0, len(lines), _LINES):
        yield [
            PageWord(text, 72.0 + 30 * x, 72.0 + 20 * y, 97.0 + 30 * x, 84.0 + 20 * y, False, sure)
            for y, line in enumerate(lines[first : first + _LINES])
            for x, text in enumerate(line)
        ]


def changes(found: Iterable[str], sure: float) -> tuple[int, list[tuple[str | None, str]]]:
    """How many words were looked at, and those that the repair made or changed."""
    count, changed = 0, []
    for text in found:
        for page in pages(text, sure):
            count += len(page)
            changed += [(word.raw, word.text) for word in repair_page(page) if word.repair is not None]
    return count, changed


@pytest.mark.parametrize("sure", [0.95, 0.6])
def test_the_sample_plans_are_left_alone(sure: float) -> None:
    files = [path for path in sorted(RAW.glob("*")) if path.is_file() and "-scan" not in path.name]
    count, changed = changes(texts(files), sure)
    assert count > 4_000
    assert changed == []


def test_real_documents_are_left_alone_but_for_slips_of_their_typists(shared: Path) -> None:
    """Of 57,000 words these are changed: seven that the typists misspelt, and two that they ran together in two.

    The seven are right afterwards ("câp xã" in "cấp xã"); on a word the engine reads surely six of them are.
    """
    files = [
        path for path in sorted((shared / "corpus").glob("*")) if path.suffix in (".docx", ".doc", ".html", ".txt")
    ]
    files += [shared / "corpus" / name for name in NATIVE_PDFS] + sorted((shared / "seeds").glob("*.txt"))
    found = texts(files)
    for sure, misspelt in ((0.95, 6), (0.6, 7)):
        count, changed = changes(found, sure)
        assert count > 55_000
        assert len([raw for raw, text in changed if raw != text]) == misspelt, changed
        assert len([raw for raw, text in changed if raw == text]) == 4, changed
