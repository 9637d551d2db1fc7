"""An open PDF lets its pages go: after some of them the file is opened anew, and nobody notices."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipeline.ingest.limits import Limits
from pipeline.ingest.pdf import file as pdf_file
from pipeline.ingest.pdf.file import PdfFile
from pipeline.ingest.pdf.library import Document, open_document

PAGES = 100


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = Canvas(str(tmp_path / "long.pdf"))
    for number in range(1, PAGES + 1):
        made.drawString(72, 700, f"page {number}")
        made.showPage()
    made.save()
    return tmp_path / "long.pdf"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Document]:
    """Every opening of a file."""
    documents: list[Document] = []

    def open_and_tell(path: Path) -> Document:
        documents.append(open_document(path))
        return documents[-1]

    monkeypatch.setattr(pdf_file, "open_document", open_and_tell)
    return documents


def said(file: PdfFile, number: int) -> str:
    with file.page(number) as page:
        return " ".join(word.text for word in page.content.words)


def test_the_pages_of_a_long_file_are_let_go(path: Path, opened: list[Document]) -> None:
    file = PdfFile(path, Limits())
    assert [said(file, number) for number in range(1, PAGES + 1)] == [f"page {n}" for n in range(1, PAGES + 1)]
    assert len(opened) == 3
    assert [document.raw is None for document in opened] == [True, True, False]
    file.close()
    assert opened[-1].raw is None


def test_a_page_in_use_keeps_its_file(path: Path, opened: list[Document]) -> None:
    file = PdfFile(path, Limits())
    with file.page(1) as first:
        for number in range(2, PAGES):
            said(file, number)
        assert len(opened) == 1
        assert first.size[0] > 0
    said(file, 2)
    assert len(opened) == 2
    file.close()


def test_a_file_that_is_gone_is_read_to_its_end(path: Path, opened: list[Document]) -> None:
    file = PdfFile(path, Limits())
    path.unlink()
    assert said(file, 1) == "page 1"
    assert [said(file, number) for number in range(2, PAGES + 1)][-1] == f"page {PAGES}"
    file.close()
