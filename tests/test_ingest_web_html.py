"""Web pages: the document, not the page around it. All sentences are made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import DocumentError, Kind
from pipeline.ingest.limits import Limits
from pipeline.ingest.web.html import read_html
from pipeline.records import SourceBlock, SourceLine, SourceParagraph, SourceTable

LETTERHEAD = (
    "<table><tr><td>UBND TỈNH A<br/>-------</td><td align=center><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b></td></tr>"
    "<tr><td>Số: 9/KH-UBND</td><td>A, ngày 1 tháng 2 năm 2030</td></tr></table>"
)
LONG = "Các cơ quan, đơn vị tổ chức thực hiện nghiêm túc kế hoạch này trong năm 2030 và báo cáo đúng hạn."


@pytest.fixture
def blocks(tmp_path: Path):  # type: ignore[no-untyped-def]
    def read(page: str) -> tuple[SourceBlock, ...]:
        path = tmp_path / "a.html"
        path.write_text(page, encoding="utf-8")
        pages, _ = read_html(path, Limits())
        return pages[0].blocks

    return read


def words(block: SourceBlock) -> str:
    assert isinstance(block, SourceParagraph | SourceLine)
    return "".join(run.text for run in block.runs)


def test_the_page_around_the_document_goes(blocks) -> None:  # type: ignore[no-untyped-def]
    page = (
        "<html><head><title>Cổng</title><style>p{}</style></head><body><nav>Trang chủ</nav><div class=menu><a>Tin</a></div>"
        f"<div id=main>{LETTERHEAD}<p align=center><b>KẾ HOẠCH</b></p><p>{LONG}</p><p>{LONG} Hết.</p>"
        "<p style='display:none'>Ẩn</p><script>var x=1</script></div><div><p>Bản quyền của cổng</p></div></body></html>"
    )
    found = blocks(page)
    assert [words(b) for b in found] == [
        "UBND TỈNH A", "Số: 9/KH-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "A, ngày 1 tháng 2 năm 2030", "KẾ HOẠCH", LONG, LONG + " Hết.",
    ]  # fmt: skip
    assert [b.column for b in found if isinstance(b, SourceLine)] == [1, 1, 2, 2]
    assert (found[4].bold, found[4].align) == (True, "center")


def test_a_letterhead_beside_the_text_is_kept(blocks) -> None:  # type: ignore[no-untyped-def]
    found = [words(b) for b in blocks(f"<div>{LETTERHEAD}</div><div><p>{LONG}</p></div>")]
    assert found[0] == "UBND TỈNH A"
    assert found[-1] == LONG


def test_real_tables_with_spans(blocks) -> None:  # type: ignore[no-untyped-def]
    (table,) = blocks(
        "<table border=1><thead><tr><th>TT<th>Việc<th>Ai</tr></thead><tr><td colspan=3><b>Quý I</b></td></tr>"
        "<tr><td>1<td>Họp<td rowspan=2>Văn&nbsp;phòng</tr><tr><td>2<td><p>- Một</p><p>- Hai</p></tr></table>"
    )
    assert isinstance(table, SourceTable)
    assert [[["".join(r.text for r in p) for p in c.paragraphs] for c in row.cells] for row in table.rows] == [
        [["TT"], ["Việc"], ["Ai"]],
        [["Quý I"]],
        [["1"], ["Họp"], ["Văn phòng"]],
        [["2"], ["- Một", "- Hai"]],
    ]
    assert (table.rows[1].cells[0].column_span, table.rows[2].cells[2].row_span) == (3, 2)


def test_lists_are_numbered_as_a_browser_does(blocks) -> None:  # type: ignore[no-untyped-def]
    found = blocks(
        "<ol start=3><li>Ba</li><li><p>Bốn</p></li></ol><ol type=a><li>chữ</li></ol><ul><li>- đã gạch</li><li>chưa</li></ul>"
    )
    assert [words(b) for b in found] == ["3. Ba", "4. Bốn", "a. chữ", "- đã gạch", "• chưa"]


def test_inline_text_joins_and_breaks_part(blocks) -> None:  # type: ignore[no-untyped-def]
    found = blocks("<p>Số <b>1</b>\n <i>năm</i>&nbsp;2030<br>- gạch</p>chữ trần<div>khối</div>đuôi")
    assert [words(b) for b in found] == ["Số 1 năm 2030", "- gạch", "chữ trần", "khối", "đuôi"]


def test_web_archives_are_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(
        b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\nContent-Type: text/html; charset=utf-8\n'
        b"Content-Transfer-Encoding: quoted-printable\n\n<p>K=E1=BA=BF ho=E1=BA=A1ch</p>\n--x--\n"
    )
    pages, _ = read_html(path, Limits())
    assert [words(b) for b in pages[0].blocks] == ["Kế hoạch"]


def test_hostile_pages_are_bounded(blocks) -> None:  # type: ignore[no-untyped-def]
    assert blocks("<div>" * 5000 + "<p>Sâu</p>") is not None
    (table, *_) = blocks(
        "<table border=1><tr><td colspan=999999>a<td>b</tr><tr><td>c<td rowspan=99999999>d</tr></table>"
    )
    assert isinstance(table, SourceTable)
    assert table.column_count <= 1001


def test_too_many_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<table>" + "<tr><td>a<td>b</tr>" * 60 + "</table>", encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        read_html(path, Limits(table_cells=100))
    assert caught.value.kind is Kind.TOO_LARGE
