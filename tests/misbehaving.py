"""Readers and OCR that misbehave on command: the command stands in the document itself.

    fault: hang once 12

as the first line of a text file is done by `Misbehaving`, before `quick_read` reads the file. `once` is done the first
time only (a mark in `marks` remembers), so that a second reading succeeds; `always` every time. The last word is free: it
makes files differ. `fault: ocr-hang once 12` is done inside the OCR engine of `MisbehavingOcr`, which `quick_read` asks.
Nothing heavy is imported here, so that a worker starts at once.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import Kind
from pipeline.run.engine import Job
from pipeline.store.packing import Packed, packed_rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pipeline.ingest.limits import Limits
    from pipeline.ingest.ocr.engine import OcrEngine
    from pipeline.ingest.ocr.setup import OcrSetup
    from pipeline.ingest.page.words import PageWord

_LONG = 3600
RUBBISH = "\x00\x1b[2J rubbish on stdout \n"


def _throw() -> None:
    raise KeyError("thrown\non command")


def _throw_system_exit() -> None:
    raise SystemExit(7)


def _hang() -> None:
    time.sleep(_LONG)


def _hang_in_c() -> None:
    """As a library does that never lets go of the interpreter."""
    ctypes.PyDLL(None).sleep(_LONG)


def _eat() -> None:
    """Address space; pages are not touched, so that the machine's memory is not."""
    eaten = []
    while True:
        eaten.append(bytes(1 << 26))


def _crash() -> None:
    ctypes.string_at(0)


def _orphan() -> None:
    """Dies, and leaves a program behind that nothing binds to it."""
    subprocess.Popen([sys.executable, "-c", f"import time; time.sleep({_LONG})  # left behind"])
    os.kill(os.getpid(), signal.SIGKILL)


def _print() -> None:
    os.write(1, RUBBISH.encode() * 1000)
    print(RUBBISH, flush=True)


FAULTS: dict[str, Callable[[], object]] = {
    "throw": _throw,
    "leave": _throw_system_exit,
    "hang": _hang,
    "hang_in_c": _hang_in_c,
    "eat": _eat,
    "exit": lambda: os._exit(0),
    "exit_badly": lambda: os._exit(3),
    "abort": os.abort,
    "kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "segv": _crash,
    "orphan": _orphan,
    "print": _print,
}
"""What is done; only `print` comes back."""


class _Poison:
    """Can be pickled, but not read again."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _refuse, ()


def _refuse() -> None:
    raise ValueError("cannot be read again")


ANSWERS: dict[str, Callable[[Packed], object]] = {
    "nothing": lambda good: None,
    "rubbish": lambda good: "rubbish",
    "unpicklable": lambda good: lambda: None,
    "poison": lambda good: _Poison(),
    "another": lambda good: replace(good, sha256="0" * 64),
    "neither": lambda good: replace(good, rows=None),
    "wrong_rows": lambda good: replace(good, rows="text"),  # type: ignore[arg-type]
}
"""What is given back in place of the reading."""

KINDS: dict[str, Kind | None] = {
    **dict.fromkeys(("exit", "exit_badly", "abort", "kill", "segv", "orphan"), Kind.CRASHED),
    **dict.fromkeys(("hang", "hang_in_c"), Kind.TIMEOUT),
    **dict.fromkeys(("throw", "leave", *ANSWERS), Kind.INTERNAL),
    "eat": Kind.OUT_OF_MEMORY,
    "print": None,
}
"""What an engine must say of a document whose fault is done `always`; None: it is read well."""


@dataclass(frozen=True, slots=True)
class Command:
    """A fault, and what it is called among others of its kind."""

    fault: str
    once: bool
    name: str

    def is_due(self, marks: Path) -> bool:
        """Whether it is to be done now: exclusive creation lets exactly one of several workers do it."""
        if not self.once:
            return True
        try:
            (marks / f"{self.fault}-{self.name}").touch(exist_ok=False)
        except FileExistsError:
            return False
        return True


def command_in(text: str) -> Command | None:
    """The command in a text's first line."""
    words = text.partition("\n")[0].split()
    if len(words) != 4 or words[0] != "fault:":
        return None
    return Command(words[1], words[2] == "once", words[3])


@dataclass(frozen=True, slots=True)
class Misbehaving:
    """A document function that does what the file commands, and reads the rest with `read`."""

    marks: Path
    read: Callable[[Job, Limits, OcrSetup | None], Packed] | None = None
    """None stands for `quick_read`."""

    def __call__(self, job: Job, limits: Limits, ocr: OcrSetup | None) -> Packed:
        """Whatever was commanded, which no type can say."""
        command = command_in(_first_line(job))
        due = command is not None and not command.fault.startswith("ocr-") and command.is_due(self.marks)
        if command is not None and due and command.fault in FAULTS:
            FAULTS[command.fault]()
        good = (self.read or quick_read)(job, limits, ocr)
        if command is not None and due and command.fault in ANSWERS:
            return ANSWERS[command.fault](good)  # type: ignore[return-value]
        return good


@dataclass(frozen=True, slots=True)
class MisbehavingOcr:
    """A setup whose engine does what the picture commands (`picture_of`); other pictures hold no words.

    With `queue` it does those faults one after the other, a page each, whatever the picture, then `good` reads.
    """

    marks: Path
    queue: tuple[str, ...] = ()
    good: Any = None

    def engine(self, limits: Limits) -> OcrEngine:
        good = self.good.engine(limits) if self.good else lambda picture, seconds: []

        def read(picture: NDArray[np.uint8], seconds: float) -> list[PageWord]:
            if os.environ.get("OMP_THREAD_LIMIT") != "1":
                raise AssertionError("a worker's engine would start threads")
            for fault in self.queue:
                if Command(fault, True, "queue").is_due(self.marks):
                    FAULTS[fault]()
            command = command_in(bytes(picture[0]).decode("utf-8", errors="replace")) if len(picture) == 1 else None
            if command is not None and command.is_due(self.marks):
                FAULTS[command.fault.removeprefix("ocr-")]()
            words: list[PageWord] = good(picture, seconds)
            return words

        return read


def picture_of(text: str) -> NDArray[np.uint8]:
    """A picture of one line of dots that says the text to `MisbehavingOcr`."""
    import numpy as np

    return np.frombuffer(text.encode(), np.uint8).reshape(1, -1)


def quick_read(job: Job, limits: Limits, ocr: OcrSetup | None) -> Packed:
    """Small valid rows of a text file, in a few milliseconds: a document, its one page, a section.

    A file whose first line begins with "fault: ocr-" is a scan: its engine is asked.
    """
    data = Path(job.path).read_bytes()
    text = data.decode("utf-8", errors="replace")
    asked = ocr is not None and text.startswith("fault: ocr-")
    if ocr is not None and asked:
        ocr.engine(limits)(picture_of(text.partition("\n")[0]), limits.ocr_page_seconds)
    rows = quick_rows(job, text, len(data))
    facts = {"number": None, "title": None, "text_source": "native"}
    return Packed(
        job.sha256,
        job.source_path.rpartition("/")[2],
        0.001,
        packed_rows(rows),
        pages=1,
        used_ocr=asked,
        facts=json.dumps(facts),
        shingles=b"",
    )


def quick_rows(job: Job, text: str, size: int) -> dict[str, list[dict[str, Any]]]:
    """Rows that fit the contract's schemas."""
    doc_id, title = job.sha256[:16], text.partition("\n")[0][:80]
    document = {
        "doc_id": doc_id,
        "source_path": job.source_path,
        "file_sha256": job.sha256,
        "media_type": "text/plain",
        "file_bytes": size,
        "page_count": 1,
        "text_source": "native",
        "warning_count": 0,
        "pipeline_version": "quick",
        "rules_version": "quick",
    }
    page = {
        "doc_id": doc_id,
        "page": 1,
        "text": text,
        "char_start": 0,
        "text_source": "native",
        "rotation": 0,
        "status": "ok",
        "aside": [],
    }
    section = {
        "doc_id": doc_id,
        "section_id": f"{doc_id}-s1",
        "level": 1,
        "title": title,
        "char_start": 0,
        "char_end": len(title),
        "page": 1,
    }
    return {"documents": [document], "pages": [page], "sections": [section]}


def _first_line(job: Job) -> str:
    with open(job.path, "rb") as file:
        return file.read(200).decode("utf-8", errors="replace")
