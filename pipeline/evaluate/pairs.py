"""Documents read against gold: for each row what speaks for it, and whether it is right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.evaluate.pairing import Row
from pipeline.evaluate.score import score_rows
from pipeline.extract.signs import Signs

_TABLES = ("fields", "citations", "campaigns", "tasks", "task_units", "recipients")


@dataclass(frozen=True, slots=True)
class Pair:
    """One row of a document that gold speaks of; `tuned` where the rules were made with the document at hand."""

    document: str
    signs: Signs
    right: bool
    tuned: bool = True


def read_pairs(gold_dir: Path, documents: Path) -> list[Pair]:
    """Read the documents that the gold records name, and judge every row.

    Raises:
        FileNotFoundError: no gold, or none of its documents there.
        DocumentError: a document can't be read.
    """
    stems = {path.stem for path in gold_dir.glob("*.json")}
    files = [path for path in sorted(documents.iterdir()) if path.stem in stems]
    if not files:
        raise FileNotFoundError(f"{documents}: no document of {gold_dir}")
    tables: dict[str, list[Row]] = {}
    for path in files:
        for name, rows in _rows_with_signs(path).items():
            tables.setdefault(name, []).extend(rows)
    verdicts = score_rows(gold_dir, tables).verdicts
    return [Pair(v.document, v.row["signs"], v.right) for v in verdicts if v.row["signs"] is not None]


def _rows_with_signs(path: Path) -> dict[str, list[Row]]:
    """The rows of one document, each with its signs beside it; its confidences are the raw ones."""
    from pipeline.extract import extract
    from pipeline.ingest import read_document
    from pipeline.ingest.limits import Limits
    from pipeline.nlp import load_nlp, read
    from pipeline.tables.rows import Versions, table_rows
    from pipeline.text import compose

    source = read_document(path, path.name, Limits())
    plan = compose(source)
    seen: dict[str, list[Signs]] = {name: [] for name in _TABLES}

    def note(signs: Signs) -> float:
        seen[signs.table].append(signs)
        return signs.raw

    record = extract(read(plan, load_nlp()), path.name, note)
    tables = table_rows(source, plan, record, Versions("", ""))
    return {"documents": tables["documents"], **{name: list(_joined(tables[name], seen[name])) for name in _TABLES}}


def _joined(rows: list[Row], signs: list[Signs]) -> Iterator[Row]:
    """Rows and signs come in one order; a row without evidence has none."""
    own = iter(signs)
    return (row | {"signs": None if row["rule_id"] is None else next(own)} for row in rows)
