"""What came of one file's bytes, as it travels from a worker and rests in the ledger.

The rows of a document's ten tables lie in one block: Arrow record batches under the declared schemas, compressed
together. Ten thousand of them are unpacked in a few seconds, so a build is always made from all of them.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from pipeline.errors import Kind
from pipeline.tables.document_tables import DOCUMENT_SCHEMAS
from pipeline.tables.finding_tables import FINDING_SCHEMAS

PACKED_SCHEMAS: dict[str, pa.Schema] = {**DOCUMENT_SCHEMAS, **FINDING_SCHEMAS}
"""The tables whose rows belong to one document, in the order in which they are packed."""
_SIZES = struct.Struct(f"<{len(PACKED_SCHEMAS) + 1}Q")
"""The unpacked size, then the bytes of each table."""
_LARGEST = 2_000_000_000
_CODEC = "zstd"


@dataclass(frozen=True, slots=True)
class Packed:
    """A reading: the rows, or the kind and message of the failure."""

    sha256: str | None
    """Of the file's bytes; None where they could not be read."""
    file_name: str
    """The last part of the source path: the name of a file is evidence too."""
    seconds: float = 0.0
    rows: bytes | None = None
    kind: Kind | None = None
    message: str = ""
    pages: int = 0
    unreadable: int = 0
    """How many of the pages could not be read: the document is partial."""
    used_ocr: bool = False
    """Whether the OCR engine was asked, so that its settings touch the result."""
    facts: str = ""
    """The row of `documents` as JSON, by which repeats of one paper are found without unpacking."""
    shingles: bytes = b""
    """MinHash of the text (`pipeline.link.near_duplicates`)."""

    @property
    def rows_sha256(self) -> str | None:
        return None if self.rows is None else hashlib.sha256(self.rows).hexdigest()


def packed_rows(rows: Mapping[str, list[dict[str, Any]]]) -> bytes:
    """One document's rows as one block.

    Raises:
        pa.ArrowInvalid, pa.ArrowTypeError: a value does not fit its column.
    """
    batches = [pa.RecordBatch.from_pylist(rows.get(name, []), schema) for name, schema in PACKED_SCHEMAS.items()]
    parts = [batch.serialize().to_pybytes() for batch in batches]
    body = b"".join(parts)
    squeezed: bytes = pa.compress(body, codec=_CODEC, asbytes=True)
    return _SIZES.pack(len(body), *map(len, parts)) + squeezed


def unpacked_rows(block: bytes) -> dict[str, pa.RecordBatch]:
    """Table name to its rows.

    Raises:
        ValueError: the block is damaged (pa.ArrowInvalid is one).
    """
    try:
        whole, *sizes = _SIZES.unpack_from(block)
        if whole != sum(sizes) or whole > _LARGEST:
            raise ValueError("sizes do not add up")
        body = pa.decompress(block[_SIZES.size :], decompressed_size=whole, codec=_CODEC)
        batches, at = {}, 0
        for (name, schema), size in zip(PACKED_SCHEMAS.items(), sizes, strict=True):
            batches[name] = pa.ipc.read_record_batch(body.slice(at, size), schema)
            at += size
    except (struct.error, OSError, EOFError) as error:
        raise ValueError(f"damaged rows: {error}") from error
    return batches
