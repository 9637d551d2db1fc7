"""DOC, RTF and ODT through LibreOffice, and what happens without it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from pipeline.errors import DocumentError, Kind
from pipeline.ingest import Limits, read_document
from pipeline.ingest.word import office
from pipeline.ingest.word.office import find_program, read_office
from pipeline.records import SourceParagraph, SourceTable

RTF = (
    r"{\rtf1\ansi\uc1 K\u7871?\~ho\u7841?ch c\u244?ng t\u225?c n\u259?m 2030\par"
    r"\trowd\cellx3000\cellx6000\intbl TT\cell Vi\u7879?c\cell\row"
    r"\trowd\cellx3000\cellx6000\intbl 1\cell H\u7885?p\cell\row\pard H\u7871?t.\par}"
)
needs_office = pytest.mark.skipif(find_program() is None, reason="KHÔNG CÓ LibreOffice (soffice)")


def fake_office(folder: Path, script: str) -> str:
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return str(program)


@needs_office
def test_rtf_is_read_with_its_table(tmp_path: Path) -> None:
    path = tmp_path / "ke hoach.doc"
    path.write_text(RTF, encoding="ascii")
    document = read_document(path, "ke hoach.doc", Limits())
    assert document.media_type == "application/rtf"
    first, table, last = document.pages[0].blocks
    assert isinstance(first, SourceParagraph)
    assert isinstance(table, SourceTable)
    assert isinstance(last, SourceParagraph)
    assert "".join(run.text for run in first.runs) == "Kế hoạch công tác năm 2030"
    assert [[c.paragraphs[0][0].text for c in row.cells] for row in table.rows] == [["TT", "Việc"], ["1", "Họp"]]


def test_without_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DocumentError) as caught:
        read_office(tmp_path / "a.doc", Limits())
    assert caught.value.kind is Kind.TOOL_MISSING


@pytest.mark.parametrize(
    ("script", "kind"),
    [("sleep 60 & sleep 60", Kind.TIMEOUT), ("echo cannot load >&2; exit 1", Kind.DAMAGED), ("exit 0", Kind.DAMAGED)],
)
def test_a_program_that_misbehaves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, kind: Kind) -> None:
    program = fake_office(tmp_path, script)
    monkeypatch.setattr(office, "find_program", lambda: program)
    path = tmp_path / "a.rtf"
    path.write_text(RTF, encoding="ascii")
    started = time.monotonic()
    with pytest.raises(DocumentError) as caught:
        read_office(path, Limits(office_seconds=0.3))
    assert caught.value.kind is kind
    assert time.monotonic() - started < 10
