"""`python -m tests.samples`: write data/raw and tests/gold again."""

from __future__ import annotations

from pathlib import Path

from tests.samples.make import gold_bytes, sample_bytes
from tests.samples.spec import read_samples

ROOT = Path(__file__).parents[2]


def main() -> None:
    """Write every sample and its gold; report sizes."""
    raw, gold = ROOT / "data" / "raw", ROOT / "tests" / "gold"
    raw.mkdir(parents=True, exist_ok=True)
    gold.mkdir(parents=True, exist_ok=True)
    for sample in read_samples():
        content = sample_bytes(sample)
        (raw / sample.file_name).write_bytes(content)
        (gold / f"{sample.stem}.json").write_bytes(gold_bytes(sample))
        print(f"{len(content):>8}  {sample.file_name}")


if __name__ == "__main__":
    main()
