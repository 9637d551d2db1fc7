"""The archive as the ledger now knows it: what the next build is to say, and what is new about it tonight."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pipeline import __version__
from pipeline.link.near_duplicates import repeats
from pipeline.link.papers import Paper
from pipeline.store.files_table import Face, files_table, moves, primaries
from pipeline.store.ledger import Ledger
from pipeline.store.sightings import Fingerprints, Reading
from pipeline.tables.schemas import SCHEMAS


@dataclass(frozen=True, slots=True)
class Standing:
    """One state of the archive. Paths are source paths."""

    faces: Mapping[str, Face]
    """Rows of `files` by path, in order."""
    known: Mapping[str, Face]
    """The same as they were before this run."""
    documents: tuple[tuple[str, Reading], ...]
    """Path and reading of each document, in the order of paths."""
    links: Mapping[str, str]
    """doc_id to the doc_id of the paper it repeats."""
    went_to: Mapping[str, str]
    """Path that is gone to the path where its bytes are now."""
    state: str
    """A hash of all that goes into a build: the same state is the same build."""

    def news(self) -> list[Face]:
        """Rows that are new, or otherwise than they were."""
        return [face for path, face in self.faces.items() if self.known.get(path) != face]

    def unchanged(self) -> int:
        """Files that are there and of which there is no news."""
        same = [path for path, face in self.faces.items() if self.known.get(path) == face]
        return sum(bool(self.faces[path]["status"] != "removed") for path in same)

    def gone(self) -> list[str]:
        """Paths that were there before this run and are not now, moved ones too."""
        return [face["source_path"] for face in self.news() if face["status"] == "removed"]

    def removed(self) -> list[str]:
        return [path for path in self.gone() if path not in self.went_to]

    def moved(self) -> list[tuple[str, str]]:
        return [(path, self.went_to[path]) for path in self.gone() if path in self.went_to]

    def vanished(self) -> set[str]:
        """Content of documents whose last file is gone."""
        standing = {reading.sha256 for _, reading in self.documents}
        lost = {self.known[path]["file_sha256"] for path in self.gone() if path in self.known}
        had = {face["file_sha256"] for face in self.known.values() if face["status"] in ("ok", "partial")}
        return (lost & had) - standing

    def newly_failed(self) -> list[str]:
        """Paths that did not fail like this before."""
        return [
            face["source_path"]
            for face in self.news()
            if face["error_kind"] and self.known.get(face["source_path"], {}).get("error_kind") != face["error_kind"]
        ]

    def new_duplicates(self) -> list[tuple[str, str]]:
        """Files whose bytes another has, first seen so in this run, and that other."""
        path_of = {reading.sha256: path for path, reading in self.documents}
        new = [face for face in self.news() if face["status"] == "duplicate"]
        return [(face["source_path"], path_of[face["file_sha256"]]) for face in new]

    def linked(self, fresh: Collection[str]) -> list[tuple[str, str]]:
        """Near-duplicates with a part in `fresh` (doc_ids): the one that repeats and the one it repeats, by path."""
        path_of = {doc_id(reading): path for path, reading in self.documents}
        return [(path_of[a], path_of[b]) for a, b in self.links.items() if a in fresh or b in fresh]


def standing(ledger: Ledger, run_id: str, now: dt.datetime, prints: Fingerprints) -> Standing:
    """What the tables are to say, from the ledger alone; rows of `files` with news are entered there.

    Raises:
        sqlite3.Error: the ledger can't be read or written.
    """
    sightings, readings, known = ledger.sightings(), ledger.readings(), ledger.faces()
    faces = files_table(sightings, readings, known, run_id, now.isoformat())
    ledger.show({path: face for path, face in faces.items() if known.get(path) != face})
    paths = primaries(sightings.values(), readings, known)
    documents = tuple(sorted((path, readings[sha]) for sha, path in paths.items()))
    links = repeats([Paper.read(doc_id(r), path, r.facts, r.shingles) for path, r in documents])
    parts = [(path, r.sha256, r.rows_sha256, r.extracted_at) for path, r in documents]
    schemas = [schema.to_string(show_field_metadata=True) for schema in SCHEMAS.values()]
    whole = json.dumps([__version__, prints.rules, schemas, list(faces.values()), parts, sorted(links.items())])
    state = hashlib.sha256(whole.encode()).hexdigest()
    return Standing(faces, known, documents, links, moves(sightings), state)


def doc_id(reading: Reading) -> str:
    """The key of a document: the first digits of its bytes' hash."""
    return reading.sha256[:16]
