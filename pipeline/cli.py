"""The command line: it prints and maps errors to exit codes, nothing else."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

from pipeline.errors import DocumentError, Exit, Kind
from pipeline.rulebook import RuleError

_EXITS = (
    "Mã thoát / Exit codes: 0 xong / all done · 2 sai cách gọi / usage · 3 thiếu chương trình hoặc dữ liệu / "
    "a tool or its data is missing · 4 một số văn bản lỗi / some documents failed · 5 tất cả lỗi / all failed · "
    "130 bị ngắt / interrupted"
)

app = typer.Typer(
    name="kehoach",
    help="Đọc kế hoạch của các tỉnh thành bảng Parquet. / Reads Vietnamese provincial plans into Parquet tables.",
    epilog=_EXITS,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Inputs = Annotated[
    Optional[list[Path]],
    typer.Argument(
        help="Tệp, thư mục (mọi cấp) hoặc .zip. / Files, folders (all levels) or .zip archives.",
        show_default="data/raw",
    ),
]
Out = Annotated[Path, typer.Option(help="Nơi ghi; bảng nằm trong OUT/latest. / Tables go to OUT/latest.")]
Jobs = Annotated[int, typer.Option(min=1, help="Số tiến trình. / Worker processes.", show_default="cores")]
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Một văn bản. / One document.")]


@app.command(epilog=_EXITS)
def run(
    inputs: Inputs = None,
    out: Out = Path("data/processed"),
    jobs: Jobs = os.cpu_count() or 1,
    timeout: Annotated[float, typer.Option(min=1, help="Giây cho một văn bản. / Seconds a document.")] = 900.0,
    cache: Annotated[
        bool, typer.Option(help="Nhớ trang quét đã đọc (OUT/cache). / Keep what was read on scanned pages.")
    ] = True,
) -> None:
    """Đọc văn bản thành bảng. / Read documents into tables (this run's documents replace the last build)."""
    from rich.console import Console

    from pipeline.ingest.limits import Limits
    from pipeline.run.batch import run_batch
    from pipeline.run.report import print_summary

    paths = inputs or [Path("data/raw")]
    _need([path for path in paths if not path.exists()])
    console = Console(stderr=True)
    summary = run_batch(paths, out, Limits(document_seconds=timeout), jobs, console, cache=cache)
    print_summary(summary, console)
    typer.echo(out / "latest")
    raise typer.Exit(summary.exit)


@app.command(epilog=_EXITS)
def show(
    file: File,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON. / Print JSON.")] = False,
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
    as_json: Annotated[bool, typer.Option("--json", help="In JSON. / Print JSON.")] = False,
) -> None:
    """Chấm điểm bảng theo mẫu chuẩn. / Score tables against gold: precision, recall, F1, support."""
    from pipeline.evaluate.report import as_json_text, print_score
    from pipeline.evaluate.score import score

    result = score(gold_dir, tables_dir)
    if as_json:
        typer.echo(as_json_text(result))
    else:
        print_score(result, misses)


def _need(missing: list[Path]) -> None:
    if missing:
        names = ", ".join(str(path) for path in missing)
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
    except FileNotFoundError as error:
        typer.echo(f"Không tìm thấy / not found: {error}", err=True)
        sys.exit(Exit.USAGE)
    except OSError as error:
        typer.echo(f"Không ghi được / can't write: {error}", err=True)
        sys.exit(Exit.TOOL_MISSING)
    except KeyboardInterrupt:
        typer.echo("Đã ngắt; bảng cũ còn nguyên. / Interrupted; the last tables stand.", err=True)
        sys.exit(Exit.INTERRUPTED)
