"""A file becomes a `SourceDocument`: told by content, read by the one reader of its format."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import DocumentError, Kind
from pipeline.ingest.files.walk import Offered
from pipeline.ingest.limits import Limits
from pipeline.ingest.ocr.setup import OcrSetup
from pipeline.records import DigitalSignature, Finding, Run, SourceBlock, SourceDocument, SourcePage, SourceTable

if TYPE_CHECKING:
    from pipeline.ingest.ocr.engine import OcrEngine
    from pipeline.ingest.scan.trace import Trace

__all__ = ["Limits", "OcrSetup", "Offered", "read_document"]

Reader = Callable[[Path, Limits], tuple[tuple[SourcePage, ...], tuple[Finding, ...]]]
VIETNAMESE_SHARE = 0.25
LEGACY_SHARE = 0.1
"""TCVN3 and VNI text shows as Western letters with marks, about one in five; French has one in thirty."""
LEAST_WORDS = 20
JUDGED_WORDS = 800
"""Words, spread over the document, by which its language is told."""


def read_document(
    path: Path,
    source_path: str,
    limits: Limits,
    engine: OcrEngine | None = None,
    trace: Trace | None = None,
    *,
    sha256: str | None = None,
) -> SourceDocument:
    """Read one file, whatever its name says it is; scanned pages by `engine`, which None leaves to be chosen.

    `trace` is told the steps of scanned pages. `sha256` is the hash of the bytes, where it is known already.

    Raises:
        DocumentError: every failure, with its kind: no other exception leaves (but `MemoryError` and interrupts).
    """
    try:
        size = _size(path, limits)
        data_hash = sha256 or _hash(path)
        media_type, pages, findings = _read(path, limits, engine, trace)
        _judge(pages)
    except (DocumentError, MemoryError):
        raise
    except Exception as error:
        raise _mapped(error) from error
    return SourceDocument(
        doc_id=data_hash[:16],
        sha256=data_hash,
        source_path=source_path,
        media_type=media_type,
        file_bytes=size,
        pages=pages,
        warnings=findings,
        signatures=_signatures(path, media_type),
    )


def _signatures(path: Path, media_type: str) -> tuple[DigitalSignature, ...]:
    """What a PDF says of its own signing; nothing that is wrong with it stops the document."""
    if media_type != "application/pdf":
        return ()
    from pipeline.ingest.pdf.signatures import read_signatures

    return read_signatures(path)


def _size(path: Path, limits: Limits) -> int:
    """The number of bytes, within the limit."""
    size = path.stat().st_size
    if size == 0:
        raise DocumentError(Kind.EMPTY, "0 byte.")
    if size > limits.file_bytes:
        raise DocumentError(Kind.TOO_LARGE, f"{size} byte > {limits.file_bytes}.")
    return size


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read(
    path: Path, limits: Limits, engine: OcrEngine | None, trace: Trace | None
) -> tuple[str, tuple[SourcePage, ...], tuple[Finding, ...]]:
    from pipeline.ingest.files.sniff import sniff

    media_type = sniff(path)
    pages, findings = _reader(media_type, engine, trace)(path, limits)
    if media_type == "text/plain":
        media_type = _text_type(path)
    return media_type, pages, findings


def _text_type(path: Path) -> str:
    from pipeline.ingest.files.decode import decode
    from pipeline.ingest.textfile.markup import is_markup

    return "text/markdown" if is_markup(decode(path.read_bytes())) else "text/plain"


def _reader(media_type: str, engine: OcrEngine | None, trace: Trace | None) -> Reader:
    """The reader of a media type; imported here so that nothing heavy loads before it is needed."""
    from pipeline.ingest.files import sniff

    if media_type == sniff.PDF:
        from pipeline.ingest.pdf.document import read_pdf

        return partial(read_pdf, engine=engine, trace=trace)
    if media_type.startswith("image/"):
        from pipeline.ingest.scan.picture_file import read_image

        return partial(read_image, engine=engine, trace=trace)
    if media_type == sniff.DOCX:
        from pipeline.ingest.word.docx import read_docx

        return read_docx
    if media_type in (sniff.DOC, sniff.RTF, sniff.ODT):
        from pipeline.ingest.word.office import read_office

        return read_office
    if media_type == sniff.HTML:
        from pipeline.ingest.web.html import read_html

        return read_html
    if media_type == sniff.TEXT:
        from pipeline.ingest.textfile.plain import read_plain

        return read_plain
    raise DocumentError(Kind.UNSUPPORTED, f"{media_type}.")


def _judge(pages: Sequence[SourcePage]) -> None:
    """Refuse a document without any writing, and one in another language."""
    text = _sample(pages)
    if not any(c.isalnum() for c in text):
        raise DocumentError(Kind.NO_TEXT, f"{len(pages)} trang / pages.")
    words = text.split()
    spread = " ".join(words[:: 1 + len(words) // JUDGED_WORDS])
    if len(words) >= LEAST_WORDS and not _is_legacy(spread):
        from pipeline.ingest.language.vietnamese import vietnamese_share

        if (share := vietnamese_share(spread)) < VIETNAMESE_SHARE:
            raise DocumentError(Kind.NOT_VIETNAMESE, f"{share:.0%} âm tiết tiếng Việt / Vietnamese syllables.")


def _sample(pages: Sequence[SourcePage], length: int = 200_000) -> str:
    """The document's words, about `length` characters of them at most."""
    parts: list[str] = []
    total = 0
    for page in pages:
        for runs in (runs for block in page.blocks for runs in _paragraphs(block)):
            parts.append("".join(run.text for run in runs))
            total += len(parts[-1])
        if total > length:
            break
    return "\n".join(parts)


def _paragraphs(block: SourceBlock) -> list[tuple[Run, ...]]:
    if isinstance(block, SourceTable):
        return [runs for row in block.rows for cell in row.cells for runs in cell.paragraphs]
    return [block.runs]


def _is_legacy(text: str) -> bool:
    """Whether the letters look like an old Vietnamese encoding, which `pipeline.text` turns into Unicode."""
    letters = sum(not c.isspace() for c in text)
    return sum("\x80" <= c <= "\xff" for c in text) > LEGACY_SHARE * letters


def _mapped(error: Exception) -> DocumentError:
    """A foreign exception as one of ours: the one place where that happens."""
    detail = f"{type(error).__name__}: {error}"[:300]
    if isinstance(error, OSError):
        return DocumentError(Kind.UNREADABLE, detail)
    if isinstance(error, RecursionError):
        return DocumentError(Kind.TOO_LARGE, detail)
    if isinstance(error, (AttributeError, NameError, AssertionError, ImportError)):
        return DocumentError(Kind.INTERNAL, detail)
    return DocumentError(Kind.DAMAGED, detail)
