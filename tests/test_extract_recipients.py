"""Lists of recipients in the shapes offices print them."""

from __future__ import annotations

from pipeline.extract.recipients import read_recipients
from pipeline.extract.zones import find_zones
from pipeline.ingest.limits import Limits
from pipeline.ingest.textfile.plain import read_text
from pipeline.nlp import load_nlp, read
from pipeline.records import Recipient, SourceDocument
from pipeline.text import compose

HEAD = "KẾ HOẠCH\n\nCông tác văn thư năm 2024\n\nI. MỤC ĐÍCH\n\n1. Làm tốt công tác văn thư./.\n\n"


def listed(block: str) -> tuple[Recipient, ...]:
    text = HEAD + block + "\n\nGIÁM ĐỐC\n\nLê Minh Khôi\n"
    pages = read_text(text, Limits())
    plan = compose(SourceDocument("0" * 16, "0" * 64, "a.txt", "text/plain", len(text), pages))
    reading = read(plan, load_nlp())
    found = read_recipients(reading, find_zones(reading))
    for recipient in found:
        assert recipient.text.split()[0] in plan.text[recipient.evidence.start : recipient.evidence.end]
    return found


def test_each_line_is_one_recipient_and_the_archive_line_is_marked() -> None:
    found = listed("Nơi nhận:\n- UBND tỉnh (b/c);\n- Sở Nội vụ (để phối hợp);\n- Lưu: VT, TH.")
    assert [recipient.text for recipient in found] == ["UBND tỉnh (b/c)", "Sở Nội vụ (để phối hợp)", "Lưu: VT, TH"]
    assert [recipient.purpose for recipient in found] == ["b/c", "để phối hợp", None]
    assert [recipient.is_archive for recipient in found] == [False, False, True]


def test_headings_of_the_list_are_no_recipients() -> None:
    found = listed("Nơi nhận:\nGửi bản điện tử:\n- UBND huyện;\nGửi bản giấy:\n- Ban TĐKT;\n- Lưu VT.")
    assert [recipient.text for recipient in found] == ["UBND huyện", "Ban TĐKT", "Lưu VT"]


def test_a_wrapped_line_goes_on() -> None:
    found = listed("Nơi nhận:\n- Cơ quan đại diện Bộ tại Đà Nẵng,\nVụ Thi đua;\n- Các đơn vị thuộc\nSở;\n- Lưu: VT.")
    assert [recipient.text for recipient in found] == [
        "Cơ quan đại diện Bộ tại Đà Nẵng, Vụ Thi đua",
        "Các đơn vị thuộc Sở",
        "Lưu: VT",
    ]


def test_several_bodies_on_one_line_stay_as_the_line_shows() -> None:
    found = listed("Nơi nhận:\n- Báo Long An; Đài PT-TH Long An;\n- Lưu: VT.")
    assert found[0].text == "Báo Long An; Đài PT-TH Long An"


def test_head_without_colon_and_other_bullets() -> None:
    found = listed("Nơi nhận\n+ Như trên;\n• Văn phòng Sở (KGVX);\n+ Lưu: VT.")
    assert [recipient.text for recipient in found] == ["Như trên", "Văn phòng Sở (KGVX)", "Lưu: VT"]
    assert found[1].purpose is None


def test_head_and_first_recipient_on_one_line() -> None:
    found = listed("Nơi nhận: - Như trên; - Lưu: VT.")
    assert [recipient.text for recipient in found] == ["Như trên", "Lưu: VT"]


def test_what_the_typist_adds_behind_the_archive_line_is_none() -> None:
    found = listed("Nơi nhận:\n- Như trên;\n- Lưu: VT.\nBản quyền thuộc Sở")
    assert [recipient.text for recipient in found] == ["Như trên", "Lưu: VT"]


def test_where_the_file_lay_is_no_part_of_the_list() -> None:
    found = listed("Nơi nhận:\n\n- Như trên;\n\n- Lưu: VT, TH.NV\n\nd:\\2012\\CV\\T4\\Moi hop giao ban\n")
    assert [row.text for row in found] == ["Như trên", "Lưu: VT, TH.NV"]
    found = listed("Nơi nhận:\n\n- Như trên;\n\n- Lưu: VT, TH. C:\\My Documents\\KH 12\n")
    assert [row.text for row in found] == ["Như trên", "Lưu: VT, TH"]
