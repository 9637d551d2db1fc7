"""Table files out of packed readings: batch by batch, so that memory stays flat however many documents there are.

Every document table gets one row group a batch, so that row group i of all of them tells of the same documents: the
checks go through a build the same way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.store.build_faults import UnsoundBuild
from pipeline.store.durable import sync_file
from pipeline.store.packing import PACKED_SCHEMAS, unpacked_rows
from pipeline.tables.schemas import SCHEMAS

Rows = list[dict[str, Any]]
BATCH_DOCUMENTS = 500
BATCH_BYTES = 8_000_000
"""Packed; a scan of 600 pages is about 1 MB. Unpacked it is some ten times that."""
_PATCHED = ("source_path", "extracted_at", "duplicate_of")


@dataclass(frozen=True, slots=True)
class Shelved:
    """A document for a build: its packed rows, and the three columns of `documents` that the ledger alone knows."""

    doc_id: str
    source_path: str
    extracted_at: dt.datetime
    duplicate_of: str | None
    rows: bytes


def write_tables(documents: Iterable[Shelved], others: Mapping[str, Rows], folder: Path) -> dict[str, int]:
    """Write and sync every table of the contract in `folder`.

    Args:
        documents: in the order in which they shall stand; taken once, never held all together.
        others: rows of `files` and of the dimension tables; a missing table is written empty.
        folder: exists and is empty.

    Returns:
        Table name to how many rows were given to it.

    Raises:
        UnsoundBuild: a document's rows can't be unpacked or are not its own.
        pa.ArrowInvalid, pa.ArrowTypeError: a value in `others` does not fit its column.
        OSError: the disk is full or not writable.
    """
    written = dict.fromkeys(SCHEMAS, 0)
    with ExitStack() as stack:
        writers = {name: stack.enter_context(_writer(folder, name)) for name in SCHEMAS}
        for name, table in _tables(documents, others):
            writers[name].write_table(table, row_group_size=max(1, table.num_rows))
            written[name] += table.num_rows
    for name in SCHEMAS:
        sync_file(folder / f"{name}.parquet")
    return written


def _writer(folder: Path, name: str) -> pq.ParquetWriter:
    path = folder / f"{name}.parquet"
    return pq.ParquetWriter(path, SCHEMAS[name], compression="zstd", use_dictionary=True, write_statistics=True)


def _tables(documents: Iterable[Shelved], others: Mapping[str, Rows]) -> Iterator[tuple[str, pa.Table]]:
    for batch in _batches(documents):
        yield from _joined(batch)
    for name in SCHEMAS.keys() - PACKED_SCHEMAS.keys():
        yield name, pa.Table.from_pylist(others.get(name, []), schema=SCHEMAS[name])


def _batches(documents: Iterable[Shelved]) -> Iterator[list[Shelved]]:
    batch: list[Shelved] = []
    weight = 0
    for document in documents:
        batch.append(document)
        weight += len(document.rows)
        if len(batch) == BATCH_DOCUMENTS or weight >= BATCH_BYTES:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def _joined(batch: list[Shelved]) -> Iterator[tuple[str, pa.Table]]:
    """The rows of these documents, table by table."""
    parts = [_unpacked(document) for document in batch]
    ids = pa.array([document.doc_id for document in batch])
    for name, schema in PACKED_SCHEMAS.items():
        table = pa.Table.from_batches([part[name] for part in parts], schema).combine_chunks()
        owners = ids.take(pa.array(np.repeat(np.arange(len(parts)), [part[name].num_rows for part in parts])))
        _check_owners(name, table["doc_id"], owners)
        yield name, _patched(table, batch) if name == "documents" else table


def _unpacked(document: Shelved) -> dict[str, pa.RecordBatch]:
    try:
        parts = unpacked_rows(document.rows)
        for part in parts.values():
            part.validate(full=True)
    except ValueError as error:
        raise UnsoundBuild([_of(document, f"gói dữ liệu hỏng. / its packed rows are damaged ({error}).")]) from error
    if parts["documents"].num_rows != 1:
        raise UnsoundBuild([_of(document, "không có đúng một dòng trong documents. / not one row in documents.")])
    return parts


def _check_owners(name: str, found: pa.ChunkedArray, owners: pa.Array) -> None:
    right = pc.equal(found, owners)
    if not pc.all(right, min_count=0).as_py():
        owner = owners.filter(pc.invert(right))[0].as_py()
        raise UnsoundBuild([f"{owner}: {name} có dòng của văn bản khác. / rows of another document in {name}."])


def _patched(table: pa.Table, batch: list[Shelved]) -> pa.Table:
    for column in _PATCHED:
        index = table.schema.get_field_index(column)
        field = table.schema.field(index)
        table = table.set_column(index, field, pa.array([getattr(one, column) for one in batch], field.type))
    return table


def _of(document: Shelved, what: str) -> str:
    return f"{document.doc_id} ({document.source_path}): {what}"
