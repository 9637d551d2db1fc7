"""The closing words of a run, on stderr."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.run.drift import Level

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.run.batch import RunEnd

_LABELS = {
    "offered": "Tệp / files offered",
    "unchanged": "Không đổi / unchanged",
    "read": "Đã đọc / read",
    "documents": "Văn bản / documents",
    "pages": "Trang / pages",
    "tasks": "Nhiệm vụ / tasks",
    "citations": "Viện dẫn / citations",
    "campaigns": "Phong trào / campaigns",
    "warnings": "Cảnh báo / warnings",
}
_SHOWN = 20
"""Failures told one by one; the report has them all."""


def print_end(end: RunEnd, console: Console) -> None:
    """Counts, every failure with its reason, and whether the tables were published."""
    from rich.markup import escape
    from rich.table import Table

    failures = end.facts.files
    table = Table(title="Kết quả / Result", show_header=False)
    for name, label in _LABELS.items():
        table.add_row(label, str(end.facts.counts[name]))
    table.add_row("Lỗi / failures", str(len(failures)))
    console.print(table)
    for row in failures[:_SHOWN]:
        path = str(row["source_path"]).replace("\n", "\\n")
        console.print(f"{escape(path)}: {row['error_kind']}: {escape(str(row['message']))}", soft_wrap=True)
    if len(failures) > _SHOWN:
        console.print(f"… {len(failures) - _SHOWN}")
    for drifted in end.facts.verdict.drifted:
        if drifted.level is not Level.PASS:
            console.print(f"{drifted.level.upper()}: {escape(drifted.words)}", soft_wrap=True)
    if not end.facts.published:
        words = "Chưa công bố, bảng cũ còn dùng / not published, the last tables stand"
        console.print(f"{words}: kehoach builds use {end.build.name}", soft_wrap=True)
    console.print(f"Báo cáo / report: {escape(str(end.page))}", soft_wrap=True)
