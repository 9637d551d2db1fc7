"""A run over an archive: what is new is read, the ledger holds it, a whole build is made, judged and published."""

from __future__ import annotations

import datetime as dt
import errno
import secrets
import shutil
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import CannotRun, Exit
from pipeline.ingest.files.remote import is_uri
from pipeline.ingest.files.walk import Input, listed
from pipeline.ingest.limits import Limits
from pipeline.ingest.ocr.setup import OcrSetup
from pipeline.run.engine import Engine
from pipeline.run.engines import MakeEngine, unpacker
from pipeline.run.facts import About, facts_of
from pipeline.run.intake import Members
from pipeline.run.lock import RunLock
from pipeline.run.log import Event, RunLog
from pipeline.run.morning import RunFacts, written_report
from pipeline.run.progress import progress
from pipeline.run.publication import Night, Published, published
from pipeline.run.standing import Standing, standing
from pipeline.run.stopping import Stopping
from pipeline.run.taking_in import Hands, Taken, take_in
from pipeline.run.verdict import Losses
from pipeline.store.builds import Build, builds_of, prune
from pipeline.store.fingerprints import fingerprints_now
from pipeline.store.ledger import Ledger
from pipeline.store.remote import copy_build
from pipeline.store.sightings import Fingerprints, Known

if TYPE_CHECKING:
    from rich.console import Console

LEDGER = "ledger.sqlite"
CACHE = Path("cache", "ocr.sqlite")
"""Where in OUT the readings of scanned pages are kept."""
LOGS = "logs"
LEAST_ROOM = 64 * 1024**2
"""Bytes that must be free before a run begins: with less it would stop in the middle."""


def _utc() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How a run is done."""

    out: Path
    limits: Limits
    make_engine: MakeEngine
    make_members: Callable[[Limits], Members] = unpacker
    remote: str | None = None
    """URI of the object store to which the published build is copied."""
    cache: bool = True
    settle: float = 2.0
    keep: int = 10
    clock: Callable[[], dt.datetime] = _utc


@dataclass(frozen=True, slots=True)
class RunEnd:
    """What came of a run, for its closing words."""

    facts: RunFacts
    build: Build
    page: Path
    """The report as a page for people."""

    @property
    def exit(self) -> Exit:
        return Exit(self.facts.exit)


def run_archive(inputs: Sequence[Input], options: RunOptions, console: Console) -> RunEnd:
    """Take in what is new of `inputs`, and publish the tables of all that is there.

    Raises:
        CannotRun: another run is under way, an input vanished, the ledger or the tables are unsound.
        RuleError: a rule file or the weights of confidence are missing or malformed; nothing was read.
        OSError, sqlite3.Error: the disk is full, or the output can't be written.
        In each case the last build stands, and what was read is kept in the ledger.
    """
    out = options.out
    out.mkdir(parents=True, exist_ok=True)
    _need_room(out)
    started = options.clock()
    run_id = f"{started:%Y%m%dT%H%M%S}Z-{secrets.token_hex(3)}"
    with (
        RunLock(out, run_id, options.clock) as lock,
        RunLog(out / LOGS / f"{run_id}.jsonl", run_id) as log,
        closing(Ledger(out / LEDGER)) as ledger,
        Stopping() as stopping,
    ):
        run = _Run(inputs, options, console, run_id, started, ledger, log, stopping, fingerprints_now())
        log.write(Event("run_started", more={"inputs": [str(given) for given in inputs], "took_over": lock.took_over}))
        try:
            return run.done()
        except BaseException as error:
            log.write(Event("run_failed", f"{type(error).__name__}: {error}", "error"))
            raise


@dataclass(slots=True)
class _Run:
    """The steps of one run, under its lock."""

    inputs: Sequence[Input]
    options: RunOptions
    console: Console
    run_id: str
    started: dt.datetime
    ledger: Ledger
    log: RunLog
    stopping: Stopping
    prints: Fingerprints

    def done(self) -> RunEnd:
        earlier = self.ledger.earlier_runs(1)
        number = self.ledger.begin(self.run_id)
        taken = self._taken()
        if any(_is_an_input(place, self.inputs) for place in taken.hidden):
            raise CannotRun(_INPUT_GONE)
        now = self._now()
        state = standing(self.ledger, self.run_id, now, self.prints)
        losses = self._losses(state, taken, earlier)
        last = earlier[0].get("published") if earlier else None
        night = Night(self.run_id, now, self.prints, losses, last)
        result = published(self.ledger, state, self.options.out, night)
        notes = {"inputs": self._places(), "published": result.build.name if result.published else last}
        self.ledger.note_run(number, notes)
        prune(self.options.out, self.options.keep)
        if self.options.remote and result.published:
            copy_build(result.build, self.options.remote, [build.name for build in builds_of(self.options.out)])
        return self._reported(taken, state, result)

    def _taken(self) -> Taken:
        options, bounds = self.options, repr(self.options.limits)
        known = Known(self.ledger.sightings(), self.ledger.readings(), self.prints, bounds)
        ocr = OcrSetup((options.out / CACHE).absolute()) if options.cache else None
        offers = list(listed(self.inputs, options.limits))
        with progress(self.console) as follower:
            hands = Hands(
                engine=lambda: _engine(options, ocr),
                members=options.make_members(options.limits),
                settle=options.settle,
                draining=self.stopping.draining,
                follower=follower,
                log=self.log,
                now=lambda: self._now().isoformat(),
            )
            return take_in(offers, self.ledger, known, hands, options.out)

    def _losses(self, state: Standing, taken: Taken, earlier: Sequence[dict[str, Any]]) -> Losses:
        same = not earlier or earlier[0].get("inputs") == self._places()
        return Losses(len(state.vanished()), same, len(state.newly_failed()), taken.read)

    def _reported(self, taken: Taken, state: Standing, result: Published) -> RunEnd:
        about = About(
            self.run_id,
            self.started,
            self.options.clock(),
            tuple(map(str, self.inputs)),
            self.prints,
            self.stopping.draining(),
        )
        facts = facts_of(about, taken, state, result)
        before = result.before.folder if result.before else None
        page = written_report(facts, result.build.folder, before, self.options.out)
        more = {"exit": facts.exit, "build": result.build.name, "verdict": facts.verdict.level}
        self.log.write(Event("run_ended", more=more))
        return RunEnd(facts, result.build, page)

    def _now(self) -> dt.datetime:
        """To the millisecond, as tables hold times: what is compared with them must read back as it was written."""
        now = self.options.clock()
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def _places(self) -> list[str]:
        return [str(given) if is_uri(given) else str(Path(given).absolute()) for given in self.inputs]


def _engine(options: RunOptions, ocr: OcrSetup | None) -> Engine:
    """Made once something is due, when rules that can't be read are told too.

    If they changed everything is due, so a night without news need not compile them.
    """
    from pipeline.extract.confidence import weights_at_hand
    from pipeline.rulebook import check_rules

    check_rules()
    weights_at_hand()
    return options.make_engine(options.limits, ocr)


_INPUT_GONE = (
    "Một nguồn vào biến mất giữa chừng; bảng cũ còn nguyên, phần đã đọc được giữ. / "
    "An input vanished during the run; the last tables stand, and what was read is kept."
)


def _is_an_input(place: str, inputs: Sequence[Input]) -> bool:
    """Whether a place that could not be listed is a whole input: among several each has one name in front."""
    return place == "" if len(inputs) == 1 else place.count("/") <= 1


def _need_room(out: Path) -> None:
    if shutil.disk_usage(out).free < LEAST_ROOM:
        raise OSError(errno.ENOSPC, "Đĩa gần đầy / the disk is nearly full", str(out))
