"""Fits models/confidence: how sure a row may say it is, from documents whose gold is known.

    python -m pipeline.evaluate.calibrate GOLD DOCUMENTS [GOLD DOCUMENTS …] --out models/confidence
    python -m pipeline.evaluate.calibrate GOLD DOCUMENTS --first-reading --out models/confidence

Documents are read here, with what speaks for each row laid bare, so that a fit never builds on an earlier one.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from pathlib import Path

from pipeline.evaluate.first_readings import first_readings, note
from pipeline.evaluate.fit import GRANTED, SPREAD, fit
from pipeline.evaluate.pairs import Pair, read_pairs
from pipeline.evaluate.reliability import ALL, Said, reliability
from pipeline.extract.confidence import confidence

FIRST_READINGS = "first_readings.tsv"


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit and write the weights, or note the first reading of papers that nobody has tuned for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path, metavar="GOLD DOCUMENTS", help="pairs of folders")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model")
    parser.add_argument("--first-reading", action="store_true", help="only note how these papers were read")
    asked = parser.parse_args(arguments)
    if len(asked.folders) % 2:
        parser.error("folders come in pairs: GOLD DOCUMENTS")
    folders = zip(asked.folders[::2], asked.folders[1::2], strict=True)
    read = {str(gold): read_pairs(gold, documents) for gold, documents in folders}
    asked.out.mkdir(parents=True, exist_ok=True)
    if asked.first_reading:
        print(f"{note([*chain(*read.values())], asked.out / FIRST_READINGS)} papers noted")
    else:
        write_model(read, first_readings(asked.out / FIRST_READINGS), asked.out)


def write_model(read: Mapping[str, Sequence[Pair]], first: Sequence[Pair], out: Path) -> None:
    """Fit on both, print how far what is said is from what is right (by folder of gold), and write `weights.json`."""
    tuned = [*chain(*read.values())]
    weights = fit([*tuned, *first])
    without = leave_one_out([*tuned, *first])
    for name, pairs in {**read, "tuned": tuned, "first readings": first}.items():
        print(_line(f"{name}, strength × OCR", pairs, lambda pair: pair.signs.raw))
        print(_line(f"{name}, in the fit", pairs, lambda pair: confidence(pair.signs, weights)))
        print(_line(f"{name}, paper left out", pairs, lambda pair: confidence(pair.signs, without[pair.document])))
    made_of = {"tuned": _counted(tuned), "first readings": _counted(first), "spread": SPREAD, "granted": GRANTED}
    content = json.dumps({"made of": made_of, "weights": weights}, ensure_ascii=False, indent=1)
    (out / "weights.json").write_text(content + "\n", encoding="utf-8")


def leave_one_out(pairs: Sequence[Pair]) -> dict[str, dict[str, float]]:
    """For each document the weights that were fitted without it."""
    documents = dict.fromkeys(pair.document for pair in pairs)
    return {name: fit([pair for pair in pairs if pair.document != name]) for name in documents}


def _line(name: str, pairs: Sequence[Pair], sure_of: Callable[[Pair], float]) -> str:
    found = reliability(Said(pair.signs.table, sure_of(pair), pair.right) for pair in pairs).get(ALL)
    if found is None:
        return f"{name}: no rows"
    sure = "none" if found.sure_right is None else f"{found.sure_right:.3f} of {found.sure_rows}"
    shares = f"said {found.mean:.3f}, right {found.right:.3f}, error {found.error:.3f}"
    return f"{name}: {found.rows} rows, {shares}, right where said ≥ 0.95: {sure}"


def _counted(pairs: Sequence[Pair]) -> dict[str, int]:
    right = sum(pair.right for pair in pairs)
    return {"papers": len({pair.document for pair in pairs}), "rows": len(pairs), "right": right}


if __name__ == "__main__":
    main()
