"""DOC, RTF and ODT: turned into .docx by LibreOffice, then read as such."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from pipeline.errors import DocumentError, Kind
from pipeline.ingest.limits import Limits
from pipeline.ingest.ocr.process import dies_with_us, whole_group
from pipeline.ingest.word.docx import read_docx
from pipeline.records import Finding, SourcePage

PROGRAMS = ("soffice", "libreoffice")
SUFFIXES = ((b"\xd0\xcf\x11\xe0", ".doc"), (b"PK", ".odt"))


def read_office(path: Path, limits: Limits) -> tuple[tuple[SourcePage, ...], tuple[Finding, ...]]:
    """The page of an old Word, RTF or OpenDocument text file.

    Raises:
        DocumentError: tool_missing (no LibreOffice), timeout, damaged (LibreOffice makes nothing of it), too_large.
    """
    program = find_program()
    if program is None:
        raise DocumentError(Kind.TOOL_MISSING, "LibreOffice (soffice).")
    with tempfile.TemporaryDirectory(prefix="kehoach-office-") as folder:
        return read_docx(_convert(program, path, Path(folder), limits.office_seconds), limits)


def find_program() -> str | None:
    """The LibreOffice program on the search path, if there is one."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


def _convert(program: str, path: Path, folder: Path, seconds: float) -> Path:
    """The file as .docx in `folder`. A profile of its own lets many run at once."""
    given = folder / f"given{_suffix(path)}"
    shutil.copyfile(path, given)
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless", "--norestore", "--nolockcheck", "--nodefault",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "made"), str(given),
    ]  # fmt: skip
    message = _run(command, folder, seconds)
    made = folder / "made" / "given.docx"
    if not made.is_file():
        raise DocumentError(Kind.DAMAGED, f"LibreOffice: {message or 'không chuyển được / no conversion'}.")
    return made


def _suffix(path: Path) -> str:
    """LibreOffice trusts names, so the copy is named after its content."""
    with path.open("rb") as file:
        head = file.read(8)
    return next((suffix for magic, suffix in SUFFIXES if head.startswith(magic)), ".rtf")


def _run(command: list[str], folder: Path, seconds: float) -> str:
    """Run to the end or kill the whole process group; what it said last."""
    environment = {**os.environ, "HOME": str(folder), "SAL_USE_VCLPLUGIN": "svp"}
    process = subprocess.Popen(
        whole_group(command),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment,
        start_new_session=True,
        preexec_fn=dies_with_us(signal.SIGTERM),
    )
    try:
        output, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise DocumentError(Kind.TIMEOUT, f"LibreOffice > {seconds:g} s.") from error
    finally:
        _kill_group(process)
    return output.decode("utf-8", errors="replace").strip()[-200:]


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """End the program with all its children (its starter leaves the real one running)."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
