"""Gold against tables: precision, recall and F1 with support, whole records right, and every difference."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import pyarrow.parquet as pq

from pipeline.evaluate import measures as m
from pipeline.evaluate.pairing import Pairing, Row, Same, pair
from pipeline.evaluate.result import Difference, Score, Verdict

__all__ = ["Score", "score", "score_rows"]

_TABLES = ("documents", "fields", "citations", "campaigns", "tasks", "task_units", "recipients")
_COUNTED_KINDS = ("scheduled", "assigned")


def score(gold_dir: Path, tables_dir: Path) -> Score:
    """Score a build against a folder of gold records (`*.json`).

    Raises:
        FileNotFoundError: no gold, or no tables there.
    """
    return score_rows(gold_dir, {name: pq.read_table(tables_dir / f"{name}.parquet").to_pylist() for name in _TABLES})


def score_rows(gold_dir: Path, tables: Mapping[str, list[Row]]) -> Score:
    """Score rows by table; `verdicts` hold these very rows.

    Raises:
        FileNotFoundError: no gold there.
    """
    gold_files = sorted(gold_dir.glob("*.json"))
    if not gold_files:
        raise FileNotFoundError(f"{gold_dir}: no gold records (*.json)")
    result = Score()
    for path in gold_files:
        _Judge(result, tables, path.stem, json.loads(path.read_text(encoding="utf-8"))).judge()
    return result


class _Judge:
    """Judges one document; a document without a row counts as wholly missed."""

    def __init__(self, result: Score, tables: Mapping[str, list[Row]], stem: str, gold: Row) -> None:
        self.result, self.tables, self.stem, self.gold = result, tables, stem, gold
        self.document = next((row for row in tables["documents"] if self._is_mine(row)), None)
        if self.document is None:
            result.without_row.append(stem)

    def judge(self) -> None:
        before = len(self.result.differences)
        header_right = self._header()
        self._table("citations", m.same_citation, m.exact_citation)
        self._table("campaigns", m.same_campaign, m.exact_campaign)
        if self.gold.get("recipients") is not None:
            gold = [{"text": text} for text in self.gold["recipients"]]
            self._compare("recipients", gold, self._rows("recipients"), m.same_recipient, None)
        self._tasks()
        self.result.documents += 1
        self.result.whole_headers += header_right
        self.result.whole_records += len(self.result.differences) == before

    def _is_mine(self, row: Row) -> bool:
        path = PurePosixPath(str(row["source_path"]))
        return path.name == self.gold["source"] or path.stem == self.stem

    def _rows(self, table: str) -> list[Row]:
        doc_id = self.document["doc_id"] if self.document else None
        return [row for row in self.tables[table] if row["doc_id"] == doc_id]

    def _header(self) -> bool:
        whole = True
        for name in m.HEADER_FIELDS:
            if name not in self.gold["document"]:
                continue
            wanted = self.gold["document"][name]
            found = self.document.get(name) if self.document else "(no row)"
            right = m.same_field(name, wanted, found)
            self.result.fields[name][0] += right
            self.result.fields[name][1] += 1
            whole &= right
            self._judged("fields", (row for row in self._rows("fields") if row["field"] == name), right)
            if not right:
                self._differs(f"document.{name}", wanted, found)
        return whole

    def _table(self, name: str, same: Same, exact: Same) -> None:
        if self.gold.get(name) is not None:
            self._compare(name, self.gold[name], self._rows(name), same, exact)

    def _tasks(self) -> None:
        gold = self.gold.get("tasks")
        if gold is None:
            return
        units = defaultdict(list)
        for row in self._rows("task_units"):
            units[row["task_id"]].append(row)
        found = [t | {"units": units[t["task_id"]]} for t in self._rows("tasks") if t["kind"] in _COUNTED_KINDS]
        if not self.gold.get("tasks_complete", True):
            found = found[: len(gold)]
        pairing = self._compare("tasks", gold, found, m.same_task, m.exact_task)
        for wanted, row in pairing.pairs:
            self._units(m.pair_units(wanted, row))
            same_time = m.same_time(wanted, row)
            self.result.counts["task quarters and period"].add(same_time, not same_time, not same_time)
        for row in pairing.extra:
            self._judged("task_units", row["units"], False)

    def _units(self, pairing: Pairing) -> None:
        self._add("task units with role", pairing)
        self._judged("task_units", (row for _, row in pairing.pairs), True)
        self._judged("task_units", pairing.extra, False)

    def _compare(self, name: str, gold: list[Row], found: list[Row], same: Same, exact: Same | None) -> Pairing:
        """Count and judge; the pairing comes back without the gold rows that are optional."""
        whole = pair(gold, found, same, exact)
        pairs = [(g, f) for g, f in whole.pairs if not g.get("optional")]
        pairing = Pairing(pairs, [g for g in whole.missed if not g.get("optional")], whole.extra)
        self._add(name, pairing)
        for row in pairing.missed:
            self._differs(f"{name} missed", row.get("text") or row.get("name") or row.get("starts"), None)
        for row in pairing.extra:
            self._differs(f"{name} extra", None, row.get("text") or row.get("name"))
        wrong = self._strict(name, pairing, exact) if exact else []
        self._judged(name, (f for g, f in pairs if (g, f) not in wrong), True)
        self._judged(name, [f for _, f in wrong] + pairing.extra, False)
        return pairing

    def _strict(self, name: str, pairing: Pairing, exact: Same) -> list[tuple[Row, Row]]:
        """Count the strict rows; back come the pairs that agree less than wholly."""
        wrong = [(g, f) for g, f in pairing.pairs if not exact(g, f)]
        right = len(pairing.pairs) - len(wrong)
        self.result.counts[f"{name} (strict row)"].add(
            right, len(wrong) + len(pairing.extra), len(wrong) + len(pairing.missed)
        )
        for gold, found in wrong:
            shared = {k: found[k] for k in gold if k in found}
            self._differs(f"{name} differs", {k: v for k, v in gold.items() if k != "optional"}, shared)
        return wrong

    def _add(self, name: str, pairing: Pairing) -> None:
        self.result.counts[name].add(len(pairing.pairs), len(pairing.extra), len(pairing.missed))

    def _judged(self, table: str, rows: Iterable[Row], right: bool) -> None:
        self.result.verdicts.extend(Verdict(self.stem, table, row, right) for row in rows)

    def _differs(self, what: str, wanted: Any, found: Any) -> None:
        self.result.differences.append(Difference(self.stem, what, wanted, found))
