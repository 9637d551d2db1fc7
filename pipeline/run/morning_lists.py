"""The morning page's long lists: failures by kind, unknown names, and files that moved, vanished, wait or repeat."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from pipeline.run.markup import badge, both, day_of, folded, listed, safe, split

if TYPE_CHECKING:
    from pipeline.run.failures import FailedFile, FailedKind
    from pipeline.run.morning import Listed, RunReport
    from pipeline.run.unknown_names import UnknownNames

_LISTS = {
    "waiting": ("Đang ghi dở, chờ lần sau", "still being written, left for the next run"),
    "removed": ("Không còn tệp", "files that are gone"),
    "moved": ("Chuyển chỗ", "moved"),
    "duplicates": ("Trùng từng byte", "the same bytes"),
    "near_duplicates": ("Cùng một văn bản", "repeats of one paper"),
    "alone": ("Đọc lại riêng từng tệp", "read again alone"),
}


def failures(kinds: Iterable[FailedKind]) -> str:
    """Each kind with its cure and its files; a few stand open, many are folded."""
    return "".join(map(_kind, kinds))


def _kind(kind: FailedKind) -> str:
    new = badge("warn", f"{kind.new} mới", f"{kind.new} new") if kind.new else ""
    head = f"<b>{kind.total}</b> × <code>{safe(kind.kind)}</code> {new}"
    files = listed((_failed(file, kind.cure) for file in kind.files), kind.total - len(kind.files))
    return folded(head, f'<p class="cure">{split(kind.cure)}</p>{files}', open_=kind.total <= 5)


def _failed(file: FailedFile, cure: str) -> str:
    detail = file.message.removesuffix(cure).strip()
    since = f'<span class="note">{both("từ", "since")} {day_of(file.since)}</span>'
    mark = badge("warn", "mới", "new") if file.new else since
    message = f'<span class="message">{safe(detail)}</span>' if detail else ""
    return f"{safe(file.source_path)} {mark}{message}"


def unknown_names(report: RunReport) -> str:
    """Campaigns and units that stand in no register."""
    return _names("Phong trào", "Campaigns", report.unknown_campaigns) + _names("Đơn vị", "Units", report.unknown_units)


def _names(vi: str, en: str, names: UnknownNames) -> str:
    if not names.total:
        return ""
    items = (
        f'<b>{safe(name.name)}</b> × {name.count}<span class="message">{safe(name.source_path)}'
        f"{'' if name.page is None else f', tr. / p. {name.page}'}</span>"
        for name in names.names
    )
    return folded(f"{both(vi, en)} <b>{names.total}</b>", listed(items, names.total - len(names.names)))


def path_lists(lists: Mapping[str, Listed]) -> str:
    """What moved, vanished, waits or repeats, each sort folded."""
    shown = {name: found for name, found in lists.items() if found.total}
    return "".join(
        folded(f"{both(*_LISTS[name])} <b>{found.total}</b>", _paths(found)) for name, found in shown.items()
    )


def _paths(found: Listed) -> str:
    return listed((" → ".join(map(safe, paths)) for paths in found.items), found.total - len(found.items))
