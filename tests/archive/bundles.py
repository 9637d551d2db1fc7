"""Several documents in one file: zip, or tar.gz, one of them with an archive inside; the same members give the same bytes."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Mapping

NESTED_NAME = "phu-luc.zip"
WRITTEN = (2024, 1, 2, 3, 4, 6)
"""The time of every archive's members: fixed, so that the bytes are."""


def bundled(name: str, members: Mapping[str, bytes]) -> bytes:
    """The archive of that name. A member called phu-luc.zip!/… lies in an archive inside it."""
    nested = {path.partition("!/")[2]: content for path, content in members.items() if "!/" in path}
    whole = {path: content for path, content in members.items() if "!/" not in path}
    if nested:
        whole[NESTED_NAME] = zipped(nested)
    return zipped(whole) if name.endswith(".zip") else tarred(whole)


def zipped(members: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, WRITTEN)
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def tarred(members: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0) as packed, tarfile.open(fileobj=packed, mode="w") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()
