"""What a worker does, seen from inside: it is bound to its parent, limited, and answers until nobody asks."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import struct
import tempfile
from collections.abc import Callable
from multiprocessing import connection, forkserver
from typing import Any

from pipeline.ingest.ocr.process import dies_with_parent

Function = Callable[[Any], bytes]
"""What a worker does with a request: some bytes. It can be pickled, and so can requests."""
ONE_THREAD = {
    "OMP_THREAD_LIMIT": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "OPENCV_FOR_THREADS_NUM": "1",
}
"""What Tesseract, numpy and OpenCV read once, when they are loaded: more threads make workers starve each other."""
LENGTH = struct.Struct("<Q")
"""Before each answer: its bytes."""
READY = b""
"""The first answer, to no request: everything is loaded."""


def serve(pipe: connection.Connection, function: Function, most_bytes: int, folder: str) -> None:
    """What the process does until its parent closes the pipe, or is gone."""
    _bind(most_bytes, folder)
    _send(pipe, READY)
    while True:
        try:
            request = pipe.recv()
        except (EOFError, OSError):
            return
        _send(pipe, function(request))


def _bind(most_bytes: int, folder: str) -> None:
    """A process that ends with its parent and leaves when to stop to it.

    It leads a group of its own: a terminal's Ctrl-C does not reach it, and all it starts can be killed with it. SIGTERM
    is not ignored but does nothing: programs inherit what is ignored, and some need it to end.
    """
    os.setsid()
    _let_go_of_server()
    dies_with_parent()
    parent = multiprocessing.parent_process()
    if parent is not None and not parent.is_alive():
        os._exit(1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: None)
    _limit(most_bytes)
    os.environ["TMPDIR"] = tempfile.tempdir = folder
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)  # what a library prints must not come between the lines of the run
    os.close(nowhere)


def _let_go_of_server() -> None:
    """The process we were forked from ends when nobody holds this file; we, who end with it, must not be among them."""
    server: Any = forkserver._forkserver
    if server._forkserver_alive_fd is not None:
        os.close(server._forkserver_alive_fd)
        server._forkserver_alive_fd = None


def _send(pipe: connection.Connection, answer: bytes) -> None:
    rest = memoryview(LENGTH.pack(len(answer)) + answer)
    while rest:
        rest = rest[os.write(pipe.fileno(), rest) :]


def _limit(most_bytes: int) -> None:
    """One thread, bounded memory and no core file, for this process and the programs it starts."""
    os.environ.update(ONE_THREAD)
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    most = most_bytes if hard == resource.RLIM_INFINITY else min(most_bytes, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
