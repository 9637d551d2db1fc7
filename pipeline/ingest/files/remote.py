"""Inputs in an object store ("s3://bucket/prefix"), listed and fetched through pyarrow."""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from pipeline.errors import DocumentError, Kind
from pipeline.ingest.files.archive_kind import may_be_archive
from pipeline.ingest.files.offer import (
    Offered,
    is_dropping,
    is_lock_file,
    lock_file_error,
    printable,
    unlisted,
)
from pipeline.ingest.limits import Limits

CHUNK = 1 << 20
FAULTS = (OSError, ValueError, NotImplementedError)
"""What pyarrow raises for a store that can't be reached, a key that isn't there, a URI it does not know."""

NOT_ASKED_FOR = frozenset({"", ".", ".."})
"""Parts of a key that are folded on the way to the store: another object might come back."""
DISK_FULL = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True, slots=True)
class Remote:
    """One object: the input it was found under, its key, and how large a copy of it may be (bytes)."""

    uri: str
    key: str
    limits: Limits

    def local(self, folder: Path) -> Path:
        """A copy in `folder` under a name of its own; an archive may be as large as what it may unpack to."""
        try:
            with store_at(self.uri)[0].open_input_stream(self.key) as source:
                return self._copied(source, folder)
        except FAULTS as error:
            if isinstance(error, OSError) and error.errno in DISK_FULL:
                raise
            raise DocumentError(Kind.UNREADABLE, _reason(error)) from error

    def stamp_now(self) -> str | None:
        try:
            return _stamp(store_at(self.uri)[0].get_file_info(self.key))
        except FAULTS:
            return None

    def _copied(self, source: Any, folder: Path) -> Path:
        written, chunk = 0, source.read(CHUNK)
        most = self.limits.unpacked_bytes if may_be_archive(chunk[:512]) else self.limits.file_bytes
        with tempfile.NamedTemporaryFile(dir=folder, prefix="object-", delete=False) as file:
            try:
                while chunk:
                    written += len(chunk)
                    if written > most:
                        raise DocumentError(Kind.TOO_LARGE, f"> {most} byte.")
                    file.write(chunk)
                    chunk = source.read(CHUNK)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
        return Path(file.name)


def is_uri(given: str | Path) -> bool:
    """Whether an input is the address of a store. A Path never is one: it folds the slashes of "s3://"."""
    return isinstance(given, str) and "://" in given


def last_name(uri: str) -> str:
    """The last part of an address's path, or its bucket: what the input is called among others."""
    parts = urlsplit(uri)
    return unquote(parts.path.rstrip("/").rpartition("/")[2] or parts.netloc)


def listed_remote(uri: str, root: str, limits: Limits) -> Iterator[Offered]:
    """The objects under an address by name, or the one object it names. What stands for a folder is left out."""
    prefix = f"{root}/" if root else ""
    try:
        infos, base = _infos(uri)
    except FAULTS as error:
        yield unlisted(printable(root or last_name(uri)), printable(prefix), _reason(error))
        return
    if list(infos) == [base]:
        yield _object(uri, infos[base], root or last_name(uri), limits)
        return
    for key in sorted(infos, key=lambda key: key.encode("utf-8", errors="surrogateescape")):
        name = key[len(base) + 1 :]
        if not any(is_dropping(part) for part in name.split("/")):
            yield _object(uri, infos[key], prefix + name, limits)


def _infos(uri: str) -> tuple[dict[str, Any], str]:
    """Every object by its key, each once however often the store names it, and the key they lie under."""
    from pyarrow.fs import FileSelector, FileType

    store, path = store_at(uri)
    base = path.rstrip("/")
    if not base:
        raise ValueError("no bucket")
    given = store.get_file_info(base)
    if given.type == FileType.File:
        return {base: given}, base
    found = store.get_file_info(FileSelector(base, recursive=True))
    return {info.path: info for info in found if info.type == FileType.File}, base


def _object(uri: str, info: Any, name: str, limits: Limits) -> Offered:
    shown = printable(name)
    if is_lock_file(name.rpartition("/")[2]):
        return Offered(shown, error=lock_file_error())
    if not NOT_ASKED_FOR.isdisjoint(info.path.split("/")):
        detail = "Khóa có phần rỗng, . hoặc .. / A key with an empty part, . or .. can't be asked for."
        return Offered(shown, error=DocumentError(Kind.UNREADABLE, detail))
    changed_at = info.mtime_ns / 1e9 if info.mtime_ns is not None else None
    return Offered(shown, stamp=_stamp(info), changed_at=changed_at, elsewhere=Remote(uri, info.path, limits))


def _stamp(info: Any) -> str | None:
    """A store has no inodes: size and time of the last writing."""
    return f"{info.size}:{info.mtime_ns}" if info.is_file else None


@lru_cache(maxsize=16)
def store_at(uri: str) -> tuple[Any, str]:
    """The store and the path an address names. People write addresses with spaces and diacritics: they are escaped."""
    from pyarrow.fs import FileSystem

    store, path = FileSystem.from_uri(quote(uri, safe="%/:?&=#@+,;~!$'()*[]"))
    return store, path


def _reason(error: Exception) -> str:
    return printable(str(error))[:300]
