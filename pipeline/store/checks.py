"""Is a build sound? Asked of the written files, before it gets its name; and of one document's rows, before packing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.store.build_faults import UnsoundBuild
from pipeline.store.evidence import EVIDENCE_COLUMNS, check_evidence
from pipeline.store.findings import told
from pipeline.store.keys import KEY_COLUMNS, REGISTERS, check_keys, dangling, repeated
from pipeline.store.packing import PACKED_SCHEMAS
from pipeline.tables.schemas import SCHEMAS

_COLUMNS = {name: list(dict.fromkeys(KEY_COLUMNS[name] + EVIDENCE_COLUMNS.get(name, []))) for name in PACKED_SCHEMAS}
_READ = ("ok", "partial")
"""`files.status` of a file that is a document of its own."""


def check_rows(rows: Mapping[str, list[dict[str, Any]]]) -> list[str]:
    """What is wrong with one document's rows, before they are packed; nothing where they are sound.

    Raises:
        pa.ArrowInvalid, pa.ArrowTypeError: a value does not fit its column, as `packed_rows` would say.
    """
    tables = {name: pa.Table.from_pylist(rows.get(name, []), schema=s) for name, s in PACKED_SCHEMAS.items()}
    return _check_documents(tables, {}, tables["documents"]["doc_id"].combine_chunks())


def check_tables(folder: Path, written: Mapping[str, int], fresh: Set[str]) -> None:
    """Check the table files in `folder` against each other.

    Args:
        folder: holds every table of the contract.
        written: table name to how many rows it was given.
        fresh: the documents whose evidence is read again, word by word.

    Raises:
        UnsoundBuild: names everything found wrong.
        OSError, pa.ArrowInvalid: a file can't be read back.
    """
    files = {name: pq.ParquetFile(folder / f"{name}.parquet") for name in SCHEMAS}
    try:
        findings = _check_shape(files, written) or [*_check_ledger(files), *_check_batches(files, fresh)]
    finally:
        for file in files.values():
            file.close()
    if findings:
        raise UnsoundBuild(dict.fromkeys(findings))


def _check_shape(files: Mapping[str, pq.ParquetFile], written: Mapping[str, int]) -> list[str]:
    findings = []
    for name, file in files.items():
        if not file.schema_arrow.remove_metadata().equals(SCHEMAS[name].remove_metadata()):
            findings.append(f"{name}: cột khác với khai báo. / the columns are not those declared.")
        found, given = file.metadata.num_rows, written[name]
        if found != given:
            findings.append(f"{name}: có {found} dòng, cần {given}. / has {found} rows, was given {given}.")
    return findings


def _check_ledger(files: Mapping[str, pq.ParquetFile]) -> list[str]:
    documents = files["documents"].read(["doc_id", "duplicate_of"])
    offers = files["files"].read(["source_path", "doc_id", "status"])
    read = offers.filter(pc.is_in(offers["status"], value_set=pa.array(_READ)))
    itself = documents.filter(pc.equal(documents["duplicate_of"], documents["doc_id"]))
    unknown = documents.filter(pc.invert(pc.is_in(documents["doc_id"], value_set=offers["doc_id"])))
    nothing = read.filter(pc.is_null(read["doc_id"]))
    return [
        *repeated("documents", documents, "doc_id"),
        *repeated("files", offers, "source_path"),
        *dangling("documents", documents, "duplicate_of", documents["doc_id"], "documents"),
        *told("documents", itself, "doc_id", "văn bản trùng với chính nó", "documents repeat themselves"),
        *told("documents", unknown, "doc_id", "văn bản không có tệp", "documents have no row in files"),
        *dangling("files", read, "doc_id", documents["doc_id"], "documents"),
        *told("files", nothing, "source_path", "tệp đã đọc mà thiếu văn bản", "files read have no document"),
    ]


def _check_batches(files: Mapping[str, pq.ParquetFile], fresh: Set[str]) -> Iterator[str]:
    registers = {name: files[name].read([column]) for _, column, name in REGISTERS}
    for _, column, name in REGISTERS:
        yield from repeated(name, registers[name], column)
    wanted = pa.array(sorted(fresh), pa.string())
    for index in range(files["documents"].num_row_groups):
        tables = {name: files[name].read_row_group(index, columns) for name, columns in _COLUMNS.items()}
        ids = tables["documents"]["doc_id"].combine_chunks()
        yield from _check_documents(tables, registers, ids.filter(pc.is_in(ids, value_set=wanted)))


def _check_documents(tables: Mapping[str, pa.Table], registers: Mapping[str, pa.Table], fresh: pa.Array) -> list[str]:
    """Keys first: evidence is only asked of rows that belong to a document."""
    return check_keys(tables, registers) or check_evidence(tables, fresh)
