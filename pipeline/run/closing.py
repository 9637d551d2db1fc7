"""The last words of a run on stderr: counts, what failed anew, and what to do about it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.run.drift import Level
from pipeline.run.markup import visible
from pipeline.run.morning_page import COUNTS, headline

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.run.morning import RunReport

_LISTED = 20
"""New failures named here; the page has them all."""


def print_closing(report: RunReport, page: Path, console: Console) -> None:
    """Counts, then each new failure with its reason, then the verdict and where to read on."""
    from rich.markup import escape
    from rich.table import Table

    table = Table(title="Kết quả / Result", show_header=False)
    for name, (vi, en) in COUNTS.items():
        if name in report.counts:
            table.add_row(f"{vi} / {en}", str(report.counts[name]))
    table.add_row("Lỗi / failures", str(sum(kind.total for kind in report.failures)))
    console.print(table)
    lines = [
        f"{visible(file.source_path)}: {kind.kind}: {visible(file.message)}"
        for kind in report.failures
        for file in kind.files
        if file.new
    ]
    new = sum(kind.new for kind in report.failures)
    lines[_LISTED:] = [f"… +{new - _LISTED}"] if new > _LISTED else []
    if report.verdict != Level.PASS:
        lines += [found.words for found in report.drift if found.level == report.verdict]
    _, vi, en = headline(report)
    lines += [f"{vi} / {en}", *filter(None, (report.diff_command, report.publish_command)), str(page)]
    for line in lines:
        console.print(escape(line), soft_wrap=True)
