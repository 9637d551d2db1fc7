"""`python -m tests.archive.bench --documents 10000`: what nights over a large archive cost, beside their targets.

    first       everything is new: documents a second, memory and seconds of each tenth of the documents
    nothing     nothing is new: its share of the first run's time; no byte of the tables changes
    one         one new document: seconds until it is published
    rules       a harmless change of the rules: everything is read again, OCR is not asked

Times are from a shared machine: read the ratios. Nothing is asserted but lost documents and wrong statuses.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from functools import partial
from pathlib import Path

from pipeline.rulebook import rules_dir
from tests.archive.__main__ import write_archive
from tests.archive.make import Made, Recipe, Truth, made_document
from tests.archive.nights import Watched, watched_run
from tests.archive.verdict import linked_twins, wrong

SETTLED = 10.0
"""Seconds after which a new file no longer counts as one that is still being written."""


def main() -> None:
    """Make the archive, run over it four times, print figures and what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.archive.bench", description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="keep the archive and the tables here")
    parser.add_argument("--no-rules", action="store_true", help="leave out the last run, as long as the first")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as aside:
        folder = (asked.folder or Path(aside)).absolute()
        faults = bench(folder, Recipe(asked.documents, asked.seed), rules=not asked.no_rules)
    sys.exit(1 if faults else 0)


def bench(folder: Path, recipe: Recipe, *, rules: bool) -> list[str]:
    """All nights, one after the other, in one OUT."""
    inputs, out = folder / "archive", folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    shutil.rmtree(inputs, ignore_errors=True)
    truths = write_archive(inputs, recipe)
    print(f"{recipe.documents} documents, seed {recipe.seed}, {recipe.broken:.0%} broken")
    first = watched_run(inputs, out)
    faults = _first(first, out, truths)
    before = state_of(out)
    second = watched_run(inputs, out, every=0.1)
    faults += _nothing_new(second, first, state_of(out) != before)
    faults += _one_new(inputs, out, recipe, truths)
    if rules:
        faults += _other_rules(inputs, out, folder / "rules")
    return faults


def _first(first: Watched, out: Path, truths: list[Truth]) -> list[str]:
    """Cost and memory of the run that reads everything; the files it lost or misjudged."""
    tenths, rate = first.tenths(), first.read / first.seconds
    print(f"\n== First run: exit {first.exit}, {first.seconds:.0f} s, {rate:.1f} documents a second, {first.read} read")
    print(f"   {first.processor:.0f} s of processors, {first.processor / (first.read or 1) * 1e3:.0f} ms a document")
    print("   tenth  seconds  ms a document   MB run   MB largest worker   MB all workers")
    each = first.read / 10 or 1
    for number, (seconds, memory) in enumerate(tenths, start=1):
        print(
            f"{number:>8}{seconds:>9.1f}{seconds / each * 1e3:>15.1f}{memory.run:>9.0f}"
            f"{memory.largest_worker:>20.0f}{memory.workers:>17.0f}"
        )
    print(f"   most while the tables were made: {first.afterwards().run:.0f} MB")
    start, last = tenths[0], tenths[-1]
    print("from the first tenth to the last:")
    print(f"   most memory of the run {_growth(start[1].run, last[1].run)} (target under +10 %)")
    print(f"   of its largest worker {_growth(start[1].largest_worker, last[1].largest_worker)} (target under +10 %)")
    print(f"   of all workers {_growth(start[1].workers, last[1].workers)}")
    print(f"   seconds a document {_growth(start[0], last[0])} (target: constant)")
    found, (linked, links) = wrong(out, truths), linked_twins(out, truths)
    pairs = sum(truth.twin_of is not None for truth in truths)
    print(
        f"lost documents and wrong statuses: {len(found)} (target 0); twins linked: {linked} of {pairs}; {links} links"
    )
    for line in found[:20]:
        print(f"   {line}")
    return found


def _growth(first: float, last: float) -> str:
    return f"{100 * (last / first - 1):+.1f} %" if first else "?"


def _nothing_new(second: Watched, first: Watched, changed: bool) -> list[str]:
    share = second.seconds / first.seconds
    print(
        f"\n== Nothing new: exit {second.exit}, {second.seconds:.2f} s, {share:.2%} of the first run (target under 1 %)"
    )
    print(f"   {second.processor:.2f} s of processors, {second.processor / first.processor:.2%} of the first run's")
    print(f"   {second.read} read; the tables {'CHANGED' if changed else 'are as they were, to the byte and the time'}")
    return ["the tables changed though nothing was new"] if changed or second.read else []


def _one_new(inputs: Path, out: Path, recipe: Recipe, truths: list[Truth]) -> list[str]:
    """The document is the archive's next one, so that nothing else changes."""
    more = Recipe(recipe.documents + 1000, recipe.seed, recipe.broken)
    made = next(m for m in map(partial(made_document, more), range(recipe.documents, more.documents)) if _is_new(m))
    (inputs / made.name).parent.mkdir(parents=True, exist_ok=True)
    (inputs / made.name).write_bytes(made.content)
    time.sleep(SETTLED)
    night = watched_run(inputs, out, every=0.1)
    own = _seconds_of(out, made.truth.source_path)
    print(f"\n== One new document: exit {night.exit}, published after {night.seconds:.2f} s")
    print(f"   less its own reading ({own:.2f} s): {night.seconds - own:.2f} s (target under 10 s); {night.read} read")
    print(f"   {night.processor:.2f} s of processors")
    found = wrong(out, [*truths, made.truth])
    print(f"lost documents and wrong statuses: {len(found)}")
    return found


def _is_new(made: Made) -> bool:
    plan = made.truth.status == "ok" and made.truth.twin_of is None and "ban-sao" not in made.name
    return plan and made.bundle is None


def _seconds_of(out: Path, source_path: str) -> float:
    with closing(sqlite3.connect(out / "ledger.sqlite")) as ledger:
        query = "SELECT seconds FROM readings JOIN sightings USING (sha256) WHERE source_path = ?"
        return float(ledger.execute(query, [source_path]).fetchone()[0])


def _other_rules(inputs: Path, out: Path, rules: Path) -> list[str]:
    """All is read again, and no scan is asked of OCR: its cache keeps every answer, and holds none that is new."""
    shutil.rmtree(rules, ignore_errors=True)
    shutil.copytree(rules_dir(), rules)
    with (rules / "README.md").open("a", encoding="utf-8") as file:
        file.write("\nMột câu vô hại.\n")
    before, asked = _contents(out), _ocr_calls(out)
    night = watched_run(inputs, out, more={"KEHOACH_RULES": str(rules)})
    more = _ocr_calls(out) - asked
    print(f"\n== Other rules: exit {night.exit}, {night.seconds:.0f} s, {night.read} read again of {before} contents")
    print(f"   {asked} pictures were read by OCR in the first run, {more} now (target 0)")
    faults = [] if more == 0 else [f"{more} pictures were read by OCR again"]
    return faults + ([] if night.read == before else [f"{night.read} were read again, not {before}"])


def _contents(out: Path) -> int:
    """Different bytes that were offered, whatever came of them."""
    with closing(sqlite3.connect(out / "ledger.sqlite")) as ledger:
        return int(ledger.execute("SELECT count(DISTINCT sha256) FROM sightings").fetchone()[0])


def _ocr_calls(out: Path) -> int:
    """Answers that OCR ever gave: each is kept under the next number, one that is given twice as well."""
    if not (out / "cache" / "ocr.sqlite").exists():
        return 0
    with closing(sqlite3.connect(out / "cache" / "ocr.sqlite")) as cache:
        return int(cache.execute("SELECT coalesce(max(at), 0) FROM readings").fetchone()[0])


def state_of(out: Path) -> dict[str, tuple[str, int]]:
    """Of each published file its bytes' hash and its time."""
    files = sorted((out / "latest").resolve().iterdir())
    return {str(path): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns) for path in files}


if __name__ == "__main__":
    main()
