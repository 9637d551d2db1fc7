"""A published build copied to an object store ("s3://bucket/prefix"), for readers that share no disk with the run.

A store has no links and no renames, but it replaces one object whole. So the build's files come first, then its
manifest, then `latest.json`, which names it: a reader that starts from `latest.json` sees one whole build. Older builds
stay as long as they stay in OUT.
"""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Collection
from typing import TYPE_CHECKING, BinaryIO

from pipeline.ingest.files.remote import store_at
from pipeline.store.manifest import MANIFEST
from pipeline.store.shelf import BUILDS, Build

if TYPE_CHECKING:
    from pyarrow.fs import FileSystem

POINTER = "latest.json"
_CHUNK = 1 << 20


def is_remote(place: str) -> bool:
    """Whether a place is the URI of an object store, and no folder."""
    return "://" in place


def copy_build(build: Build, uri: str, kept: Collection[str]) -> str:
    """Copy the build unless it is there, then let `latest.json` name it; other builds than `kept` are removed.

    Args:
        uri: as pyarrow takes it ("s3://bucket/prefix?endpoint_override=…"); credentials come from the environment.
        kept: names of the builds that may stay.

    Returns:
        The URI's path of the published build.

    Raises:
        OSError: the store can't be reached or written; what it published before stays.
        ValueError: the URI names no store.
    """
    store, root = store_at(uri)
    root = root.rstrip("/")
    place = f"{root}/{BUILDS}/{build.name}"
    if not _is_whole(store, place, build):
        for path in (*sorted(build.folder.glob("*.parquet")), build.folder / MANIFEST):
            with path.open("rb") as file:
                _put(store, f"{place}/{path.name}", file)
    pointer = {"build": build.name, "path": f"{BUILDS}/{build.name}", "tables": sorted(build.manifest.tables)}
    _put(store, f"{root}/{POINTER}", io.BytesIO(json.dumps(pointer).encode()))
    _remove_others(store, f"{root}/{BUILDS}", {*kept, build.name})
    return place


def latest_remote(uri: str) -> tuple[FileSystem, str]:
    """The store and the path in it of the build that is published there.

    Raises:
        FileNotFoundError: nothing is published there; OSError: the store can't be reached.
    """
    store, root = store_at(uri)
    root = root.rstrip("/")
    with store.open_input_stream(f"{root}/{POINTER}") as file:
        return store, f"{root}/{json.loads(file.read())['path']}"


def _is_whole(store: FileSystem, place: str, build: Build) -> bool:
    """The manifest is written last: where it is the same, so is all before it."""
    try:
        with store.open_input_stream(f"{place}/{MANIFEST}") as file:
            return bool(file.read() == (build.folder / MANIFEST).read_bytes())
    except FileNotFoundError:
        return False


def _put(store: FileSystem, key: str, source: BinaryIO) -> None:
    """An object appears when its stream is closed, whole; a copy that breaks off leaves none."""
    with store.open_output_stream(key) as target:
        shutil.copyfileobj(source, target, _CHUNK)


def _remove_others(store: FileSystem, builds: str, kept: Collection[str]) -> None:
    from pyarrow.fs import FileSelector, FileType

    for entry in store.get_file_info(FileSelector(builds, allow_not_found=True)):
        if entry.type == FileType.Directory and entry.base_name not in kept:
            store.delete_dir(entry.path)
