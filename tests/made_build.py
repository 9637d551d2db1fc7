"""Made-up documents whose rows are sound, packed and on the shelf, for tests of builds."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pipeline.store.builds import About, Build, Shelved, publish, write_build
from pipeline.store.packing import PACKED_SCHEMAS, packed_rows
from pipeline.store.writing import write_tables
from pipeline.tables.schemas import SCHEMAS

Row = dict[str, Any]
Rows = dict[str, list[Row]]

NOW = dt.datetime(2026, 3, 1, 18, tzinfo=dt.UTC)
DIMENSIONS: Rows = {
    "instruments": [{"instrument_id": "luat-15-2003", "name": "Luật Thi đua, khen thưởng"}],
    "campaign_registry": [{"campaign_id": "ca-nuoc", "name": "Cả nước chung sức"}],
    "units": [{"unit_id": "so-noi-vu", "name": "Sở Nội vụ"}],
    "provinces": [{"province_code": "35", "name": "Hà Nam"}],
}
PAGES = ("KẾ HOẠCH năm 2024\nCăn cứ Luật Thi đua;", "1. Sở Nội vụ tổng hợp.\nNơi nhận: Lưu: VT.")
TEXT = "\n".join(PAGES)


def doc_id_of(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def made_rows(name: str) -> Rows:
    """Rows of one document of two pages: one citation, one heading, one task with one unit, one recipient."""
    doc_id = doc_id_of(name)

    def at(words: str, **values: Any) -> Row:
        start = TEXT.index(words)
        place = {"page": 1 + (start > len(PAGES[0])), "char_start": start, "char_end": start + len(words)}
        return {"doc_id": doc_id} | place | values

    pages = [
        {"doc_id": doc_id, "page": n, "text": text, "char_start": TEXT.index(text), "status": "ok"}
        for n, text in enumerate(PAGES, start=1)
    ]
    task = {"task_id": f"{doc_id}-task-1", "section_id": f"{doc_id}-section-1"}
    return {
        "documents": [{"doc_id": doc_id, "source_path": f"{name}.txt", "file_sha256": doc_id * 4, "page_count": 2}],
        "fields": [at("2024", field="plan_year", value="2024"), {"doc_id": doc_id, "field": "signed_by", "value": "x"}],
        "pages": pages,
        "sections": [at("KẾ HOẠCH", section_id=f"{doc_id}-section-1", title="KẾ HOẠCH")],
        "citations": [
            at("Luật Thi đua", citation_id=f"{doc_id}-citation-1", text="luật  thi đua", instrument_id="luat-15-2003")
        ],
        "campaigns": [at("KẾ HOẠCH", campaign_row_id=f"{doc_id}-campaign-1", name="KẾ HOẠCH", campaign_id="ca-nuoc")],
        "tasks": [at("1. Sở Nội vụ tổng hợp.", text="Sở Nội vụ tổng hợp.", **task)],
        "task_units": [at("Sở Nội vụ", position=1, unit="Sở Nội vụ", unit_id="so-noi-vu", task_id=task["task_id"])],
        "recipients": [at("Lưu: VT.", position=1, text="Lưu: VT.")],
        "warnings": [{"doc_id": doc_id, "code": "missing_number", "message": "Thiếu số / no number"}],
    }


def shelved(name: str, rows: Rows | None = None, **values: Any) -> Shelved:
    """The document of that name; `rows` in place of its own, `values` in place of what the ledger says."""
    packed = packed_rows(made_rows(name) if rows is None else rows)
    known: Row = {"source_path": f"{name}.txt", "extracted_at": NOW, "duplicate_of": None, "rows": packed}
    return Shelved(doc_id_of(name), **(known | values))


def file_rows(documents: Iterable[Shelved]) -> list[Row]:
    return [{"source_path": d.source_path, "doc_id": d.doc_id, "status": "ok", "run_id": "r"} for d in documents]


def about(run_id: str = "run-1", fresh: Iterable[str] = (), **values: Any) -> About:
    return About(run_id, NOW, f"state of {run_id}", fresh=frozenset(fresh), **values)


def made_build(out: Path, *documents: str | Shelved, run_id: str = "run-1") -> Build:
    """A build of these documents, all of them fresh; it is not published."""
    shelf = [shelved(one) if isinstance(one, str) else one for one in documents]
    return write_build(shelf, file_rows(shelf), DIMENSIONS, out, about(run_id, [one.doc_id for one in shelf]))


def published(out: Path, *documents: str | Shelved) -> Build:
    build = made_build(out, *documents)
    publish(build, out)
    return build


def loose_tables(rows: Mapping[str, list[Row]], folder: Path) -> Path:
    """Tables of one document as the test gives them, sound or not: for what reads tables only."""
    folder.mkdir(parents=True, exist_ok=True)
    document = rows["documents"][0]
    own = {name: rows.get(name, []) for name in PACKED_SCHEMAS}
    shelf = [Shelved(document["doc_id"], document["source_path"], NOW, None, packed_rows(own))]
    write_tables(shelf, {name: rows.get(name, []) for name in SCHEMAS.keys() - PACKED_SCHEMAS.keys()}, folder)
    return folder
