"""Word documents, written as XML on the spot. All sentences are made up."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from pipeline.errors import DocumentError, Kind
from pipeline.ingest.limits import Limits
from pipeline.ingest.word.docx import read_docx
from pipeline.ingest.word.numbering import written_number
from pipeline.records import SourceBlock, SourceLine, SourceParagraph, SourceTable

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MORE = (
    f'{W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NUMBERING = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2."/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
</w:numbering>"""
STYLES = f"""<w:styles {W}>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:pPr><w:jc w:val="both"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Muc"><w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Gach"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:type="table" w:styleId="Luoi"><w:tblPr><w:tblBorders><w:top w:val="single"/><w:left w:val="single"/></w:tblBorders></w:tblPr></w:style>
</w:styles>"""


def run(text: str, props: str = "") -> str:
    return f'<w:r><w:rPr>{props}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(content: str, props: str = "") -> str:
    inner = content if content.startswith("<") else run(content)
    return f"<w:p><w:pPr>{props}</w:pPr>{inner}</w:p>"


def listed(text: str, num: int, level: int = 0) -> str:
    return para(text or "<w:r/>", f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


def cell(content: str, props: str = "") -> str:
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{content if content.startswith('<') else para(content)}</w:tc>"


def table(*rows: str, props: str = '<w:tblStyle w:val="Luoi"/>') -> str:
    return f"<w:tbl><w:tblPr>{props}</w:tblPr>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def write(path: Path, body: str, **parts: str) -> Path:
    parts = {"styles": STYLES, "numbering": NUMBERING, **parts}
    relations = "".join(f'<Relationship Id="r{n}" Type="{KIND}/{n}" Target="{n}.xml"/>' for n in parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("word/document.xml", f"<w:document {MORE}><w:body>{body}</w:body></w:document>")
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>',
        )
        for name, xml in parts.items():
            archive.writestr(f"word/{name}.xml", xml)
    return path


def words(block: SourceBlock) -> str:
    assert isinstance(block, SourceParagraph | SourceLine)
    return "".join(r.text for r in block.runs)


def cells_of(block: SourceBlock) -> list[list[str]]:
    assert isinstance(block, SourceTable)
    return [
        ["\n".join("".join(r.text for r in runs) for runs in c.paragraphs) for c in row.cells] for row in block.rows
    ]


@pytest.fixture
def blocks(tmp_path: Path):  # type: ignore[no-untyped-def]
    def read(body: str, **parts: str) -> tuple[SourceBlock, ...]:
        pages, _ = read_docx(write(tmp_path / "a.docx", body, **parts), Limits())
        return pages[0].blocks

    return read


def test_generated_numbers_are_read(blocks) -> None:  # type: ignore[no-untyped-def]
    body = "".join(
        [
            listed("MỤC ĐÍCH", 1), listed("Nâng cao chất lượng", 1, 1), listed("việc thứ nhất", 1, 2),
            listed("việc thứ hai", 1, 2), listed("Kịp thời", 1, 1), listed("NHIỆM VỤ", 1), listed("Họp", 1, 1),
            listed("gạch", 2), listed("ba", 3), listed("bốn", 3), listed("lại từ đầu", 4), para("gạch theo kiểu", '<w:pStyle w:val="Gach"/>'),
            listed("không số", 0),
        ]
    )  # fmt: skip
    assert [words(b) for b in blocks(body)] == [
        "I. MỤC ĐÍCH", "1.1. Nâng cao chất lượng", "a) việc thứ nhất", "b) việc thứ hai", "1.2. Kịp thời", "II. NHIỆM VỤ", "2.1. Họp",
        "- gạch", "3 ba", "4 bốn", "1 lại từ đầu", "- gạch theo kiểu", "không số",
    ]  # fmt: skip


def test_a_number_typed_as_well_is_not_doubled(blocks) -> None:  # type: ignore[no-untyped-def]
    assert [words(b) for b in blocks(listed("- Đã gõ gạch", 2))] == ["- Đã gõ gạch"]


@pytest.mark.parametrize(
    ("number", "form", "written"),
    [
        (4, "upperRoman", "IV"),
        (9, "lowerRoman", "ix"),
        (27, "lowerLetter", "aa"),
        (5, "lowerLetter", "e"),
        (3, "decimalZero", "03"),
    ],
)
def test_forms_of_numbers(number: int, form: str, written: str) -> None:
    assert written_number(number, form) == written


def test_changes_breaks_and_signs(blocks) -> None:  # type: ignore[no-untyped-def]
    body = para(
        run("Giữ ") + f"<w:ins>{run('thêm')}</w:ins>" + "<w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>"
        + "<w:hyperlink>" + run(" liên kết") + "</w:hyperlink><w:r><w:tab/><w:noBreakHyphen/></w:r>" + run(" ẩn", "<w:vanish/>")
        + run(" in hoa", "<w:caps/>")
    )  # fmt: skip
    assert [words(b) for b in blocks(body)] == ["Giữ thêm liên kết - IN HOA"]


def test_centred_lines_part_and_wrapped_ones_join(blocks) -> None:  # type: ignore[no-untyped-def]
    br = "<w:r><w:br/></w:r>"
    centred = para(run("KẾ HOẠCH") + br + run("Công tác năm 2030"), '<w:jc w:val="center"/>')
    wrapped = para(run("Thực hiện các nhiệm vụ") + br + run("được giao trong năm.") + br + run("- Mục mới"))
    assert [words(b) for b in blocks(centred + wrapped)] == [
        "KẾ HOẠCH",
        "Công tác năm 2030",
        "Thực hiện các nhiệm vụ được giao trong năm.",
        "- Mục mới",
    ]


def test_styles_give_weight_place_and_role(blocks) -> None:  # type: ignore[no-untyped-def]
    first, second = blocks(para("I. YÊU CẦU", '<w:pStyle w:val="Muc"/>') + para("Nội dung", '<w:jc w:val="center"/>'))
    assert (first.bold, first.align, first.role) == (True, "justify", "heading")
    assert (second.bold, second.align, second.role) == (False, "center", "body")


def test_merged_cells_keep_their_place(blocks) -> None:  # type: ignore[no-untyped-def]
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    (found,) = blocks(
        table(
            cell("TT") + cell("Việc") + cell("Ai"),
            cell("Quý I", '<w:gridSpan w:val="3"/>'),
            cell("<w:p/>" and listed("", 3)) + cell("Họp") + cell("Văn phòng", down),
            cell(listed("", 3)) + cell("Báo cáo") + cell("", on),
        )
    )
    assert found.column_count == 3
    assert cells_of(found) == [["TT", "Việc", "Ai"], ["Quý I"], ["3", "Họp", "Văn phòng"], ["4", "Báo cáo"]]
    assert [(c.column, c.column_span, c.row_span) for row in found.rows for c in row.cells][3:7] == [
        (0, 3, 1),
        (0, 1, 1),
        (1, 1, 1),
        (2, 1, 2),
    ]


def test_letterhead_tables_are_lines_left_column_first(blocks) -> None:  # type: ignore[no-untyped-def]
    left = para("UBND TỈNH A") + para("SỞ B", "")
    right = para(run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + "<w:r><w:br/></w:r>" + run("Độc lập - Tự do - Hạnh phúc"))
    body = table(cell(left) + cell(right), cell("Số: 5/KH-SB") + cell("A, ngày 3 tháng 2 năm 2030"), props="")
    assert [(words(b), b.column) for b in blocks(body)] == [
        ("UBND TỈNH A", 1),
        ("SỞ B", 1),
        ("Số: 5/KH-SB", 1),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 2),
        ("Độc lập - Tự do - Hạnh phúc", 2),
        ("A, ngày 3 tháng 2 năm 2030", 2),
    ]


def test_letterheads_set_with_tabs(blocks) -> None:  # type: ignore[no-untyped-def]
    tab = "<w:r><w:tab/></w:r>"
    body = (
        para(run("UBND TỈNH A") + tab + run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"))
        + para(run("SỞ B") + tab + tab + run("Độc lập - Tự do - Hạnh phúc"))
        + para("KẾ HOẠCH", '<w:jc w:val="center"/>')
        + para(run("1.") + tab + run("Tổ chức họp"))
    )
    assert [(words(b), getattr(b, "column", 0)) for b in blocks(body)] == [
        ("UBND TỈNH A", 1),
        ("SỞ B", 1),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 2),
        ("Độc lập - Tự do - Hạnh phúc", 2),
        ("KẾ HOẠCH", 0),
        ("1. Tổ chức họp", 0),
    ]


def test_text_boxes_once_and_content_controls(blocks) -> None:  # type: ignore[no-untyped-def]
    box = f"<w:txbxContent>{para('DỰ THẢO')}</w:txbxContent>"
    drawn = (
        f"<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>{run('Bên cạnh')}</w:p>"
    )
    found = blocks(drawn + f"<w:sdt><w:sdtContent>{para('Trong ô điều khiển')}</w:sdtContent></w:sdt>")
    assert [(words(b), b.role) for b in found] == [
        ("Bên cạnh", "body"),
        ("DỰ THẢO", "textbox"),
        ("Trong ô điều khiển", "body"),
    ]


def test_footnotes_come_last(blocks) -> None:  # type: ignore[no-untyped-def]
    notes = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        f'<w:footnote w:id="2">{para("Chú thích.")}</w:footnote></w:footnotes>'
    )
    body = para(run("Nội dung") + '<w:r><w:footnoteReference w:id="2"/></w:r>') + para("Hết.")
    assert [(words(b), b.role) for b in blocks(body, footnotes=notes)] == [
        ("Nội dung", "body"),
        ("Hết.", "body"),
        ("Chú thích.", "footnote"),
    ]


def test_entity_bomb_is_not_unfolded(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    bomb = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("word/document.xml", f"{bomb}<w:document {W}><w:body>{para('&b;')}</w:body></w:document>")
    pages, _ = read_docx(path, Limits())
    assert not any("aaaa" in words(block) for block in pages[0].blocks)


@pytest.mark.parametrize(
    ("xml", "kind"), [("<w:document", Kind.DAMAGED), (" " * 30_000_000, Kind.TOO_LARGE)], ids=["broken", "bomb"]
)
def test_bad_parts(tmp_path: Path, xml: str, kind: Kind) -> None:
    path = tmp_path / "bad.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("word/document.xml", xml)
    with pytest.raises(DocumentError) as caught:
        read_docx(path, Limits())
    assert caught.value.kind is kind
