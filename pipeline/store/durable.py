"""What must outlast a power cut: bytes and names are synced to disk, and a file is replaced whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path


def sync_file(path: Path) -> None:
    """The file's bytes are on the disk when this returns."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """The names in this folder are on the disk when this returns."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace_bytes(path: Path, content: bytes) -> None:
    """Write `path` so that a reader, or the next start after a crash, finds what was there or all of `content`.

    Raises:
        OSError: the disk is full or not writable; what was there stands.
    """
    aside = path.with_name(f".{path.name}.new")
    try:
        aside.write_bytes(content)
        sync_file(aside)
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)
    sync_folder(path.parent)
