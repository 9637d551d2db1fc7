"""What a file is, told by its content and never by its name."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from pipeline.errors import DocumentError, Kind
from pipeline.ingest.files.data_files import data_kind
from pipeline.ingest.files.decode import decode

HEAD = 65_536
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
DOC = "application/msword"
RTF = "application/rtf"
HTML = "text/html"
TEXT = "text/plain"
ZIP = "application/zip"
IMAGES = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
    b"BM": "image/bmp",
    b"GIF8": "image/gif",
}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE_STREAM_NAME = "utf-16-le"
HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:(?!-->).){0,4000}-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|style|table|div|"
    r"figure|center|span|section|article|main|p|h[1-6]|font|ul|ol)\b",
    re.IGNORECASE | re.DOTALL,
)
HTML_TAG = re.compile(r"</(?:p|div|td|tr|table|body|html|span|h[1-6])\s*>", re.IGNORECASE)
MIME_START = re.compile(r"\s*(?:mime-version|from)\s*:", re.IGNORECASE)
BINARY_SHARE = 0.02


def sniff(path: Path) -> str:
    """The media type of a file, by its bytes.

    Raises:
        DocumentError: unsupported, encrypted (a locked Office file), damaged (a broken zip) or empty.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        raise DocumentError(Kind.EMPTY, "0 byte.")
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"{\\rtf") or head.lstrip()[:5] == b"{\\rtf":
        return RTF
    if head.startswith(OLE):
        return _ole(path)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip(path)
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    image = next((kind for magic, kind in IMAGES.items() if head.startswith(magic)), None)
    return image or _text(head)


def _ole(path: Path) -> str:
    """A compound file: which, is told by the names of its streams (UTF-16)."""
    data = path.read_bytes()

    def has(name: str) -> bool:
        return name.encode(OLE_STREAM_NAME) in data

    if has("EncryptedPackage"):
        raise DocumentError(Kind.ENCRYPTED, "EncryptedPackage.")
    if has("WordDocument"):
        if _is_locked_word(data):
            raise DocumentError(Kind.ENCRYPTED, "WordDocument.")
        return DOC
    raise DocumentError(Kind.UNSUPPORTED, "Tệp OLE không phải Word. / An OLE file that is not Word.")


def _is_locked_word(data: bytes) -> bool:
    """The Word stream starts on a sector with 0xA5EC; bit 8 of its flags (byte 10) says it is encrypted."""
    starts = (at for at in range(512, len(data) - 12, 512) if data[at : at + 2] == b"\xec\xa5")
    first = next(starts, None)
    return first is not None and bool(data[first + 11] & 0x01)


def _zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                declared = archive.read("mimetype").decode("ascii", errors="replace").strip()
                if declared.startswith(ODT):
                    return ODT
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise DocumentError(Kind.DAMAGED, f"zip: {error}.") from error
    if any(name.startswith("word/") for name in names) and "[Content_Types].xml" in names:
        return DOCX
    if "[Content_Types].xml" in names:
        raise DocumentError(Kind.UNSUPPORTED, "Bảng tính hoặc trình chiếu Office. / An Office sheet or slides.")
    return ZIP


def _text(head: bytes) -> str:
    text = decode(head)
    controls = sum(1 for c in text if (c < " " and c not in "\t\n\r\f\v") or c == "\ufffd")
    if controls > BINARY_SHARE * len(text):
        raise DocumentError(Kind.UNSUPPORTED, "Dữ liệu nhị phân lạ. / Unknown binary data.")
    if MIME_START.match(text) and "multipart/" in text[:4000].lower():
        return HTML
    if HTML_START.match(text) and len(HTML_TAG.findall(text)) >= 2:
        return HTML
    if "<html" in text[:2000].lower() or "<!doctype html" in text[:2000].lower():
        return HTML
    if kind := data_kind(text, is_whole=len(head) < HEAD):
        raise DocumentError(Kind.UNSUPPORTED, f"Dữ liệu, không phải văn bản. / Data, not a document: {kind}.")
    return TEXT
