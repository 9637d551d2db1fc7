"""Zones of papers of our own invention: every block belongs to one part."""

from __future__ import annotations

import pytest

from pipeline.extract.zones import Zones, find_zones
from pipeline.ingest.limits import Limits
from pipeline.ingest.textfile.plain import read_text
from pipeline.nlp import Reading, load_nlp, read
from pipeline.records import SourceDocument
from pipeline.text import compose

PLAN = """UBND TỈNH BẾN TRE

SỞ Y TẾ

Số: 85/KH-SYT

Bến Tre, ngày 14 tháng 02 năm 2024

KẾ HOẠCH

Phòng, chống bệnh dại năm 2024

-----

Căn cứ Luật Thú y năm 2015;

Sở Y tế xây dựng Kế hoạch phòng, chống bệnh dại như sau:

I. MỤC ĐÍCH

1. Giảm số ca mắc.

Trên đây là Kế hoạch phòng, chống bệnh dại năm 2024./.

Nơi nhận:
- UBND tỉnh (b/c);
- Lưu: VT.

KT. GIÁM ĐỐC

PHÓ GIÁM ĐỐC

Lê Minh Khôi

PHỤ LỤC

1. Mẫu báo cáo
"""


def zoned(text: str) -> tuple[Reading, Zones]:
    pages = read_text(text, Limits())
    plan = compose(SourceDocument("0" * 16, "0" * 64, "a.txt", "text/plain", len(text), pages))
    reading = read(plan, load_nlp())
    return reading, find_zones(reading)


def zone_of(text: str, words: str) -> str:
    reading, zones = zoned(text)
    return zones.at(reading.plan.text.index(words))


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("SỞ Y TẾ", "header"),
        ("Bến Tre, ngày", "header"),
        ("KẾ HOẠCH", "title"),
        ("Phòng, chống bệnh dại năm 2024", "title"),
        ("Căn cứ Luật Thú y", "recital"),
        ("Sở Y tế xây dựng", "recital"),
        ("I. MỤC ĐÍCH", "body"),
        ("1. Giảm số ca", "body"),
        ("Trên đây là", "closing"),
        ("Nơi nhận", "recipients"),
        ("- Lưu: VT", "recipients"),
        ("KT. GIÁM ĐỐC", "signature"),
        ("Lê Minh Khôi", "signature"),
        ("PHỤ LỤC", "appendix"),
        ("1. Mẫu báo cáo", "appendix"),
    ],
)
def test_zone_of_each_part(words: str, zone: str) -> None:
    assert zone_of(PLAN, words) == zone


def test_every_block_has_one_zone_and_blocks_finds_them_again() -> None:
    reading, zones = zoned(PLAN)
    assert len(zones.names) == len(reading.plan.blocks)
    assert zones.blocks(*set(zones.names)) == tuple(range(len(zones.names)))


def test_signer_printed_above_the_recipients() -> None:
    head, rest = PLAN.split("Nơi nhận:")
    text = head + "TM. BAN CHẤP HÀNH\n\nCHỦ TỊCH\n\nLê Minh Khôi\n\nNơi nhận:\n- UBND tỉnh (b/c);\n- Lưu: VP.\n"
    assert rest
    assert zone_of(text, "TM. BAN") == "signature"
    assert zone_of(text, "- Lưu: VP") == "recipients"


def test_an_appendix_before_the_signature_stays_body() -> None:
    text = PLAN.replace("1. Giảm số ca mắc.", "1. Giảm số ca mắc.\n\nPHỤ LỤC 1\n\n1. Chỉ tiêu chi tiết.")
    assert zone_of(text, "Chỉ tiêu chi tiết") == "body"


def test_a_title_may_open_like_a_recital() -> None:
    text = PLAN.replace("Phòng, chống bệnh dại năm 2024\n\n-----", "Thực hiện Chương trình phòng bệnh dại năm 2024")
    assert zone_of(text, "Thực hiện Chương trình") == "title"
    assert zone_of(text, "Căn cứ Luật Thú y") == "recital"


def test_a_plan_that_opens_with_a_heading_has_no_recital() -> None:
    text = PLAN.replace("Căn cứ Luật Thú y năm 2015;\n\n", "").replace(
        "Sở Y tế xây dựng Kế hoạch phòng, chống bệnh dại như sau:\n\n", ""
    )
    _, zones = zoned(text)
    assert zones.blocks("recital") == ()
    assert zone_of(text, "I. MỤC ĐÍCH") == "body"


def test_a_directive_tells_its_story_in_the_body() -> None:
    text = PLAN.replace("KẾ HOẠCH\n", "CHỈ THỊ\n", 1).replace(
        "Căn cứ Luật Thú y năm 2015;", "Trong thời gian qua, bệnh dại còn diễn biến phức tạp."
    )
    assert zone_of(text, "Trong thời gian qua") == "body"


def test_empty_text_has_no_zones() -> None:
    _, zones = zoned("\n")
    assert zones.names == ()
    assert zones.at(0) == "body"
