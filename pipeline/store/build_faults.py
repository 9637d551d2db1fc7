"""What can be wrong with a build, told to people in both languages."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.errors import CannotRun


class UnsoundBuild(CannotRun):
    """Tables that must not become a build; the last build stays. `findings`: one line for each thing wrong."""

    def __init__(self, findings: Iterable[str]) -> None:
        self.findings = tuple(findings)
        super().__init__(self.findings)

    def __str__(self) -> str:
        head = "Bảng không đạt kiểm tra, bản cũ còn nguyên. / The tables failed their checks; the last build stands."
        return "\n".join((head, *(f"  - {finding}" for finding in self.findings)))


class DamagedBuild(CannotRun):
    """A build that is no longer what its manifest says. `str()` names the files."""


class NoSuchBuild(FileNotFoundError):
    """No build, or more than one, has that name. `str()` lists what is there."""
