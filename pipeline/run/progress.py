"""What a person sees while a run goes on: a bar on a terminal, plain lines elsewhere; all on stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pipeline.ingest.files.walk import Offered
from pipeline.store.packing import Packed

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress


@contextmanager
def progress(console: Console) -> Iterator[Lines | Bar]:
    """Who is told how far the run is: files looked at, of all that are offered, and documents read."""
    if not console.is_terminal:
        yield Lines()
        return
    with _bar(console) as bar:
        yield Bar(bar)


class Lines:
    """One line a document read, for logs and pipes."""

    def __init__(self) -> None:
        self._walked = self._total = 0

    def walked(self, offers: Sequence[Offered]) -> Iterator[Offered]:
        self._total = len(offers)
        for self._walked, offer in enumerate(offers, start=1):
            yield offer

    def read(self, source_path: str, packed: Packed) -> None:
        state = f"{packed.kind.value}: {packed.message}" if packed.kind else "ok"
        name = source_path.replace("\n", "\\n")
        print(f"[{self._walked}/{self._total}] {name} {packed.seconds:.1f}s {state}", file=sys.stderr, flush=True)


class Bar:
    """Files looked at, documents read and failed."""

    def __init__(self, bar: Progress) -> None:
        self._bar, self._read, self._failed = bar, 0, 0
        self._task = bar.add_task("Đọc văn bản / Reading", total=None, read=0, failed=0)

    def walked(self, offers: Sequence[Offered]) -> Iterator[Offered]:
        self._bar.update(self._task, total=len(offers))
        for offer in offers:
            yield offer
            self._bar.advance(self._task)

    def read(self, source_path: str, packed: Packed) -> None:
        self._read += 1
        self._failed += packed.kind is not None
        self._bar.update(self._task, read=self._read, failed=self._failed)


def _bar(console: Console) -> Progress:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("đọc / read {task.fields[read]}, lỗi / failed {task.fields[failed]}"),
        TimeElapsedColumn(),
        console=console,
    )
