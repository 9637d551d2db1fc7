"""Bytes become characters. TCVN3 and VNI strings are handed on as they stand: `pipeline.text` turns them."""

from __future__ import annotations

import codecs
from functools import cache

from pipeline.fold import composed
from pipeline.ingest.language.vietnamese import vietnamese_share

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE = 200_000
DAMAGE_SHARE = 0.01
"""A UTF-8 file may have this share of broken bytes (cut or pasted files) and still be UTF-8."""


def decode(data: bytes) -> str:
    """The text of a file's bytes; never raises. Byte order marks first, then UTF-8, UTF-16, cp1258, cp1252."""
    for mark, name in BOMS:
        if data.startswith(mark):
            return data.decode(name, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_unmarked(data)


def _decode_unmarked(data: bytes) -> str:
    wide = _utf16_order(data)
    if wide:
        return data.decode(wide, errors="replace")
    loose = data.decode("utf-8", errors="replace")
    if loose.count("\ufffd") <= DAMAGE_SHARE * len(loose):
        return loose
    vietnamese = composed(data.decode("cp1258", errors="replace"))
    if vietnamese_share(vietnamese[:SAMPLE]) > 0.6:
        return vietnamese
    return _cp1252(data)


def _cp1252(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return codecs.charmap_decode(data, "strict", _western_table())[0]


@cache
def _western_table() -> str:
    return "".join(map(_western, range(256)))


def _western(byte: int) -> str:
    """One byte as Windows shows it; the five bytes cp1252 leaves open stand for themselves."""
    try:
        return bytes((byte,)).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def _utf16_order(data: bytes) -> str | None:
    """UTF-16 without a mark shows as zero bytes on one side of the many ASCII characters."""
    sample = data[: SAMPLE - SAMPLE % 2]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    pairs = max(1, len(sample) // 2)
    if odd > 0.3 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    if even > 0.3 * pairs and odd < 0.05 * pairs:
        return "utf-16-be"
    return None
