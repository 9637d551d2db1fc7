"""A small archive that changes from night to night, and what a run must say of it, by a model of its own."""

from __future__ import annotations

import hashlib
import os
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from pipeline.errors import Kind
from tests.made_archives import made_zip

BREAKAGES = (Kind.DAMAGED, Kind.ENCRYPTED, Kind.NOT_VIETNAMESE, Kind.UNSUPPORTED, Kind.NO_TEXT, Kind.TOO_LARGE)
BROKEN = "broken: "
"""A text that begins so fails with the kind that follows: `tests.faults.inline.Counted` does it."""
CHANGES = ("add", "copy", "change", "move", "remove", "touch", "bundle", "unbundle")
PLACES = ("", "An Giang/", "Cao Bằng/2023/", "Hà Nội/2024/quý I/")


@dataclass(frozen=True, slots=True)
class Expected:
    """What `files` must say of one path; `status` ok stands for ok or duplicate."""

    status: str
    kind: str | None = None


@dataclass(slots=True)
class Papers:
    """The files below `folder` as they are and as they were; every change is made on the disk at once."""

    folder: Path
    chance: Random
    here: dict[str, str] = field(default_factory=dict)
    """Source path → text."""
    ever: set[str] = field(default_factory=set)
    """Paths that a whole run has seen."""
    made: int = 0

    def add(self) -> None:
        self._put(self._new_path(), self._new_text())

    def copy(self) -> None:
        self._put(self._new_path(), self.here[self._any()])

    def change(self) -> None:
        self._put(self._any(), self._new_text())

    def move(self) -> None:
        old, new = self._any(), self._new_path()
        target = self.folder / new
        target.parent.mkdir(parents=True, exist_ok=True)
        os.rename(self.folder / old, target)
        self.here[new] = self.here.pop(old)

    def remove(self) -> None:
        path = self._any()
        (self.folder / path).unlink()
        del self.here[path]

    def bundle(self) -> None:
        """Some texts in a zip, one of them a copy of what lies elsewhere."""
        path = self._new_path("zip")
        texts = [*(self._new_text() for _ in range(self.chance.randint(1, 3))), self.here[self._any()]]
        members = {f"kh-{self.made}-{at}.txt": text for at, text in enumerate(texts)}
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(made_zip([(name, text.encode()) for name, text in members.items()]))
        self.here |= {f"{path}!/{name}": text for name, text in members.items()}

    def unbundle(self) -> None:
        """A zip goes, with all that is in it."""
        bundles = sorted({path.partition("!/")[0] for path in self.here if "!/" in path})
        if not bundles:
            return
        gone = self.chance.choice(bundles)
        (self.folder / gone).unlink()
        self.here = {path: text for path, text in self.here.items() if not path.startswith(f"{gone}!/")}

    def touch(self) -> None:
        """New times, the same bytes."""
        os.utime(self.folder / self._any())

    def night(self, most: int = 5) -> Counter[str]:
        """Some changes by chance, at most `most`; at least one of them is news."""
        names = [
            "add",
            *self.chance.choices(CHANGES, k=self.chance.randint(0, most)),
        ]
        for name in names:
            if name == "add" or self._files():
                getattr(self, name)()
        return Counter(names)

    def first_night(self) -> None:
        """An archive to begin with."""
        for _ in range(self.chance.randint(3, 12)):
            self.add()

    def seen(self) -> None:
        """A run has been over all of it."""
        self.ever |= set(self.here)

    def expected(self) -> dict[str, Expected]:
        """Of every path that is here or that a whole run has seen."""
        gone = {path: Expected("removed") for path in self.ever}
        return gone | {path: _expected(text) for path, text in self.here.items()}

    def contents(self) -> set[str]:
        """SHA-256 of the texts that become documents, each once."""
        return {sha256_of(text) for text in self.here.values() if _expected(text).status == "ok"}

    def names(self) -> dict[str, set[str]]:
        """SHA-256 → what the files with these bytes are called: bytes under a new name are read again."""
        found: dict[str, set[str]] = defaultdict(set)
        for path, text in self.here.items():
            found[sha256_of(text)].add(path.rpartition("/")[2])
        return found

    def _any(self) -> str:
        return self.chance.choice(self._files())

    def _files(self) -> list[str]:
        return sorted(path for path in self.here if "!/" not in path)

    def _new_path(self, end: str = "txt") -> str:
        self.made += 1
        return f"{self.chance.choice(PLACES)}kh-{self.made}.{end}"

    def _new_text(self) -> str:
        self.made += 1
        start = f"{BROKEN}{self.chance.choice(BREAKAGES).value}\n" if self.chance.random() < 0.2 else ""
        return f"{start}Kế hoạch số {self.made}\n" + "Rà soát hồ sơ, báo cáo kết quả.\n" * self.chance.randint(1, 60)

    def _put(self, path: str, text: str) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        self.here[path] = text


def _expected(text: str) -> Expected:
    if not text.startswith(BROKEN):
        return Expected("ok")
    kind = broken_kind(text)
    return Expected("unsupported" if kind is Kind.UNSUPPORTED else "failed", kind.value)


def broken_kind(text: str) -> Kind:
    return Kind(text.partition("\n")[0].removeprefix(BROKEN))


def sha256_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
