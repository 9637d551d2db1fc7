"""Documents that no reader makes, so that what follows the readers is tried on all that its types allow."""

from __future__ import annotations

import random
from typing import Literal

from pipeline.records import (
    Aside,
    Run,
    SourceBlock,
    SourceCell,
    SourceDocument,
    SourceLine,
    SourcePage,
    SourceParagraph,
    SourceRow,
    SourceTable,
)
from tests.bad_files import GOOD
from tests.fuzz.stages import document

Role = Literal["body", "footnote", "textbox", "heading"]
ROLES: tuple[Role, ...] = ("body", "body", "footnote", "textbox", "heading")
LINES = [line for line in GOOD.split("\n") if line]
SIGNS = [
    *(
        "",
        " ",
        "\t",
        "\n",
        "\u0301",
        "\u200b",
        "\x00",
        "\ufb01",
        "Ⅱ",
        "\uf0b7",
        "²",
        "٣",
        "А",
        "…",
        "=",
        "#",
        "<b>",
        "**",
        "&lt;",
    ),
    *(
        "Quý ",
        "I",
        "năm ",
        "ngày ",
        "tháng ",
        "31",
        "02",
        "0000",
        "99/9999/NĐ-CP",
        "Số: ",
        "/KH-UBND",
        "Căn cứ ",
        "Luật ",
        "a)",
        "1.",
        "1.1.",
    ),
    *(
        "TT",
        "STT",
        "Nội dung",
        "Đơn vị chủ trì",
        "Thời gian",
        "Sở Nội vụ",
        "phối hợp với ",
        "chủ trì",
        "trước ngày ",
        "Nơi nhận:",
        "TM. ",
        "KT. ",
    ),
    *(
        "QUÝ ",
        "đến ",
        "(",
        ")",
        ";",
        ".",
        ":",
        "-",
        "+",
        "“",
        "”",
        "phong trào thi đua “",
        "Chỉ thị số ",
        "của ",
        "UBND ",
        "tỉnh ",
        "Ký bởi: ",
    ),
]


def source(chance: random.Random) -> SourceDocument:
    """Pages of lines, paragraphs and tables in any order, of sense and nonsense."""
    pages = tuple(_page(chance, number) for number in range(1, chance.randint(2, 4)))
    return document(
        pages, chance.choice(["kh.txt", "15-KH-UBND.pdf", "a/\udcff.doc".encode("utf-8", "replace").decode()])
    )


def _page(chance: random.Random, number: int) -> SourcePage:
    blocks = tuple(_block(chance, number) for _ in range(chance.randint(0, 25)))
    sure = chance.choice([None, 0.0, 0.5, 1.0])
    aside = (
        (Aside(chance.choice(["stamp", "noise"]), _text(chance), _box(chance), sure),) if chance.random() < 0.3 else ()
    )
    return SourcePage(number, blocks, text_source="native" if sure is None else "ocr", ocr_confidence=sure, aside=aside)


def _block(chance: random.Random, page: int) -> SourceBlock:
    way = chance.random()
    if way < 0.45:
        x0, top = chance.uniform(0, 300), chance.uniform(0, 800)
        bold, column = chance.random() < 0.2, chance.choice([0, 0, 0, 1, 2])
        return SourceLine(_runs(chance, page), x0, x0 + 200, top, top + 12, 50.0, 550.0, bold, column)
    if way < 0.8:
        role: Role = chance.choice(ROLES)
        return SourceParagraph(_runs(chance, page), chance.random() < 0.3, chance.choice([None, "center"]), role)
    width = chance.randint(1, 5)
    return SourceTable(tuple(_row(chance, page, width) for _ in range(chance.randint(0, 6))), width)


def _row(chance: random.Random, page: int, width: int) -> SourceRow:
    cells = []
    for column in range(chance.randint(0, width)):
        paragraphs = tuple(_runs(chance, page) for _ in range(chance.randint(0, 3)))
        cells.append(SourceCell(paragraphs, column, chance.choice([1, 1, 2, width]), chance.choice([1, 1, 2])))
    return SourceRow(tuple(cells), page)


def _runs(chance: random.Random, page: int) -> tuple[Run, ...]:
    sure = chance.choice([None, None, 0.3, 1.0])
    raw = "9l" if sure is not None and chance.random() < 0.2 else None
    count = chance.randint(1, 4)
    return tuple(
        Run(_text(chance), page, _box(chance) if sure else None, sure, raw, "repair.marks" if raw else None)
        for _ in range(count)
    )


def _text(chance: random.Random) -> str:
    if chance.random() < 0.4:
        return chance.choice(LINES)
    return "".join(chance.choice([*SIGNS, " ", " "]) for _ in range(chance.randint(0, 14)))


def _box(chance: random.Random) -> tuple[float, float, float, float]:
    x0, top = chance.uniform(-5, 600), chance.uniform(-5, 850)
    return x0, top, x0 + 30, top + 12
