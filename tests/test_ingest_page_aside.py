"""Nothing that was read on a page is dropped in silence: it is in the text or in what stands aside."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest.limits import Limits
from pipeline.ingest.page.aside import aside_of, asides_of
from pipeline.ingest.page.blocks import page_blocks
from pipeline.ingest.page.reading import PageReading, put_together, read_by_ocr
from pipeline.ingest.page.words import PageWord
from pipeline.ingest.scan.image import Grey
from pipeline.ingest.scan.noise import part_noise
from pipeline.records import Aside, PlanRecord, SourceDocument
from pipeline.tables.rows import Versions, table_rows
from pipeline.tables.schemas import SCHEMAS
from pipeline.text import compose

TEXTS = [
    "Thực",
    "hiện",
    "kế",
    "hoạch",
    "2",
    "- 3 -",
    "§",
    "|",
    "VT.~-",
    "đệ",
    "KHẨN",
    "Ký bởi:",
    "_—",
    "Số:",
    "ĐẾN",
    "12/KH-UBND",
]
PLACED = st.tuples(
    st.sampled_from(TEXTS),
    st.sampled_from([30, 180, 300, 420, 900, 1500]),
    st.sampled_from([40, 240, 300, 360, 1200, 2260]),
    st.sampled_from([0.0, 0.35, 0.55, 0.96]),
    st.sampled_from([20, 24, 90]),
)


def words_of(placed: list[tuple[str, int, int, float, int]]) -> list[PageWord]:
    return [
        PageWord(part, x0 + 15 * at, top, x0 + 15 * at + 14, top + height, False, sure)
        for text, x0, top, sure, height in placed
        for at, part in enumerate(text.split())
    ]


def lost(words: list[PageWord], reading: PageReading) -> set[str]:
    """The signs of `words` that are in no text and no record of the page."""
    pages, _ = put_together([reading])
    plan = compose(SourceDocument("0" * 16, "0" * 64, "a.png", "image/png", 1, pages))
    kept = [plan.text, *(aside.text for aside in plan.pages[0].aside), *(place.raw or "" for place in plan.places)]
    missing = Counter(sign for word in words for sign in word.text) - Counter("".join(kept))
    return {sign for sign in missing if sign.isalnum() or sign in "§|"}


@settings(deadline=None, max_examples=60)
@given(st.lists(PLACED, min_size=1, max_size=14, unique_by=(lambda found: found[1:3], lambda found: found[0])))
def test_no_word_of_a_page_is_lost(placed: list[tuple[str, int, int, float, int]]) -> None:
    words = words_of(placed)
    read, noise = part_noise(words)
    blocks, aside = page_blocks(read, (), 1, (1654.0, 2339.0), {})
    reading = PageReading(1, size=(1654.0, 2339.0), blocks=blocks, aside=[*asides_of("noise", noise), *aside])
    assert not lost(words, reading)


def test_every_word_of_the_engine_is_in_the_text_or_aside() -> None:
    picture = np.full((2339, 1654, 3), 255, np.uint8)
    for top in range(100, 2200, 60):
        for left in range(200, 1450, 60):
            picture[top : top + 24, left : left + 40] = 0
    words = words_of(
        [
            ("Thực hiện", 200, 60, 0.9, 24),
            ("§", 420, 300, 0.3, 24),
            ("đệ", 20, 300, 0.1, 90),
            ("HOẠCH.~-", 420, 60, 0.9, 24),
        ]
    )

    def engine(part: Grey, seconds: float) -> list[PageWord]:
        return words

    reading = PageReading(1, size=(595.0, 842.0))
    read_by_ocr(reading, picture, Limits(), engine, {})
    assert reading.blocks
    assert not lost(words, reading)


def test_a_record_has_its_words_in_order_the_box_around_them_and_their_mean() -> None:
    rows = [[PageWord("Ký", 10, 20, 30, 32, False, 0.9), PageWord("bởi", 33, 20, 50, 30, False, 0.6)]]
    assert aside_of("signature_note", rows) == Aside("signature_note", "Ký bởi", (10, 20, 50, 32), 0.72)
    far = [rows[0][0], PageWord("|", 400, 21, 404, 31)]
    assert [(found.text, found.confidence) for found in asides_of("noise", far)] == [("Ký", 0.9), ("|", None)]


def test_the_table_of_pages_carries_them() -> None:
    reading = PageReading(1, size=(595.0, 842.0), aside=[Aside("urgency", "KHẨN", (1.0, 2.0, 3.0, 4.0), 0.81234)])
    pages, _ = put_together([reading])
    source = SourceDocument("0" * 16, "0" * 64, "a.pdf", "application/pdf", 1, pages)
    rows = table_rows(source, compose(source), PlanRecord(), Versions("1", "2"))["pages"]
    written = pa.Table.from_pylist(rows, schema=SCHEMAS["pages"]).to_pylist()
    assert written[0]["aside"] == [
        {"kind": "urgency", "text": "KHẨN", "bbox": [1.0, 2.0, 3.0, 4.0], "confidence": 0.8123}
    ]
