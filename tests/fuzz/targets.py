"""Each parser of untrusted bytes by name: what it starts from, how it is fed, what must hold."""

from __future__ import annotations

import random
import tempfile
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from pipeline.errors import DocumentError
from pipeline.ingest import Limits, read_document
from pipeline.ingest.files.archive import is_archive, unpack
from pipeline.ingest.files.decode import decode
from pipeline.ingest.files.sniff import sniff
from pipeline.ingest.ocr.answer import words_of
from pipeline.ingest.ocr.engine import OcrError
from pipeline.ingest.pdf.recoding import FontCodes, needs_recoding
from pipeline.ingest.pdf.signatures import _signature
from pipeline.ingest.textfile.plain import read_text
from pipeline.records import SourceDocument
from pipeline.store.packing import packed_rows, unpacked_rows
from pipeline.text import compose
from tests.fuzz import made, mutate, seeds
from tests.fuzz.engines import fake_engine
from tests.fuzz.stages import check_text, document, rows_of

LONGEST = 100_000
"""Bytes of one input."""
LIMITS = Limits(page_pixels=150_000, pages=20, text_characters=400_000, table_cells=20_000, unpacked_bytes=20_000_000)
"""Pages as small as this are drawn and looked at in a blink."""
_WHOLE = 12
"""One in so many documents goes through all stages, which take most of the time."""


@dataclass(frozen=True, slots=True)
class Target:
    """`changed` mutates within the format's shell; None leaves it to the fuzzer."""

    name: str
    run: Callable[[bytes], None]
    seeds: Callable[[], list[bytes]]
    changed: Callable[[bytes, int, random.Random], bytes] | None = None


@cache
def folder() -> Path:
    """Where inputs lie as files."""
    return Path(tempfile.mkdtemp(prefix="kehoach-fuzz-"))


def _file(data: bytes) -> Path:
    path = folder() / "offered"
    path.write_bytes(data)
    return path


def _document(data: bytes, name: str) -> None:
    """As a run reads it: only kinds may leave. The seed of the engine is the input."""
    source = read_document(_file(data), name, LIMITS, fake_engine(data))
    if zlib.crc32(data) % _WHOLE == 0:
        _rows(source)
    else:
        check_text(compose(source))


def _rows(source: SourceDocument) -> None:
    """Behind the parsers not even kinds may leave."""
    try:
        rows_of(source)
    except DocumentError as error:
        raise AssertionError(f"a kind behind the parsers: {error}") from error


def _sniff(data: bytes) -> None:
    sniff(_file(data))


def _decode(data: bytes) -> None:
    decode(data).encode()


def _signature_of(data: bytes) -> None:
    moment, _, contents = data.partition(b"\n")
    found = _signature(contents, moment.decode("ascii", "replace"))
    for words in (found.signer, found.organisation, str(found.signed_at)):
        (words or "").encode()


def _font_codes(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    if not needs_recoding(text):
        return
    fonts = [
        f"ABCDEF+.VnTime{'H' * (line % 2)}{line % 3}" for line, own in enumerate(text.split("\n")) for _ in f"{own}\n"
    ]
    read = FontCodes([(text, fonts[: len(text)])]).read(text, fonts[: len(text)])
    assert len(read) == len(text), "the text read anew has another length"


def _archive(data: bytes) -> None:
    """Every member is a file in its folder, or a refusal; nothing lies anywhere else."""
    path = _file(data)
    with suppress(DocumentError):
        if is_archive(path):
            with tempfile.TemporaryDirectory(dir=folder()) as room:
                members = unpack(path, "kho", LIMITS, Path(room))
                inside = all(member.path is None or member.path.is_relative_to(room) for member in members)
                assert inside, "a member lies outside its folder"


def _answer(data: bytes) -> None:
    """Tesseract's own table, not a file's bytes: a cell that is no number stops the reading of the picture."""
    with suppress(OcrError):
        words_of(data.decode("utf-8", "replace"))


def _packed(data: bytes) -> None:
    """Our own ledger's block: damage is told, in one way or the other."""
    with suppress(ValueError):
        unpacked_rows(data)


def _text_stages(data: bytes) -> None:
    text = data.decode("utf-8", "replace")[:20_000]
    _rows(document(read_text(text, LIMITS)))


def _made_stages(data: bytes) -> None:
    _rows(made.source(random.Random(data)))


def _empty_block() -> list[bytes]:
    return [packed_rows({})]


TARGETS: Mapping[str, Target] = {
    target.name: target
    for target in (
        Target("text", partial(_document, name="kh.txt"), seeds.texts, mutate.text),
        Target("web", partial(_document, name="kh.html"), seeds.pages, mutate.text),
        Target("word", partial(_document, name="kh.docx"), seeds.packages, mutate.package),
        Target("pdf", partial(_document, name="kh.pdf"), seeds.printed, mutate.printed),
        Target("picture", partial(_document, name="kh.png"), seeds.pictures),
        Target("sniff", _sniff, lambda: [*seeds.texts(), *seeds.pages(), *seeds.pictures()], mutate.text),
        Target("archive", _archive, seeds.archives),
        Target("decode", _decode, seeds.texts),
        Target("signature", _signature_of, seeds.signatures),
        Target("fonts", _font_codes, seeds.fonts, mutate.text),
        Target("answer", _answer, seeds.answers, mutate.text),
        Target("packed", _packed, _empty_block),
        Target("stages", _text_stages, seeds.texts, mutate.text),
        Target("made", _made_stages, lambda: [bytes([number]) for number in range(40)]),
    )
}
