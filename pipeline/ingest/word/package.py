"""A .docx as a package of XML parts, read within bounds."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from posixpath import dirname, join, normpath

from pipeline.errors import DocumentError, Kind
from pipeline.ingest.limits import Limits
from pipeline.ingest.word.xmltree import Element, children, parse_xml

SMALL = 1_000_000
"""Below this size a part may be packed as tightly as it likes."""


class Package:
    """The parts of an open .docx, by what the document says they are."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self._archive = archive
        self._limits = limits
        self._left = limits.unpacked_bytes
        self._main = self._main_name()
        self._targets = dict(self._relations(self._main))

    @property
    def document(self) -> Element:
        return self._xml(self._main)

    def part(self, kind: str) -> Element | None:
        """The part the document relates to as `kind` ("styles", "numbering", "footnotes", ...), if any."""
        name = next((target for target, k in self._targets.values() if k == kind), None)
        return self._optional(name)

    def related(self, relation_id: str) -> Element | None:
        """The part a relation id of the document names (a header), if any."""
        name, _ = self._targets.get(relation_id, (None, ""))
        return self._optional(name)

    def _optional(self, name: str | None) -> Element | None:
        return self._xml(name) if name is not None and name in self._archive.namelist() else None

    def _main_name(self) -> str:
        named = (target for target, kind in dict(self._relations("")).values() if kind == "officeDocument")
        return next(named, "word/document.xml")

    def _relations(self, part: str) -> Iterator[tuple[str, tuple[str, str]]]:
        """Relation id → (part name, last word of its type) of a part ("" for the package)."""
        folder, _, name = part.rpartition("/")
        path = join(folder, "_rels", f"{name}.rels")
        if path not in self._archive.namelist():
            return
        for relation in children(self._xml(path)):
            if relation.get("TargetMode") == "External":
                continue
            target = relation.get("Target", "")
            full = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(part), target))
            yield relation.get("Id", ""), (full, relation.get("Type", "").rpartition("/")[2])

    def _xml(self, name: str) -> Element:
        try:
            info = self._archive.getinfo(name)
        except KeyError as error:
            raise DocumentError(Kind.DAMAGED, f"Thiếu phần / part missing: {name}.") from error
        self._check(info)
        with self._archive.open(info) as part:
            data = part.read(self._limits.file_bytes + 1)
        if len(data) > self._limits.file_bytes:
            raise DocumentError(Kind.TOO_LARGE, f"{name}.")
        self._left -= len(data)
        return parse_xml(data)

    def _check(self, info: zipfile.ZipInfo) -> None:
        if info.flag_bits & 0x1:
            raise DocumentError(Kind.ENCRYPTED, f"{info.filename}.")
        packed = max(info.compress_size, 1)
        bomb = info.file_size > SMALL and info.file_size / packed > self._limits.unpacked_ratio
        if bomb or info.file_size > min(self._left, self._limits.file_bytes):
            raise DocumentError(Kind.TOO_LARGE, f"{info.filename}: {info.file_size} byte.")


@contextmanager
def open_package(path: Path, limits: Limits) -> Iterator[Package]:
    """The package of a .docx file.

    Raises:
        DocumentError: damaged (no zip, a part missing or broken), encrypted, too_large.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if len(archive.infolist()) > limits.archive_members:
                raise DocumentError(Kind.TOO_LARGE, f"{len(archive.infolist())} phần / parts.")
            yield Package(archive, limits)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, zlib.error, lzma.LZMAError, OSError) as error:
        raise DocumentError(Kind.DAMAGED, f"docx: {error}.") from error
