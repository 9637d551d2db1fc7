"""What was read on a picture, kept between runs in one SQLite file: no picture is read twice in the same way.

Safe with several workers and at a kill (write-ahead log). It only ever saves time: a cache that is damaged, locked,
full or can't be written reads as empty, and what it can't keep is read again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import time
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.ocr.engine import OcrEngine
from pipeline.ingest.page.words import PageWord

_BUSY_SECONDS, _OPENINGS = 5.0, 50
_MOST_UNPACKED = 50_000_000
"""Bytes that the words of one picture may take: a page has some ten thousand."""
_DROPPED = 10
"""One reading in so many, the oldest, is dropped when the file has grown too large."""
_TABLE = "CREATE TABLE IF NOT EXISTS readings (at INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, words BLOB NOT NULL)"
_SIZE = (
    "SELECT (pages.page_count - free.freelist_count) * size.page_size "
    "FROM pragma_page_count pages, pragma_freelist_count free, pragma_page_size size"
)
_DROP = f"DELETE FROM readings WHERE at <= (SELECT min(at) + (max(at) - min(at)) / {_DROPPED} FROM readings)"  # noqa: S608 - a number


class OcrCache:
    """An open cache file, of one process. Nothing here raises."""

    def __init__(self, path: Path, most_bytes: int) -> None:
        self._path, self._most = path, most_bytes
        self._file = self._opened_at_last() or self._made_anew()

    def get(self, key: bytes) -> list[PageWord] | None:
        """The words kept under `key`; None when there are none, or none that can be read."""
        row = self._ask("SELECT words FROM readings WHERE key = ?", key)
        try:
            return _unpacked(row[0]) if row else None
        except (zlib.error, ValueError, TypeError, OverflowError, RecursionError):
            return None

    def put(self, key: bytes, words: Sequence[PageWord]) -> None:
        """Keep the words, and drop the oldest where the file grows over its bound."""
        self._ask("INSERT OR REPLACE INTO readings (key, words) VALUES (?, ?)", key, _packed(words))
        size = self._ask(_SIZE)
        if size and size[0] > self._most:
            self._ask(_DROP)

    def _ask(self, statement: str, *values: bytes) -> Any:
        """The first row of the answer; None where there is none, or the file can't answer."""
        if self._file is None:
            return None
        try:
            return self._file.execute(statement, values).fetchone()
        except sqlite3.OperationalError:  # locked, full, gone
            return None
        except sqlite3.DatabaseError:
            self._file.close()
            self._file = self._made_anew()
            return None

    def close(self) -> None:
        """Frees the file."""
        if self._file is not None:
            self._file.close()

    def _opened_at_last(self) -> sqlite3.Connection | None:
        """Workers that start together lock each other out while the file is made, and SQLite does not wait then."""
        for _ in range(_OPENINGS):
            if (file := self._opened()) is not None or not self._path.is_file() or _is_damaged(self._path):
                return file
            time.sleep(_BUSY_SECONDS / _OPENINGS)
        return None

    def _opened(self) -> sqlite3.Connection | None:
        """The open file, with its table; None when that fails."""
        file = None
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            file = sqlite3.connect(self._path, timeout=_BUSY_SECONDS, isolation_level=None)
            file.execute("PRAGMA journal_mode = WAL")
            file.execute("PRAGMA synchronous = NORMAL")  # at a power cut the last readings may be lost, never the file
            file.execute(_TABLE)
        except (sqlite3.Error, OSError):
            if file is not None:
                file.close()
            return None
        return file

    def _made_anew(self) -> sqlite3.Connection | None:
        """A damaged file's place taken by an empty one."""
        if not self._path.is_file() or not _is_damaged(self._path):
            return None
        for end in ("", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                Path(f"{self._path}{end}").unlink(missing_ok=True)
        return self._opened()


def with_cache(engine: OcrEngine, settings: str, cache: OcrCache) -> OcrEngine:
    """The engine, asked only for what the cache does not hold; what fails or takes too long is never kept.

    `settings` says all that what is read hangs on, but the picture.
    """

    def read(picture: NDArray[np.uint8], seconds: float) -> list[PageWord]:
        key = _key(picture, settings)
        known = cache.get(key)
        if known is not None:
            return known
        words = engine(picture, seconds)
        cache.put(key, words)
        return words

    return read


def _key(picture: NDArray[np.uint8], settings: str) -> bytes:
    digest = hashlib.sha256(f"{settings}\0{picture.shape}\0".encode())
    digest.update(np.ascontiguousarray(picture).data)
    return digest.digest()


def _is_damaged(path: Path) -> bool:
    """Whether SQLite can open the file but finds it is no sound one; a locked or unreadable file is not damaged."""
    try:
        with contextlib.closing(sqlite3.connect(path, timeout=_BUSY_SECONDS)) as file:
            return bool(file.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok")
    except sqlite3.OperationalError:
        return False
    except sqlite3.DatabaseError:
        return True


def _packed(words: Sequence[PageWord]) -> bytes:
    rows = [(*word[:5], word.confidence) for word in words]
    return zlib.compress(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode())


def _unpacked(kept: bytes) -> list[PageWord]:
    rows = json.loads(zlib.decompressobj().decompress(kept, _MOST_UNPACKED))  # cut off, it is no JSON
    return [
        PageWord(
            str(text), float(x0), float(top), float(x1), float(bottom), False, None if sure is None else float(sure)
        )
        for text, x0, top, x1, bottom, sure in rows
    ]
