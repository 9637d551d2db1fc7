"""What a run knows of itself once it is done, for its report and its exit code."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pipeline import __version__
from pipeline.errors import Exit
from pipeline.run.drift import Level
from pipeline.run.morning import RunFacts
from pipeline.run.publication import Published
from pipeline.run.standing import Standing
from pipeline.run.taking_in import Taken
from pipeline.store.builds import Build
from pipeline.store.sightings import Fingerprints

_COUNTED = ("documents", "pages", "tasks", "citations", "campaigns", "warnings")


@dataclass(frozen=True, slots=True)
class About:
    """Which run it was. `drained`: it was told to stop, and finished what was under way."""

    run_id: str
    started: dt.datetime
    finished: dt.datetime
    inputs: tuple[str, ...]
    prints: Fingerprints
    drained: bool


def facts_of(about: About, taken: Taken, state: Standing, result: Published) -> RunFacts:
    """Counts, lists and the exit code.

    Raises:
        OSError, pa.ArrowInvalid: the build can't be read.
    """
    fresh = result.fresh if result.made else frozenset()
    held = result.verdict.level is Level.HOLD and not result.published
    return RunFacts(
        run_id=about.run_id,
        started=about.started,
        finished=about.finished,
        inputs=about.inputs,
        versions={"kehoach": __version__, "rules": about.prints.rules},
        fingerprints=about.prints.as_dict(),
        counts=_counts(taken, state, result.build),
        due=taken.reasons,
        files=[face for face in state.faces.values() if face["error_kind"]],
        fresh=fresh,
        verdict=result.verdict,
        published=result.published,
        exit=Exit.INTERRUPTED if about.drained else _exit(state, held=held),
        waiting=taken.waiting,
        removed=state.removed(),
        moved=state.moved(),
        duplicates=state.new_duplicates(),
        near_duplicates=state.linked(fresh),
        alone=taken.alone,
        interrupted=about.drained,
    )


def _counts(taken: Taken, state: Standing, build: Build) -> dict[str, int]:
    return {
        "offered": taken.offered,
        "unchanged": state.unchanged(),
        "read": taken.read,
        "ocr_pages": _ocr_pages(build),
        **{name: build.manifest.tables[name].rows for name in _COUNTED},
    }


def _ocr_pages(build: Build) -> int:
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    sources = pq.read_table(build.folder / "pages.parquet", columns=["text_source"])["text_source"]
    return int(pc.sum(pc.equal(sources, "ocr")).as_py() or 0)


def _exit(state: Standing, *, held: bool) -> Exit:
    """As it always was: failures of all files that are there, however long they are known."""
    here = [face for face in state.faces.values() if face["status"] != "removed"]
    failures = sum(face["error_kind"] is not None for face in here)
    if failures and failures == len(here):
        return Exit.ALL_FAILED
    return Exit.SOME_FAILED if failures or held else Exit.OK
