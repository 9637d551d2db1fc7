"""Archives are opened in a process of their own: a library that crashes on one costs that archive alone."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import DocumentError, Kind
from pipeline.ingest.files.remote import DISK_FULL
from pipeline.ingest.files.walk import Offered
from pipeline.run.reading_job import printable_line
from pipeline.run.worker import Lost, Worker, prepare, wait_for

if TYPE_CHECKING:
    from pipeline.ingest.limits import Limits

Unpack = Callable[[Path, str, "Limits", Path], list[Offered]]
"""An archive's path, its shown name, the limits and the folder for its members → the members."""


class Unpacker:
    """Takes archives apart, one process each, within the limits of a document."""

    def __init__(self, limits: Limits, unpack: Unpack) -> None:
        self._limits, self._function = limits, partial(_unpack, unpack, limits)

    def members(self, path: Path, shown: str, folder: Path) -> list[Offered]:
        """Every member as a file in `folder`, or with its own error; one error for an archive that can't be opened.

        Raises:
            OSError: there is no room for what is in it, which is no fault of the archive.
        """
        prepare()
        with tempfile.TemporaryDirectory(prefix="kehoach-") as own:
            worker = Worker(self._function, self._limits, Path(own, "unpacking"))
            try:
                answer = _waited(worker, (path, shown, folder))
            finally:
                worker.kill()
        if isinstance(answer, Lost):
            return [_refused(shown, answer.kind, answer.detail)]
        return _unpickled(shown, answer)


def _waited(worker: Worker, request: object) -> bytes | Lost:
    worker.ask(request)
    while (answer := worker.look()) is None:
        wait_for([worker])
    return answer


def _unpack(unpack: Unpack, limits: Limits, request: tuple[Path, str, Path]) -> bytes:
    """In the worker."""
    path, shown, folder = request
    try:
        return pickle.dumps(unpack(path, shown, limits, folder))
    except DocumentError as error:
        refused = _refused(shown, error.kind, error.detail)
    except MemoryError:
        refused = _refused(shown, Kind.OUT_OF_MEMORY, "")
    except BaseException as error:  # SystemExit too: the run needs an answer
        if isinstance(error, OSError) and error.errno in DISK_FULL:
            return pickle.dumps(OSError(error.errno, error.strerror))
        refused = _refused(shown, Kind.INTERNAL, f"{type(error).__name__}: {error}")
    return pickle.dumps([refused])


def _unpickled(shown: str, answer: bytes) -> list[Offered]:
    try:
        found = pickle.loads(answer)  # noqa: S301 - our own worker's
    except Exception as error:
        return [_refused(shown, Kind.INTERNAL, f"{type(error).__name__}: {error}")]
    if isinstance(found, OSError):
        raise found
    if isinstance(found, list) and all(isinstance(member, Offered) for member in found):
        return found
    return [_refused(shown, Kind.INTERNAL, f"{type(found).__name__}: không phải danh sách / is no list of members.")]


def _refused(shown: str, kind: Kind, detail: str) -> Offered:
    return Offered(shown, error=DocumentError(kind, printable_line(detail)))
