"""Mutations that keep a file's shell whole, so that what is inside gets past checksums and compression."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable

Mutate = Callable[[bytes, int], bytes]
"""Bytes and the most that may come back → other bytes."""
WORDS = [
    word.encode()
    for word in (
        *(
            "²",
            "٣",
            "9" * 5000,
            "-1",
            "4294967296",
            "65535",
            "1000000",
            "nan",
            "\x00",
            "\ud7ff",
            "\u0301",
            "\u200b",
            "&#0;",
        ),
        *(
            "<!---->",
            "![](",
            "**",
            "*a",
            "[",
            "](",
            "`",
            "# ",
            "\t",
            "    ",
            "|",
            "|-|",
            "\n\n",
            "\n \n",
            "\f",
            "1.\t",
            "- ",
            "</",
            ">",
        ),
        *(
            "ngày ",
            "tháng ",
            "năm ",
            "2023",
            "Quý ",
            "I",
            "Ủy ban nhân dân ",
            "Căn cứ ",
            "Số: ",
            "KẾ HOẠCH\n",
            "Nơi nhận:\n",
            "TM. ",
        ),
        *(
            "border:",
            "display:none",
            "colspan=999999 ",
            "rowspan=999999 ",
            "<td>",
            "<table>",
            "<p>",
            "<ol start=",
            "<b hidden>",
            "<a>",
        ),
        *("w:val=", "<w:tbl>", "<w:tc>", "<w:p>", "<w:br/>", "%1", "D800", "000A", "<w:txbxContent>"),
    )
]
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_REPEAT_UP_TO = 60_000
"""Bytes that a repeated piece may come to: what grows faster than the input shows at once."""


def text(data: bytes, most: int, chance: random.Random) -> bytes:
    """Pieces cut, doubled, moved, repeated many times, or replaced by words that trouble parsers."""
    whole = bytearray(data)
    for _ in range(1 << chance.randrange(5)):
        start = chance.randint(0, len(whole))
        end = min(len(whole), start + int(chance.expovariate(1 / 12)))
        piece = bytes(whole[start:end])
        way = chance.random()
        if way < 0.35:
            whole[start:end] = chance.choice(WORDS)
        elif way < 0.5:
            del whole[start:end]
        elif way < 0.7:
            at = chance.randint(0, len(whole))
            whole[at:at] = piece
        elif way < 0.72:
            piece = piece or chance.choice(WORDS)
            whole[start:end] = piece * chance.randint(2, max(3, _REPEAT_UP_TO // len(piece)))
        elif whole and start < len(whole):
            whole[start] = chance.randrange(256)
    return bytes(whole[:most])


def package(data: bytes, most: int, chance: random.Random) -> bytes:
    """One part of a zip changed and the whole packed again; what is no zip is changed as text."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {info.filename: archive.read(info) for info in archive.infolist()[:50] if info.file_size < most}
    except Exception:
        return text(data, most, chance)
    name = chance.choice([*parts, *(key for key in parts if key.endswith(".xml"))])
    parts[name] = text(parts[name], most, chance)
    if chance.random() < 0.03:
        del parts[name]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for key, own in parts.items():
            archive.writestr(key, own)
    return buffer.getvalue()


def printed(data: bytes, most: int, chance: random.Random) -> bytes:
    """One stream of a PDF unpacked, changed and left unpacked; or its objects changed between the streams."""
    streams = list(_STREAM.finditer(data))
    if not streams or chance.random() < 0.5:
        return _between(data, streams, most, chance)
    found = chance.choice(streams)
    try:
        inside = zlib.decompress(found[1])
    except zlib.error:
        inside = found[1]
    packed = zlib.compress(text(inside, most, chance))
    return (data[: found.start(1)] + packed + data[found.end(1) :])[: most + len(packed)]


def _between(data: bytes, streams: list[re.Match[bytes]], most: int, chance: random.Random) -> bytes:
    """Names, numbers and references of the dictionaries, the streams left alone."""
    edges = [0, *(edge for found in streams for edge in found.span(1)), len(data)]
    at = 2 * chance.randrange(len(edges) // 2)
    start, end = edges[at], edges[at + 1]
    return data[:start] + text(data[start:end], most, chance) + data[end:]
