"""Evidence of some documents' rows: pages in are pages out, offsets lie in the text, and the words re-read."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.store.findings import told

Tables = Mapping[str, pa.Table]
Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

POINTING = ("fields", "citations", "campaigns", "tasks", "task_units", "recipients", "sections", "warnings")
_PLACE = ["doc_id", "page", "char_start", "char_end"]
EVIDENCE_COLUMNS: dict[str, list[str]] = {
    "documents": ["doc_id", "page_count"],
    "pages": ["doc_id", "page", "text", "char_start"],
    **dict.fromkeys(POINTING, _PLACE),
    "citations": [*_PLACE, "citation_id", "text"],
}
"""The columns that `check_evidence` looks at."""
BLANKS = np.array([sign for sign in range(0x3001) if chr(sign).isspace()], dtype=np.uint32)
"""What `str.strip` takes away; none stands behind U+3000."""


def check_evidence(tables: Tables, fresh: pa.Array) -> list[str]:
    """What is wrong with pages and evidence of these documents' rows.

    Universal is only what every extractor keeps: a row's page exists (a table row that goes on over a page break has
    cells of the next page in the text of the one before), and its words are not empty and have no blanks around them.

    Args:
        tables: rows of the document tables, every document's together and in the same order, as they are written.
        fresh: the documents whose words are read again; of the others pages and offsets alone are looked at.
    """
    texts = _Texts.of(tables["documents"], tables["pages"])
    findings = _check_pages(tables["documents"], tables["pages"], texts)
    if findings:
        return findings
    for name in POINTING:
        findings += _check_offsets(name, tables[name], texts)
    return findings or _check_words(tables, fresh)


@dataclass(frozen=True, slots=True)
class _Texts:
    """The canonical text of each document, as far as its pages tell."""

    ids: pa.Array
    page_counts: Numbers
    lengths: Numbers
    """In code points."""

    @classmethod
    def of(cls, documents: pa.Table, pages: pa.Table) -> _Texts:
        ids = documents["doc_id"].combine_chunks()
        owners = _index(pages["doc_id"], ids)
        ends = _numbers(pages["char_start"]) + _numbers(pc.utf8_length(pages["text"]))
        lengths = np.zeros(len(ids), np.int64)
        np.maximum.at(lengths, owners[owners >= 0], ends[owners >= 0])
        return cls(ids, _numbers(documents["page_count"]), lengths)

    def owners(self, rows: pa.Table) -> Numbers:
        return _index(rows["doc_id"], self.ids)


def _check_pages(documents: pa.Table, pages: pa.Table, texts: _Texts) -> list[str]:
    owners = texts.owners(pages)
    counts = np.bincount(owners[owners >= 0], minlength=len(texts.ids))
    missing = documents.filter(pa.array(counts != texts.page_counts))
    firsts = np.cumsum(counts) - counts
    expected = np.arange(len(owners)) - firsts[owners] + 1
    astray = pages.filter(pa.array((owners < 0) | (_numbers(pages["page"]) != expected)))
    blind = pages.filter(pc.or_(pc.is_null(pages["text"]), pc.is_null(pages["char_start"])))
    starts = _numbers(pages["char_start"])
    ends = starts + _numbers(pc.utf8_length(pages["text"]))
    over = (owners[1:] == owners[:-1]) & (starts[1:] < ends[:-1])
    return [
        *told("documents", missing, "doc_id", "văn bản thiếu hoặc thừa trang", "documents lack pages or have too many"),
        *told("pages", astray, "doc_id", "trang sai số thứ tự", "pages are not numbered 1, 2, … in order"),
        *told("pages", blind, "doc_id", "trang không có chữ hoặc vị trí", "pages have no text or no place in it"),
        *told("pages", pages.slice(1).filter(pa.array(over)), "doc_id", "trang chồng lên nhau", "pages overlap"),
    ]


def _check_offsets(name: str, rows: pa.Table, texts: _Texts) -> list[str]:
    owners = texts.owners(rows)
    starts, ends, pages = (_numbers(rows[column]) for column in ("char_start", "char_end", "page"))
    nowhere = (starts == _NULL) & (ends == _NULL)
    inside = (starts >= 0) & (starts < ends) & (ends <= texts.lengths[owners])
    on_page = (pages >= 1) & (pages <= texts.page_counts[owners])
    wrong = rows.filter(pa.array(~nowhere & ~inside))
    off_page = rows.filter(pa.array(~nowhere & ~on_page))
    return [
        *told(name, wrong, "doc_id", "dòng trỏ ra ngoài văn bản", "rows point outside their text"),
        *told(name, off_page, "doc_id", "dòng ở trang không có", "rows stand on a page that is not there"),
    ]


def _check_words(tables: Tables, fresh: pa.Array) -> list[str]:
    if not len(fresh):
        return []
    tables = {name: tables[name].filter(pc.is_in(tables[name]["doc_id"], value_set=fresh)) for name in EVIDENCE_COLUMNS}
    texts = _Texts.of(tables["documents"], tables["pages"])
    bases = np.cumsum(texts.lengths) - texts.lengths
    signs = _signs(tables["pages"], texts, bases)
    findings = []
    for name in POINTING:
        rows = tables[name].filter(pc.is_valid(tables[name]["char_start"]))
        at = bases[texts.owners(rows)]
        starts, ends = at + _numbers(rows["char_start"]), at + _numbers(rows["char_end"])
        ragged = rows.filter(pa.array(np.isin(signs[starts], BLANKS) | np.isin(signs[ends - 1], BLANKS)))
        vi, en = "dẫn chứng bắt đầu hay kết thúc bằng dấu cách", "rows whose evidence has blanks around it"
        findings += told(name, ragged, "doc_id", vi, en)
        if name == "citations":
            findings += _check_citations(rows, [signs[start:end] for start, end in zip(starts, ends, strict=True)])
    return findings


def _signs(pages: pa.Table, texts: _Texts, bases: Numbers) -> npt.NDArray[np.uint32]:
    """All texts one behind the other, one number a code point."""
    signs = np.full(int(texts.lengths.sum()), ord("\n"), np.uint32)
    starts = bases[texts.owners(pages)] + _numbers(pages["char_start"])
    for start, text in zip(starts.tolist(), pages["text"].to_pylist(), strict=True):
        page = np.frombuffer(text.encode("utf-32-le"), np.uint32)
        signs[start : start + len(page)] = page
    return signs


def _check_citations(rows: pa.Table, slices: list[npt.NDArray[np.uint32]]) -> list[str]:
    said = rows["text"].to_pylist()
    wrong = [not _alike(text, words.tobytes().decode("utf-32-le")) for text, words in zip(said, slices, strict=True)]
    vi, en = "viện dẫn khác với chữ ở vị trí của nó", "citations differ from the words they point at"
    return told("citations", rows.filter(pa.array(wrong, pa.bool_())), "citation_id", vi, en)


def _alike(text: str | None, words: str) -> bool:
    return text == words or (text is not None and _flat(text) == _flat(words))


def _flat(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


_NULL = np.iinfo(np.int64).min


def _numbers(column: pa.ChunkedArray) -> Numbers:
    found: Any = pc.fill_null(pc.cast(column, pa.int64()), _NULL).to_numpy()
    return np.asarray(found, np.int64)


def _index(column: pa.ChunkedArray, known: pa.Array) -> Numbers:
    """Where each value stands in `known`, -1 where it does not."""
    return np.asarray(pc.fill_null(pc.index_in(column, value_set=known), -1).to_numpy(), np.int64)
