"""What a column is: name, Arrow type, and its meaning in English and Vietnamese."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import pyarrow as pa

TEXT = pa.string()
INT = pa.int32()
LONG = pa.int64()
REAL = pa.float64()
BOOL = pa.bool_()
DATE = pa.date32()
TIME = pa.timestamp("ms", tz="UTC")
BOX = pa.list_(pa.float32())
TEXTS = pa.list_(pa.string())
ASIDE = pa.list_(pa.struct([("kind", TEXT), ("text", TEXT), ("bbox", BOX), ("confidence", REAL)]))


class Column(NamedTuple):
    name: str
    type: pa.DataType
    en: str
    vi: str
    nullable: bool = True


def key(name: str, en: str, vi: str) -> Column:
    """A column that is never null."""
    return Column(name, TEXT, en, vi, nullable=False)


DOC_ID = key("doc_id", "document: first 16 hex digits of the file's SHA-256", "văn bản: 16 ký tự đầu của SHA-256")

EVIDENCE = (
    Column("page", INT, "page the evidence stands on, from 1", "trang chứa dẫn chứng, từ 1"),
    Column(
        "char_start", LONG, "first code point of the evidence in the canonical text", "vị trí đầu trong văn bản chuẩn"
    ),
    Column("char_end", LONG, "end of the evidence, exclusive", "vị trí cuối (không gồm)"),
    Column("bbox", BOX, "x0, top, x1, bottom in PDF points; null without pages", "khung trên trang, điểm PDF"),
    Column("confidence", REAL, "0 to 1: of rows near 0.9 nine in ten are right", "độ tin cậy từ 0 đến 1"),
    Column(
        "rule_id",
        TEXT,
        "the rule that read it; '+repair...' where characters under it were repaired",
        "quy tắc đã đọc ra giá trị; '+repair...' nếu chữ bên dưới đã được sửa",
    ),
    Column(
        "raw_text", TEXT, "the evidence as OCR read it, null unless repaired", "chữ OCR đọc được, null nếu không sửa"
    ),
)


def schema(table: str, en: str, vi: str, columns: Iterable[Column]) -> pa.Schema:
    """An Arrow schema whose fields carry `en` and `vi` descriptions in their metadata."""
    fields = [pa.field(c.name, c.type, c.nullable, metadata={"en": c.en, "vi": c.vi}) for c in columns]
    return pa.schema(fields, metadata={"table": table, "en": en, "vi": vi, "contract": "1"})
