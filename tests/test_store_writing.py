"""Packed rows that were damaged on the way: named, never a crash of the process that writes the build."""

from __future__ import annotations

import struct
from dataclasses import replace

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.store.build_faults import UnsoundBuild
from pipeline.store.packing import PACKED_SCHEMAS
from pipeline.store.writing import Shelved, _joined
from tests.made_build import shelved

WHOLE = shelved("b")
HEAD = 8 * (len(PACKED_SCHEMAS) + 1)
SIZE = struct.unpack_from("<Q", WHOLE.rows)[0]
BODY: bytes = pa.decompress(WHOLE.rows[HEAD:], decompressed_size=SIZE, codec="zstd", asbytes=True)


def damaged(body: bytes) -> Shelved:
    """The document whose rows became `body` before they were squeezed: no checksum of the codec tells."""
    return replace(WHOLE, rows=WHOLE.rows[:HEAD] + pa.compress(body, codec="zstd", asbytes=True))


def test_whole_rows_are_joined_in_order() -> None:
    tables = dict(_joined([shelved("a"), WHOLE]))
    assert tables.keys() == PACKED_SCHEMAS.keys()
    assert tables["documents"]["doc_id"].to_pylist() == [shelved("a").doc_id, WHOLE.doc_id]


def test_a_table_that_ends_before_it_begins_is_named() -> None:
    """Arrow takes a length of 0 for the end of a stream."""
    with pytest.raises(UnsoundBuild, match=WHOLE.doc_id):
        list(_joined([damaged(BODY[:4] + bytes(4) + BODY[8:])]))


@given(st.lists(st.tuples(st.integers(0, len(BODY) - 1), st.integers(0, 255)), min_size=1, max_size=4))
def test_any_damage_gives_tables_of_the_same_document_or_its_name(bytes_put: list[tuple[int, int]]) -> None:
    body = bytearray(BODY)
    for place, value in bytes_put:
        body[place] = value
    told, owners = "", {WHOLE.doc_id}
    try:
        owners |= set(dict(_joined([shelved("a"), damaged(bytes(body))]))["pages"]["doc_id"].to_pylist())
    except UnsoundBuild as error:
        told = str(error)
    assert owners == {WHOLE.doc_id, shelved("a").doc_id} or WHOLE.doc_id in told
