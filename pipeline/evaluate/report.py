"""A score for people (tables on stdout) and for programs (JSON)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pipeline.evaluate.reliability import ALL, Reliability, reliability, said_by
from pipeline.evaluate.result import Score

if TYPE_CHECKING:
    from rich.console import Console


def print_score(score: Score, misses: bool) -> None:
    """Fields, tables and whole records; then, if asked, every difference."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console()
    fields = Table("field", "right", "support", title="Header")
    for name, (right, support) in score.fields.items():
        fields.add_row(name, str(right), str(support))
    console.print(fields)
    counts = Table("measure", "precision", "recall", "F1", "support", title="Tables")
    for name, count in score.counts.items():
        values = (f"{value:.4f}" for value in (count.precision, count.recall, count.f1))
        counts.add_row(name, *values, str(count.support))
    console.print(counts)
    print_reliability(reliability(said_by(score.verdicts)), console)
    print(f"header accuracy {score.header_accuracy:.4f}")
    print(
        f"whole headers {score.whole_headers}/{score.documents}, whole records {score.whole_records}/{score.documents}"
    )
    if score.without_row:
        print("no row for:", ", ".join(score.without_row))
    for d in score.differences if misses else ():
        console.print(escape(f"{d.document} | {d.what} | {d.wanted} | {d.found}"), soft_wrap=True, highlight=False)


def print_reliability(found: Mapping[str, Reliability], console: Console) -> None:
    """Whether rows are right as often as their confidence says, by table and by bins of confidence."""
    from rich.table import Table

    tables = Table("table", "rows", "said", "right", "ECE", "Brier", "rows ≥ 0.95", "right", title="Confidence")
    for name, own in found.items():
        sure = "" if own.sure_right is None else f"{own.sure_right:.4f}"
        shares = (f"{value:.4f}" for value in (own.mean, own.right, own.error, own.brier))
        tables.add_row(name, str(own.rows), *shares, str(own.sure_rows), sure)
    bins = Table("confidence", "rows", "said", "right", title="Reliability, all rows")
    for one in found[ALL].bins if ALL in found else ():
        bins.add_row(f"{one.low:.2f} – {one.high:.2f}", str(one.rows), f"{one.mean:.4f}", f"{one.right:.4f}")
    console.print(tables)
    console.print(bins)


def as_json_text(score: Score) -> str:
    """The score as JSON, differences included."""
    return json.dumps(as_dict(score), ensure_ascii=False, indent=1, default=str)


def as_dict(score: Score) -> dict[str, Any]:
    """Plain values: figures of scores rounded to four digits."""
    return {
        "documents": score.documents,
        "documents without a row": score.without_row,
        "header fields": {name: f"{right}/{asked}" for name, (right, asked) in score.fields.items()},
        "header accuracy": round(score.header_accuracy, 4),
        "whole header right": f"{score.whole_headers}/{score.documents}",
        "whole record right": f"{score.whole_records}/{score.documents}",
        **{
            name: {
                "precision": round(count.precision, 4),
                "recall": round(count.recall, 4),
                "f1": round(count.f1, 4),
                "support": count.support,
            }
            for name, count in score.counts.items()
        },
        "reliability": {name: asdict(found) for name, found in reliability(said_by(score.verdicts)).items()},
        "differences": [
            {"document": d.document, "what": d.what, "wanted": d.wanted, "found": d.found} for d in score.differences
        ],
    }
