"""legacy: TCVN3 and VNI text comes out in Unicode, and Unicode text is never touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.pdf.old_codes import from_tcvn3, from_vni
from pipeline.records import (
    Run,
    SourceCell,
    SourceDocument,
    SourceLine,
    SourcePage,
    SourceParagraph,
    SourceRow,
    SourceTable,
)
from pipeline.text.legacy import to_unicode


def document(*texts: str) -> SourceDocument:
    blocks = tuple(SourceParagraph((Run(text),)) for text in texts)
    return SourceDocument("0" * 16, "0" * 64, "a.doc", "application/msword", 1, (SourcePage(1, blocks),))


def texts_of(source: SourceDocument) -> list[str]:
    return [
        "".join(run.text for run in block.runs)
        for block in source.pages[0].blocks
        if isinstance(block, SourceParagraph)
    ]


def converted(*texts: str) -> list[str]:
    return texts_of(to_unicode(document(*texts))[0])


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("bé kÕ ho¹ch vµ ®Çu t\u00ad", "bộ kế hoạch và đầu tư"),
        ("KÕ ho¹ch c«ng t¸c thi ®ua, khen th\u00adëng n¨m 2005", "Kế hoạch công tác thi đua, khen thưởng năm 2005"),
        ("UÛY BAN NHAÂN DAÂN", "ỦY BAN NHÂN DÂN"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"),
        ("ngöôøi ñöùng ñaàu cô sôû kyõ thuaät", "người đứng đầu cơ sở kỹ thuật"),
    ],
)
def test_converts(written: str, read: str) -> None:
    assert converted(written) == [read]


def test_short_lines_take_the_encoding_of_the_document() -> None:
    body = "Thùc hiÖn NghÞ quyÕt cña TØnh uû vÒ ph¸t triÓn kinh tÕ - x· héi"
    assert converted(body, "Sè: 12/KH", "N¬i nhËn:")[1:] == ["Số: 12/KH", "Nơi nhận:"]


def test_capitals_follow_the_plain_letters_of_the_block() -> None:
    assert converted("KÕ HO¹CH PH¸T TRIÓN KINH TÕ") == ["KẾ HOẠCH PHÁT TRIỂN KINH TẾ"]


def test_a_unicode_block_in_a_legacy_document_stays() -> None:
    body = "Thùc hiÖn NghÞ quyÕt cña TØnh uû vÒ ph¸t triÓn kinh tÕ - x· héi"
    assert converted(body, "Chữ ký số của Văn phòng")[1] == "Chữ ký số của Văn phòng"


def test_lines_and_tables_are_converted_and_keep_their_places() -> None:
    box = (1.0, 2.0, 3.0, 4.0)
    run = Run("ph¸t triÓn kinh tÕ vµ ®Çu t\u00ad", 1, box, 0.5)
    line = SourceLine((run,), 0, 1, 0, 1, 0, 1)
    table = SourceTable((SourceRow((SourceCell(((run,),), 0),)),), 1)
    page = SourcePage(1, (line, table))
    source, findings = to_unicode(SourceDocument("0", "0", "a", "b", 1, (page,)))
    new_line, new_table = source.pages[0].blocks
    assert isinstance(new_line, SourceLine)
    assert isinstance(new_table, SourceTable)
    assert new_line.runs == (Run("phát triển kinh tế và đầu tư", 1, box, 0.5),)
    assert new_table.rows[0].cells[0].paragraphs[0] == new_line.runs
    assert [finding.code for finding in findings] == ["garbled_text_layer"]
    assert "TCVN3" in findings[0].message


@pytest.mark.parametrize(
    "text",
    [
        "Ủy ban nhân dân tỉnh ban hành Kế hoạch công tác thi đua",
        "là và có xã hội cá nhân, hè là mùa thi",
        "Báo cáo tài chính hàng tháng; lí do là bão và lũ",
        "résumé à la carte, naïve café, Zürich, São Paulo",
        "© 2023 ® ±5 §3 µm",
        "The plan of the year",
    ],
)
def test_unicode_text_is_never_changed(text: str) -> None:
    source = document(text)
    assert to_unicode(source) == (source, ())


_SYLLABLES = [
    "kế",
    "hoạch",
    "thi",
    "đua",
    "khen",
    "thưởng",
    "năm",
    "tỉnh",
    "và",
    "các",
    "sở",
    "ban",
    "ngành",
    "là",
    "có",
    "xã",
    "hội",
    "cá",
    "nhân",
    "báo",
    "cáo",
    "lũ",
    "bão",
    "hè",
    "mùa",
]


@given(st.lists(st.lists(st.sampled_from(_SYLLABLES), max_size=12).map(" ".join), max_size=6))
def test_no_vietnamese_sentence_is_changed(texts: list[str]) -> None:
    source = document(*texts)
    assert to_unicode(source) == (source, ())


@given(st.text(max_size=80))
def test_hostile_text_never_fails(text: str) -> None:
    assert isinstance(from_tcvn3(text), str)
    assert isinstance(from_vni(text), str)
    to_unicode(document(text))
