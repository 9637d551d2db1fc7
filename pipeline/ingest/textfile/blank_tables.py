"""Tables laid out with blanks in text: columns by the stripes no line writes in, rows by their numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, zip_longest
from statistics import median

from pipeline.ingest.textfile.lines import TextLine
from pipeline.ingest.textfile.tables import TextTable, part
from pipeline.ingest.word.layout_tables import has_layout_words

WIDE_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
LABEL = re.compile(r"(?:STT|TT|Số TT|S\.TT|\d{1,3}(?:\.\d{1,2})*|[IVX]{1,5}|[A-HĐ])[.)]?", re.IGNORECASE)
APART = re.compile(r"(?<=  )\S")
WORD_START = re.compile(r"(?<= )\S")
WIDEST = 1_000
"""Signs of a line; no table is printed wider."""
LEAST_COLUMNS = 3
LEAST_ROWS = 2
SLIPPED = 0.15
"""Share of lines that may write over a border: converters shift words by a few columns."""
SLIP = 5
Stripe = tuple[int, int]


def blank_tables(lines: Sequence[TextLine]) -> list[TextTable | list[TextLine]]:
    """Part lines into tables of at least three columns and what stands between, in order."""
    return part(lines, lambda index: _table(lines, index))


def _table(lines: Sequence[TextLine], start: int) -> tuple[TextTable, int] | None:
    """The table that starts with the block of lines at `start`, with the blocks that go on with its columns."""
    if not lines[start].text.strip() or (start and lines[start - 1].text.strip()):
        return None
    end = _block_end(lines, start)
    blocks = [lines[start:end]]
    if max(len(line.text) for line in blocks[0]) > WIDEST:
        return None
    print_so_far = _printed(blocks[0])
    stripes = _stripes(print_so_far)
    if len(stripes) + 1 < LEAST_COLUMNS or has_layout_words("\n".join(line.text.strip() for line in blocks[0])):
        return None
    while (following := _next_block(lines, end)) is not None:
        block = lines[slice(*following)]
        if max(len(line.text) for line in block) > WIDEST or not _is_tabular(block):
            break
        with_block = print_so_far.joined(_printed(block))
        joined = _stripes(with_block)
        if len(joined) != len(stripes):
            break
        print_so_far, stripes, end = with_block, joined, following[1]
        blocks.append(block)
    if sum(_is_tabular([line]) for block in blocks for line in block) < LEAST_ROWS:
        return None
    return TextTable(lines[start].row, tuple(row for block in blocks for row in _rows(block, stripes))), end


def _block_end(lines: Sequence[TextLine], start: int) -> int:
    return next((i for i in range(start, len(lines)) if not lines[i].text.strip()), len(lines))


def _next_block(lines: Sequence[TextLine], end: int) -> tuple[int, int] | None:
    """The block after one blank row."""
    start = end + 1
    return (start, _block_end(lines, start)) if start < len(lines) and lines[start].text.strip() else None


def _is_tabular(lines: Sequence[TextLine]) -> bool:
    return any(len(WIDE_GAP.findall(line.text.strip())) >= LEAST_COLUMNS - 1 for line in lines)


# --- columns ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Print:
    """What lines hold at each place: so many of them a sign, so many a word that two blanks set apart."""

    lines: int
    signs: tuple[int, ...]
    apart: Counter[int]

    def joined(self, more: _Print) -> _Print:
        signs = tuple(one + two for one, two in zip_longest(self.signs, more.signs, fillvalue=0))
        return _Print(self.lines + more.lines, signs, self.apart + more.apart)


def _printed(lines: Sequence[TextLine]) -> _Print:
    counts = [0] * max(len(line.text) for line in lines)
    for line in lines:
        for place, sign in enumerate(line.text):
            counts[place] += sign != " "
    apart = Counter(found.start() for line in lines for found in APART.finditer(line.text))
    return _Print(len(lines), tuple(counts), apart)


def _stripes(seen: _Print) -> list[Stripe]:
    """The stripes blank in nearly all lines and between columns: text starts right behind them, set apart."""
    allowed = int(SLIPPED * seen.lines)
    written = [count > allowed for count in seen.signs]
    first = next((place for place, count in enumerate(seen.signs) if count), 0)
    borders = [place for place in range(first + 1, len(written)) if written[place] and not written[place - 1]]
    stripes = [(_stripe_start(written, border), border) for border in borders]
    return [stripe for stripe in stripes if stripe[0] > first and _is_border(seen, stripe)]


def _stripe_start(written: Sequence[bool], border: int) -> int:
    start = border
    while start > 0 and not written[start - 1]:
        start -= 1
    return start


def _is_border(seen: _Print, stripe: Stripe) -> bool:
    """A wide stripe is a border; a narrow one needs lines whose text starts there after more blanks."""
    return stripe[1] - stripe[0] >= 3 or seen.apart[stripe[1]] >= 2


# --- rows -------------------------------------------------------------------------------------


def _rows(block: Sequence[TextLine], stripes: Sequence[Stripe]) -> list[tuple[str, ...]]:
    middles = _middles(block, stripes)
    cells = [_cells(line.text, stripes, middles) for line in block]
    starts = _row_starts([row[0] for row in cells])
    return [
        tuple("\n".join(filter(None, column)) for column in zip(*cells[one:two], strict=True))
        for one, two in pairwise([*starts, len(cells)])
    ]


def _cells(text: str, stripes: Sequence[Stripe], middles: Sequence[float]) -> tuple[str, ...]:
    cuts = [0]
    for (_, border), middle in zip(stripes, middles, strict=True):
        cuts.append(max(cuts[-1], _cut(text, border, cuts[-1], middle)))
    return tuple(text[one:two].strip() for one, two in pairwise([*cuts, max(len(text), cuts[-1])]))


def _cut(text: str, border: int, start: int, middle: float) -> int:
    """The border, or for a line that slipped over it the word start near it that leaves the left cell centred."""
    if border >= len(text) or text[border - 1] == " ":
        return border
    near = [found.start() for found in WORD_START.finditer(text, max(0, border - SLIP), border + SLIP + 1)]
    return min(near, key=lambda place: abs(_middle(text, start, place) - middle), default=border)


def _middle(text: str, start: int, end: int) -> float:
    part = text[start:end]
    return start + (len(part) - len(part.lstrip()) + len(part.rstrip())) / 2


def _middles(block: Sequence[TextLine], stripes: Sequence[Stripe]) -> list[float]:
    """The usual middle of the text left of each border, over the lines that keep to it."""
    found = []
    for (_, border), start in zip(stripes, [0, *(border for _, border in stripes)], strict=False):
        clean = [
            line.text
            for line in block
            if line.text[start:border].strip() and line.text[border - 1 : border] in ("", " ")
        ]
        found.append(median(_middle(text, start, border) for text in clean) if clean else float(border))
    return found


def _row_starts(first: Sequence[str]) -> list[int]:
    """The line where each row starts, from the first column: numbers stand in the middle of rows, or on top."""
    anchors = [index for index, text in enumerate(first) if LABEL.fullmatch(text)]
    if not anchors:
        filled = [index for index, text in enumerate(first) if text]
        return sorted({0, *filled})
    centred = _centred(tuple(anchors), len(first))
    return list(centred) if centred is not None else sorted({0, *anchors})


def _centred(anchors: tuple[int, ...], count: int) -> tuple[int, ...] | None:
    """Row starts such that every anchor stands in the middle of its row (half a line off in rows of even height)."""

    @cache
    def place(number: int, start: int) -> tuple[int, ...] | None:
        if number == len(anchors):
            return () if start == count else None
        anchor = anchors[number]
        for offset in (1, 0, 2):
            following = 2 * anchor - start + offset
            if start <= anchor < following <= count and (rest := place(number + 1, following)) is not None:
                return (start, *rest)
        return None

    return place(0, 0) if len(anchors) <= 200 else None
