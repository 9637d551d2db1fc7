"""What a person sees while a run goes on: a bar on a terminal, plain lines elsewhere; all on stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pipeline.run.document import Outcome

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress


def followed(outcomes: Iterable[Outcome], total: int, console: Console) -> Iterator[Outcome]:
    """Pass outcomes on, showing how far the run is. `total`: files offered, as far as known without unpacking."""
    if console.is_terminal:
        yield from _with_bar(outcomes, total, console)
    else:
        yield from _with_lines(outcomes, total)


def _with_lines(outcomes: Iterable[Outcome], total: int) -> Iterator[Outcome]:
    for count, outcome in enumerate(outcomes, start=1):
        state = f"{outcome.kind.value}: {outcome.message}" if outcome.kind else "ok"
        name = outcome.source_path.replace("\n", "\\n")
        print(f"[{count}/{max(count, total)}] {name} {outcome.seconds:.1f}s {state}", file=sys.stderr, flush=True)
        yield outcome


def _with_bar(outcomes: Iterable[Outcome], total: int, console: Console) -> Iterator[Outcome]:
    failures = 0
    with _bar(console) as progress:
        task = progress.add_task("Đọc văn bản / Reading", total=total, failed=0)
        for count, outcome in enumerate(outcomes, start=1):
            failures += outcome.kind is not None
            progress.update(task, completed=count, total=max(count, total), failed=failures)
            yield outcome


def _bar(console: Console) -> Progress:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("lỗi / failed {task.fields[failed]}"),
        TimeRemainingColumn(),
        console=console,
    )
