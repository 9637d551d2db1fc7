"""What fuzzing starts from: the project's own samples, and small made-up files of each kind."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage

from PIL import Image

from tests.bad_files import GOOD, text_pdf
from tests.made_archives import made_7z, made_rar4, made_rar5, made_tar, made_tar_zst, made_zip
from tests.samples.build import RAW
from tests.test_ingest_pdf_signatures import message

PICTURES = {"PNG": "RGB", "JPEG": "L", "TIFF": "1", "BMP": "P", "GIF": "P", "WEBP": "RGBA"}
MENU = '<div><ul><li><a href="#">Trang chủ</a></li></ul></div>'
TABLE = "<table border=1><tr><th colspan=2>STT<td rowspan=2>Nội dung</tr><tr><td>1<td>Tổng kết</tr></table>"
MARKED = """# KẾ HOẠCH

**Công tác** thi đua *năm* 2023 [xem](a.md) &amp; <b>quý</b> I

| TT | Nội dung | Thời gian |
|----|:--------:|-----------|
| 1 | Tổng kết | Quý I |
| 2 | Tập huấn | 15/4/2023 |

+----+-----+
| TT | Việc |
+----+-----+
1\tHọp\tSở Nội vụ
2\tKiểm tra\tVăn phòng
"""
BLANKS = """TT    Nội dung công việc         Đơn vị           Thời gian
1     Tổng kết phong trào        Sở Nội vụ        Quý I
      thi đua                    phối hợp
2     Tập huấn                   Ban TĐKT         Tháng 6

"""


def texts() -> list[bytes]:
    """Plain text in several shapes and encodings."""
    own = [path.read_bytes() for suffix in ("txt", "md") for path in sorted(RAW.glob(f"*.{suffix}"))]
    made = [GOOD, MARKED + GOOD, BLANKS + GOOD, GOOD.replace("\n", "\r\n\f")]
    return [*own, *(text.encode() for text in made), GOOD.encode("utf-16"), GOOD.encode("cp1258", "replace"), _tcvn3()]


def _tcvn3() -> bytes:
    return ("Căn cứ: bé kÕ ho¹ch vµ ®Çu t­, c«ng t¸c thi ®ua khen th­ëng n¨m 2004.\n" * 4).encode("cp1252", "replace")


def pages() -> list[bytes]:
    """Web pages and a web archive."""
    own = [path.read_bytes() for path in sorted(RAW.glob("*.html"))]
    lines = "".join(
        f"<p align=center style='font-weight:bold; border: 1px solid'>{line}</p>" for line in GOOD.split("\n")
    )
    made = f"<!-- a --><html><body>{MENU}{lines}{TABLE}<ol start=3><li>Một<li>Hai</ol><pre>{GOOD}</pre></body></html>"
    archive = EmailMessage()
    archive["From"] = "a"
    archive.set_content("x")
    archive.add_alternative(made, subtype="html")
    return [*own, made.encode(), b"MIME-Version: 1.0\n" + archive.as_bytes()]


def packages() -> list[bytes]:
    """Word documents: the samples', and one of the fewest parts with numbering, notes, boxes and merged cells."""
    return [*(path.read_bytes() for path in sorted(RAW.glob("*.docx"))), _docx()]


def _docx() -> bytes:
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    lines = "".join(
        f"<w:p><w:pPr><w:pStyle w:val='H'/></w:pPr><w:r><w:t>{line}</w:t></w:r></w:p>" for line in GOOD.split("\n")
    )
    table = (
        "<w:tbl><w:tblPr><w:tblBorders><w:top w:val='single'/><w:left w:val='single'/></w:tblBorders></w:tblPr>"
        "<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val='2'/><w:vMerge w:val='restart'/></w:tcPr>"
        "<w:p><w:r><w:t>TT</w:t><w:tab/><w:sym w:char='F0A3'/></w:r></w:p></w:tc><w:tc><w:p><w:r><w:br/><w:t>Việc</w:t></w:r></w:p></w:tc></w:tr>"
        "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:r><w:t>Họp</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    item = "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>Tổng kết</w:t><w:footnoteReference w:id='2'/></w:r></w:p>"
    box = "<w:p><w:r><w:txbxContent><w:p><w:r><w:t>Khung</w:t></w:r></w:p></w:txbxContent></w:r></w:p>"
    parts = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {w}><w:body>{lines}{item * 3}{table}{box}<w:sectPr/></w:body></w:document>",
        "word/_rels/document.xml.rels": "<Relationships>"
        + "".join(
            f"<Relationship Id='{kind}' Type='x/{kind}' Target='{kind}.xml'/>"
            for kind in ("styles", "numbering", "footnotes")
        )
        + "</Relationships>",
        "word/styles.xml": f"<w:styles {w}><w:style w:type='paragraph' w:styleId='H' w:default='1'><w:basedOn w:val='H'/>"
        "<w:pPr><w:jc w:val='center'/><w:outlineLvl w:val='1'/></w:pPr><w:rPr><w:b/></w:rPr></w:style></w:styles>",
        "word/numbering.xml": f"<w:numbering {w}><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/>"
        "<w:numFmt w:val='upperRoman'/><w:lvlText w:val='%1.'/></w:lvl></w:abstractNum><w:num w:numId='1'>"
        "<w:abstractNumId w:val='0'/></w:num></w:numbering>",
        "word/footnotes.xml": f"<w:footnotes {w}><w:footnote w:id='2'><w:p><w:r><w:t>Ghi chú</w:t></w:r></w:p></w:footnote></w:footnotes>",
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def printed() -> list[bytes]:
    """PDFs with a text layer, and one that is a scan."""
    return [*(path.read_bytes() for path in sorted(RAW.glob("*.pdf"))), text_pdf()]


def pictures() -> list[bytes]:
    """A small picture of dark lines in each format."""
    found = []
    for name, mode in PICTURES.items():
        picture = Image.new("RGB", (120, 160), "white")
        for line in range(20, 140, 12):
            picture.paste((30, 30, 30), (10, line, 110, line + 5))
        buffer = io.BytesIO()
        picture.convert(mode).save(buffer, name)
        found.append(buffer.getvalue())
    return found


def signatures() -> list[bytes]:
    """The time entry, a line feed, the message."""
    moments = [b"D:20240318084142+07'00'", b"D:20240318200000Z", b"D:00010101000000+23'59'", b""]
    return [moment + b"\n" + message() for moment in moments]


def fonts() -> list[bytes]:
    """Text whose every line is set in the next of three fonts."""
    lines = ["C¨n cø ch­¬ng tr×nh c«ng t¸c", "Caên cöù chöông trình coâng taùc", "&Ӝ1* HOÀ XÃ +Ӝ, ph·p luËt", GOOD]
    return ["\n".join(lines * 3).encode(), GOOD.encode()]


def answers() -> list[bytes]:
    """What Tesseract prints."""
    head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
    return [(head + "5\t1\t1\t1\t1\t1\t10\t20\t30\t12\t96.5\tSở\n" * 3).encode()]


def archives() -> list[bytes]:
    """One of each format, and one archive inside another."""
    members = [("Cao Bằng/kh.txt", GOOD.encode()), ("a/b.txt", b"x"), ("kh.txt", b"\0" * 5000)]
    inner = ("trong.zip", made_zip(members))
    makers = (made_zip, made_tar, made_tar_zst, made_7z, made_rar4, made_rar5)
    return [make([*members, inner]) for make in makers]
