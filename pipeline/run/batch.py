"""A run: every offered file is read, every one has its row in `files`, and the build is published whole."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import Exit
from pipeline.run.document import Outcome
from pipeline.run.ledger import Ledger, date_documents, previous_rows

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.ingest.limits import Limits

CACHE = Path("cache", "ocr.sqlite")
"""Where in OUT the readings of scanned pages are kept."""
Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of a run for its closing table."""

    files: int
    counts: Counter[str]
    failures: list[dict[str, Any]] = field(default_factory=list)

    @property
    def exit(self) -> Exit:
        """0, 4 (some failed) or 5 (all failed)."""
        if not self.failures:
            return Exit.OK
        return Exit.ALL_FAILED if len(self.failures) == self.files else Exit.SOME_FAILED


def run_batch(
    inputs: Sequence[Path], out: Path, limits: Limits, jobs: int, console: Console, *, cache: bool = True
) -> Summary:
    """Read `inputs` into `out/latest` and say what came of it; with `cache` no scanned page is read twice over runs.

    Raises:
        OSError: the output can't be written; the last build stays.
        RuleError: a rule file or the weights of confidence are missing or malformed; nothing was read.
    """
    from pipeline.extract.confidence import weights_at_hand
    from pipeline.ingest.files.walk import estimate, offered
    from pipeline.ingest.ocr.setup import OcrSetup
    from pipeline.rulebook import check_rules
    from pipeline.run.pool import outcomes
    from pipeline.run.progress import followed
    from pipeline.store.builds import write_build

    check_rules()
    weights_at_hand()
    out.mkdir(parents=True, exist_ok=True)
    ocr = OcrSetup((out / CACHE).absolute()) if cache else None
    stream = followed(outcomes(offered(inputs, limits), limits, jobs, ocr), estimate(inputs), console)
    results = sorted(stream, key=lambda outcome: outcome.source_path)
    rows = build_rows(results, out / "latest")
    write_build(rows, out)
    return summary(rows)


def build_rows(results: Iterable[Outcome], latest: Path) -> Rows:
    """Rows of every table, from outcomes in the order of their source paths."""
    from pipeline.store.dimensions import dimension_rows

    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    ledger = Ledger(previous_rows(latest, "files", "source_path"), _run_id(now), now)
    rows: Rows = dimension_rows() | {"files": []}
    for outcome in results:
        entry = ledger.row(outcome)
        rows["files"].append(entry)
        if entry["status"] in ("ok", "partial"):
            for table, found in outcome.rows.items():
                rows.setdefault(table, []).extend(found)
    date_documents(rows.get("documents", []), previous_rows(latest, "documents", "doc_id"), now)
    return rows


def summary(rows: Rows) -> Summary:
    """Counts for people."""
    names = ("documents", "pages", "tasks", "citations", "campaigns", "warnings")
    counts = Counter({name: len(rows.get(name, [])) for name in names})
    counts["ocr_pages"] = sum(page["text_source"] == "ocr" for page in rows.get("pages", []))
    failures = [row for row in rows["files"] if row["error_kind"] is not None]
    return Summary(len(rows["files"]), counts, failures)


def _run_id(now: dt.datetime) -> str:
    return now.strftime("%Y%m%dT%H%M%SZ-") + hashlib.sha256(now.isoformat().encode()).hexdigest()[:6]
