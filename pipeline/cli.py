"""The command line: it prints and maps errors to exit codes, nothing else."""

from __future__ import annotations

import os
import sqlite3
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Optional

import typer

from pipeline.errors import CannotRun, DocumentError, Exit, Kind
from pipeline.rulebook import RuleError

_EXITS = (
    "Mã thoát / Exit codes: 0 xong / all done · 2 sai cách gọi / usage · "
    "3 không chạy được: thiếu chương trình, dữ liệu, quyền ghi, chỗ trên đĩa, hoặc lượt khác đang chạy / can't run: "
    "a tool, its data, leave to write or room is missing, or another run is under way · "
    "4 một số văn bản lỗi, hoặc bản mới bị giữ / some documents failed, or the new build is held · "
    "5 tất cả lỗi / all failed · 130 bị ngắt / interrupted"
)

app = typer.Typer(
    name="kehoach",
    help="Đọc kế hoạch của các tỉnh thành bảng Parquet. / Reads Vietnamese provincial plans into Parquet tables.",
    epilog=_EXITS,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


class EngineName(StrEnum):
    LOCAL = "local"
    RAY = "ray"


builds = typer.Typer(help="Các bản bảng đã làm. / The builds that were made.", no_args_is_help=True)
app.add_typer(builds, name="builds")

Inputs = Annotated[
    Optional[list[str]],
    typer.Argument(
        help="Tệp, thư mục (mọi cấp), kho nén, s3://… / Files, folders (all levels), archives, s3://…",
        show_default="data/raw",
    ),
]
Out = Annotated[str, typer.Option(help="Nơi ghi; bảng nằm trong OUT/latest. / Tables go to OUT/latest; s3://… too.")]
State = Annotated[
    Path, typer.Option(help="Sổ và bản bảng trên máy khi OUT ở s3://. / Ledger and builds when OUT is s3://.")
]
Folder = Annotated[Path, typer.Option("--out", help="Nơi có các bản bảng. / Where the builds are.")]
Name = Annotated[str, typer.Argument(help="Tên bản, hoặc phần đầu. / A build's name, or how it begins.")]
Json = Annotated[bool, typer.Option("--json", help="In JSON. / Print JSON.")]
Jobs = Annotated[int, typer.Option(min=1, help="Số tiến trình. / Worker processes.", show_default="cores")]
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Một văn bản. / One document.")]
PLACE = Path("data/processed")


@app.command(epilog=_EXITS)
def run(
    inputs: Inputs = None,
    out: Out = str(PLACE),
    state: State = PLACE,
    jobs: Jobs = os.cpu_count() or 1,
    timeout: Annotated[float, typer.Option(min=1, help="Giây cho một văn bản. / Seconds a document.")] = 900.0,
    memory: Annotated[float, typer.Option(min=0.5, help="GB cho một tiến trình. / GB a worker.")] = 6.0,
    settle: Annotated[
        float, typer.Option(min=0, help="Giây tệp phải đứng yên. / Seconds a file must have stood still.")
    ] = 2.0,
    keep: Annotated[int, typer.Option(min=1, help="Số bản bảng giữ lại. / Builds kept.")] = 10,
    engine: Annotated[EngineName, typer.Option(help="Nơi đọc. / Where documents are read.")] = EngineName.LOCAL,
    address: Annotated[Optional[str], typer.Option(help="Cụm Ray. / The Ray cluster.", show_default="here")] = None,
    cache: Annotated[
        bool, typer.Option(help="Nhớ trang quét đã đọc (OUT/cache). / Keep what was read on scanned pages.")
    ] = True,
) -> None:
    """Đọc những gì mới thành bảng. / Read what is new into tables, which hold the documents of these inputs alone."""
    from rich.console import Console

    from pipeline.ingest.limits import Limits
    from pipeline.run import engines
    from pipeline.run.batch import RunOptions, run_archive
    from pipeline.run.report import print_end
    from pipeline.store.remote import is_remote

    given = inputs or ["data/raw"]
    _need([path for path in given if not is_remote(path) and not os.path.exists(path)])
    limits = Limits(document_seconds=timeout, worker_bytes=int(memory * 1024**3))
    place, remote = (state, out) if is_remote(out) else (Path(out), None)
    make = engines.ray(jobs, address) if engine is EngineName.RAY else engines.local(jobs)
    options = RunOptions(place, limits, make, remote=remote, cache=cache, settle=settle, keep=keep)
    console = Console(stderr=True)
    end = run_archive(given, options, console)
    print_end(end, console)
    typer.echo(out if remote else place / "latest")
    raise typer.Exit(end.exit)


@builds.command("list", epilog=_EXITS)
def list_builds(out: Folder = PLACE, as_json: Json = False) -> None:
    """Các bản, mới trước. / The builds, newest first, and which is published."""
    from pipeline.run.builds_command import print_builds

    print_builds(out, as_json=as_json)


@builds.command("diff", epilog=_EXITS)
def diff_builds(a: Name, b: Name, out: Folder = PLACE, as_json: Json = False) -> None:
    """Khác nhau giữa hai bản. / What came, went and changed from build A to build B."""
    from pipeline.run.builds_command import print_diff

    print_diff(out, a, b, as_json=as_json)


@builds.command("use", epilog=_EXITS)
def use_build(name: Name, out: Folder = PLACE) -> None:
    """Công bố một bản cũ hoặc đang giữ. / Publish an older build, or one that is held."""
    from pipeline.run.builds_command import use_build as use

    use(out, name)


@builds.command("prune", epilog=_EXITS)
def prune_builds(
    out: Folder = PLACE, keep: Annotated[int, typer.Option(min=1, help="Số bản giữ lại. / Builds kept.")] = 10
) -> None:
    """Xóa các bản cũ. / Remove old builds, never the published one."""
    from pipeline.run.builds_command import prune_builds as prune

    prune(out, keep)


@app.command(epilog=_EXITS)
def show(
    file: File,
    as_json: Json = False,
    debug: Annotated[
        Optional[Path],
        typer.Option(
            file_okay=False, help="Ghi ảnh từng bước của trang quét. / Write each step of scanned pages here."
        ),
    ] = None,
) -> None:
    """Xem những gì đọc được từ một văn bản. / Show what was read out of one document, with its evidence."""
    from pipeline.ingest.limits import Limits
    from pipeline.run.document import read_plan
    from pipeline.run.show import as_json_text, debug_folder, print_record

    with debug_folder(debug, file.name) as trace:
        source, plan, record = read_plan(file, file.name, Limits(), trace=trace)
    if as_json:
        typer.echo(as_json_text(source, plan, record))
    else:
        print_record(source, plan, record)
    if debug:
        typer.echo(debug / "index.html", err=True)


@app.command(epilog=_EXITS)
def check() -> None:
    """Kiểm tra Tesseract, dữ liệu tiếng Việt, quy tắc, mô hình. / Check tools, their data, rules and models."""
    from pipeline.run.check import print_checks, run_checks

    checks = run_checks()
    print_checks(checks)
    raise typer.Exit(Exit.OK if all(c.ok for c in checks if c.needed) else Exit.TOOL_MISSING)


@app.command("eval", epilog=_EXITS)
def evaluate(
    gold_dir: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="Mẫu chuẩn / gold (*.json)")],
    tables_dir: Annotated[Path, typer.Argument(help="Bảng / tables")] = Path("data/processed/latest"),
    misses: Annotated[bool, typer.Option(help="In mọi khác biệt. / Print every difference.")] = True,
    as_json: Json = False,
) -> None:
    """Chấm điểm bảng theo mẫu chuẩn. / Score tables against gold: precision, recall, F1, support."""
    from pipeline.evaluate.report import as_json_text, print_score
    from pipeline.evaluate.score import score

    result = score(gold_dir, tables_dir)
    if as_json:
        typer.echo(as_json_text(result))
    else:
        print_score(result, misses)


def _need(missing: list[str]) -> None:
    if missing:
        names = ", ".join(missing)
        raise typer.BadParameter(f"không có / not found: {names}")


def main() -> None:
    """Entry point: no traceback reaches a user."""
    try:
        app()
    except DocumentError as error:
        typer.echo(f"{error.kind.value}: {error}", err=True)
        sys.exit(Exit.TOOL_MISSING if error.kind is Kind.TOOL_MISSING else Exit.ALL_FAILED)
    except RuleError as error:
        typer.echo(f"Quy tắc sai / bad rules: {error}", err=True)
        sys.exit(Exit.TOOL_MISSING)
    except CannotRun as error:
        typer.echo(str(error), err=True)
        sys.exit(Exit.TOOL_MISSING)
    except FileNotFoundError as error:
        typer.echo(f"Không tìm thấy / not found: {error}", err=True)
        sys.exit(Exit.USAGE)
    except (OSError, sqlite3.Error) as error:
        typer.echo(
            f"Không đọc hoặc ghi được, bảng cũ còn nguyên / can't read or write, the last tables stand: {error}",
            err=True,
        )
        sys.exit(Exit.TOOL_MISSING)
    except KeyboardInterrupt:
        typer.echo("Đã ngắt; bảng cũ còn nguyên. / Interrupted; the last tables stand.", err=True)
        sys.exit(Exit.INTERRUPTED)
