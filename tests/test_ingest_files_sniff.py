"""What a file is, whatever it is called."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from pipeline.errors import DocumentError, Kind
from pipeline.ingest import Limits, read_document
from pipeline.ingest.files.sniff import sniff

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def zipped(path: Path, *names: str, **texts: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
        for name, text in texts.items():
            archive.writestr(name, text)
    return path


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\n\n%PDF-1.4\n", "application/pdf"),
        (b"{\\rtf1\\ansi x}", "application/rtf"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"II*\x00", "image/tiff"),
        (b"<p>a</p><p>b</p>", "text/html"),
        (b"<!DOCTYPE html><html></html>", "text/html"),
        (b"\xef\xbb\xbf<html><body><p>a</p></body></html>", "text/html"),
        ("<html><p>a</p></html>".encode("utf-16"), "text/html"),
        ("Kế hoạch <b>năm</b> 2030".encode(), "text/plain"),
        ("Kế hoạch".encode("utf-16"), "text/plain"),
        (OLE + "WordDocument".encode("utf-16-le"), "application/msword"),
    ],
)
def test_told_by_content(tmp_path: Path, data: bytes, kind: str) -> None:
    path = tmp_path / "name.that.lies.xlsx"
    path.write_bytes(data)
    assert sniff(path) == kind


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", Kind.EMPTY),
        (bytes(range(256)) * 9, Kind.UNSUPPORTED),
        (b"PK\x03\x04 cut short", Kind.DAMAGED),
        (OLE + "EncryptedPackage".encode("utf-16-le"), Kind.ENCRYPTED),
        (
            OLE + b"\xec\xa5\xc1\x00" + bytes(7) + b"\x01" + bytes(500) + "WordDocument".encode("utf-16-le"),
            Kind.ENCRYPTED,
        ),
        (OLE + "Workbook".encode("utf-16-le"), Kind.UNSUPPORTED),
    ],
)
def test_refused(tmp_path: Path, data: bytes, kind: Kind) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(data)
    with pytest.raises(DocumentError) as caught:
        sniff(path)
    assert caught.value.kind is kind


def test_zips_are_told_apart(tmp_path: Path) -> None:
    assert sniff(zipped(tmp_path / "a", "[Content_Types].xml", "word/document.xml")).endswith(
        "wordprocessingml.document"
    )
    assert sniff(zipped(tmp_path / "b", mimetype="application/vnd.oasis.opendocument.text")).endswith(
        "opendocument.text"
    )
    assert sniff(zipped(tmp_path / "c", "a.pdf")) == "application/zip"
    with pytest.raises(DocumentError) as caught:
        sniff(zipped(tmp_path / "d", "[Content_Types].xml", "xl/workbook.xml"))
    assert caught.value.kind is Kind.UNSUPPORTED


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The committee shall report on its work at the end of every year. " * 9, Kind.NOT_VIETNAMESE),
        (
            "Le comité remet son rapport dans les trois mois qui suivent la fin de chaque année scolaire. " * 9,
            Kind.NOT_VIETNAMESE,
        ),
        ("--- *** ---\n\n", Kind.NO_TEXT),
    ],
)
def test_documents_without_vietnamese_text(tmp_path: Path, text: str, kind: Kind) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        read_document(path, "a.txt", Limits())
    assert caught.value.kind is kind


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch năm 2030",
        "Uû ban nh©n d©n tØnh x©y dùng kÕ ho¹ch c«ng t¸c thi ®ua khen th­ëng n¨m 2005 cña c¸c së ban ngµnh vµ huyÖn thÞ",
        "Phòng Đào tạo mời sinh viên dự International Conference on Education; có keynote, workshop và tham quan",
    ],
    ids=["short", "TCVN3", "mixed"],
)
def test_vietnamese_in_any_dress_is_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    document = read_document(path, "thư mục/a.txt", Limits())
    assert document.source_path == "thư mục/a.txt"
    assert document.sha256.startswith(document.doc_id)
    assert len(document.doc_id) == 16
    assert document.media_type == "text/plain"


def test_size_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Kế hoạch", encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        read_document(path, "a.txt", Limits(file_bytes=5))
    assert caught.value.kind is Kind.TOO_LARGE


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        read_document(tmp_path / "none.txt", "none.txt", Limits())
    assert caught.value.kind is Kind.UNREADABLE
