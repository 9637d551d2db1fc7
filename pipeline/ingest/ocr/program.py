"""What the `tesseract` program on this machine is: its version and its language data, asked once a process."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from functools import cache
from pathlib import Path

LANGUAGE = "vie"
_SECONDS = 20
_FOLDER = re.compile(r'languages in "([^"\n]+)"')


def program_version() -> str | None:
    """The versions of Tesseract and of Leptonica below it, as `version_of` gives them; None without the program."""
    return version_of(_output("--version", *_surroundings()))


def version_of(said: str) -> str | None:
    """ "tesseract 5.3.0, leptonica-1.82.0" of what the program, or the library, says of itself."""
    lines = [line.strip() for line in said.splitlines()]
    return ", ".join(lines[:2]) if len(lines) > 1 and lines[0].startswith("tesseract") else None


def language_data() -> Path | None:
    """The file with the Vietnamese data that the program would load; None without one."""
    found = _FOLDER.search(_output("--list-langs", *_surroundings()))
    path = Path(found[1], f"{LANGUAGE}.traineddata") if found else None
    return path if path and path.is_file() else None


@cache
def data_hash(path: Path) -> str:
    """SHA-256 of the language data. OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _surroundings() -> tuple[str, str]:
    """What decides which program answers, and with which data."""
    return os.environ.get("PATH", ""), os.environ.get("TESSDATA_PREFIX", "")


@cache
def _output(option: str, path: str, data: str) -> str:
    """What the program says, with this PATH and TESSDATA_PREFIX; nothing when it fails."""
    command = ["tesseract", option]
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_SECONDS,
            stdin=subprocess.DEVNULL,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout or done.stderr
