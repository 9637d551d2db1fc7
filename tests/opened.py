"""What a run finds in its inputs, archives opened in place, without a ledger and in this process."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.errors import DocumentError
from pipeline.ingest.files.archive import is_archive, unpack
from pipeline.ingest.files.walk import Input, Offered, listed
from pipeline.ingest.limits import Limits


def offered(inputs: Sequence[Input], limits: Limits) -> Iterator[Offered]:
    """Every file, those in archives too. A copy or an archive's member lives until the next file outside it is asked
    for."""
    for offer in listed(inputs, limits):
        with tempfile.TemporaryDirectory(prefix="kehoach-files-") as folder:
            try:
                path = offer.local(Path(folder))
                opened = unpack(path, offer.source_path, limits, Path(folder)) if is_archive(path) else None
            except DocumentError as error:
                yield offer if offer.error else Offered(offer.source_path, error=error)
                continue
            yield from [Offered(offer.source_path, path)] if opened is None else opened
