"""The intake of a run: what is offered is compared with the ledger, and what is due becomes jobs.

A file whose stamp is as it was is not opened. What is new is hashed once; bytes known under another path are not read
again. A file that was written to a moment ago is looked at again at the end, and waits for the next run if it moved.
"""

from __future__ import annotations

import hashlib
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from pipeline.errors import LOST, PASSING, DocumentError, Kind
from pipeline.ingest.files.archive import is_archive
from pipeline.ingest.files.remote import DISK_FULL
from pipeline.ingest.files.walk import Offered
from pipeline.run.claims import Claims
from pipeline.run.due import MOST_LOSSES
from pipeline.run.engine import Job
from pipeline.store.sightings import Known, Sighting


class Members(Protocol):
    """What takes an archive apart: `pipeline.run.unpacking.Unpacker`."""

    def members(self, path: Path, shown: str, folder: Path) -> list[Offered]: ...


class Intake:
    """One walk over what is offered. `seen` grows as it goes; `complete` once it has come to its end."""

    def __init__(
        self, known: Known, unpacker: Members, spool: Path, settle: float, sleep: Callable[[float], object] = time.sleep
    ) -> None:
        """`spool`: an empty folder for what is unpacked or fetched. `settle`: seconds a file must have stood still."""
        self.seen: dict[str, Sighting] = {}
        self.waiting: list[str] = []
        self.hidden: list[str] = []
        """What places that could not be listed begin with: what is in them was not seen, and is not gone."""
        self.complete = False
        self._known, self._unpacker, self._spool, self._settle, self._sleep = known, unpacker, spool, settle, sleep
        self._members = _by_container(known.sightings)
        self._claims = Claims(known)
        self.reasons = self._claims.reasons
        self._under_way: dict[str, Offered] = {}
        self._folders = 0
        self._under = f"{known.prints.code} {known.bounds}"

    def jobs(self, offers: Iterable[Offered]) -> Iterator[Job]:
        """What is due, as it is found. The bytes of a job lie at its path until `stood_still` is asked for it."""
        began, young = time.monotonic(), []
        for offer in offers:
            if offer.hides is not None:
                self.hidden.append(offer.hides)
            if self._is_young(offer):
                young.append(offer)
            else:
                yield from self._offered(offer)
        if young:
            self._sleep(max(0.0, began + self._settle - time.monotonic()))
        for offer in young:
            if offer.stamp_now() == offer.stamp:
                yield from self._offered(offer)
            else:
                self._wait(offer)
        for offer in self._claims.renamed():
            yield from self._opened(offer)
        self.complete = True

    def stood_still(self, job: Job) -> bool:
        """Whether the file of a job that was read is still as it was hashed; if not, it waits for the next run."""
        offer = self._under_way.pop(job.source_path, None)
        self._done_with(Path(job.path))
        if offer is None or offer.stamp_now() == offer.stamp:
            return True
        self._wait(offer)
        return False

    def gone(self) -> list[Sighting]:
        """What the ledger knows and a walk that came to its end did not meet, though nothing hid it."""
        if not self.complete:
            return []
        unseen = [s for path, s in self._known.sightings.items() if path not in self.seen and s.state != "gone"]
        return [replace(s, state="gone") for s in unseen if not s.source_path.startswith(tuple(self.hidden))]

    # --- one offer ------------------------------------------------------------------------------

    def _is_young(self, offer: Offered) -> bool:
        """Whether it may still be written to: changed a moment ago, or, with a clock set back, in times to come."""
        if not self._settle or offer.error or offer.changed_at is None or self._stands(offer):
            return False
        return time.time() - offer.changed_at < self._settle

    def _stands(self, offer: Offered) -> Sighting | None:
        """What is known of it, if its bytes can't have changed since."""
        known = self._known.sightings.get(offer.source_path)
        stands = known is not None and known.stamp is not None and known.stamp == offer.stamp
        return known if stands and known and known.state != "waiting" else None

    def _offered(self, offer: Offered) -> Iterator[Job]:
        if offer.error is not None:
            self._refuse(offer, offer.error)
        elif (known := self._stands(offer)) is None:
            yield from self._opened(offer)
        else:
            yield from self._unchanged(offer, (known, *self._members[offer.source_path]))

    def _unchanged(self, offer: Offered, known: Sequence[Sighting]) -> Iterator[Job]:
        """A file or an archive with its members, which is opened only where something in it is due."""
        if any(self._is_worth_opening(seen) for seen in known):
            yield from self._opened(offer)
            return
        for seen in known:
            self._see(replace(seen, state="here"))
            if seen.sha256:
                self._claims.is_due(offer, seen.source_path, seen.sha256)

    def _is_worth_opening(self, seen: Sighting) -> bool:
        if seen.kind is not None:
            return seen.under != self._under or _passes(seen.kind, seen.tries)
        return seen.sha256 is not None and self._claims.would_be_due(seen.sha256)

    def _opened(self, offer: Offered) -> Iterator[Job]:
        """Its bytes are looked at: hashed, or taken apart."""
        try:
            path = offer.path or offer.local(self._folder())
            if is_archive(path):
                yield from self._archive(offer, path)
                return
            with path.open("rb") as file:
                sha = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            if error.errno in DISK_FULL:
                raise
            self._refuse(offer, DocumentError(Kind.UNREADABLE, f"{error.strerror or error}."))
            return
        except DocumentError as error:
            self._refuse(offer, error)
            return
        if offer.stamp_now() != offer.stamp:
            self._wait(offer)
        else:
            self._see(Sighting(offer.source_path, offer.stamp, sha))
            if self._claims.is_due(offer, offer.source_path, sha):
                self._under_way[offer.source_path] = offer
                yield Job(offer.source_path, str(path), sha)
                return
        self._done_with(path)

    def _archive(self, offer: Offered, path: Path) -> Iterator[Job]:
        members = self._unpacker.members(path, offer.source_path, self._folder())
        self._done_with(path)
        if offer.stamp_now() != offer.stamp:
            self._wait(offer)
            members = []
        else:
            self._see(Sighting(offer.source_path, offer.stamp, is_archive=True))
        for member in members:
            if member.error or member.path is None or member.sha256 is None:
                error = member.error or DocumentError(Kind.INTERNAL, "")
                own = member.source_path == offer.source_path
                self._refuse(offer if own else member, error, None if own else offer.source_path)
                continue
            self._see(Sighting(member.source_path, None, member.sha256, offer.source_path))
            if self._claims.is_due(offer, member.source_path, member.sha256):
                yield Job(member.source_path, str(member.path), member.sha256)
            else:
                self._done_with(member.path)

    def _done_with(self, path: Path) -> None:
        """What was fetched or unpacked goes as soon as it was read, or need not be."""
        if path.is_relative_to(self._spool):
            path.unlink(missing_ok=True)

    # --- what is seen ---------------------------------------------------------------------------

    def _see(self, sighting: Sighting) -> None:
        self.seen[sighting.source_path] = sighting

    def _refuse(self, offer: Offered, error: DocumentError, container: str | None = None) -> None:
        """The same refusal is no news, however often it is met; only tries that come to an end are counted."""
        known = self._known.sightings.get(offer.source_path)
        again = known and (known.kind, known.under, known.stamp) == (error.kind, self._under, offer.stamp)
        self._see(
            Sighting(
                offer.source_path,
                offer.stamp,
                container=container,
                kind=error.kind,
                message=str(error),
                tries=known.tries + (error.kind in LOST) if known and again else 1,
                under=self._under,
            )
        )

    def _wait(self, offer: Offered) -> None:
        """It is left to the next run; what was read of it before stands until then."""
        self.waiting.append(offer.source_path)
        known = self._known.sightings.get(offer.source_path)
        if known is None or known.state == "gone":
            self._see(Sighting(offer.source_path, None, state="waiting"))
            return
        self._see(replace(known, state="waiting"))
        for member in self._members[offer.source_path]:
            self._see(member)

    def _folder(self) -> Path:
        """A new folder for what comes of one offer."""
        self._folders += 1
        folder = self._spool / str(self._folders)
        folder.mkdir()
        return folder


def _passes(kind: Kind, tries: int) -> bool:
    """Whether a refusal is worth another try."""
    return kind in PASSING or (kind in LOST and tries < MOST_LOSSES)


def _by_container(sightings: Mapping[str, Sighting]) -> dict[str, list[Sighting]]:
    members: dict[str, list[Sighting]] = defaultdict(list)
    for seen in sightings.values():
        if seen.container is not None and seen.state != "gone":
            members[seen.container].append(seen)
    return members
