"""What stands on a page and is not its text: page numbers, running heads, notes of digital signatures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TypeVar

from pipeline.fold import fold
from pipeline.ingest.page.aside import aside_of
from pipeline.ingest.page.words import PageWord, Row, folded_rows, row_text, rows_of
from pipeline.records import Aside, Run, SourceLine
from pipeline.rulebook import load_rulebook

Box = tuple[float, float, float, float]
Block = TypeVar("Block")
_EDGE = 0.11
"""The share of a page's height at top and bottom where furniture stands."""
_ABOVE_TEXT = 0.06
"""The top margin is two centimetres or more: 0.067 of the height."""
_TOP_ROWS = 14
"""Rows among which a note at the top is looked for."""
_SHORT = 4
_DIGITS = re.compile(r"\d+")


def part_notes(words: Sequence[PageWord], notes: Sequence[Box]) -> tuple[list[PageWord], list[Aside]]:
    """Words outside those fields and stamps that tell of a digital signature (a number typed into a field stays)."""
    book = load_rulebook("pages")
    kept, aside = list(words), []
    for note in notes:
        inside = [w for w in words if w[1] <= note[2] + 1 and w[3] >= note[0] - 1 and _within(w, note)]
        if inside and book.first("signature_note_sure", fold(row_text(inside))):
            if left := [word for word in inside if word in kept]:
                aside.append(aside_of("signature_note", rows_of(left)))
            kept = [word for word in kept if word not in inside]
    return kept, aside


def without_printed_note(words: Sequence[PageWord]) -> list[PageWord]:
    """The words of a scan's thin text layer without the lines that tell of a digital signature, wherever they stand."""
    book = load_rulebook("pages")
    rows = rows_of(words)
    texts = folded_rows(rows)
    if not any(book.first("signature_note_sure", text) for text in texts):
        return list(words)
    marked = [i for i, t in enumerate(texts) if book.first("signature_note_sure", t) or book.first("signature_note", t)]
    return [word for row in rows[: marked[0]] + rows[marked[-1] + 1 :] for word in row]


def _within(word: PageWord, box: Box) -> bool:
    return box[0] - 1 <= word.centre <= box[2] + 1 and box[1] - 1 <= word.middle <= box[3] + 1


def part_furniture(rows: Sequence[Row], height: float) -> tuple[list[Row], list[Aside]]:
    """The body's rows; the page's number and signature notes printed in its corner are set aside."""
    kept, aside = list(rows), []
    for at in (0, -1):
        if kept and _is_number(kept[at], height):
            aside.append(aside_of("page_number", [kept.pop(at)]))
    texts = folded_rows(kept[:_TOP_ROWS])
    for find in (_corner, _seal):
        first, last = find(kept, texts, height)
        if last > first:
            aside.append(aside_of("signature_note", kept[first:last]))
            kept[first:last] = []
            texts = folded_rows(kept[:_TOP_ROWS])
    return kept, aside


def _seal(rows: Sequence[Row], texts: Sequence[str], height: float) -> tuple[int, int]:
    """A seal printed above the motto (who published the paper, his address, the time) is no part of the header."""
    book = load_rulebook("pages")
    motto = next((at for at, text in enumerate(texts) if book.first("motto", text)), 0)
    above = [at for at in range(motto) if rows[at][0].middle < 0.2 * height]
    return (0, len(above)) if any(book.first("seal_line", texts[at]) for at in above) else (0, 0)


def _is_number(row: Row, height: float) -> bool:
    middle = row[0].middle
    at_edge = middle < _EDGE * height or middle > (1 - _EDGE) * height
    return at_edge and (
        _is_misread_number(row, height) or bool(load_rulebook("pages").full("page_number", row_text(row)))
    )


def _is_misread_number(row: Row, height: float) -> bool:
    """One short word with a digit, above where any text starts: "t9)" is what an engine made of "5"."""
    word = row[0]
    alone = len(row) == 1 and len(word.text) <= _SHORT and any(map(str.isdigit, word.text))
    return alone and word.confidence is not None and word.middle < _ABOVE_TEXT * height


def _corner(rows: Sequence[Row], texts: Sequence[str], height: float) -> tuple[int, int]:
    """A signature note is several lines of one corner block: its known lines and what stands between them."""
    book = load_rulebook("pages")
    upper = [i for i, row in enumerate(rows[:_TOP_ROWS]) if row[0].middle < 0.2 * height]
    sure = [i for i in upper if book.first("signature_note_sure", texts[i])]
    if not sure:
        return 0, 0
    marked = sorted({*sure, *(i for i in upper if book.first("signature_note", texts[i]))})
    small = 0.8 * _body_height(rows)
    first, last = marked[0], marked[-1] + 1
    while first > 0 and rows[first - 1][0].height < small:
        first -= 1  # the signer's name stands above, in the note's small letters
    while last < len(rows) and rows[last][0].height < small:
        last += 1  # its last value wraps
    return first, last


def _body_height(rows: Sequence[Row]) -> float:
    heights = sorted(row[0].height for row in rows)
    return heights[len(heights) // 2]


def part_running_heads(
    pages: Sequence[list[Block]], heights: Sequence[float]
) -> tuple[list[list[Block]], list[list[tuple[Run, ...]]]]:
    """Each page's blocks, and the runs of lines at the same edge of three pages (numbers in them may differ)."""
    seen: Counter[tuple[int, str]] = Counter()
    for blocks, height in zip(pages, heights, strict=True):
        seen.update({(at, _shape(blocks[at])) for at in (0, -1) if blocks and _at_edge(blocks[at], height)})
    repeated = {key for key, count in seen.items() if count >= max(3, len(pages) // 2)}
    bodies, heads = [], []
    for blocks, height in zip(pages, heights, strict=True):
        drop = {
            at % len(blocks)
            for at in (0, -1)
            if blocks and _at_edge(blocks[at], height) and (at, _shape(blocks[at])) in repeated
        }
        bodies.append([block for i, block in enumerate(blocks) if i not in drop])
        heads.append([block.runs for i in sorted(drop) if isinstance(block := blocks[i], SourceLine)])
    return bodies, heads


def _at_edge(block: object, height: float) -> bool:
    return isinstance(block, SourceLine) and not 0.08 * height < block.top < 0.92 * height


def _shape(block: object) -> str:
    text = "".join(run.text for run in block.runs) if isinstance(block, SourceLine) else ""
    return _DIGITS.sub("0", text.casefold())
