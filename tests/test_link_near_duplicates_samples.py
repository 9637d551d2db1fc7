"""Repeats among the project's samples, their scans and look-alikes, and among the real documents."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from pipeline.ingest.limits import Limits
from pipeline.link.near_duplicates import Paper, repeats, shingles
from pipeline.run.document import read_rows
from tests.samples.build import RAW
from tests.scans.make import make_scan
from tests.scans.wear import OFFICE


@dataclass(frozen=True, slots=True)
class Read:
    """A document as it is read, and its text."""

    paper: Paper
    text: str


def read(path: Path) -> Read:
    rows = read_rows(path, path.name, Limits())
    text = "\n".join(page["text"] for page in rows["pages"])
    row = rows["documents"][0]
    facts = json.dumps(row, default=str)
    return Read(Paper.read(row["doc_id"], row["source_path"], facts, shingles(text)), text)


@cache
def sample(name: str) -> Read:
    return read(RAW / name)


SAMPLES = {
    "kh-ubnd-tinh-ben-tre-2025.txt": ("Bến Tre", "Trà Vinh"),
    "kh-so-noi-vu-ha-nam-2024.docx": ("Hà Nam", "Nam Định"),
    "kh-ubnd-tinh-kien-giang-2024.pdf": ("Kiên Giang", "An Giang"),
    "kh-btgtu-son-la-2022.md": ("Sơn La", "Lai Châu"),
}
each_sample = pytest.mark.parametrize("name", SAMPLES)


def blank(text: str) -> str:
    """Number and day not filled in yet."""
    text = re.sub(r"(Số:?) ?\d+([/-])", r"\1      \2", text, count=1)
    return re.sub(r"ngày \d+ tháng (\d+) năm (20\d\d)(?=\n)", r"ngày      tháng \1 năm \2", text, count=1)


def draft(text: str) -> str:
    """Blank, said to be a draft, and without every ninth line below the header."""
    lines = text.split("\n")
    return blank("\n".join(["DỰ THẢO", *(line for at, line in enumerate(lines) if at < 12 or at % 9)]))


def next_year(text: str) -> str:
    return re.sub(r"\b20(?=2\d\b)(\d\d)", lambda year: f"20{int(year[1]) + 1}", text)


def other_kind(text: str, kind: str, symbol: str, lead: str) -> str:
    text = re.sub(r"/KH-|-KH/", lambda found: found[0].replace("KH", symbol), text, count=1)
    return text.replace("KẾ HOẠCH\n", f"{kind}\n{lead} ", 1)


def written(text: str, folder: Path) -> Read:
    path = folder / "another.txt"
    path.write_text(text, encoding="utf-8")
    return read(path)


@each_sample
@pytest.mark.parametrize("change", [str, blank, draft])
def test_text_word_and_draft_of_a_sample_are_linked_to_it(
    name: str, change: Callable[[str], str], tmp_path: Path
) -> None:
    known = sample(name)
    other = written(change(known.text) + "\n", tmp_path)
    assert len(repeats([known.paper, other.paper])) == 1
    if change is not str:
        assert repeats([other.paper, known.paper]) == {other.paper.doc_id: known.paper.doc_id}


@each_sample
@pytest.mark.parametrize(
    "change",
    [
        next_year,
        lambda text: blank(next_year(text)),
        lambda text: re.sub(r"(Số:? ?)\d+", r"\g<1>918", text, count=1),
        lambda text: other_kind(text, "QUYẾT ĐỊNH", "QĐ", "Về việc ban hành Kế hoạch"),
        lambda text: other_kind(text, "BÁO CÁO", "BC", "Kết quả thực hiện Kế hoạch"),
    ],
    ids=["next year", "next year, blank", "number", "decision", "report"],
)
def test_papers_a_sample_resembles_are_not_linked(name: str, change: Callable[[str], str], tmp_path: Path) -> None:
    known = sample(name)
    other = written(change(known.text), tmp_path)
    assert other.text != known.text
    assert repeats([known.paper, other.paper]) == {}


@each_sample
@pytest.mark.parametrize("change", [str, blank])
def test_the_plan_another_province_copied_is_not_linked(
    name: str, change: Callable[[str], str], tmp_path: Path
) -> None:
    known = sample(name)
    ours, theirs = SAMPLES[name]
    other = written(change(known.text.replace(ours, theirs).replace(ours.upper(), theirs.upper())), tmp_path)
    assert theirs in str(other.paper.issuer)
    assert repeats([known.paper, other.paper]) == {}


def test_a_scan_is_linked_to_the_text_and_to_nothing_like_it(tmp_path: Path) -> None:
    known = sample("kh-so-noi-vu-ha-nam-2024.docx")
    pdf = tmp_path / "scan.pdf"
    pdf.write_bytes(make_scan(RAW / "kh-so-noi-vu-ha-nam-2024.docx", OFFICE, 7).pdf)
    scan = read(pdf)
    assert scan.paper.text_source == "ocr"
    word, later = written(blank(known.text), tmp_path), written(blank(next_year(known.text)), tmp_path)
    papers = [scan.paper, word.paper, known.paper, later.paper]
    assert repeats(papers) == dict.fromkeys((scan.paper.doc_id, word.paper.doc_id), known.paper.doc_id)


def test_no_sample_repeats_another() -> None:
    files = [path for path in sorted(RAW.iterdir()) if "scan" not in path.name]
    assert len(files) == 9
    assert repeats([read(path).paper for path in files]) == {}


PAIRS = (
    ("kh-thptcaolanh2-58-docx.docx", "kh-thptcaolanh2-58-pdf.pdf"),
    ("kh-sgddt-dongthap-362-stem-doc.doc", "kh-sgddt-dongthap-362-stem-pdf.pdf"),
    ("kh-sct-laocai-1105-2026-txt.txt", "kh-sct-laocai-1105-2026.pdf"),
)
ALONE = (
    "kh-stttt-haiduong-339-2022.doc",
    "kh-stttt-haiduong-hatangso-2022.docx",
    "kh-laocai-chithi11-khoangsan-2026.docx",
    "hd-hungyen-hdtdkt-cumkhoi-2021.docx",
)


def test_of_the_real_documents_the_three_pairs_are_linked_and_nothing_else(shared: Path) -> None:
    files = [shared / "corpus" / name for name in (*ALONE, *(name for pair in PAIRS for name in pair))]
    papers = {path.name: read(path).paper for path in (*files, *sorted((shared / "seeds").iterdir()))}
    assert len(papers) == 15
    links = repeats(list(papers.values()))
    assert {frozenset(link) for link in links.items()} == {
        frozenset(papers[name].doc_id for name in pair) for pair in PAIRS
    }
    stem = [papers[name].doc_id for name in PAIRS[1]]
    assert links[stem[0]] == stem[1], "the Word without a number repeats the signed PDF"
