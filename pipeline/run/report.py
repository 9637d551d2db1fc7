"""The closing words of a run, on stderr."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from pipeline.run.drift import Level
from pipeline.run.markup import visible

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.run.batch import RunEnd

_LABELS = {
    "offered": "Tệp / files offered",
    "unchanged": "Không đổi / unchanged",
    "read": "Đã đọc / read",
    "documents": "Văn bản / documents",
    "pages": "Trang / pages",
    "ocr_pages": "Trang OCR / OCR pages",
    "tasks": "Nhiệm vụ / tasks",
    "citations": "Viện dẫn / citations",
    "campaigns": "Phong trào / campaigns",
    "warnings": "Cảnh báo / warnings",
}
_SHOWN = 20
"""Failures told one by one; the report has them all."""


def print_end(end: RunEnd, console: Console) -> None:
    """Counts, every failure with its reason, what is unusual, and how to publish a build that is held."""
    from rich.markup import escape
    from rich.table import Table

    failures = [row for row in end.facts.files if row["error_kind"] and row.get("status") != "removed"]
    table = Table(title="Kết quả / Result", show_header=False)
    for name, label in _LABELS.items():
        if name in end.facts.counts:
            table.add_row(label, str(end.facts.counts[name]))
    table.add_row("Lỗi / failures", str(len(failures)))
    console.print(table)
    lines = [
        f"{visible(row['source_path'])}: {row['error_kind']}: {visible(row['message'] or '')}"
        for row in failures[:_SHOWN]
    ]
    lines += [f"… +{len(failures) - _SHOWN}"] if len(failures) > _SHOWN else []
    lines += _verdict(end)
    for line in lines:
        console.print(escape(line), soft_wrap=True, highlight=False)


def _verdict(end: RunEnd) -> list[str]:
    odd = [found for found in end.facts.verdict.drifted if found.level is not Level.PASS]
    lines = [f"{found.level.upper()}: {found.words}" for found in odd]
    if end.facts.verdict.level is Level.HOLD and not end.facts.published:
        out = shlex.quote(str(end.page.parent.parent))
        words = "Bảng mới bị giữ lại, bảng cũ còn dùng; đồng ý thì / the new tables are held; to publish them"
        lines.append(f"{words}: kehoach builds use {end.build.name} --out {out}")
    return [*lines, f"Báo cáo / report: {end.page}"]
