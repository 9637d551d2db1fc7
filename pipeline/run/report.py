"""The closing table of a run, on stderr."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.run.batch import Summary

_LABELS = {
    "documents": "Văn bản / documents",
    "pages": "Trang / pages",
    "ocr_pages": "Trang OCR / OCR pages",
    "tasks": "Nhiệm vụ / tasks",
    "citations": "Viện dẫn / citations",
    "campaigns": "Phong trào / campaigns",
    "warnings": "Cảnh báo / warnings",
}


def print_summary(summary: Summary, console: Console) -> None:
    """Counts, then every failure with its reason."""
    from rich.markup import escape
    from rich.table import Table

    table = Table(title="Kết quả / Result", show_header=False)
    table.add_row("Tệp / files", str(summary.files))
    for name, label in _LABELS.items():
        table.add_row(label, str(summary.counts[name]))
    table.add_row("Lỗi / failures", str(len(summary.failures)))
    console.print(table)
    for row in summary.failures:
        path = str(row["source_path"]).replace("\n", "\\n")
        console.print(f"{escape(path)}: {row['error_kind']}: {escape(str(row['message']))}", soft_wrap=True)
