"""Gold against tables: precision, recall and F1 with support, whole records right, and every difference."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import pyarrow.parquet as pq

from pipeline.evaluate import measures as m
from pipeline.evaluate.pairing import Count, Pairing, Row, Same, pair

_TABLES = ("documents", "citations", "campaigns", "tasks", "task_units", "recipients")
_COUNTED_KINDS = ("scheduled", "assigned")


@dataclass(frozen=True, slots=True)
class Difference:
    document: str
    what: str
    wanted: Any
    found: Any


@dataclass(slots=True)
class Score:
    """Everything measured; `fields` maps a header field to [right, asked]."""

    documents: int = 0
    whole_headers: int = 0
    whole_records: int = 0
    without_row: list[str] = field(default_factory=list)
    fields: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    counts: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    differences: list[Difference] = field(default_factory=list)

    @property
    def header_accuracy(self) -> float:
        asked = sum(total for _, total in self.fields.values())
        return sum(right for right, _ in self.fields.values()) / asked if asked else 0.0


def score(gold_dir: Path, tables_dir: Path) -> Score:
    """Score a build against a folder of gold records (`*.json`).

    Raises:
        FileNotFoundError: no gold, or no tables there.
    """
    gold_files = sorted(gold_dir.glob("*.json"))
    if not gold_files:
        raise FileNotFoundError(f"{gold_dir}: no gold records (*.json)")
    tables = {name: pq.read_table(tables_dir / f"{name}.parquet").to_pylist() for name in _TABLES}
    result = Score()
    for path in gold_files:
        _Judge(result, tables, path.stem, json.loads(path.read_text(encoding="utf-8"))).judge()
    return result


class _Judge:
    """Judges one document; a document without a row counts as wholly missed."""

    def __init__(self, result: Score, tables: dict[str, list[Row]], stem: str, gold: Row) -> None:
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
        for wanted, row in self._compare("tasks", gold, found, m.same_task, m.exact_task):
            pairing = m.pair_units(wanted, row)
            self._add("task units with role", pairing)
            same_time = m.same_time(wanted, row)
            self.result.counts["task quarters and period"].add(same_time, not same_time, not same_time)

    def _compare(
        self, name: str, gold: list[Row], found: list[Row], same: Same, exact: Same | None
    ) -> list[tuple[Row, Row]]:
        pairing = pair(gold, found, same, exact)
        pairs = [(g, f) for g, f in pairing.pairs if not g.get("optional")]
        missed = [g for g in pairing.missed if not g.get("optional")]
        self._add(name, Pairing(pairs, missed, pairing.extra))
        for row in missed:
            self._differs(f"{name} missed", row.get("text") or row.get("name") or row.get("starts"), None)
        for row in pairing.extra:
            self._differs(f"{name} extra", None, row.get("text") or row.get("name"))
        if exact:
            self._strict(name, Pairing(pairs, missed, pairing.extra), exact)
        return pairs

    def _strict(self, name: str, pairing: Pairing, exact: Same) -> None:
        wrong = [(g, f) for g, f in pairing.pairs if not exact(g, f)]
        right = len(pairing.pairs) - len(wrong)
        self.result.counts[f"{name} (strict row)"].add(
            right, len(wrong) + len(pairing.extra), len(wrong) + len(pairing.missed)
        )
        for gold, found in wrong:
            shared = {k: found[k] for k in gold if k in found}
            self._differs(f"{name} differs", {k: v for k, v in gold.items() if k != "optional"}, shared)

    def _add(self, name: str, pairing: Pairing) -> None:
        self.result.counts[name].add(len(pairing.pairs), len(pairing.extra), len(pairing.missed))

    def _differs(self, what: str, wanted: Any, found: Any) -> None:
        self.result.differences.append(Difference(self.stem, what, wanted, found))
