"""What `kehoach builds` prints: data on stdout, a line a thing; tables for people on stderr."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.run.lock import RunLock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from pipeline.store.diff import BuildDiff, RowDiff
    from pipeline.store.shelf import Build

_SHOWN = 20
"""Changed rows of a table shown to people; stdout has all."""
_VERDICTS = {"pass": "đạt / pass", "warn": "lưu ý / warn", "hold": "giữ lại / hold", None: "–"}


def print_builds(out: Path, *, as_json: bool = False) -> None:
    """Every build, newest first: names on stdout, a table on stderr."""
    from pipeline.store.shelf import builds_of, published_name, strays

    builds, published, console = builds_of(out), published_name(out), _people()
    if as_json:
        print(_json([_facts(build, published) for build in builds]))
    else:
        for build in builds:
            print(build.name)
        console.print(_table_of(builds, published))
    for folder in strays(out):
        what = "không có manifest đọc được, bỏ qua / no readable manifest, left alone"
        console.print(f"{folder}: {what}", style="yellow", markup=False, soft_wrap=True)


def print_diff(out: Path, old: str, new: str, *, as_json: bool = False) -> None:
    """What came, went and changed: a line for each row or field on stdout, counts and examples on stderr.

    Raises:
        NoSuchBuild: no build's name begins so, or several do.
    """
    from pipeline.store.diff import diff
    from pipeline.store.shelf import build_named

    found = diff(build_named(out, old), build_named(out, new))
    if as_json:
        print(_json(_as_data(found)))
        return
    for line in _lines(found):
        print("\t".join(line))
    _print_summary(found, _people())


def use_build(out: Path, name: str) -> None:
    """Publish that build, unless a run is under way.

    Raises:
        NoSuchBuild, DamagedBuild, AnotherRun: nothing was changed.
    """
    from pipeline.store.publishing import use
    from pipeline.store.shelf import build_named

    build_named(out, name)  # a name that fits nothing is told even where no lock can be taken
    with RunLock(out, "kehoach builds use"):
        build = use(out, name)
    _people().print(f"Đã công bố bản {build.name}. / Build {build.name} is published.", highlight=False)
    print(out / "latest")


def prune_builds(out: Path, keep: int) -> None:
    """Remove old builds, unless a run is under way, and print the names of those that went.

    Raises:
        AnotherRun: nothing was changed.
    """
    from pipeline.store.pruning import prune

    with RunLock(out, "kehoach builds prune"):
        gone = prune(out, keep)
    for build in gone:
        print(build.name)
    _people().print(f"Đã xóa {len(gone)} bản cũ. / {len(gone)} old builds were removed.", highlight=False)


def _people() -> Console:
    from rich.console import Console

    return Console(stderr=True)


# --- list -------------------------------------------------------------------------------------


def _facts(build: Build, published: str | None) -> dict[str, Any]:
    return {"name": build.name, "published": build.name == published, **asdict(build.manifest)}


def _table_of(builds: list[Build], published: str | None) -> Any:
    from rich.table import Table

    table = Table(title="Các bản / Builds")
    table.add_column("")
    table.add_column("Bản / build", no_wrap=True, min_width=16)  # what people copy
    for title in ("Lúc / made at", "Văn bản / documents", "Kết luận / verdict", "Lượt / run"):
        table.add_column(title)
    for build in builds:
        known = build.manifest
        mark = "→" if build.name == published else ""
        made_at = f"{known.made_at.astimezone():%Y-%m-%d %H:%M}"
        count = str(known.tables["documents"].rows)
        table.add_row(mark, build.name, made_at, count, _VERDICTS[known.verdict], known.run_id)
    return table


# --- diff -------------------------------------------------------------------------------------


def _lines(found: BuildDiff) -> Iterator[tuple[str, ...]]:
    """table, what became of the row, its key, words to know it by; of a changed one field, old and new value."""
    for name, table in found.tables.items():
        for what in ("came", "went"):
            for row in getattr(table, what):
                yield name, what, _key(row), _plain(row.words)
        for what in ("changed", "times_only"):
            for row in getattr(table, what):
                for field, (old, new) in row.fields.items():
                    yield name, what, _key(row), _plain(row.words), field, _plain(old), _plain(new)


def _print_summary(found: BuildDiff, console: Console) -> None:
    from rich.markup import escape
    from rich.table import Table

    if not found.tables:
        console.print(f"{found.old} = {found.new}: như nhau / the same", highlight=False)
        return
    titles = ("Bảng / table", "Thêm / came", "Mất / went", "Đổi / changed", "Chỉ giờ, phiên bản / times, versions only")
    counts = Table(*titles, title=f"{found.old} → {found.new}")
    for name, table in found.tables.items():
        counts.add_row(name, *(str(len(rows)) for rows in (table.came, table.went, table.changed, table.times_only)))
    for name, table in found.tables.items():
        for row in table.changed[:_SHOWN]:
            fields = "; ".join(f"{field}: {_short(old)} → {_short(new)}" for field, (old, new) in row.fields.items())
            console.print(escape(f"{name}: {_short(row.words)}: {fields}"), soft_wrap=True, highlight=False)
        if (more := len(table.changed) - _SHOWN) > 0:
            console.print(f"{name}: … còn {more} dòng / {more} more rows", highlight=False)
    console.print(counts)
    touched = len(found.touched())
    console.print(f"{touched} văn bản cũ có dòng thay đổi. / {touched} documents of both builds have changed rows.")


def _as_data(found: BuildDiff) -> dict[str, Any]:
    return asdict(found) | {"touched": sorted(found.touched())}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, default=str)


def _key(row: RowDiff) -> str:
    return ",".join(_plain(value) for value in row.key.values())


def _plain(value: Any) -> str:
    """On one line; null is empty."""
    return "" if value is None else " ".join(str(value).split())


def _short(value: Any) -> str:
    text = "∅" if value is None else _plain(value)
    return text if len(text) <= 60 else text[:59] + "…"
