"""Which bytes this run reads, under which of their paths, and why: each once."""

from __future__ import annotations

from collections import Counter

from pipeline.ingest.files.walk import Offered
from pipeline.run.due import reason
from pipeline.store.sightings import Known, Reading, file_name


class Claims:
    """Asked of every path and its bytes as the walk meets them. `reasons` counts what was due."""

    def __init__(self, known: Known) -> None:
        self.reasons: Counter[str] = Counter()
        self._known = known
        self._claimed: set[str] = set()
        self._named: set[str] = set()
        self._renamed: dict[str, Offered] = {}
        self._forced: set[str] = set()

    def would_be_due(self, sha256: str) -> bool:
        """Whether these bytes are worth being looked at."""
        return self._why(sha256) is not None

    def is_due(self, offer: Offered, source_path: str, sha256: str) -> bool:
        """Whether these bytes, which `offer` is or holds, are to be read now and under this path."""
        why = "name" if sha256 in self._forced else self._why(sha256)
        if why is None:
            self._note_name(offer, source_path, sha256)
            return False
        if sha256 in self._claimed:
            return False
        self._claimed.add(sha256)
        known = self._known.sightings.get(source_path)
        self.reasons["changed" if why == "new" and known and known.sha256 else why] += 1
        return True

    def renamed(self) -> list[Offered]:
        """At the end of a walk: where bytes are that were read under a name which none of their paths bears any more.

        The name is evidence too, so they are due from now on.
        """
        left = {sha: offer for sha, offer in self._renamed.items() if sha not in self._named | self._claimed}
        self._forced = set(left)
        return list(dict.fromkeys(left.values()))

    def _note_name(self, offer: Offered, source_path: str, sha256: str) -> None:
        reading = self._reading(sha256)
        if reading is None or not reading.is_good or reading.file_name == file_name(source_path):
            self._named.add(sha256)
        else:
            self._renamed.setdefault(sha256, offer)

    def _why(self, sha256: str) -> str | None:
        return reason(self._reading(sha256), self._known.prints, self._known.bounds)

    def _reading(self, sha256: str) -> Reading | None:
        return self._known.readings.get(sha256)
