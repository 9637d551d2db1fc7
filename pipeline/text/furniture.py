"""Page furniture: page numbers, running heads, drawn rules and signature stamps that are not the document's text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.fold import fold
from pipeline.ingest.page.aside import aside_of_runs
from pipeline.ingest.scan.stamps import mark_of
from pipeline.records import AsideKind, Run, SourceBlock, SourceLine, SourcePage, SourceTable
from pipeline.rulebook import load_rulebook
from pipeline.text.openings import is_capitals

_SIDES = ("top", "bottom")
_EDGE = 2
"""Blocks from the top and from the bottom of a page among which furniture is looked for."""
_HEAD_PAGES = 3
_HEAD_SHARE = 0.5
_HEAD_LENGTH = 150
_NUMBER_LENGTH = 24
_HEADER_BLOCKS = 20
_MARK_LENGTH = 30
_RULE = re.compile(r"(?:[-–—_=~*+#]\s?){3,}|(?:[.…·]\s?){4,}")
_BREAKS = 2
"""Lines that a stamp's own lines may wrap into between two of its labels."""


def without_furniture(pages: Sequence[SourcePage]) -> tuple[SourcePage, ...]:
    """The pages with page numbers, running heads, signature stamps and rules made of signs set aside."""
    heads = _running_heads(pages)
    numbers = _counted(pages) if len(pages) == 1 else frozenset()
    kept_pages = []
    for page in pages:
        dropped: dict[int, AsideKind] = dict.fromkeys(_stamp(page.blocks), "signature_note")
        dropped |= dict.fromkeys((*_edge_numbers(page, len(pages)), *numbers), "page_number")
        repeated = (i for side in _SIDES for i in _edge(page.blocks, side) if (side, _key(page.blocks[i])) in heads)
        dropped |= dict.fromkeys(repeated, "running_head")
        dropped |= _marks(page) if page is pages[0] else {}
        dropped |= {i: "noise" for i, block in enumerate(page.blocks) if _RULE.fullmatch(_text(block))}
        kept = tuple(block for i, block in enumerate(page.blocks) if i not in dropped)
        aside = tuple(aside_of_runs(kind, _runs(page.blocks[i])) for i, kind in sorted(dropped.items()))
        kept_pages.append(replace(page, blocks=kept, aside=page.aside + aside))
    return tuple(kept_pages)


def _marks(page: SourcePage) -> dict[int, AsideKind]:
    """Lines above the body that say nothing but how urgent or secret the paper is, or that it is a copy."""
    texts = [(i, _text(block)) for i, block in enumerate(page.blocks[:_HEADER_BLOCKS])]
    return {i: kind for i, text in texts if len(text) <= _MARK_LENGTH and (kind := mark_of(text))}


def _edge_numbers(page: SourcePage, page_count: int) -> Iterator[int]:
    """A lone number at the top or bottom of a page; the only page of a document needs none."""
    if page_count > 1:
        yield from (i for side in _SIDES for i in _edge(page.blocks, side) if _number(page.blocks[i]) is not None)


def _counted(pages: Sequence[SourcePage]) -> frozenset[int]:
    """Lone numbers that count 1, 2, 3 or 2, 3, 4 … through a text whose pages are no longer told apart."""
    found = [(i, _number(block)) for i, block in enumerate(pages[0].blocks)]
    numbered = [(i, number) for i, number in found if number is not None]
    values = [number for _, number in numbered]
    counts = len(values) >= 2 and values[0] <= 2 and values == list(range(values[0], values[0] + len(values)))
    return frozenset(i for i, _ in numbered) if counts else frozenset()


def _running_heads(pages: Sequence[SourcePage]) -> frozenset[tuple[str, str]]:
    """What stands at the same edge of at least three pages and half of all, its own numbers at the ends aside.

    The issuer's lines in a letterhead are none, though it may sign each appendix with the same words.
    """
    seen: Counter[tuple[str, str]] = Counter()
    for page in pages:
        places = ((side, page.blocks[i]) for side in _SIDES for i in _edge(page.blocks, side))
        seen.update({(side, _key(block)) for side, block in places if _key(block)})
    enough = max(_HEAD_PAGES, _HEAD_SHARE * len(pages))
    return frozenset(place for place, count in seen.items() if count >= enough)


def _edge(blocks: Sequence[SourceBlock], side: str) -> list[int]:
    """Indices of a page's outermost lines and paragraphs, without those of a letterhead; a table ends the search."""
    order = range(len(blocks)) if side == "top" else range(len(blocks) - 1, -1, -1)
    found: list[int] = []
    for index in list(order)[:_EDGE]:
        block = blocks[index]
        if isinstance(block, SourceTable):
            break
        if not (isinstance(block, SourceLine) and block.column):
            found.append(index)
    return found


def _key(block: SourceBlock) -> str:
    text = _text(block)
    if len(text) > 2 * _HEAD_LENGTH:
        return ""
    text = re.sub(r"^\W*\d{1,3}\W+|\W+\d{1,3}\W*$", "", text)
    return text.casefold() if 2 < len(text) <= _HEAD_LENGTH else ""


def _stamp(blocks: Sequence[SourceBlock]) -> Iterator[int]:
    """The printed lines of a digital signature: from "Ký bởi" to the last of its labels."""
    book, last = load_rulebook("pages"), -_BREAKS - 2
    for index, block in enumerate(blocks):
        text = _text(block) if isinstance(block, SourceLine) else ""
        near = index - last <= _BREAKS + 1
        if near and is_capitals(text):  # the document's own title
            last = -_BREAKS - 2
        elif book.first("signature_note" if near else "signature_note_sure", fold(text)):
            yield from range(last + 1 if near else index, index + 1)
            last = index


def _number(block: SourceBlock) -> int | None:
    """The number of a line that is nothing but a page number; years and the like are none."""
    text = _text(block)
    if len(text) > _NUMBER_LENGTH or not load_rulebook("pages").full("page_number", text):
        return None
    digits = re.search(r"\d+", text)
    return int(digits[0]) if digits and len(digits[0]) <= 3 else None


def _text(block: SourceBlock) -> str:
    return " ".join("".join(run.text for run in _runs(block)).split())


def _runs(block: SourceBlock) -> tuple[Run, ...]:
    return () if isinstance(block, SourceTable) else block.runs
