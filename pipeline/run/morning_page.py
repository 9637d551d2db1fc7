"""The run report as a page that a person reads in the morning: the verdict first, then what to do, then why.

One file without scripts or anything from outside; its policy forbids both, whatever a file's name may hold.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.errors import Exit
from pipeline.run.drift import Level
from pipeline.run.history import RUNS, PastRun
from pipeline.run.markup import both, safe, section, split, time_of
from pipeline.run.morning_drift import drift_section, reasons
from pipeline.run.morning_lists import failures, path_lists, unknown_names
from pipeline.run.morning_style import STYLE

if TYPE_CHECKING:
    from pipeline.run.morning import RunReport

Words = Mapping[str, tuple[str, str]]
_COUNTS: Words = {
    "offered": ("Tệp đưa vào", "files offered"),
    "unchanged": ("Không đổi", "unchanged"),
    "read": ("Đã đọc", "read"),
    "documents": ("Văn bản", "documents"),
    "pages": ("Trang", "pages"),
    "ocr_pages": ("Trang OCR", "OCR pages"),
    "tasks": ("Nhiệm vụ", "tasks"),
    "citations": ("Viện dẫn", "citations"),
    "campaigns": ("Phong trào", "campaigns"),
    "warnings": ("Cảnh báo", "warnings"),
}
_DUE: Words = {
    "new": ("Mới", "new"),
    "changed": ("Đã sửa", "changed"),
    "rules": ("Quy tắc đổi", "rules changed"),
    "code": ("Chương trình đổi", "program changed"),
    "ocr": ("OCR đổi", "OCR changed"),
    "name": ("Đổi tên", "renamed"),
    "bounds": ("Nâng giới hạn", "greater limits"),
    "transient": ("Lỗi tạm thời, thử lại", "tried again"),
}
_POLICY = "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'"


def page(report: RunReport, runs: Sequence[PastRun] = ()) -> str:
    """The whole HTML; `runs` are earlier ones, newest first, for the curves."""
    key = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    level, vi, en = _headline(report)
    parts = (
        _top(report, level, vi, en),
        section("Việc cần làm", "What to do", _next(report), "next"),
        section("Số lượng", "Counts", _tiles(report.counts, _COUNTS) + _due(report), "counts"),
        section("Tệp lỗi", "Failures", failures(report.failures), "failures"),
        section("Tên chưa có trong danh mục", "Names nobody knows", unknown_names(report), "unknown"),
        drift_section(report, runs[:RUNS]),
        section("Tệp chuyển, mất, chờ, trùng", "Moved, gone, waiting, repeated", path_lists(report.lists), "lists"),
        section("Lần chạy", "The run", _facts(report), "run"),
    )
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY.format(key)}">'
        f'<meta name="generator" content="kehoach run"><title>{safe_title(vi, report)}</title><style>{STYLE}</style>'
    )
    body = "\n".join(part for part in parts if part)
    return f'<!doctype html>\n<html lang="vi"><head>{head}</head>\n<body>\n{body}\n</body></html>\n'


def safe_title(words: str, report: RunReport) -> str:
    """A title holds text alone."""
    return safe(f"{words} · {time_of(report.finished)}").removeprefix("<bdi>").removesuffix("</bdi>")


def _headline(report: RunReport) -> tuple[str, str, str]:
    """Colour and words: what a person must know if they read one line."""
    new = sum(kind.new for kind in report.failures)
    if report.verdict == Level.HOLD and not report.published:
        return "hold", "GIỮ LẠI: bảng mới chưa công bố", "HELD: the new tables are not published"
    if report.exit == Exit.ALL_FAILED:
        return "hold", "LỖI: không tệp nào đọc được", "FAILED: no file could be read"
    if report.interrupted:
        return "warn", "BỊ NGẮT: phần đã đọc được giữ lại", "INTERRUPTED: what was read is kept"
    made = report.build != report.build_before
    if made and report.verdict != Level.PASS:
        return "warn", "CẦN XEM: đã công bố, có số liệu khác thường", "LOOK: published, some numbers are unusual"
    if new:
        return "warn", f"CẦN XEM: {new} tệp mới bị lỗi", f"LOOK: new failures: {new}"
    if not made:
        return "pass", "ỔN: không có gì mới", "FINE: nothing new"
    return "pass", "ỔN: bảng mới đã công bố", "FINE: the new tables are published"


def _top(report: RunReport, level: str, vi: str, en: str) -> str:
    word_vi, _, rest_vi = vi.partition(":")
    heading = f'<span class="word">{word_vi}</span>:{rest_vi}<span class="en" lang="en">{en}</span>'
    minutes = f"{report.seconds / 60:.0f} phút / min" if report.seconds >= 120 else f"{report.seconds:.0f} giây / s"
    time = f"{time_of(report.finished)} · {minutes}"
    return f'<header class="top {level}"><h1 id="verdict">{heading}</h1><p>{time}</p>{reasons(report)}</header>'


def _next(report: RunReport) -> str:
    steps = [
        f"{both(vi, en)}<pre><code>{safe(command)}</code></pre>"
        for command, vi, en in (
            (report.diff_command, "Xem bảng mới khác gì:", "See what changed:"),
            (report.publish_command, "Nếu đúng, công bố:", "If it is right, publish it:"),
            (report.undo_command, "Nếu sai, trở lại bảng trước:", "If it is wrong, go back to the tables before:"),
        )
        if command
    ]
    if report.publish_command:
        steps.append(
            both("Nếu sai, sửa nguồn hoặc quy tắc rồi chạy lại.", "If not, mend source or rules and run again.")
        )
    if report.interrupted:
        steps.append(both("Chạy lại: việc đã xong không làm lại.", "Run it again: what is done is not done twice."))
    fresh = [kind for kind in report.failures if kind.new]
    steps += [f"<b>{kind.new}</b> × <code>{safe(kind.kind)}</code>: {split(kind.cure)}" for kind in fresh]
    for names, file, vi, en in (
        (report.unknown_campaigns, "rules/campaigns.csv", "phong trào", "campaigns"),
        (report.unknown_units, "rules/units.csv", "đơn vị", "units"),
    ):
        if names.total:
            words = both(f"{names.total} {vi} chưa biết: thêm vào", f"{names.total} unknown {en}: add them to")
            steps.append(f"{words} <code>{file}</code>")
    old = sum(kind.total - kind.new for kind in report.failures)
    known = (
        f'<p class="note">{both(f"{old} tệp vẫn lỗi như trước.", f"Still failing as before: {old}.")}</p>'
        if old
        else ""
    )
    if not steps:
        return f"<p>{both('Không có việc gì.', 'Nothing.')}</p>{known}"
    return '<ol class="next">' + "".join(f"<li>{step}</li>" for step in steps) + "</ol>" + known


def _tiles(counts: Mapping[str, int], words: Words, size: str = "") -> str:
    order = [name for name in words if name in counts] + [name for name in counts if name not in words]
    tiles = (f"<div><dt>{_word(name, words)}</dt><dd>{_number(counts[name])}</dd></div>" for name in order)
    return f'<dl class="tiles {size}">{"".join(tiles)}</dl>' if order else ""


def _word(name: str, words: Words) -> str:
    return both(*words[name]) if name in words else safe(name)


def _number(value: int) -> str:
    return f"{value:,}".replace(",", "\u202f")


def _due(report: RunReport) -> str:
    due = {name: count for name, count in report.due.items() if count}
    head = f"<h3>{both('Vì sao được đọc', 'Why they were read')}</h3>"
    return head + _tiles(due, _DUE, "small") if due else ""


def _facts(report: RunReport) -> str:
    facts = {
        both("Mã", "Run"): safe(report.run_id),
        both("Bắt đầu", "Started"): time_of(report.started),
        both("Nguồn", "Inputs"): ", ".join(map(safe, report.inputs)),
        both("Bảng", "Build"): safe(report.build or "-"),
        both("Bảng trước", "Build before"): safe(report.build_before or "-"),
        both("Mã thoát", "Exit code"): str(report.exit),
        **{safe(name): safe(value) for name, value in {**report.versions, **report.fingerprints}.items()},
    }
    rows = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts.items())
    return f'<dl class="facts">{rows}</dl>'
